"""How often each way of citing occurs, and from that what is cited most and missing, for each clearance."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, delete, func, insert, literal, select, true, update
from sqlalchemy.orm import Session

from archive.catalogue.models import Cited, Document, Meaning, Missing, Tally
from archive.catalogue.statements import insert_all, slices
from archive.workflow import CLEARANCES


def count(session: Session, changes: Mapping[tuple[int, str], int]) -> None:
    """Add to the tallies: how many more references, or fewer, cite in a way (by id) from documents of a state."""
    known: dict[tuple[int, str], int] = {}
    for some in slices({way for way, _ in changes}):
        tallies = session.execute(select(Tally.cited_id, Tally.state, Tally.citers).where(Tally.cited_id.in_(some)))
        known.update(((row.cited_id, row.state), row.citers) for row in tallies)
    rows = [
        {"cited_id": way, "state": state, "citers": known.get((way, state), 0) + more}
        for (way, state), more in changes.items()
    ]
    insert_all(session, Tally, [row for row in rows if (row["cited_id"], row["state"]) not in known])
    changed = [row for row in rows if (row["cited_id"], row["state"]) in known]
    if changed:
        session.execute(update(Tally), changed)


def rank(session: Session, ways: Collection[int]) -> None:
    """Bring level who misses the documents that are cited in these ways, given by id."""
    for some in slices(ways):
        keys = select(Cited.key).where(Cited.id.in_(some))
        session.execute(delete(Missing).where(Missing.key.in_(keys)))
        _rank(session, Cited.key.in_(keys))


def rank_all(session: Session) -> None:
    """Make the ranking anew."""
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
