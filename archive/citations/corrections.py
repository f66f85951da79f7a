"""Staff's corrections of what a document was read to cite: events, laid over the reading each time it is settled.

A correction holds on to what stays the same when the file is read again: what the cited document is called, and where
and in which words it was first cited. So a better reading keeps it, and what no longer finds its place does nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.bodies import Home
from archive.catalogue.models import Event
from archive.catalogue.statements import slices
from archive.citations.ways import Said, merged, said
from archive.history import Action
from ingest.record import Reference, Relation

NONE_HELD = 0
"""The target that staff choose when none of the documents held is meant."""


class Change(StrEnum):
    """What a correction does to a reference."""

    RELATION = "relation"
    TARGET = "target"
    REJECT = "reject"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Place:
    """A reference in a reading: `archive.citations.ways.Way.called`, and its first mention."""

    called: str
    page: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. `relation`, `target` (a document's id or NONE_HELD) or `added` is what its change needs."""

    change: Change
    place: Place
    relation: Relation | None = None
    target: int | None = None
    added: Reference | None = None


def standing(session: Session, document_ids: Collection[int]) -> dict[int, list[Correction]]:
    """Return for each document that has some its corrections that were not undone, in the order they were made."""
    found: dict[int, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for some in slices(document_ids):
        made = select(Event.document_id, Event.id, Event.detail).order_by(Event.id)
        of_them = made.where(Event.document_id.in_(some), Event.action == Action.REFERENCE)
        for document_id, event_id, detail in session.execute(of_them):
            found[document_id].append((event_id, detail))
    return {document_id: [read(detail) for _, detail in not_undone(events)] for document_id, events in found.items()}


def not_undone(events: Sequence[tuple[int, dict[str, Any]]]) -> list[tuple[int, dict[str, Any]]]:
    """Return of the events about one document's references, given as ids and details, the corrections that stand."""
    undone = {detail["undoes"] for _, detail in events if "undoes" in detail}
    return [(id_, detail) for id_, detail in events if "correction" in detail and id_ not in undone]


def read(detail: dict[str, Any]) -> Correction:
    """Return the correction that an event tells of."""
    return msgspec.convert(detail["correction"], Correction)


def laid_over(
    cites: Sequence[Said], corrections: Iterable[Correction], origin: Home, year: int | None
) -> tuple[Said, ...]:
    """Return what a document of that origin and year cites, the corrections laid over what it was read to cite."""
    corrected = list(cites)
    for one in corrections:
        if one.added:
            corrected = [*merged([*corrected, *said([one.added], origin, year)])]
            continue
        at = _place(corrected, one.place)
        if at is None:
            continue
        if one.change == Change.REJECT:
            del corrected[at]
        elif one.relation:
            corrected[at] = replace(corrected[at], relation=one.relation)
        else:
            corrected[at] = replace(corrected[at], way=corrected[at].way._replace(chosen_id=one.target))
    return tuple(sorted(corrected, key=lambda cited: (cited.mentions[0].page, cited.mentions[0].start)))


def _place(cites: Sequence[Said], place: Place) -> int | None:
    """The one of the documents cited that the place means: called the same, and of several the nearest."""
    alike = [at for at, cited in enumerate(cites) if cited.way.called == place.called]
    return min(alike, key=lambda at: _distance(cites[at], place), default=None)


def _distance(cited: Said, place: Place) -> tuple[bool, int, int]:
    near = (
        (one.text != place.text, abs(one.page - place.page), abs(one.start - place.start)) for one in cited.mentions
    )
    return min(near)
