"""Which documents a query finds, and how well they fit: a term at a time, over the arrays of a snapshot."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from archive.search import phrases
from archive.search.analysis import Term, query_terms
from archive.search.columnar.arrays import Array, highest
from archive.search.columnar.snapshot import Snapshot, TermPostings
from archive.search.query import Clause, Days, Query
from archive.search.ranking import BODY, Ranking, Word

_FEW = 50  # documents with all the words; when there are fewer, the best with most of them make up the number


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents found, in rising order, the score of each, and the mask of those that hold every word.

    A score lies from 1 to 2 when the document holds every word with the accents typed (where none does, as many as any)
    or has no word in other accents only and is better than one of these; else from 0 to 1. All may be 0 where no scores
    were asked for.
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
        documents hold all of three or more single words, the best of those are found too that lack at most a third of
        them, but no document's number that others hold.
        """
        wanted = [clause for clause in query.clauses if _in_words(clause) and not clause.excluded]
        among = self._bounded(query, permitted)
        found = self._holding([_row(clause) for clause in wanted], among)
        if len(found) < _FEW and len(words := [clause for clause in wanted if self._may_lack(clause, among)]) > 2:
            return self._matching_most(wanted, words, among)
        whole = np.ones(len(found), bool)
        if not scored:
            return Matches(found, np.zeros(len(found), np.float32), whole)
        scores = self._ranking.scores(_words(wanted), found, np.ones(len(found), np.float32))
        return Matches(found, scores / (1 + scores) + self._as_typed(wanted, found), whole)

    def _may_lack(self, clause: Clause, among: Array) -> bool:
        """Whether a document may be found that lacks the clause: a word; a number only if none of these has it."""
        return _single(clause) and not (_numbers_document(clause) and len(self._holding([_row(clause)], among)))

    def _matching_most(self, wanted: Sequence[Clause], single: Sequence[Clause], among: Array) -> Matches:
        """Return what holds every word, and the best of what lacks at most a third of the single ones.

        What has a word in other accents than typed has half of it, and comes after what has all, else most, as typed.
        """
        words = {term for clause in single for term in query_terms(clause.text)}
        others = [clause for clause in wanted if clause not in single]
        found = self._holding([_row(clause) for clause in others], among)
        held, as_typed = self._counts(term.folded for term in words), self._counts(term.exact for term in words)
        found = found[held[found] >= math.ceil(len(words) * 2 / 3)]
        scores = self._ranking.scores(_words(wanted), found, (held + as_typed)[found] / np.float32(2 * len(words)))
        found, scores = _nearest(found, scores, held[found] == len(words))
        held, as_typed, others_so = held[found], as_typed[found], self._as_typed(others, found)
        ahead = _ahead(as_typed + others_so * np.uint8(len(words)), (held == as_typed) & others_so, scores)
        return Matches(found, scores / (1 + scores) + ahead, held == len(words))

    def _counts(self, terms: Iterable[str]) -> Array:
        """Return how many of the terms stand in the body of each document."""
        counts = np.zeros(self.snapshot.count, np.uint8)
        for term in terms:
            postings = self.snapshot.postings(BODY, term)
            if postings:
                counts += postings.table > 0
        return counts

    def lacking(self, query: Query, documents: Sequence[int]) -> list[tuple[str, ...]]:
        """Return for each document which single words of the query it lacks."""
        single = [clause for clause in query.clauses if _single(clause) and not clause.excluded]
        postings = {clause.text: self.snapshot.postings(*word) for clause in single for word in _row(clause).words}
        return [
            tuple(text for text, known in postings.items() if not (known and known.table[document]))
            for document in documents
        ]

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

    def _as_typed(self, wanted: Sequence[Clause], found: Array) -> Array:
        """Return the mask of those found that hold every word with the accents typed."""
        accented = [clause for clause in wanted if any(term.accented for term in query_terms(clause.text))]
        if not accented:
            return np.ones(len(found), bool)
        return self._holding_of([_row(clause, exact=True) for clause in accented], found)

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


def _words(clauses: Sequence[Clause]) -> list[Word]:
    return [
        Word(clause.field, term.folded, alone=not clause.quoted)
        for clause in clauses
        for term in query_terms(clause.text)
    ]


def _nearest(found: Array, scores: Array, whole: Array) -> tuple[Array, Array]:
    """Return those that have all the words and the best that have not, _FEW together, and their scores."""
    kept = whole.copy()
    lacking = np.flatnonzero(~whole)
    kept[lacking[highest(scores[lacking], _FEW - int(np.count_nonzero(whole)))]] = True
    return found[kept], scores[kept]


def _ahead(as_typed: Array, nothing_else: Array, scores: Array) -> Array:
    """Return the mask of what has most as typed, and of what scores more than one of these and has nothing else."""
    most: Array = as_typed == as_typed.max(initial=0)
    ahead: Array = most | (nothing_else & (scores > scores[most].min(initial=np.inf)))
    return ahead


def _single(clause: Clause) -> bool:
    return clause.field is None and not clause.quoted and len(query_terms(clause.text)) == 1


def _numbers_document(clause: Clause) -> bool:
    """Whether the clause is a number with a symbol: `228/KH-UBND`, not `18/8/2017`."""
    key = query_terms(clause.text)[0].folded
    return "/" in key and any(map(str.isalpha, key))


def _in_words(clause: Clause) -> bool:
    return clause.days is None and clause.state is None
