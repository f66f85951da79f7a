"""From texts to postings: the occurrences of many documents, inverted by one sort.

An occurrence is one number, its term above its document above its position; sorted, these numbers are the postings.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from archive.search.columnar.arrays import Array
from archive.search.columnar.postings import Run

_POSITION_BITS = 24
_DOCUMENT_BITS = 18
_TERM_BITS = 64 - _POSITION_BITS - _DOCUMENT_BITS
_PLACE_BITS = _DOCUMENT_BITS + _POSITION_BITS

_POSITIONS = 1 << _POSITION_BITS  # what stands in a field beyond these is not indexed
_DOCUMENTS = 1 << _DOCUMENT_BITS
_TERMS = 1 << (_TERM_BITS - 1)  # of one document's new terms there are fewer than as many again

Forms = tuple[str, str | None]
"""The terms that a word is in the index: one, or two at the same position."""


@dataclass(frozen=True, slots=True)
class Row:
    """A text as a row of words: each word with its position, and what else stands at positions."""

    words: Sequence[str]
    positions: Array
    others: Sequence[tuple[str, int]]


@dataclass(slots=True)
class _Field:
    words: list[Array] = field(default_factory=list)
    places: list[Array] = field(default_factory=list)
    others: "array[int]" = field(default_factory=lambda: array("q"))  # terms
    other_places: "array[int]" = field(default_factory=lambda: array("q"))


class Inversion:
    """Documents to be inverted; they are numbered from 0 in the order in which they are begun."""

    def __init__(self, forms: Callable[[str], Forms]) -> None:
        """Begin with no document; `forms` returns the terms of a word, and is called once for each word."""
        self._words = _Words(forms)
        self._fields: dict[str, _Field] = defaultdict(_Field)
        self.documents = 0
        self.size = 0  # words in them

    @property
    def full(self) -> bool:
        """Whether no further document may be begun."""
        return self.documents == _DOCUMENTS or len(self._words.terms) > _TERMS

    def begin(self) -> None:
        """Begin the next document."""
        self.documents += 1

    def add(self, name: str, row: Row) -> int:
        """Put a text into a field of the document begun last; return the number of its tokens."""
        into = self._fields[name]
        base = (self.documents - 1) << _POSITION_BITS
        count = int(np.searchsorted(row.positions, _POSITIONS))
        words = np.fromiter(map(self._words.__getitem__, row.words[:count]), np.int64, count)
        into.words.append(words)
        into.places.append(row.positions[:count].astype(np.uint64) + np.uint64(base))
        others = [(term, position) for term, position in row.others if position < _POSITIONS]
        into.others.extend(self._words.number(term) for term, _ in others)
        into.other_places.extend(base + position for _, position in others)
        self.size += count
        return count + int(np.count_nonzero(words & 1)) + len(others)

    def runs(self) -> Iterator[Run]:
        """Yield the postings, a run for each field, the fields in the order of their names."""
        terms = sorted(self._words.terms)  # as strings, which is the order of their bytes in UTF-8
        rank = np.empty(len(terms), np.uint64)
        rank[[self._words.terms[term] for term in terms]] = np.arange(len(terms), dtype=np.uint64)
        first, second = rank[self._words.first], rank[self._words.second]
        encoded = [term.encode() for term in terms]
        for name in sorted(self._fields):
            yield _run(name, encoded, _keys(self._fields[name], rank, first, second))


class _Words(dict[str, int]):
    """A number for each word, as they come: odd when the word has two forms."""

    def __init__(self, forms: Callable[[str], Forms]) -> None:
        super().__init__()
        self._forms = forms
        self.terms: dict[str, int] = {}
        self.first: list[int] = []
        self.second: list[int] = []  # where there is none, the first again

    def __missing__(self, word: str) -> int:
        first, second = self._forms(word)
        self.first.append(self.number(first))
        self.second.append(self.number(second or first))
        self[word] = 2 * len(self) + (second is not None)
        return self[word]

    def number(self, term: str) -> int:
        return self.terms.setdefault(term, len(self.terms))


def _keys(its: _Field, rank: Array, first: Array, second: Array) -> Array:
    """Return the occurrences in a field, sorted."""
    words, places = np.concatenate(its.words), np.concatenate(its.places)
    double = (words & 1).astype(bool)
    terms = (first[words >> 1], second[words[double] >> 1], rank[np.array(its.others, np.int64)])
    above = np.concatenate(terms) << np.uint64(_PLACE_BITS)
    keys: Array = above | np.concatenate([places, places[double], np.array(its.other_places, np.uint64)])
    keys.sort()
    return keys


def _run(name: str, terms: Sequence[bytes], keys: Array) -> Run:
    postings = keys >> np.uint64(_POSITION_BITS)
    begins = np.flatnonzero(np.diff(postings, prepend=~postings[:1]))
    postings = postings[begins]
    here, counts = np.unique(postings >> np.uint64(_DOCUMENT_BITS), return_counts=True)
    return Run(
        field=name,
        terms=[terms[term] for term in here.tolist()],
        counts=counts,
        documents=(postings & np.uint64(_DOCUMENTS - 1)).astype(np.uint32),
        frequencies=np.diff(begins, append=len(keys)).astype(np.uint32),
        positions=(keys & np.uint64(_POSITIONS - 1)).astype(np.uint32),
    )
