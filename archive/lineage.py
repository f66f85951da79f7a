"""A plan and those of other years: the documents of one kind on one thing, of one body or those before and after."""

import re
from collections.abc import Iterable
from datetime import date

from archive.bodies import Authority, authority
from archive.catalogue import queries
from archive.catalogue.facts import Card
from archive.comparison import likeness
from archive.instance import Instance
from archive.search import Clause, Filters, Query
from archive.workflow import Viewer

_LOOKED_AT = 60  # of the documents whose subject is nearest
_ALIKE = 0.8  # of the words of two subjects, years aside
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS = re.compile(r"\b(?:giai đoạn|năm học|năm|quý|tháng)\b|\b[\dIVX/–-]*\d[\dIVX/–-]*\b", re.IGNORECASE)


def series(instance: Instance, viewer: Viewer, card: Card) -> tuple[Card, ...]:
    """Return the document among those like it that the viewer sees, one of each other year, oldest first.

    Nothing when it is the only one; of several of one year, as of reports of each month, the one most like it.

    Raises SearchIndexError when the index cannot answer.
    """
    topic = _topic(card)
    words = tuple(Clause(word) for word in topic.split())
    if not words or card.kind is None or card.issuer is None:
        return ()
    results = instance.index.search(
        Query(words), states=viewer.sees, filters=Filters(kind=(card.kind,)), sort="relevance", page=1, size=_LOOKED_AT
    )
    with instance.catalogue.reading() as session:
        near = queries.cards(session, viewer, [hit.id for hit in results.hits]).values()
        bodies = authority(session)
    like = [one for one in near if one.id != card.id and likeness(topic, _topic(one)) >= _ALIKE]
    others = _one_a_year(card, _of_the_same_body(bodies, card.issuer, like))
    return tuple(sorted([card, *others], key=lambda one: (one.issued_on or date.max, one.id))) if others else ()


def _one_a_year(card: Card, others: Iterable[Card]) -> Iterable[Card]:
    nearest: dict[int | None, Card] = {}
    for one in others:
        year = one.issued_on.year if one.issued_on else None
        if year not in nearest or _nearness(card, one) > _nearness(card, nearest[year]):
            nearest[year] = one
    if card.issued_on:
        nearest.pop(card.issued_on.year, None)
    return nearest.values()


def _nearness(card: Card, other: Card) -> float:
    """How alike their subjects are, the months and quarters in them too."""
    ours, theirs = (_YEAR.sub(" ", one.subject or "") for one in (card, other))
    return likeness(ours, theirs)


def _topic(card: Card) -> str:
    return " ".join(re.findall(r"\w+", _YEARS.sub(" ", card.subject or "")))


def _of_the_same_body(bodies: Authority, issuer: str, cards: Iterable[Card]) -> list[Card]:
    line = bodies.line(bodies.record_of(issuer))
    return [card for card in cards if card.issuer and bodies.record_of(card.issuer) in line]
