"""Duyệt: an editor checks what was read of a document against its pages, and lets it be seen.

    sheet    a document's fields in the order in which they want a look, each with what may belong in it
    decide   what the editor says of it and what becomes of it, in one transaction
    accept   several at once, of which every field was read surely;  take_back  them again

What waits, and in which order, `catalogue.queries.reviews` knows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from archive import corrections, transitions
from archive.catalogue import queries
from archive.catalogue.facts import Description, DocumentFacts
from archive.certainty import ASKED, SURE, certainties, lacking
from archive.errors import NotHeld, Refused
from archive.hints import hints
from archive.instance import Instance
from archive.workflow import WAITING, Viewer

_TAKEN_BACK = "Hoàn tác việc duyệt"


class Need(StrEnum):
    """How much a field wants a look."""

    LACKING = "lacking"  # it is asked for, and nothing is there
    UNSURE = "unsure"
    SURE = "sure"
    CORRECTED = "corrected"  # staff wrote it
    NONE = "none"  # nothing is there, which may well be


@dataclass(frozen=True, slots=True)
class Field:
    """A field to be reviewed: how much it wants a look, of a hundred read so how many are right, what may belong in it.

    `page` is the one that it was read on, from 1.
    """

    name: str
    need: Need
    certainty: int
    page: int | None
    hints: tuple[str, ...]


def sheet(facts: DocumentFacts, said: Description) -> tuple[Field, ...]:
    """Return the fields of what the document is said to be, those that want a look first, least sure before surer."""
    known = certainties(said, facts.record)
    found = [_field(facts, said, name, known.get(name)) for name in corrections.FIELDS]
    return tuple(sorted(found, key=lambda field: field.certainty if field.need in _WANTING else 101))


def wanting(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Return those of the fields that want a look."""
    return tuple(field for field in fields if field.need in _WANTING)


def decide(  # noqa: PLR0913, PLR0917 - who says what of which document, and what follows
    instance: Instance,
    viewer: Viewer,
    document_id: int,
    said: Description,
    version: int,
    follow: Callable[[Session], object] | None = None,
) -> None:
    """Write what the editor says of the document, made of its given version, and do what follows: all or nothing.

    Raises what `corrections.correct` does, and Refused when the document no longer waits.
    """
    with instance.catalogue.session() as session:
        if queries.card(session, viewer, document_id).state not in WAITING:
            raise Refused("Văn bản này không còn chờ duyệt, có thể vừa được người khác duyệt; hãy mở văn bản để xem.")
        corrections.write(session, viewer, document_id, said, version)
        if follow:
            follow(session)
    transitions.reindex(instance, document_id)


def complete(said: Description) -> None:
    """Raise Refused unless there is something in every field that is asked for."""
    if any(lacking(said, name) for name in ASKED):
        raise Refused("Còn thiếu thông tin; hãy điền các mục được đánh dấu, hoặc chọn “Duyệt dù còn thiếu”.")


def accept(instance: Instance, viewer: Viewer, versions: Mapping[int, int]) -> tuple[int, ...]:
    """Accept the documents, id → version, for the office; return the ids of those that may still be without a look."""
    with instance.catalogue.session() as session:
        sure = {one.card.id: one.version for one in queries.sure(session, viewer)}
        accepted = tuple(id_ for id_, version in versions.items() if sure.get(id_) == version)
        for document_id in accepted:
            transitions.step(session, viewer, document_id, "circulate")
    transitions.reindex(instance, *accepted)
    return accepted


def take_back(instance: Instance, viewer: Viewer, document_ids: Sequence[int]) -> tuple[int, ...]:
    """Let documents that were accepted wait again; return the ids of those that could be."""
    taken = []
    with instance.catalogue.session() as session:
        for document_id in document_ids:
            try:
                transitions.step(session, viewer, document_id, "recall", _TAKEN_BACK)
            except (NotHeld, Refused):  # someone else has moved it meanwhile
                continue
            taken.append(document_id)
    transitions.reindex(instance, *taken)
    return tuple(taken)


_WANTING = frozenset({Need.LACKING, Need.UNSURE})


def _field(facts: DocumentFacts, said: Description, name: str, known: float | None) -> Field:
    evidence = facts.record.get("evidence", {}).get(name)
    need = _need(said, name, known)
    offered = (hint for hint in hints(facts, name) if hint not in _present(said, name)) if need in _WANTING else ()
    return Field(name, need, round((known or 0) * 100), evidence["page"] if evidence else None, tuple(offered))


def _present(said: Description, name: str) -> tuple[str | None, ...]:
    return tuple(signer.name for signer in said.signers) if name == "signers" else (str(getattr(said, name)),)


def _need(said: Description, name: str, known: float | None) -> Need:
    if known is None:
        return Need.NONE
    if name in ASKED and lacking(said, name):
        return Need.LACKING
    if known == 1:
        return Need.CORRECTED
    return Need.SURE if known >= SURE else Need.UNSURE
