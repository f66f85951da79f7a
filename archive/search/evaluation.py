"""Which documents a query finds, and how well they fit: a term at a time, over the arrays of a snapshot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from archive.search import phrases, ranking
from archive.search.analysis import Term, query_terms
from archive.search.columnar.arrays import Array
from archive.search.columnar.snapshot import Snapshot, TermPostings
from archive.search.query import Clause, Days, Query
from archive.search.ranking import BODY, WEIGHTS


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents found, in rising order, and the score of each.

    A score lies from 1 to 2 when the document holds every word with the accents typed, else from 0 to 1.
    """

    documents: Array
    scores: Array


class Evaluator:
    """Answers queries from a snapshot; any number of threads may share it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._norms: dict[str, Array] = {}

    def matches(self, query: Query, permitted: Array) -> Matches:
        """Return what the query finds among the documents for which the mask holds.

        Words match in their folded form; an excluded word with accents excludes only what is written so.
        """
        wanted = [clause for clause in query.clauses if _in_words(clause) and not clause.excluded]
        unwanted = [clause for clause in query.clauses if _in_words(clause) and clause.excluded]
        found = self._holding([_row(clause) for clause in wanted], np.flatnonzero(permitted & self._bounds(query)))
        for clause in unwanted:
            found = np.setdiff1d(found, self._holding([_row(clause, exact=True)], found), assume_unique=True)
        scores = self.scores(wanted, found)
        return Matches(found, scores / (1 + scores) + self._as_typed(wanted, found))

    def within(self, days: Days) -> Array:
        """Return the mask of the documents issued on one of the days."""
        day = self.snapshot.documents.values("day")
        return (days.first.toordinal() <= day) & (day <= days.last.toordinal())

    def in_states(self, states: Iterable[str]) -> Array:
        """Return the mask of the documents, not deleted, in one of the states."""
        column = self.snapshot.documents.labels("states")
        asked = np.isin(np.array(column.labels, object), list(states))
        mask = np.zeros(self.snapshot.count, bool)
        mask[column.documents] = asked[column.ordinals]
        return mask & self.snapshot.alive

    def scores(self, wanted: Sequence[Clause], found: Array) -> Array:
        """Return the score of each document found, which holds all the clauses, accents apart."""
        scores = np.zeros(len(found), np.float32)
        for clause in wanted:
            for term in query_terms(clause.text):
                fields = {clause.field: 1.0} if clause.field else {BODY: 1.0, **WEIGHTS}
                for field, weight in fields.items():
                    self._score(scores, found, field, term.folded, weight)
        return scores

    def _score(self, scores: Array, found: Array, field: str, term: str, weight: float) -> None:
        postings = self.snapshot.postings(field, term)
        if postings is None:
            return
        worth = np.float32(weight * ranking.rarity(self.snapshot.count, len(postings.documents)))
        at, frequencies = _frequencies(postings, found, self.snapshot.count)
        scores[at] += worth * ranking.saturation(frequencies, self._norm(field)[found[at]])

    def _norm(self, field: str) -> Array:
        if field not in self._norms:
            self._norms[field] = ranking.norms(self.snapshot, field)
        return self._norms[field]

    def _bounds(self, query: Query) -> Array:
        """Return the mask of what the query's clauses on days and states allow."""
        mask = np.ones(self.snapshot.count, bool)
        for clause in query.clauses:
            if clause.days is not None:
                mask &= self.within(clause.days) ^ clause.excluded
            elif clause.state is not None:
                mask &= self.in_states({clause.state}) ^ clause.excluded
        return mask

    def _holding(self, rows: Sequence["_Row"], among: Array) -> Array:
        """Return those of the documents that hold every row, its words side by side."""
        words = {word: self.snapshot.postings(*word) for row in rows for word in row.words}
        known = [postings for postings in words.values() if postings]
        if len(known) < len(words):
            return among[:0]
        for rarest in sorted(known, key=lambda one: len(one.documents)):
            among = _common(rarest.documents, among, self.snapshot.count)
        for row in rows:
            if len(row.terms) > 1 and len(among):
                side_by_side = [postings for word in row.words if (postings := words[word])]
                among = phrases.holding(self.snapshot, row.field, side_by_side, among)
        return among

    def _as_typed(self, wanted: Sequence[Clause], found: Array) -> Array:
        """Return the mask of those found that hold every word with the accents typed."""
        accented = [clause for clause in wanted if any(term.accented for term in query_terms(clause.text))]
        return np.isin(found, self._holding([_row(clause, exact=True) for clause in accented], found))


@dataclass(frozen=True, slots=True)
class _Row:
    """Words that stand side by side in a field."""

    field: str
    terms: tuple[str, ...]

    @property
    def words(self) -> list[tuple[str, str]]:
        return [(self.field, term) for term in self.terms]


def _row(clause: Clause, *, exact: bool = False) -> _Row:
    def form(term: Term) -> str:
        return term.exact if exact else term.folded

    return _Row(clause.field or BODY, tuple(map(form, query_terms(clause.text))))


def _in_words(clause: Clause) -> bool:
    return clause.days is None and clause.state is None


def _common(some: Array, others: Array, count: int) -> Array:
    """Return which of `count` documents are in both; both rise."""
    few, many = (some, others) if len(some) < len(others) else (others, some)
    if len(few) * 16 < len(many):
        at = np.searchsorted(many, few)
        at[at == len(many)] = 0
        both: Array = few[many[at] == few]
        return both
    mask = np.zeros(count, bool)
    mask[many] = True
    return few[mask[few]]


def _frequencies(postings: TermPostings, found: Array, count: int) -> tuple[Array, Array]:
    """Return the places among those found of documents with the term, and how often it stands in each of them."""
    table = np.zeros(count, postings.frequencies.dtype)
    table[postings.documents] = postings.frequencies
    frequencies = table[found]
    at = np.flatnonzero(frequencies)
    return at, frequencies[at]
