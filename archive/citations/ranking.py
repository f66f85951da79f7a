"""How often each way of citing occurs, and from that what is cited most and missing, for each clearance."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, func, insert, literal, select, true, update
from sqlalchemy.orm import Session

from archive.catalogue.models import BodyTally, Cited, Document, DocumentReference, Meaning, Missing, Row, Tally
from archive.catalogue.statements import insert_all, slices
from archive.workflow import CLEARANCES

_Key = TypeVar("_Key", bound=tuple[Any, ...])


def count(session: Session, changes: Mapping[tuple[int, str], int]) -> None:
    """Add to the tallies: how many more references, or fewer, cite in a way (by id) from documents of a state."""
    known: dict[tuple[int, str], int] = {}
    for some in slices({way for way, _ in changes}):
        tallies = session.execute(select(Tally.cited_id, Tally.state, Tally.citers).where(Tally.cited_id.in_(some)))
        known.update(((row.cited_id, row.state), row.citers) for row in tallies)
    _add(session, Tally, ("cited_id", "state"), known, changes)


def count_all(session: Session) -> None:
    """Rebuild the tallies of ways of citing."""
    session.execute(delete(Tally))
    alike = (DocumentReference.cited_id, DocumentReference.citing_state)
    counted = select(*alike, func.count()).group_by(*alike)
    session.execute(insert(Tally).from_select(["cited_id", "state", "citers"], counted))


def count_bodies(session: Session, changes: Mapping[tuple[str | None, str | None, str], int]) -> None:
    """Add to the tallies of bodies: how many more references, or fewer, of one body's documents cite another's.

    Told by the two bodies' keys, which where one is not known counts for nothing, and the state of who cites.
    """
    told = {(citing, cited, state): more for (citing, cited, state), more in changes.items() if citing and cited}
    known: dict[tuple[str, str, str], int] = {}
    tallies = select(BodyTally.citing, BodyTally.cited, BodyTally.state, BodyTally.citers)
    for some in slices({citing for citing, _, _ in told}):
        for of_them in slices({cited for _, cited, _ in told}):
            rows = session.execute(tallies.where(BodyTally.citing.in_(some), BodyTally.cited.in_(of_them)))
            known.update(((row.citing, row.cited, row.state), row.citers) for row in rows)
    _add(session, BodyTally, ("citing", "cited", "state"), known, told)


def _add(
    session: Session, table: type[Row], key: Sequence[str], known: Mapping[_Key, int], changes: Mapping[_Key, int]
) -> None:
    """Add the changes to a table's tallies, of which those known are there, each by the values of its key."""
    rows = {one: dict(zip(key, one, strict=True), citers=known.get(one, 0) + more) for one, more in changes.items()}
    insert_all(session, table, [row for one, row in rows.items() if one not in known])
    if changed := [row for one, row in rows.items() if one in known]:
        session.execute(update(table), changed)


def rank(session: Session, ways: Collection[int]) -> None:
    """Update who misses the documents that are cited in these ways, given by id."""
    for some in slices(ways):
        keys = select(Cited.key).where(Cited.id.in_(some))
        session.execute(delete(Missing).where(Missing.key.in_(keys)))
        _rank(session, Cited.key.in_(keys))


def rank_all(session: Session) -> None:
    """Rebuild the ranking."""
    session.execute(delete(Missing))
    _rank(session, true())


def _rank(session: Session, which: ColumnElement[bool]) -> None:
    for clearance, states in CLEARANCES.items():
        seen = sorted(states)
        meant = select(Meaning.cited_id).join(Document).where(Meaning.cited_id == Cited.id, Document.state.in_(seen))
        citers = func.sum(Tally.citers)
        counted = (
            select(literal(clearance), Cited.key, citers)
            .join(Tally, Tally.cited_id == Cited.id)
            .where(which, Tally.state.in_(seen), ~meant.exists())
            .group_by(Cited.key)
            .having(citers > 0)
        )
        session.execute(insert(Missing).from_select(["clearance", "key", "citers"], counted))
