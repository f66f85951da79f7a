"""Which documents a query finds, and how well they fit: a term at a time, over the arrays of a snapshot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from archive.search import phrases
from archive.search.analysis import Term, query_terms
from archive.search.columnar.arrays import Array, highest
from archive.search.columnar.snapshot import Snapshot, TermPostings
from archive.search.query import Clause, Days, Query
from archive.search.ranking import BODY, Ranking, Word

_FEW = 50  # documents with all the words; when there are fewer, those with most of them are found too
_NEAREST = 100  # of these


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents found, in rising order, the score of each, and the mask of those that hold every word.

    A score lies from 1 to 2 when all words of the query that the document holds have the accents typed, else from 0 to
    1. Where no document holds every word so, those that hold every word in other accents score from 1 to 2 too. All
    scores may be 0 where none was asked for.
    """

    documents: Array
    scores: Array
    whole: Array


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
        found, shares = self._fitting(wanted, among)
        whole = shares == 1
        if not scored and whole.all():
            return Matches(found, np.zeros(len(found), np.float32), whole)
        words = [
            Word(clause.field, term.folded, alone=not clause.quoted)
            for clause in wanted
            for term in query_terms(clause.text)
        ]
        scores = self._ranking.scores(words, found, shares)
        kept = _nearest(scores, whole)
        found, scores, whole = found[kept], scores[kept], whole[kept]
        return Matches(found, scores / (1 + scores) + self._as_typed(wanted, found, whole), whole)

    def lacking(self, query: Query, documents: Sequence[int]) -> list[tuple[str, ...]]:
        """Return for each document which single words of the query it lacks."""
        single = [clause for clause in query.clauses if _single(clause) and not clause.excluded]
        postings = {clause.text: self.snapshot.postings(*word) for clause in single for word in _row(clause).words}
        return [
            tuple(text for text, known in postings.items() if not (known and known.table[document]))
            for document in documents
        ]

    def _fitting(self, wanted: Sequence[Clause], among: Array) -> tuple[Array, Array]:
        """Return the documents with all the words, or most where few have all, and the share of them that each has."""
        found = self._holding([_row(clause) for clause in wanted], among)
        if len(found) < _FEW and len(wanted) > 2:
            return self._holding_most(wanted, among)
        return found, np.ones(len(found), np.float32)

    def _holding_most(self, wanted: Sequence[Clause], among: Array) -> tuple[Array, Array]:
        """Return the documents that lack at most a third of the single words, and the share that each has of them."""
        among = self._holding([_row(clause) for clause in wanted if not _single(clause)], among)
        words = {word for clause in wanted if _single(clause) for word in _row(clause).words}
        held = np.zeros(self.snapshot.count, np.uint8)
        for word in words:
            postings = self.snapshot.postings(*word)
            if postings:
                held += postings.table > 0
        found = among[held[among] >= math.ceil(len(words) * 2 / 3)]
        return found, held[found] / np.float32(len(words)) if words else np.ones(len(found), np.float32)

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

    def _as_typed(self, wanted: Sequence[Clause], found: Array, whole: Array) -> Array:
        """Return the mask of those found whose words have the accents typed; of those that are whole when none has."""
        accented = [clause for clause in wanted if any(term.accented for term in query_terms(clause.text))]
        if not accented:
            return np.ones(len(found), bool)
        rows = [_row(clause, exact=True) for clause in accented]
        all_whole = whole.all()
        as_typed = self._holding_of(rows, found) & whole
        if not as_typed.any():
            as_typed = whole
        if all_whole:
            return as_typed
        lacking = self._mask(found[~whole])
        for clause, row in zip(accented, rows, strict=True):
            folded, exact = self._holding([_row(clause)], lacking), self._holding([row], lacking)
            lacking &= ~self._mask(folded) | self._mask(exact)
        return as_typed | lacking[found]

    def _holding_of(self, rows: Sequence["_Row"], found: Array) -> Array:
        """Return the mask of the documents that hold every row: many of them do."""
        where = self.snapshot.around(found)
        mask = self.snapshot.alive[where]
        for word in {word for row in rows for word in row.words}:
            postings = self.snapshot.postings(*word)
            mask = np.logical_and(mask, postings.table[where] if postings else False)
        if where is not found:
            mask = mask[found]
        for row in rows:
            if len(row.terms) > 1 and mask.any():
                side_by_side = [postings for word in row.words if (postings := self.snapshot.postings(*word))]
                holding = phrases.holding(self.snapshot, row.field, side_by_side, found[mask])
                mask[:] = False
                mask[np.searchsorted(found, holding)] = True
        return mask

    def _mask(self, documents: Array) -> Array:
        mask = np.zeros(self.snapshot.count, bool)
        mask[documents] = True
        return mask


def _nearest(scores: Array, whole: Array) -> Array | slice:
    """Return the mask of those that have all the words and of the best that have not."""
    lacking = np.flatnonzero(~whole)
    if len(lacking) <= _NEAREST:
        return slice(None)
    kept = whole.copy()
    kept[lacking[highest(scores[lacking], _NEAREST)]] = True
    return kept


def _having(terms: Sequence[TermPostings], among: Array) -> Array:
    """Return those of the documents for which the mask holds that have all of the terms, the rarest of them first."""
    if terms and terms[0].rare:
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


def _single(clause: Clause) -> bool:
    return clause.field is None and not clause.quoted and len(query_terms(clause.text)) == 1


def _in_words(clause: Clause) -> bool:
    return clause.days is None and clause.state is None
