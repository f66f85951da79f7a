"""Where a document's fields were read: the pages that show it, as images with boxes over them or as marked text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from archive.catalogue import queries
from archive.catalogue.facts import DocumentFacts
from archive.search import Span
from archive.web.page_overlay import Overlay, overlay
from archive.workflow import Viewer


@dataclass(frozen=True, slots=True)
class Side:
    """A page: what lies over its image, if that is known; or its text in pieces, each with the field read there."""

    number: int
    overlay: Overlay | None = None
    pieces: tuple[tuple[str, str | None], ...] = ()


def has_images(facts: DocumentFacts) -> bool:
    """Return whether the document's pages can be shown as they are."""
    return any(kept.format == "pdf" for kept in facts.files)


def sides(session: Session, viewer: Viewer, facts: DocumentFacts) -> list[Side]:
    """Return the first page, and every other one on which a field was read."""
    evidence = facts.record.get("evidence", {})
    numbers = sorted({1, *(one["page"] for one in evidence.values())})
    return [_side(session, viewer, facts, number, evidence) for number in numbers if number <= len(facts.pages)]


def _side(
    session: Session, viewer: Viewer, facts: DocumentFacts, number: int, evidence: Mapping[str, Mapping[str, Any]]
) -> Side:
    text = facts.pages[number - 1]
    read_here = {name: Span(one["start"], one["end"]) for name, one in evidence.items() if one["page"] == number}
    if not has_images(facts):
        return Side(number, pieces=_pieces(text, read_here))
    geometry = queries.geometries(session, viewer, facts.card.id, range(number, number + 1)).get(number)
    return Side(number, overlay(text, geometry, (), (), read_here) if geometry else None)


def _pieces(text: str, spans: Mapping[str, Span]) -> tuple[tuple[str, str | None], ...]:
    """The text in pieces; of fields read in one place the first counts."""
    pieces: list[tuple[str, str | None]] = []
    at = 0
    for name, span in sorted(spans.items(), key=lambda item: item[1].start):
        if span.start >= at:
            pieces += [(text[at : span.start], None), (text[span.start : span.end], name)]
            at = span.end
    return (*pieces, (text[at:], None))
