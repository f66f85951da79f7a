"""The searches that people keep, each for its owner alone, and what a feed of one tells."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from archive.catalogue import models
from archive.catalogue.facts import Arrival, FileRole, SavedSearch
from archive.catalogue.models import Document, DocumentFile, Event, User
from archive.catalogue.queries.documents import FOR_CARD, card_of, seen_by
from archive.errors import NotHeld
from archive.workflow import Role, Viewer

_SAVED = select(models.SavedSearch)


def saved_searches(session: Session, viewer: Viewer) -> tuple[SavedSearch, ...]:
    """Return the viewer's searches, the last saved first."""
    kept = _SAVED.where(*_kept_by(viewer)).order_by(models.SavedSearch.created_at.desc())
    return tuple(_fact(row) for row in session.scalars(kept))


def saved_search(session: Session, viewer: Viewer, saved_id: str) -> SavedSearch:
    """Return one of the viewer's searches. Raises NotHeld."""
    return _fact(own_search(session, viewer, saved_id))


def deleted_search(session: Session, viewer: Viewer, saved_id: str) -> SavedSearch | None:
    """Return one of the viewer's searches that can be taken back; None when there is none of that id."""
    row = session.scalar(_SAVED.where(*_kept_by(viewer, deleted=True), models.SavedSearch.id == saved_id))
    return _fact(row) if row else None


def saved_as(session: Session, viewer: Viewer, address: str) -> SavedSearch | None:
    """Return the viewer's search of that address; None when it is not saved."""
    row = session.scalar(_SAVED.where(*_kept_by(viewer), models.SavedSearch.address == address))
    return _fact(row) if row else None


def subscribed(session: Session, saved_id: str) -> tuple[SavedSearch, Viewer]:
    """Return a search and its owner as the owner is now. Raises NotHeld, also when the account is closed."""
    found = _SAVED.where(models.SavedSearch.id == saved_id, models.SavedSearch.deleted_at.is_(None))
    row = session.scalar(found.join(models.SavedSearch.user).where(User.active))
    if row is None:
        raise not_saved()
    return _fact(row), Viewer(row.user.id, row.user.name, Role(row.user.role))


def appeared(session: Session, viewer: Viewer, since: datetime) -> dict[int, datetime]:
    """Return id → when each document came into the viewer's sight by a change of its state after then."""
    moved = select(Event.document_id, Event.at, Event.detail).where(Event.action == "state", Event.at > since)
    found: dict[int, datetime] = {}
    for document_id, at, detail in session.execute(moved.order_by(Event.id)):
        before, after = detail["changes"]["state"]
        if after in viewer.sees and before not in viewer.sees:
            found[document_id] = at
    return found


def arrivals(session: Session, viewer: Viewer, document_ids: Collection[int]) -> tuple[Arrival, ...]:
    """Return those of the documents that are held for the viewer, each with when it was kept, the last first."""
    held = (
        select(Document, DocumentFile.sha256)
        .join(Document.files)
        .where(seen_by(viewer), Document.id.in_(document_ids), DocumentFile.role == FileRole.ORIGINAL)
        .options(*FOR_CARD)
        .order_by(Document.id.desc())
    )
    return tuple(Arrival(card_of(row), row.created_at, sha256) for row, sha256 in session.execute(held))


def own_search(session: Session, viewer: Viewer, saved_id: str, *, deleted: bool = False) -> models.SavedSearch:
    """Return the row of one of the viewer's searches. Raises NotHeld."""
    row = session.scalar(_SAVED.where(*_kept_by(viewer, deleted=deleted), models.SavedSearch.id == saved_id))
    if row is None:
        raise not_saved()
    return row


def not_saved() -> NotHeld:
    """Return what is raised for a search that is not there, or not this person's."""
    return NotHeld("Không có tìm kiếm đã lưu này; hãy xem lại danh sách tìm kiếm đã lưu.")


def _kept_by(viewer: Viewer, *, deleted: bool = False) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    gone = models.SavedSearch.deleted_at
    return models.SavedSearch.user_id == viewer.user_id, gone.is_not(None) if deleted else gone.is_(None)


def _fact(row: models.SavedSearch) -> SavedSearch:
    return SavedSearch(row.id, row.name, row.address, row.looked_at, row.feed_key, row.created_at)
