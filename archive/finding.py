"""Finding documents by words, or by a number in whatever shape: one door for pages, API and command line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from archive import search
from archive.bodies import Authority, authority
from archive.catalogue import queries
from archive.catalogue.facts import Card, MissingDocument
from archive.instance import Instance
from archive.search import FacetCount, Filters, Hit, Query, Results, Sort, Span
from archive.search.number_query import NumberQuery, find_number
from archive.workflow import Viewer
from ingest import numbers

_T = TypeVar("_T", Card, MissingDocument)
_CITED = 5  # numbers of one text that are looked up
_ALL = 2**31 - 1  # more documents than a catalogue has ids


@dataclass(frozen=True, slots=True)
class Found:
    """A document found: its card, the score (higher is better; 0 unless sorted by relevance), and what matched.

    `subject` marks spans of the card's subject; `snippet` is a passage of the page `page` (from 1) that begins with the
    `mark`-th mark there, with its marks in `snippet_spans`; None when no word of the query stands in the text.
    `lacking` are the words asked for that stand nowhere in it.
    """

    card: Card
    score: float
    subject: tuple[Span, ...]
    snippet: str | None
    snippet_spans: tuple[Span, ...]
    page: int | None
    mark: int | None
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One page of what was found; `notes` are Vietnamese sentences on what of the query was not understood.

    `lacking` is such a sentence on how many of the documents have not all the words, where some have not.
    `did_you_mean` is the query respelled where it has a word that hardly any document has; on the first page only.
    """

    query: str
    notes: tuple[str, ...]
    total: int
    hits: tuple[Found, ...]
    facets: Mapping[str, Sequence[FacetCount]]
    page: int
    size: int
    lacking: str | None = None
    did_you_mean: str | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """All there is to say of the search, where it is said in one place."""
        return (*self.notes, self.lacking) if self.lacking else self.notes


@dataclass(frozen=True, slots=True)
class NumberLookup:
    """What a number leads to: the documents held under it; when there is none, those that are cited by it."""

    held: tuple[Card, ...]
    missing: tuple[MissingDocument, ...]


def find(  # noqa: PLR0913, PLR0917 - what a search is asked, in the order it is said
    instance: Instance, viewer: Viewer, text: str, filters: Filters, sort: Sort, page: int, size: int
) -> Finding:
    """Return the `page`-th (from 1) `size` documents that the viewer may see and the text finds.

    Raises SearchIndexError when the index cannot answer.
    """
    query = search.parse(text)
    meant = _under_all_names(instance, filters)
    results = instance.index.search(query, states=viewer.sees, filters=meant, sort=sort, page=page, size=size)
    ids = [hit.id for hit in results.hits]
    with instance.catalogue.reading() as session:
        facets = {**results.facets, "issuer": _gathered(authority(session), results.facets["issuer"])}
        cards = queries.cards(session, viewer, ids)
        texts = queries.texts(session, viewer, ids if query.clauses else ())
    hits = tuple(_found(query, hit, cards[hit.id], texts.get(hit.id, ())) for hit in results.hits if hit.id in cards)
    whole = results.total - results.lacking
    better = instance.index.respelled(query, states=viewer.sees, found=whole) if page == 1 else None
    return Finding(
        str(query),
        query.notes,
        results.total,
        hits,
        facets,
        page,
        size,
        _lacking(results),
        str(better) if better else None,
    )


def count(instance: Instance, viewer: Viewer, text: str, filters: Filters) -> int:
    """Return how many documents have all the text says. Raises SearchIndexError when the index cannot answer."""
    asked, filters = search.parse(text), _under_all_names(instance, filters)
    results = instance.index.search(asked, states=viewer.sees, filters=filters, sort="added", page=1, size=1)
    return results.total - results.lacking


def latest(instance: Instance, viewer: Viewer, text: str, filters: Filters, most: int | None) -> tuple[int, ...]:
    """Return the ids of the last documents kept that have all the text says, the last first, at most so many or all."""
    asked, size = search.parse(text), _ALL if most is None else most
    filters = _under_all_names(instance, filters)
    results = instance.index.search(asked, states=viewer.sees, filters=filters, sort="added", page=1, size=size)
    return tuple(hit.id for hit in results.hits[: results.total - results.lacking])


