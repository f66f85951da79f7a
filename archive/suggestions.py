"""What the text being typed in the search box may become: numbers, subjects, bodies, signers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from archive.catalogue import queries
from archive.instance import Instance
from archive.search import Filters, Results, parse
from archive.workflow import Viewer
from ingest.orthography import fold

_EACH = 5  # of a kind
_SHORTEST = 2
_NUMBER = re.compile(r"(?:số\s*)?0*(?P<serial>\d[\d.]*[a-zđ]?)(?:\s*[/-]\s*(?P<symbol>\S.*)?)?", re.IGNORECASE)
_NAMED: tuple[Literal["issuer"], Literal["signer"]] = ("issuer", "signer")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text to search for, and the document it names when it names one."""

    text: str
    kind: Literal["number", "subject", "issuer", "signer"]
    document_id: int | None = None


def suggest(instance: Instance, viewer: Viewer, typed: str) -> tuple[Suggestion, ...]:
    """Return what the viewer's documents offer for the typed text, numbers first; nothing for a single character."""
    typed = " ".join(typed.split())
    if len(typed) < _SHORTEST:
        return ()
    return (*_numbers(instance, viewer, typed), *_subjects(instance, viewer, typed), *_names(instance, viewer, typed))


def _numbers(instance: Instance, viewer: Viewer, typed: str) -> Iterator[Suggestion]:
    serial = _NUMBER.fullmatch(typed)
    if serial is None:
        return
    beginning = fold(f"{serial['serial']}/{serial['symbol'] or ''}").lower().replace(" ", "")
    with instance.catalogue.reading() as session:
        for card in queries.numbers_starting(session, viewer, beginning, _EACH):
            yield Suggestion(card.number or "", "number", card.id)


def _subjects(instance: Instance, viewer: Viewer, typed: str) -> Iterator[Suggestion]:
    found = _search(instance, viewer, typed, _EACH)
    with instance.catalogue.reading() as session:
        cards = queries.cards(session, viewer, [hit.id for hit in found.hits])
    for hit in found.hits:
        if hit.id in cards and cards[hit.id].subject:
            yield Suggestion(cards[hit.id].subject or "", "subject", hit.id)


def _names(instance: Instance, viewer: Viewer, typed: str) -> Iterator[Suggestion]:
    """Bodies and signers whose name holds the text, accents or not, those with most documents first."""
    facets = _search(instance, viewer, "", 1).facets
    for facet in _NAMED:
        alike = (count.value for count in facets.get(facet, ()) if fold(typed).lower() in fold(count.value).lower())
        yield from (Suggestion(name, facet) for name in islice(alike, _EACH))


def _search(instance: Instance, viewer: Viewer, text: str, size: int) -> Results:
    return instance.index.search(
        parse(text), states=viewer.sees, filters=Filters(), sort="relevance", page=1, size=size
    )
