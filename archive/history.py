"""The history of the archive: who did what when. Events are only ever added, each sealed with the one before it.

An event's digest is the SHA-256 of its own content and of the digest before it, so that none can be changed, removed or
slipped in afterwards without breaking every seal from there on; `first_broken` finds the place. The database itself
refuses to change or delete one (see the migrations).
"""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, literal_column, select
from sqlalchemy.orm import Session

from archive import clock
from archive.catalogue.models import Event
from archive.workflow import Viewer


class Action(StrEnum):
    """What an event tells of; the value is what the catalogue keeps."""

    ACCESSION = "accession"  # a document came in
    STATE = "state"
    EDIT = "edit"  # fields changed by staff
    FILE = "file"
    REFERENCE = "reference"
    MISMATCH = "mismatch"  # put away by staff
    ERASURE = "erasure"  # a document deleted for good
    ACCOUNT = "account"
    BODY = "body"  # what staff say of a body that issues documents


def record(
    session: Session, viewer: Viewer, document_id: int | None, action: Action, detail: Mapping[str, Any]
) -> Event:
    """Add an event of the viewer's doing, now, in the transaction that does it.

    `detail` is JSON. In it `changes` maps what changed to its values before and after, which pages show and an undo
    reads; `reason` is why, in the viewer's words.
    """
    last = session.execute(select(Event.id, Event.digest).order_by(Event.id.desc()).limit(1)).one_or_none()
    event = Event(
        id=last.id + 1 if last else 1,
        at=clock.now(),
        user_id=viewer.user_id,
        document_id=document_id,
        action=action,
        detail=dict(detail),
    )
    event.digest = seal(event, last.digest if last else "")
    session.add(event)
    session.flush()
    return event


def about_bodies() -> ColumnElement[bool]:
    """Return the term that holds for the events about bodies; written out, for the index of them to be used."""
    return Event.action == literal_column(f"'{Action.BODY}'")


def seal(event: Event, before: str) -> str:
    """Return the digest of the event, `before` being that of the event before it and empty for the first."""
    content = [event.id, event.at.isoformat(), event.user_id, event.document_id, event.action, event.detail, before]
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def first_broken(session: Session) -> int | None:
    """Return the id of the first event that does not follow from the one before it; None when all do."""
    before = ""
    for event in session.scalars(select(Event).order_by(Event.id).execution_options(yield_per=1000)):
        if event.digest != seal(event, before):
            return event.id
        before = event.digest
    return None
