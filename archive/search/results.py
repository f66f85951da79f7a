"""What goes into the index and what comes out of it, in words of our own: no Whoosh type passes this door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from archive.search.query import Query

Sort = Literal["relevance", "newest", "oldest", "number", "added"]  # added: the last kept first, by id
FACETS = ("kind", "issuer", "year", "signer", "state")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document as the index takes it. `id` and `version` are the catalogue's; `text` is all its pages'."""

    id: int
    version: int
    state: str
    number: str | None
    kind: str | None
    issuer: str | None
    subject: str | None
    issued_on: date | None
    signers: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search: within a facet any of the values, between facets all. Days are inclusive."""

    kind: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    signer: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    issued_from: date | None = None
    issued_to: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found: the catalogue's id, the score (higher is better; 0 when sorted by something else), and the
    words asked for that it lacks, as typed.
    """

    id: int
    score: float
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A facet's value and how many of the found documents carry it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, the total, and for each of FACETS its values with exact counts, most frequent first.

    `lacking` is how many of the total have not all the words asked for, but most: by relevance they stand among the
    others, in any other order after them.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Sequence[FacetCount]] = field(default_factory=dict)
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Completions:
    """What a text being typed may become: ids of documents by their subjects, newest first; names by use."""

    subjects: tuple[int, ...] = ()
    issuers: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()


class SearchIndex(Protocol):
    """The search seam. A search sees the last committed state; a write commits whole or not at all."""

    def search(  # noqa: PLR0913 - the six things a search is asked, one name each
        self, query: Query, *, states: frozenset[str], filters: Filters, sort: Sort, page: int, size: int
    ) -> Results:
        """Return the `page`-th (from 1) `size` hits among documents whose state is one of `states` (who may see what).

        An empty query finds every permitted document. When few have all of three or more words, those with most of them
        are found too. A facet's counts apply every filter but the facet's own, so that
        its other values stay choosable.
        """
        ...

    def complete(self, typed: str, *, states: frozenset[str], size: int) -> Completions:
        """Return what documents in one of the states offer for a text being typed, at most `size` of each.

        A subject has the words side by side, with or without their accents, but the last, which begins a word of it
        somewhere; a name has words that begin so, in whatever order. What has the accents typed comes first.
        """
        ...

    def respelled(self, query: Query, *, states: frozenset[str], found: int) -> Query | None:
        """Return the query that was meant where documents in one of the states hardly have a word of it; else None.

        Its words are those of the documents, written with accents where the query has any, and it finds some of them.
        Where few documents with all its words were `found`, a word may also be wrong that they only never have beside
        those around it.
        """
        ...

    def write(self, entries: Iterable[IndexEntry], removed: Iterable[int] = ()) -> None:
        """Put the entries in, each replacing the one with its id; drop the removed ids; commit once.

        Waits for its turn while another writes, and only then asks for the entries and the ids.
        """
        ...

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        """Replace the whole index by the entries while the old one keeps answering; return how many were written."""
        ...

    def versions(self) -> dict[int, int]:
        """Return id → version of every document in the index, for comparison with the catalogue."""
        ...

    def verify(self) -> None:
        """Read all of the index, so that what is altered anywhere in it raises SearchIndexDamaged; writers wait."""
        ...
