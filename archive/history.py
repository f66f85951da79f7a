"""The history of the archive: who did what when. Events are only ever added, each sealed with the one before it.

An event's digest is the SHA-256 of its own content and of the digest before it, so that none can be changed, removed or
slipped in afterwards without breaking every seal from there on; `first_broken` finds the place. The database itself
refuses to change or delete one (see the migrations). That the newest were cut off, or all sealed anew, shows by the
file `history_seals` beside an SQLite catalogue, to which every transaction's last seal is added.
"""

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, literal_column, select
from sqlalchemy import event as hooks
from sqlalchemy.orm import Session

from archive import clock
from archive.catalogue.models import Event
from archive.workflow import Viewer

SEALS = "history_seals"
"""The name of the file of seals: a line for each, the event's id and its digest."""

_SEAL = re.compile(r"^(\d+) ([0-9a-f]{64})$", re.MULTILINE)
_log = logging.getLogger(__name__)


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
    if SEALS not in session.info:
        hooks.listen(session, "after_commit", _note_seal)
    session.info[SEALS] = f"{event.id} {event.digest}\n"
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
    """Return the id of the first event that is not there, or not as it was when it was sealed; None when all are.

    The session must have read nothing yet: what others add meanwhile is sealed later than what it sees.
    """
    noted: dict[int, str] = {}
    for id_, digest in _noted_seals(session):
        noted.setdefault(id_, digest)  # a second was given to what took the place of an event cut off
    before, last = "", 0
    for event in session.scalars(select(Event).order_by(Event.id).execution_options(yield_per=1000)):
        if event.digest != seal(event, before) or noted.get(event.id, event.digest) != event.digest:
            return event.id
        before, last = event.digest, event.id
    return last + 1 if max(noted, default=0) > last else None


def _note_seal(session: Session) -> None:
    """Add the seal of what was just committed; one that a crash or a full disk loses, the next makes up for."""
    path = _seals(session)
    try:
        if path:
            with path.open("a", encoding="ascii") as file:
                file.write(session.info[SEALS])
    except OSError:
        _log.exception("the seal %s is not in %s", session.info[SEALS].strip(), path)


def _noted_seals(session: Session) -> Iterator[tuple[int, str]]:
    path = _seals(session)
    if path and path.exists():
        for line in _SEAL.finditer(path.read_text(encoding="ascii", errors="replace")):  # a power cut may spoil one
            yield int(line[1]), line[2]


def _seals(session: Session) -> Path | None:
    bind = session.get_bind()
    kept = bind.url if isinstance(bind, Engine) else bind.engine.url
    return Path(kept.database).with_name(SEALS) if kept.get_backend_name() == "sqlite" and kept.database else None
