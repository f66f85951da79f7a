"""What waits for an editor to decide on it."""

from enum import StrEnum

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from archive.catalogue.facts import Waiting
from archive.catalogue.models import Document, Twin
from archive.catalogue.queries.documents import cards, seen_by
from archive.certainty import SURE
from archive.workflow import WAITING, Viewer


class Order(StrEnum):
    """What in the queue comes first."""

    UNSURE = "unsure"  # what is least surely known
    OLDEST = "oldest"


def queue(session: Session, viewer: Viewer, order: Order, limit: int, offset: int = 0) -> tuple[Waiting, ...]:
    """Return `limit` of the documents that wait."""
    return _waiting(session, viewer, _queued(viewer).order_by(*_KEYS[order]).limit(limit).offset(offset))


def sure(session: Session, viewer: Viewer, limit: int | None = None) -> tuple[Waiting, ...]:
    """Return the documents that wait and may be accepted without a look at each, or the `limit` oldest of them."""
    return _waiting(session, viewer, _queued(viewer).where(_IS_SURE).order_by(Document.id).limit(limit))


def queued(session: Session, viewer: Viewer) -> tuple[int, int]:
    """Return how many documents wait, and how many of them may be accepted without a look at each."""
    counted = _queued(viewer).with_only_columns(func.count(), func.coalesce(func.sum(case((_IS_SURE, 1), else_=0)), 0))
    total, surely = session.execute(counted).one()
    return total, surely


def next_queued(session: Session, viewer: Viewer, order: Order, document_id: int) -> int | None:
    """Return the id of what comes after that document in the queue, which it need not be in; None at its end."""
    keys = _KEYS[order]
    here = session.execute(select(*keys).where(Document.id == document_id)).one_or_none()
    after = _queued(viewer).with_only_columns(Document.id).order_by(*keys).limit(1)
    return session.scalar(after.where(tuple_(*keys) > tuple_(*here)) if here else after)


_DOUBLED = exists().where(or_(Twin.document_id == Document.id, Twin.other_id == Document.id))
_IS_SURE: ColumnElement[bool] = (Document.certainty >= SURE) & ~_DOUBLED
_KEYS = {Order.UNSURE: (Document.certainty, Document.id), Order.OLDEST: (Document.id,)}


def _queued(viewer: Viewer) -> Select[int, float, bool, int, object]:
    columns = (Document.id, Document.certainty, _DOUBLED.label("doubled"), Document.version, Document.created_at)
    return select(*columns).where(seen_by(viewer), Document.state.in_(sorted(WAITING)))


def _waiting(session: Session, viewer: Viewer, asked: Select[int, float, bool, int, object]) -> tuple[Waiting, ...]:
    rows = session.execute(asked).all()
    known = cards(session, viewer, [row.id for row in rows])
    return tuple(Waiting(known[row.id], row.certainty, row.doubled, row.version, row.created_at) for row in rows)
