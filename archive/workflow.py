"""The states of a document, the roles of people, and who may see and do what: one table for code, pages and tests."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far a document has come; the value is what the catalogue and the index keep."""

    DRAFT = "draft"
    PENDING = "pending"  # brought to an editor to decide on
    INTERNAL = "internal"
    PUBLIC = "public"
    EXPIRED = "expired"  # no longer in force: staff's own word, whatever its relations say
    WITHDRAWN = "withdrawn"  # whoever could see it is told so in its place
    FROZEN = "frozen"  # kept as it is, for an inspection or a dispute
    MERGED = "merged"  # part of another document, to which its address leads
    TRASHED = "trashed"  # found by no search; deleted for good only by a manager, after a term


class Role(StrEnum):
    """What a person is in the archive, each role including the ones before it."""

    VISITOR = "visitor"  # whoever has not signed in, where the archive has a public face
    READER = "reader"
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    MANAGER = "manager"


class Act(StrEnum):
    """Something a role may permit."""

    READ = "read"
    WORK = "work"  # whatever takes an account: keeping searches, awaiting documents, having drafts checked
    DEPOSIT = "deposit"
    EDIT = "edit"
    MANAGE = "manage"


_VISITOR = frozenset({Act.READ})
_READER = _VISITOR | {Act.WORK}
_CONTRIBUTOR = _READER | {Act.DEPOSIT}
_EDITOR = _CONTRIBUTOR | {Act.EDIT}
MAY: dict[Role, frozenset[Act]] = {
    Role.VISITOR: _VISITOR,
    Role.READER: _READER,
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.EDITOR: _EDITOR,
    Role.MANAGER: _EDITOR | {Act.MANAGE},
}

STAFF = tuple(role for role in Role if Act.WORK in MAY[role])
"""The roles that an account may have."""

WAITING = frozenset({State.DRAFT, State.PENDING})
"""The states of what an editor has still to decide on."""

ENTRANCES: dict[State, Act] = {State.DRAFT: Act.DEPOSIT, State.INTERNAL: Act.EDIT}
"""The states in which people bring a document in, and the act that each takes: what circulates, an editor let go."""

_ISSUED = frozenset({State.INTERNAL, State.PUBLIC})
_CURRENT = _ISSUED | {State.EXPIRED}
_READER_SEES = _CURRENT | {State.FROZEN}
_CONTRIBUTOR_SEES = _READER_SEES | WAITING
_EDITOR_SEES = _CONTRIBUTOR_SEES | {State.WITHDRAWN}
SEES: dict[Role, frozenset[State]] = {
    Role.VISITOR: frozenset({State.PUBLIC}),
    Role.READER: _READER_SEES,
    Role.CONTRIBUTOR: _CONTRIBUTOR_SEES,
    Role.EDITOR: _EDITOR_SEES,
    Role.MANAGER: _EDITOR_SEES,
}


def _named(states: frozenset[State]) -> str:
    return "+".join(sorted(states))


CLEARANCES: dict[str, frozenset[State]] = {_named(states): states for states in SEES.values()}
"""Every different set of states that some role sees, by its name."""

IN_EFFECT = _CURRENT | {State.FROZEN}
"""The states of what was issued: only such a document does anything to another."""

CHANGEABLE = _CURRENT | WAITING
"""The states in which staff may change what a document says and which files it has."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A way out of any of the states `sources`, open to whoever may do the act; `reasoned`: only with a reason.

    It leads to the state `target`; None leads back to where the document was before it came into its state.
    """

    name: str
    sources: frozenset[State]
    target: State | None
    act: Act
    reasoned: bool = False


TRANSITIONS = (
    Transition("submit", frozenset({State.DRAFT}), State.PENDING, Act.DEPOSIT),
    Transition("return", frozenset({State.PENDING}), State.DRAFT, Act.EDIT, reasoned=True),
    Transition("circulate", frozenset({State.DRAFT, State.PENDING, State.PUBLIC}), State.INTERNAL, Act.EDIT),
    Transition("publish", frozenset({State.DRAFT, State.PENDING, State.INTERNAL}), State.PUBLIC, Act.EDIT),
    Transition("recall", _ISSUED, State.PENDING, Act.EDIT, reasoned=True),
    Transition("expire", _ISSUED, State.EXPIRED, Act.EDIT, reasoned=True),
    Transition("revive", frozenset({State.EXPIRED}), None, Act.EDIT, reasoned=True),
    Transition("withdraw", _CURRENT, State.WITHDRAWN, Act.EDIT, reasoned=True),
    Transition("reinstate", frozenset({State.WITHDRAWN}), None, Act.MANAGE, reasoned=True),
    Transition("freeze", _CURRENT, State.FROZEN, Act.MANAGE, reasoned=True),
    Transition("unfreeze", frozenset({State.FROZEN}), None, Act.MANAGE, reasoned=True),
    Transition("trash", frozenset({State.DRAFT, State.PENDING, State.WITHDRAWN}), State.TRASHED, Act.EDIT),
    Transition("restore", frozenset({State.TRASHED}), None, Act.EDIT),
)
"""Every way from state to state, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: the account's id and name, and its role. Every query takes one; none filters afterwards."""

    user_id: int | None
    name: str
    role: Role

    @property
    def sees(self) -> frozenset[State]:
        """The states whose documents this viewer finds: in lists, searches, counts and relations."""
        return SEES[self.role]

    @property
    def clearance(self) -> str:
        """The name of the set of states the viewer sees, a key of CLEARANCES: counts are kept for each such set."""
        return _named(self.sees)

    @property
    def opens(self) -> frozenset[State]:
        """The states whose documents this viewer may open when their address is known; who edits opens the trash."""
        return self.sees | {State.TRASHED} if self.may(Act.EDIT) else self.sees

    def may(self, act: Act) -> bool:
        """Whether the viewer's role permits the act."""
        return act in MAY[self.role]

    @property
    def entrances(self) -> tuple[State, ...]:
        """The states in which this viewer may bring a document in, the most careful first."""
        return tuple(state for state, act in ENTRANCES.items() if self.may(act))

    def ways(self, state: State) -> tuple[Transition, ...]:
        """Return the transitions out of the state that this viewer may make."""
        return tuple(way for way in TRANSITIONS if state in way.sources and self.may(way.act))

    def way_back(self, before: State, now: State) -> Transition | None:
        """Return the transition by which this viewer may undo one that led from `before` to `now`; None when none does.

        What was decided on while it was a draft may come back as pending.
        """
        backs = {None, before} | (WAITING if before in WAITING else set())
        return next((way for way in self.ways(now) if way.target in backs), None)


CLERK = Viewer(None, "archive", Role.MANAGER)
"""The command line: whoever can run it holds the whole instance."""

VISITOR = Viewer(None, "", Role.VISITOR)
"""Whoever has not signed in, where the archive has a public face."""
