"""Which documents a query finds, and how well they fit: a term at a time, over the arrays of a snapshot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from archive.search import phrases
from archive.search.analysis import Term, query_terms
from archive.search.columnar.arrays import Array
from archive.search.columnar.snapshot import Snapshot, TermPostings
from archive.search.query import Clause, Days, Query
from archive.search.ranking import BODY, Ranking, Word

_FEW = 10  # documents with all the words; when there are fewer, those with most of them are found too
_NEAREST = 100  # of these
_RARE = 8  # a part of all documents below which those with a word are looked at one by one


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents found, in rising order, and the score of each.

    A score lies from 1 to 2 when the document holds every word with the accents typed, from 0 to 1 when it holds every
    word, and below 0 when it lacks some. Those that were found only, not scored, have 0 or -1.
    """

    documents: Array
    scores: Array


class Evaluator:
    """Answers queries from a snapshot; any number of threads may share it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._ranking = Ranking(snapshot)
        self._states: dict[frozenset[str], Array] = {}

    def matches(self, query: Query, permitted: Array, *, scored: bool = True) -> Matches:
        """Return what the query finds among the documents for which the mask holds.

        Words match in their folded form; an excluded word with accents excludes only what is written so. When few
        documents hold all of three or more single words, the best of those are found that lack at most a third of them.
        """
        wanted = [clause for clause in query.clauses if _in_words(clause) and not clause.excluded]
        among = self._bounded(query, permitted)
        found = self._holding([_row(clause) for clause in wanted], among)
        words = [
            Word(clause.field, term.folded, alone=not clause.quoted)
            for clause in wanted
            for term in query_terms(clause.text)
        ]
        matches = Matches(found, self._scores(wanted, words, found) if scored else np.zeros(len(found), np.float32))
        if len(found) >= _FEW or len(wanted) < 3:
            return matches
        among = among.copy()
        among[found] = False
        others, shares = self._lacking(wanted, among)
        scores = self._ranking.scores(words, others) * shares
        best = np.argsort(-scores, kind="stable")[:_NEAREST]
        return _together(matches, Matches(others[best], scores[best] / (1 + scores[best]) - 1))

    def _lacking(self, wanted: Sequence[Clause], among: Array) -> tuple[Array, Array]:
        """Return the documents that lack some of the single words, and the share that each has of them."""
        single = {clause: _row(clause) for clause in wanted if clause.field is None and not clause.quoted}
        single = {clause: row for clause, row in single.items() if len(row.terms) == 1}
        among = self._holding([_row(clause) for clause in wanted if clause not in single], among)
        words = {word for row in single.values() for word in row.words}
        held = np.zeros(self.snapshot.count, np.uint8)
        for word in words:
            postings = self.snapshot.postings(*word)
            if postings:
                held += postings.table > 0
        found = among[:0]
        for enough in range(len(words) - 1, math.ceil(len(words) * 2 / 3) - 1, -1):
            found = among[held[among] >= enough]
            if len(found) >= _FEW:
                break
        return found, held[found].astype(np.float32) / np.float32(len(words) or 1)

    def within(self, days: Days) -> Array:
        """Return the mask of the documents issued on one of the days."""
        day = self.snapshot.documents.values("day")
        return (days.first.toordinal() <= day) & (day <= days.last.toordinal())

    def in_states(self, states: frozenset[str]) -> Array:
        """Return the mask of the documents, not deleted, in one of the states; it is not to be changed."""
        if states not in self._states:
            column = self.snapshot.documents.labels("states")
            mask = np.zeros(self.snapshot.count, bool)
            mask[column.bearers(states)] = True
            self._states[states] = mask & self.snapshot.alive
        return self._states[states]

    def _bounded(self, query: Query, permitted: Array) -> Array:
        """Return the mask of what the query's clauses on days and states allow, without what it excludes."""
        mask = permitted
        for clause in query.clauses:
            if clause.days is not None:
                mask = mask & (self.within(clause.days) ^ clause.excluded)
            elif clause.state is not None:
                mask = mask & (self.in_states(frozenset({clause.state})) ^ clause.excluded)
            elif clause.excluded:
                without = mask.copy()
                without[self._holding([_row(clause, exact=True)], mask)] = False
                mask = without
        return mask

    def _holding(self, rows: Sequence["_Row"], among: Array) -> Array:
        """Return those of the documents for which the mask holds that hold every row, its words side by side."""
        words = {word: self.snapshot.postings(*word) for row in rows for word in row.words}
        known = sorted((postings for postings in words.values() if postings), key=lambda one: one.count)
        if len(known) < len(words):
            return np.empty(0, np.int64)
        found = _having(known, among)
        for row in rows:
            if len(row.terms) > 1 and len(found):
                side_by_side = [postings for word in row.words if (postings := words[word])]
                found = phrases.holding(self.snapshot, row.field, side_by_side, found)
        return found

    def _scores(self, wanted: Sequence[Clause], words: Sequence[Word], found: Array) -> Array:
        """Return the scores of documents that hold every word."""
        scores = self._ranking.scores(words, found)
        among = np.zeros(self.snapshot.count, bool)
        among[found] = True
        accented = [clause for clause in wanted if any(term.accented for term in query_terms(clause.text))]
        as_typed = np.zeros(self.snapshot.count, bool)
        as_typed[self._holding([_row(clause, exact=True) for clause in accented], among)] = True
        bounded: Array = scores / (1 + scores)
        return bounded + as_typed[found]


def _having(terms: Sequence[TermPostings], among: Array) -> Array:
    """Return those of the documents for which the mask holds that have all of the terms, the rarest of them first."""
    if terms and terms[0].count * _RARE < len(among):
        found = terms[0].documents.astype(np.int64)
        found = found[among[found]]
        for term in terms[1:]:
            found = found[term.table[found] > 0]
        return found
    for term in terms:
        among = np.logical_and(among, term.table)
    return np.flatnonzero(among)


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


def _together(some: Matches, others: Matches) -> Matches:
    documents = np.concatenate([some.documents, others.documents])
    order = np.argsort(documents)
    return Matches(documents[order], np.concatenate([some.scores, others.scores])[order])


def _in_words(clause: Clause) -> bool:
    return clause.days is None and clause.state is None
