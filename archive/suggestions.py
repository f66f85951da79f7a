"""What the text being typed in the search box may become: numbers, subjects, bodies, signers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from sqlalchemy.orm import Session

from archive import finding
from archive.catalogue import queries
from archive.catalogue.facts import Card
from archive.instance import Instance
from archive.search import find_number
from archive.workflow import Viewer
from ingest.orthography import fold, mend

_EACH = 5  # of a kind
_ALIKE = 4  # times as many subjects are looked at: plans of several years have one
_SHORTEST, _LONGEST = 2, 200  # characters
_NUMBER = re.compile(r"(?:s[ốo]\s*)?0*(?P<serial>\d[\d.]*[a-zđ]?)(?:[\s/-]+(?P<symbol>\S.*)?)?", re.IGNORECASE)
_SIGN = re.compile(r"\s*([/-])\s*|\s+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text to search for, and the document it names when it names one."""

    text: str
    kind: Literal["number", "subject", "issuer", "signer"]
    document_id: int | None = None


def suggest(instance: Instance, viewer: Viewer, typed: str) -> tuple[Suggestion, ...]:
    """Return what the viewer's documents offer for the typed text, numbers first; nothing for a single character."""
    typed = mend(" ".join(typed[:_LONGEST].split()))
    if len(typed) < _SHORTEST:
        return ()
    offered = instance.index.complete(typed, states=viewer.sees, size=_EACH * _ALIKE)
    return (
        *_numbers(instance, viewer, typed),
        *islice(_subjects(instance, viewer, offered.subjects, typed), _EACH),
        *(Suggestion(name, "issuer") for name in offered.issuers[:_EACH]),
        *(Suggestion(name, "signer") for name in offered.signers[:_EACH]),
    )


def _numbers(instance: Instance, viewer: Viewer, typed: str) -> Iterator[Suggestion]:
    with instance.catalogue.reading() as session:
        for card in _numbered(session, viewer, typed)[:_EACH]:
            yield Suggestion(card.number or "", "number", card.id)


def _numbered(session: Session, viewer: Viewer, typed: str) -> tuple[Card, ...]:
    begun = _NUMBER.fullmatch(typed)
    if begun:
        symbol = _SIGN.sub(lambda sign: sign[1] or "-", begun["symbol"] or "")
        return queries.numbers_starting(session, viewer, fold(f"{begun['serial']}/{symbol}").lower(), _EACH)
    whole = find_number(typed)  # `KH 28`, `Kế hoạch số 28`: what is typed first is not what the number begins with
    return finding.fitting(whole, queries.numbered(session, viewer, whole.serial)) if whole else ()


def _subjects(instance: Instance, viewer: Viewer, ids: tuple[int, ...], typed: str) -> Iterator[Suggestion]:
    """Yield the subjects of the documents, those first that go on as typed, and of those alike the first."""
    with instance.catalogue.reading() as session:
        cards = queries.cards(session, viewer, ids)
    plain = {id_: f" {_plain(cards[id_].subject or '')}" for id_ in ids if id_ in cards}
    seen = {""}
    for id_ in sorted(plain, key=lambda id_: f" {_plain(typed)}" not in plain[id_]):
        if plain[id_].strip() not in seen:
            seen.add(plain[id_].strip())
            yield Suggestion(cards[id_].subject or "", "subject", id_)


def _plain(text: str) -> str:
    return fold(text).casefold()
