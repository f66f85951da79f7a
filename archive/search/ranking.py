"""How good a document is for a query: the sum of what follows, brought between 0 and 1, and 1 more for the accents.

- Each word that stands in the body scores by BM25, as Whoosh's BM25F does with its own parameters: more the rarer the
  word is among all documents, the oftener it stands in this one, and the shorter this one is. The body holds the other
  fields too.
- A word without a field scores again, with more weight, where it stands in the subject or in the number (WEIGHTS).
- A kind that the query begins with ("ke hoach chuyen doi so") scores for the documents of that kind (KIND): other kinds
  quote its subject in theirs.
- Two words that follow one another in the query score the more the nearer they stand in the body in that order, and
  the oftener, as a word does (CLOSENESS): a document about a thing says its name again and again, where one that speaks
  of it in passing has its words scattered. Only the best few documents are looked at for it. Rasolofo and Savoy, Term
  Proximity Scoring (2003); the ordered pairs of Metzler and Croft, A Markov Random Field Model for Term Dependencies
  (2005).
- A recent document scores a little more than an old one (RECENCY, full for the day of the newest).

A document that lacks some of the words scores by what it has, times the share of the words that it has: coordination,
as in Lucene's practical scoring function. So it stands behind those alike that have all, and before one that has all of
them scattered.

A document with every word as typed, accents too, comes before all that have a word in other accents only. Where few
have all the words, a word in other accents counts for half in the share.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from archive.search.analysis import query_terms
from archive.search.columnar.arrays import Array, highest
from archive.search.columnar.snapshot import Snapshot, TermPostings
from archive.search.whoosh_schema import LABELS

BODY = "body"  # holds every word that a search without a field finds
WEIGHTS = {"subject": 3.0, "number": 3.0}  # what a word counts for in these, beside the 1 in the body
KIND = 12.0
CLOSENESS = 2.0  # of the mean rarity of the two words, when they stand side by side once
RECENCY = 0.5

_B = 0.75  # how much a long text counts for less
_K1 = 1.2  # how soon a word stops counting for more
_NEAR = 8  # words apart; farther ones are scattered
_CLOSE_LOOK = 200  # documents that closeness is looked for in
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
        self._kinds: dict[tuple[str, ...], list[int]] = {}
        for ordinal, label in enumerate(snapshot.documents.labels(LABELS["kind"]).labels):
            self._kinds.setdefault(_row(label), []).append(ordinal)
        self._longest_kind = max(map(len, self._kinds), default=0)
        day = snapshot.documents.values("day")
        years = np.where(day > 0, day.max(initial=0) - day, np.inf) / 365.25
        self._recency = (RECENCY / (1 + years / _YEARS)).astype(np.float32)

    def scores(self, words: Sequence[Word], found: Array, shares: Array) -> Array:
        """Return the score of each document found, given the share that it has of the words; 0 without words."""
        if not len(found):
            return np.zeros(0, np.float32)
        where = self._snapshot.around(found)
        scores = self.by_words(words, where)
        if where is not found:
            scores = scores[found]
        scores *= shares
        plain = [word.term for word in words if word.field is None]
        if plain:
            scores += self._by_kind(plain, found) + self._recency[found]
        alone = [word.term for word in words if word.field is None and word.alone]
        if len(alone) > 1:
            best = highest(scores, _CLOSE_LOOK)
            scores[best] += self._by_closeness(alone, found[best]) * shares[best]
        return scores

    def by_words(self, words: Sequence[Word], where: Array | slice) -> Array:
        """Return what the words alone score."""
        scores = np.zeros(len(self._recency[where]), np.float32)
        for word in words:
            for field, weight in ({word.field: 1.0} if word.field else {BODY: 1.0, **WEIGHTS}).items():
                postings = self._snapshot.postings(field, word.term)
                if postings:
                    self._add_worth(scores, postings, field, weight, where)
        return scores

    def _add_worth(
        self, scores: Array, postings: TermPostings, field: str, weight: float, where: Array | slice
    ) -> None:
        """Add what a term scores there; of all documents, only to those with the term if they are few."""
        few = isinstance(where, slice) and postings.rare
        among = postings.documents if few else where
        often = (postings.frequencies if few else postings.table[where]).astype(np.float32)
        worth = np.float32(weight * self._rarity(postings) * (_K1 + 1))
        scores[among if few else slice(None)] += worth * often / (often + self._norm(field)[among])

    def _rarity(self, postings: TermPostings | None) -> float:
        return math.log(self._snapshot.count / ((postings.count if postings else 0) + 1)) + 1

    def _norm(self, field: str) -> Array:
        """Return for each document how much its length makes a frequency count for less."""
        if field not in self._norms:
            relative = self._snapshot.lengths(field).astype(np.float32) / np.float32(self._snapshot.mean_length(field))
            self._norms[field] = np.float32(_K1) * (np.float32(1 - _B) + np.float32(_B) * relative)
        return self._norms[field]

    def _by_kind(self, terms: Sequence[str], found: Array) -> Array | float:
        begun = (tuple(terms[:length]) for length in range(1, self._longest_kind + 1))
        meant = [ordinal for row in begun for ordinal in self._kinds.get(row, ())]
        if not meant:
            return 0.0
        column = self._snapshot.documents.labels(LABELS["kind"])
        scores = np.zeros(self._snapshot.count, np.float32)
        for ordinal in meant:
            scores[column.documents[column.ordinals == ordinal]] = KIND
        return scores[found]

    def _by_closeness(self, terms: Sequence[str], found: Array) -> Array:
        ends = self._snapshot.starts(BODY)[found + 1]
        known = {term: self._snapshot.postings(BODY, term) for term in dict.fromkeys(terms)}
        standing = {term: self._standing(postings, found) for term, postings in known.items()}
        scores = np.zeros(len(found), np.float32)
        for first, second in pairwise(terms):
            here, there = standing[first], standing[second]
            apart = there[np.searchsorted(there, here[:-1], side="right")] - here[:-1]
            near = np.flatnonzero(apart <= _NEAR)
            owners = np.searchsorted(ends, here[near], side="right")
            nearness = np.bincount(owners, 1 / apart[near], len(found)).astype(np.float32)
            worth = np.float32(CLOSENESS * (self._rarity(known[first]) + self._rarity(known[second])) / 2 * (_K1 + 1))
            scores += worth * nearness / (nearness + np.float32(_K1))
        return scores

    def _standing(self, postings: TermPostings | None, found: Array) -> Array:
        """Return where a word stands in those of the documents that have it, and an address behind all."""
        behind = self._snapshot.starts(BODY)[-1:]
        return np.append(postings.addresses_in(found), behind) if postings else behind


def _row(label: str) -> tuple[str, ...]:
    return tuple(term.folded for term in query_terms(label))
