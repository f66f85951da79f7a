"""Which held documents the ways of citing can mean, as if the archive held only what the viewer may see.

Of two documents that may be one, the older is meant for as long as nobody has decided.
"""

from collections.abc import Collection, Mapping
from functools import cache

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue.facts import Card
from archive.catalogue.models import Cited, Document, Meaning, Twin
from archive.catalogue.queries.documents import cards, seen_by
from archive.workflow import State, Viewer


def meanings(session: Session, viewer: Viewer, ways: Collection[int]) -> Mapping[int, tuple[Card, ...]]:
    """Return for each of the ways, given by id, the documents that it can mean; one that can mean none is left out."""
    meant = meant_ids(session, viewer, ways)
    found = cards(session, viewer, {id_ for ids in meant.values() for id_ in ids}) if meant else {}
    return {way: tuple(found[id_] for id_ in ids) for way, ids in meant.items()}


def meant_ids(session: Session, viewer: Viewer, ways: Collection[int]) -> Mapping[int, tuple[int, ...]]:
    """Return what `meanings` does, the documents by their ids."""
    by_key = (Meaning.cited_id, Meaning.document_id)
    pairs = session.execute(select(*by_key).where(Meaning.cited_id.in_(ways)).order_by(*by_key)).all()
    # asked for apart: joined, SQLite would begin with all documents of a state
    known = select(Document.id).where(Document.id.in_({row.document_id for row in pairs}), seen_by(viewer))
    seen = set(session.scalars(known)) if pairs else set()
    meant: dict[int, tuple[int, ...]] = {}
    for way, document_id in pairs:
        if document_id in seen:
            meant[way] = (*meant.get(way, ()), document_id)
    return without_twins(session, meant)


def without_twins(session: Session, meant: Mapping[int, tuple[int, ...]]) -> Mapping[int, tuple[int, ...]]:
    """Return the ids of the documents meant, by way, without those that may be the same as an older one among them."""
    several = {id_ for ids in meant.values() if len(ids) > 1 for id_ in ids}
    if not several:
        return meant
    pairs = select(Twin.document_id, Twin.other_id).where(Twin.document_id.in_(several), Twin.other_id.in_(several))
    twins = [(newer, older) for newer, older in session.execute(pairs)]
    return {
        way: tuple(id_ for id_ in ids if not any(id_ == newer and older in ids for newer, older in twins))
        for way, ids in meant.items()
    }


def meaning_only(session: Session, viewer: Viewer, document_id: int) -> tuple[int, ...]:
    """Return the ways that can mean this document and no other that the viewer may see."""
    meaning = select(Meaning.cited_id).where(Meaning.document_id == document_id, no_other(viewer))
    return tuple(session.scalars(meaning))


def no_other(viewer: Viewer) -> ColumnElement[bool]:
    """Return the term that holds for the rows of `Meaning` whose way can mean no other document the viewer may see."""
    return _no_other(viewer.sees)


@cache
def _no_other(states: frozenset[State]) -> ColumnElement[bool]:
    # kept, for making it takes as long as asking the question it is in
    other, document = aliased(Meaning), aliased(Document)
    twin = (
        select(Twin.document_id)
        .where(Twin.document_id == other.document_id, Twin.other_id == Meaning.document_id)
        .correlate(other, Meaning)  # two levels up: of itself it would mean any row
    )
    others = (
        select(other.cited_id)
        .join(document, document.id == other.document_id)
        .where(
            other.cited_id == Meaning.cited_id,
            other.document_id != Meaning.document_id,
            document.state.in_(sorted(states)),
        )
        .where(~twin.exists())
    )
    return ~others.exists()


def not_held(viewer: Viewer) -> ColumnElement[bool]:
    """Return the term that holds for the rows of `Cited` that can mean no document that the viewer may see."""
    meant = select(Meaning.cited_id).join(Document, Document.id == Meaning.document_id)
    return ~meant.where(Meaning.cited_id == Cited.id, seen_by(viewer)).exists()
