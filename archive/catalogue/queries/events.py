"""What has been done to documents."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.catalogue.facts import EventFact
from archive.catalogue.models import Event, User
from archive.history import about_bodies
from archive.workflow import TRANSITIONS, State


def of_document(session: Session, document_id: int) -> tuple[EventFact, ...]:
    """Return all that has been done to the document, latest first; who may know of it is the caller's to ask."""
    found = _told().where(Event.document_id == document_id).order_by(Event.id.desc())
    return tuple(_fact(event, name) for event, name in session.execute(found))


def of_bodies(session: Session) -> tuple[EventFact, ...]:
    """Return all that staff have said of bodies and taken back, latest first."""
    found = _told().where(about_bodies()).order_by(Event.id.desc())
    return tuple(_fact(event, name) for event, name in session.execute(found))


def happenings(session: Session, before: int | None, limit: int) -> tuple[EventFact, ...]:
    """Return the `limit` latest events of the archive, or the latest before the event of that id: for managers."""
    found = _told().order_by(Event.id.desc()).limit(limit)
    told = session.execute(found.where(Event.id < before) if before else found)
    return tuple(_fact(event, name) for event, name in told)


def numbered(session: Session, event_ids: Collection[int]) -> dict[int, EventFact]:
    """Return id → event for the events of those ids."""
    return {event.id: _fact(event, name) for event, name in session.execute(_told().where(Event.id.in_(event_ids)))}


def entered(session: Session, document_ids: Collection[int], state: State) -> dict[int, EventFact]:
    """Return id → the event by which each document last came into the state, not counting ways back to it."""
    ways = [way.name for way in TRANSITIONS if way.target == state]
    found = _told().where(
        Event.document_id.in_(document_ids), Event.action == "state", Event.detail["transition"].as_string().in_(ways)
    )
    told = session.execute(found.order_by(Event.id))
    return {event.document_id: _fact(event, name) for event, name in told if event.document_id}


def state_before_merging(session: Session, part_id: int) -> State:
    """Return the state in which a document was that is now part of another."""
    changes = (event.changes.get("state") for event in of_document(session, part_id))
    return next(State(change[0]) for change in changes if change and change[1] == State.MERGED)


def _told() -> Select[Event, str]:
    return select(Event, User.name).outerjoin(User, User.id == Event.user_id)


def _fact(event: Event, by: str | None) -> EventFact:
    changes = {name: (before, after) for name, (before, after) in event.detail.get("changes", {}).items()}
    reason = event.detail.get("reason")
    return EventFact(event.id, event.at, by, event.document_id, event.action, changes, reason, event.detail)
