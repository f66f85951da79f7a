"""Citations that tell a document otherwise than it is, or than others do, found for each clearance as they are settled.

A way of citing is compared with the one held document that it means, as far as the clearance sees what is held; the
ways of citing a missing document are compared with what most of its citers tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, case, delete, distinct, func, or_, select, true
from sqlalchemy.orm import Session

from archive.catalogue.models import NAMING, Cited, Document, Meaning, Mismatch, Tally
from archive.catalogue.queries.documents import seen_by
from archive.catalogue.queries.meanings import no_other, not_held
from archive.catalogue.statements import insert_all, slices
from archive.citations.disagreements import Difference, Naming, cited, differences, held, tellings
from archive.workflow import STAFF, Viewer

_VIEWERS = {viewer.clearance: viewer for viewer in (Viewer(None, "", role) for role in STAFF)}
_CITERS = func.sum(Tally.citers)

_Differing = Mapping[tuple[int, int], tuple[Difference, ...]]  # by the ids of a way and of the document that it means


def note(session: Session, ways: Iterable[int], document_ids: Iterable[int]) -> None:
    """Update the mismatches in these ways of citing, among which are all that mean these documents."""
    before, now = set(document_ids), set[int]()
    for some in slices(set(ways)):
        now.update(document_id for _, document_id in _differing(session, Meaning.cited_id.in_(some)))
        keys = select(Cited.key).where(Cited.id.in_(some))
        session.execute(delete(Mismatch).where(Mismatch.key.in_(keys)))
        _note_missing(session, Cited.key.in_(keys))
    for some in slices(before | now):
        session.execute(delete(Mismatch).where(Mismatch.document_id.in_(some)))
    for some in slices(now):
        _note_held(session, some)


def note_all(session: Session) -> None:
    """Find all mismatches from scratch."""
    session.execute(delete(Mismatch))
    _note_missing(session, true())
    for some in slices(session.scalars(select(Document.id)).all()):
        _note_held(session, some)


def _note_held(session: Session, document_ids: list[int]) -> None:
    differing = _differing(session, Meaning.document_id.in_(document_ids))
    if differing:
        for viewer in _VIEWERS.values():
            insert_all(session, Mismatch, list(_of_held(session, viewer, differing)))


def _differing(session: Session, which: ColumnElement[bool]) -> _Differing:
    """Return of the rows of `Meaning` those whose way tells the document otherwise than it is."""
    meant = select(Meaning.cited_id, Meaning.document_id, *NAMING).join(Cited, Cited.id == Meaning.cited_id)
    pairs = session.execute(meant.where(which)).all()
    documents: dict[int, Naming] = {}
    for some in slices({pair.document_id for pair in pairs}):
        naming = (Document.number, Document.kind, Document.subject, Document.issued_on, Document.issuer)
        rows = session.execute(select(Document.id, *naming).where(Document.id.in_(some)))
        documents.update((row.id, held(row)) for row in rows)
    found = {
        (pair.cited_id, pair.document_id): tuple(differences(cited(pair), documents[pair.document_id]))
        for pair in pairs
    }
    return {pair: differing for pair, differing in found.items() if differing}


def _of_held(session: Session, viewer: Viewer, differing: _Differing) -> Iterator[dict[str, Any]]:
    """Yield the rows for who sees what this viewer does: a way is told apart only where it can mean no other."""
    citers: dict[tuple[int, Difference], dict[int, int]] = defaultdict(dict)
    # asked for apart: joined, SQLite would begin with all documents of a state
    held_ones = Document.id.in_({document_id for _, document_id in differing})
    seen = set(session.scalars(select(Document.id).where(held_ones, seen_by(viewer))))
    for some in slices({way for way, _ in differing}):
        counted = (
            select(Meaning.cited_id, Meaning.document_id, _CITERS)
            .join(Tally, Tally.cited_id == Meaning.cited_id)
            .where(Meaning.cited_id.in_(some), Tally.state.in_(sorted(viewer.sees)), no_other(viewer))
            .group_by(Meaning.cited_id, Meaning.document_id)
            .having(_CITERS > 0)
        )
        for way, document_id, times in session.execute(counted):
            for one in differing.get((way, document_id), ()) if document_id in seen else ():
                citers[document_id, one][way] = times
    for (document_id, one), ways in citers.items():
        yield {
            "mark": _mark(f"van-ban/{document_id}", one),
            "clearance": viewer.clearance,
            "document_id": document_id,
            "field": one.field,
            "cited_id": max(ways, key=lambda way: (ways[way], -way)),
            "citers": sum(ways.values()),
        }


def _note_missing(session: Session, which: ColumnElement[bool]) -> None:
    central = case((Cited.body.is_(None), Cited.issuer))  # other bodies are told apart by the key
    told = (Cited.kind, Cited.name, Cited.issued_on, central, Cited.subject)
    several = or_(*(func.count(distinct(column)) > 1 for column in told))
    keys = session.scalars(select(Cited.key).where(which).group_by(Cited.key).having(several)).all()
    for some in slices(keys):
        for viewer in _VIEWERS.values():
            insert_all(session, Mismatch, list(_of_missing(session, viewer, some)))


def _of_missing(session: Session, viewer: Viewer, keys: list[str]) -> Iterator[dict[str, Any]]:
    counted = (
        select(Cited.key, Cited.id, _CITERS.label("citers"), *NAMING)
        .join(Tally, Tally.cited_id == Cited.id)
        .where(Cited.key.in_(keys), Tally.state.in_(sorted(viewer.sees)), not_held(viewer))
        .group_by(Cited.id)
        .having(_CITERS > 0)
        .order_by(Cited.key, _CITERS.desc(), *NAMING, Cited.id)
    )
    for key, rows in groupby(session.execute(counted), key=lambda row: row.key):
        ways = list(rows)
        for field, (most, *others) in tellings([(cited(way), way.citers) for way in ways]):
            for one in others:
                yield {
                    "mark": _mark(f"chua-co/{key}", Difference(field, one.value, most.value)),
                    "clearance": viewer.clearance,
                    "key": key,
                    "field": field,
                    "cited_id": ways[one.way].id,
                    "other_id": ways[most.way].id,
                    "citers": one.citers,
                }


def _mark(about: str, difference: Difference) -> str:
    return f"{about} {difference.field} {difference.told} {difference.against}"
