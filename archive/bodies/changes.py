"""What staff say of bodies: events, laid over what the rules know, each of which can be undone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.models import Event
from archive.history import about_bodies


class Change(StrEnum):
    """What is said of a body."""

    TITLE = "title"  # the name by which it is shown
    NAME = "name"  # another one, which it bears or bore
    SYMBOL = "symbol"
    LEVEL = "level"
    SUCCESSOR = "successor"  # its work went to another body
    SEVERED = "severed"  # its work did not go to that body, whatever the rules say
    MERGE = "merge"  # it is another body, under a variant of the name


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that staff say of the body of a key.

    `text` is the name, symbol or level; `other` the key of the other body, and of a name the key that it makes;
    `since` and `until` are the days from and to which a name was borne, `since` also that of a handing over.
    """

    change: Change
    body: str
    text: str | None = None
    other: str | None = None
    since: date | None = None
    until: date | None = None


def standing_events(session: Session) -> dict[int, dict[str, Any]]:
    """Return the id and detail of each event by which staff said what nobody has taken back, in their order."""
    events = session.execute(select(Event.id, Event.detail).where(about_bodies()).order_by(Event.id)).all()
    undone = {detail.get("undoes") for _, detail in events}
    return {id_: detail for id_, detail in events if "said" in detail and id_ not in undone}


def read(detail: dict[str, Any]) -> Said:
    """Return what an event says."""
    return msgspec.convert(detail["said"], Said)
