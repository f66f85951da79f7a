"""The states of a document, the roles of people, and who may see and do what: one table for code, pages and tests."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far a document has come; the value is what the catalogue and the index keep."""

    DRAFT = "draft"
    INTERNAL = "internal"
    PUBLIC = "public"


class Role(StrEnum):
    """What a person is in the archive, each role including the ones before it."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    MANAGER = "manager"


class Act(StrEnum):
    """Something a role may permit."""

    READ = "read"
    DEPOSIT = "deposit"
    EDIT = "edit"
    MANAGE = "manage"


_READER = frozenset({Act.READ})
_CONTRIBUTOR = _READER | {Act.DEPOSIT}
_EDITOR = _CONTRIBUTOR | {Act.EDIT}
MAY: dict[Role, frozenset[Act]] = {
    Role.READER: _READER,
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.EDITOR: _EDITOR,
    Role.MANAGER: _EDITOR | {Act.MANAGE},
}

_ISSUED = frozenset({State.INTERNAL, State.PUBLIC})
SEES: dict[Role, frozenset[State]] = {
    Role.READER: _ISSUED,
    Role.CONTRIBUTOR: _ISSUED | {State.DRAFT},
    Role.EDITOR: _ISSUED | {State.DRAFT},
    Role.MANAGER: _ISSUED | {State.DRAFT},
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: the account's id and name, and its role. Every query takes one; none filters afterwards."""

    user_id: int | None
    name: str
    role: Role

    @property
    def sees(self) -> frozenset[State]:
        """The states whose documents this viewer may know of."""
        return SEES[self.role]

    def may(self, act: Act) -> bool:
        """Whether the viewer's role permits the act."""
        return act in MAY[self.role]


CLERK = Viewer(None, "archive", Role.MANAGER)
"""The command line: whoever can run it holds the whole instance."""
