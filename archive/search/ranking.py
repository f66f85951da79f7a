"""How good a document is for a query: the sum of what follows, brought between 0 and 1, and 1 more for the accents.

- Each word that stands in the body scores by BM25, as Whoosh's BM25F does with its own parameters: more the rarer the
  word is among all documents, the oftener it stands in this one, and the shorter this one is. The body holds the other
  fields too.
- A word without a field scores again, with more weight, where it stands in the subject or in the number (WEIGHTS).
- A kind that the query begins with ("ke hoach chuyen doi so") scores for the documents of that kind (KIND): other kinds
  quote its subject in theirs.
- Two words that follow one another in the query score the more the nearer they stand in the body in that order
  (CLOSENESS, full when side by side). Only the best few hundred documents are looked at for it.
- A recent document scores a little more than an old one (RECENCY, full for the day of the newest).

A document with every word as typed, accents too, comes before all that differ from it in accents. When no document has
all the words, those that lack fewest are scored by what they have, times the share of the words that it is.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from archive.search import phrases
from archive.search.analysis import query_terms
from archive.search.columnar.arrays import Array
from archive.search.columnar.snapshot import GAP, Snapshot, TermPostings
from archive.search.whoosh_schema import LABELS

BODY = "body"  # holds every word that a search without a field finds
WEIGHTS = {"subject": 3.0, "number": 3.0}  # what a word counts for in these, beside the 1 in the body
KIND = 12.0
CLOSENESS = 1.5  # of the mean rarity of the two words
RECENCY = 0.5

_B = 0.75  # how much a long text counts for less
_K1 = 1.2  # how soon a word stops counting for more
_NEAR = 8  # words apart; farther ones are scattered
_CLOSE_LOOK = 300  # documents that closeness is looked for in
_YEARS = 5  # after which a document's recency is half


class Word(NamedTuple):
    """A word of the query in its folded form: the field it is sought in, and whether it stands in no phrase."""

    field: str | None
    term: str
    alone: bool = True


class Ranking:
    """Scores documents of a snapshot; any number of threads may share it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._norms: dict[str, Array] = {}
        self._kinds = [_row(label) for label in snapshot.documents.labels(LABELS["kind"]).labels]
        day = snapshot.documents.values("day")
        years = np.where(day > 0, day.max(initial=0) - day, np.inf) / 365.25
        self._recency = (RECENCY / (1 + years / _YEARS)).astype(np.float32)

    def scores(self, words: Sequence[Word], found: Array) -> Array:
        """Return the score of each document found; 0 when there are no words."""
        if not len(found):
            return np.zeros(0, np.float32)
        scores = self.by_words(words, found)
        plain = [word.term for word in words if word.field is None]
        if plain:
            scores += self._by_kind(plain, found) + self._recency[found]
        alone = [word.term for word in words if word.field is None and word.alone]
        if len(alone) > 1:
            best = (
                np.sort(np.argpartition(-scores, _CLOSE_LOOK)[:_CLOSE_LOOK])
                if len(found) > _CLOSE_LOOK
                else slice(None)
            )
            scores[best] += self._by_closeness(alone, found[best])
        return scores

    def by_words(self, words: Sequence[Word], found: Array) -> Array:
        """Return what the words alone score."""
        scores = np.zeros(len(found), np.float32)
        for word in words:
            for field, weight in ({word.field: 1.0} if word.field else {BODY: 1.0, **WEIGHTS}).items():
                postings = self._snapshot.postings(field, word.term)
                if postings:
                    at, frequencies = _frequencies(postings, found, self._snapshot.count)
                    worth = np.float32(weight * self._rarity(field, word.term))
                    scores[at] += (
                        worth * frequencies * np.float32(_K1 + 1) / (frequencies + self._norm(field)[found[at]])
                    )
        return scores

    def _rarity(self, field: str, term: str) -> float:
        return math.log(self._snapshot.count / (self._snapshot.frequency(field, term) + 1)) + 1

    def _norm(self, field: str) -> Array:
        """Return for each document how much its length makes a frequency count for less."""
        if field not in self._norms:
            relative = self._snapshot.lengths(field).astype(np.float32) / np.float32(self._snapshot.mean_length(field))
            self._norms[field] = np.float32(_K1) * (np.float32(1 - _B) + np.float32(_B) * relative)
        return self._norms[field]

    def _by_kind(self, terms: Sequence[str], found: Array) -> Array:
        column = self._snapshot.documents.labels(LABELS["kind"])
        scores = np.zeros(self._snapshot.count, np.float32)
        for ordinal, row in enumerate(self._kinds):
            if tuple(terms[: len(row)]) == row:
                scores[column.documents[column.ordinals == ordinal]] = KIND
        return scores[found]

    def _by_closeness(self, terms: Sequence[str], found: Array) -> Array:
        starts = self._snapshot.addresses(BODY)
        regions = starts[found] - starts.dtype.type(GAP)
        standing = {term: self._standing(term, found, starts) for term in dict.fromkeys(terms)}
        scores = np.zeros(len(found), np.float32)
        for first, second in pairwise(terms):
            here, there = standing[first], standing[second]
            following = np.searchsorted(there, here, side="right")
            here, following = here[following < len(there)], following[following < len(there)]
            apart = (there[following] - here).astype(np.float32)
            near = apart <= _NEAR
            nearness = np.zeros(len(found), np.float32)
            np.maximum.at(nearness, np.searchsorted(regions, here[near], side="right") - 1, 1 / apart[near])
            scores += np.float32(CLOSENESS * (self._rarity(BODY, first) + self._rarity(BODY, second)) / 2) * nearness
        return scores

    def _standing(self, term: str, found: Array, starts: Array) -> Array:
        postings = self._snapshot.postings(BODY, term)
        return phrases.addresses(postings, found, starts) if postings else starts[:0]


def _row(label: str) -> tuple[str, ...]:
    return tuple(term.folded for term in query_terms(label))


def _frequencies(postings: TermPostings, found: Array, count: int) -> tuple[Array, Array]:
    """Return the places among those found of documents with the term, and how often it stands in each of them."""
    table = np.zeros(count, postings.frequencies.dtype)
    table[postings.documents] = postings.frequencies
    frequencies = table[found]
    at = np.flatnonzero(frequencies)
    return at, frequencies[at].astype(np.float32)
