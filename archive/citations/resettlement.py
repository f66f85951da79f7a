"""What citations mean, settled anew where staff have said something of bodies: `archive.bodies` tells which are one.

Documents and what they cite stay as they are. A way of citing keeps the body it names, and gets the key that the body's
record makes, so that a missing document is one by whichever variant of its body's name it is cited.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.bodies import authority
from archive.catalogue.models import Awaited, Cited, Document, Meaning, Mismatch, Missing
from archive.catalogue.statements import slices
from archive.citations import mismatches
from archive.citations.identity import cited_key, listed
from archive.citations.ranking import rank
from archive.citations.resolution import known_ways, meant_by, meant_of, note
from archive.citations.ways import Way


def settle_bodies(session: Session, keys: Collection[str]) -> None:
    """Settle anew what citations of the bodies of these keys mean, and which mean their documents.

    Call it when staff have said something of the bodies; the cost grows with their documents and citations.
    """
    touched: set[int] = set()
    documents: set[int] = set()
    for some in slices(keys):
        ways = known_ways(session, or_(Cited.body.in_(some), Cited.series.in_(some)))
        theirs = set(session.scalars(select(Document.id).where(Document.body_key.in_(some))))
        touched |= _rekey(session, ways)
        meant = _forget(session, Meaning.cited_id, ways.values()) | _forget(session, Meaning.document_id, theirs)
        found = {*meant_of(session, theirs), *meant_by(session, ways, theirs)}
        note(session, found)
        touched.update(way for way, _ in meant | found)
        documents.update(document for _, document in meant | found)
    rank(session, touched)
    mismatches.note(session, touched, documents)


def _rekey(session: Session, ways: Mapping[Way, int]) -> set[int]:
    """Give the ways the keys that their records make; return the ids of all ways of the keys that changed."""
    bodies = authority(session)
    keys = {way: cited_key(listed(way.identity, bodies)) for way in ways}
    changed = [{"id": ways[way], "key": key} for way, key in keys.items() if key != way.key]
    if not changed:
        return set()
    session.execute(update(Cited), changed)
    moved = {way.key: key for way, key in keys.items() if key != way.key}
    concerned: set[int] = set()
    for some in slices({*moved, *moved.values()}):
        left = session.execute(select(Cited.key, Cited.id).where(Cited.key.in_(some))).all()
        concerned.update(row.id for row in left)
        _move(session, {key: moved[key] for key in set(some) & moved.keys() - {row.key for row in left}})
    return concerned


def _move(session: Session, moved: Mapping[str, str]) -> None:
    """Take the keys that no way of citing has any more out of what is missing; who awaits them awaits the new ones."""
    for table in (Missing, Mismatch):
        session.execute(delete(table).where(table.key.in_(moved)))
    for one in session.scalars(select(Awaited).where(Awaited.key.in_(moved))).all():
        session.merge(Awaited(user_id=one.user_id, key=moved[one.key], since=one.since))
        session.delete(one)


def _forget(session: Session, column: InstrumentedAttribute[int], ids: Collection[int]) -> set[tuple[int, int]]:
    """Delete the meanings of those ways or documents, given by id; return the ids of the ways and documents."""
    forgotten: set[tuple[int, int]] = set()
    for some in slices(ids):
        found = session.execute(select(Meaning.cited_id, Meaning.document_id).where(column.in_(some)))
        forgotten.update((row.cited_id, row.document_id) for row in found)
        session.execute(delete(Meaning).where(column.in_(some)))
    return forgotten