def _under_all_names(instance: Instance, filters: Filters) -> Filters:
    """Return the filters with each body that staff renamed or gathered told by every name its documents bear."""
    if not filters.issuer:
        return filters
    with instance.catalogue.reading() as session:
        bodies = authority(session)
        records = {bodies.record_of(name) for name in filters.issuer} & bodies.renamed
        keys = {key for record in records for key in bodies.keys(record)}
        names = [name for name in queries.issuers(session, keys) if bodies.record_of(name) in records]
    return replace(filters, issuer=tuple(dict.fromkeys([*filters.issuer, *names])))


def _gathered(bodies: Authority, counts: Sequence[FacetCount]) -> Sequence[FacetCount]:
    """Return the counts of issuers, those of one body that staff renamed or gathered added up under its title."""
    if not bodies.renamed:
        return counts
    labels: dict[str, str] = {}
    times: Counter[str] = Counter()
    for count in counts:
        record = bodies.record_of(count.value)
        known = record in bodies.renamed
        label = labels.setdefault(record, bodies.title(record) or count.value) if known else count.value
        times[label] += count.count
    return tuple(FacetCount(label, number) for label, number in times.most_common())


def _lacking(results: Results) -> str | None:
    whole = results.total - results.lacking
    if not results.lacking:
        return None
    if not whole:
        return (
            "Không có văn bản nào chứa đủ các từ; dưới đây là những văn bản chứa phần lớn các từ, "
            "mỗi văn bản có ghi từ còn thiếu."
        )
    return (
        f"{whole} văn bản chứa đủ các từ; {results.lacking} văn bản gần đúng chứa phần lớn các từ, "
        "mỗi văn bản có ghi từ còn thiếu."
    )


def number_lookup(instance: Instance, viewer: Viewer, text: str) -> NumberLookup | None:
    """Return what the number leads to that the whole text is; None when the text is no number."""
    number = find_number(text)
    if number is None:
        return None
    with instance.catalogue.reading() as session:
        return _looked_up(session, viewer, number)


def cited(instance: Instance, viewer: Viewer, text: str) -> tuple[NumberLookup, ...]:
    """Return what each number leads to that the text is or cites, as a pasted sentence does; of a few, if to any."""
    with instance.catalogue.reading() as session:
        found = [_looked_up(session, viewer, number) for number in search.cited_numbers(text)[:_CITED]]
    return tuple(one for one in found if one.held or one.missing)


def _looked_up(session: Session, viewer: Viewer, number: NumberQuery) -> NumberLookup:
    held = fitting(number, queries.numbered(session, viewer, number.serial))
    return NumberLookup(held, () if held else fitting(number, queries.cited_numbered(session, viewer, number.serial)))


def fitting(number: NumberQuery, documents: Sequence[_T]) -> tuple[_T, ...]:
    """Return those that may be meant; of these only the ones with the very symbol, when a whole symbol was typed."""
    fitting = [(numbers.parse(one.number or ""), one) for one in documents]
    may = [(its, one) for its, one in fitting if its and number.fits(its, one.issued_on, one.issuer)]
    exact = tuple(one for its, one in may if its.symbol_key == number.symbol_key)
    return exact or tuple(one for _, one in may)


def to_json(finding: Finding) -> dict[str, Any]:
    """Return the finding as the API and `archive search --json` tell it; marks are left out."""
    return {
        "total": finding.total,
        "page": finding.page,
        "size": finding.size,
        "hits": [_hit(found) for found in finding.hits],
        "facets": {name: [asdict(count) for count in counts] for name, counts in finding.facets.items()},
        "notes": list(finding.remarks),
        "did_you_mean": finding.did_you_mean,
    }


def card_json(card: Card) -> dict[str, Any]:
    """Return a document in a few words, as the API and `archive search --json` tell it."""
    return {
        "id": card.id,
        "state": card.state,
        "number": card.number,
        "kind": card.kind,
        "issuer": card.issuer,
        "issued_on": card.issued_on.isoformat() if card.issued_on else None,
        "subject": card.subject,
    }


def _found(query: Query, hit: Hit, card: Card, pages: Sequence[str]) -> Found:
    subject = search.mark(card.subject or "", query, "subject")
    passage = search.best_passage(pages, query, shown=card.subject if subject else None)
    return Found(
        card=card,
        score=hit.score,
        subject=subject,
        snippet=passage.text if passage else None,
        snippet_spans=passage.spans if passage else (),
        page=passage.page if passage else None,
        mark=passage.mark if passage else None,
        lacking=hit.lacking,
    )


def _hit(found: Found) -> dict[str, Any]:
    told = {"score": found.score, "snippet": found.snippet, "page": found.page, "lacking": list(found.lacking)}
    return {**card_json(found.card), **told}
