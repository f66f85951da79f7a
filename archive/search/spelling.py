"""Did you mean: a query respelled from the index's own words, where a word of it stands in no document or hardly any.

A word may have slipped by one letter (left out, doubled, replaced, two exchanged) or by the blank before the next, been
typed with the input method off (keystrokes), or with other accents than any document has. Of the words of the permitted
documents that it can have been, the one is meant that is frequent, and stands beside the words beside it in the query.
"""

import itertools
import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from archive.search import analysis, keystrokes, phrases
from archive.search.columnar.arrays import Array
from archive.search.columnar.snapshot import Snapshot, TermPostings
from archive.search.evaluation import Evaluator
from archive.search.query import Clause, Query
from archive.search.ranking import BODY
from ingest.orthography import TONES, canonical

_FEW = 2, 1 / 500  # documents, or of them all: a word that so many have may be a slip in them
_TIMES = 20  # as frequent, and as often beside its neighbours, is what was meant instead of such a word
_LIKELIEST = 8  # words whose neighbours are looked at
_SAMPLE = 2_000  # documents in which they are
_SHORTEST = 3  # letters; a shorter word is one slip from too many
_VARIANTS = 600  # of a word in its accents
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_QUALITIES = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}
_FIELDS = (None, "subject", "kind", "issuer", "signer")

_Words = tuple[str, ...]  # what is meant by one: it, another, or two that the blank between was left out of
_Beside = tuple[str | None, str | None]


class _Place(NamedTuple):
    """A word of the query: its clause, and where it stands in that."""

    clause: int
    start: int
    end: int
    word: str


def respelled(evaluator: Evaluator, query: Query, permitted: Array, *, found: int) -> Query | None:
    """Return the query that was meant, which finds some of the documents for which the mask holds; None if none.

    `found` is how many have all its words. Where these are few, a word that documents have may be a slip too when they
    never have it beside the words around it; where there is none, beside the one word that it has at its side.
    """
    places = list(_places(query))
    lexicon = _Lexicon(evaluator.snapshot, permitted, found=found)
    accented = any(lexicon.is_accented(place.word) for place in places)
    meant: list[_Words] = []
    for place, following in itertools.zip_longest(places, places[1:]):
        beside = (meant[-1][-1] if meant else None, following.word if following else None)
        meant.append(lexicon.meant(place.word, beside, accented=accented) or (place.word,))
    if meant == [(place.word,) for place in places]:
        return None
    better = Query(tuple(_rewritten(query.clauses, places, meant)))
    return better if evaluator.matches(better, permitted, scored=False).whole.any() else None


def _places(query: Query) -> Iterator[_Place]:
    """Yield the words of the query that may be slips: numbers, days and what is excluded are not looked at."""
    for at, clause in enumerate(query.clauses):
        terms = analysis.query_terms(clause.text)
        if clause.field in _FIELDS and not clause.excluded and not any("/" in term.folded for term in terms):
            for word in analysis.words(clause.text):
                yield _Place(at, word.start(), word.end(), word.group())


def _rewritten(clauses: Iterable[Clause], places: list[_Place], meant: list[_Words]) -> Iterator[Clause]:
    for at, clause in enumerate(clauses):
        text = clause.text
        for place, words in reversed(list(zip(places, meant, strict=True))):
            if place.clause == at:
                text = text[: place.start] + " ".join(words) + text[place.end :]
        # two words where one was typed are two clauses, unless they belong together
        parts = [text] if clause.quoted or clause.field else text.split()
        yield from (replace(clause, text=part) for part in parts)


class _Lexicon:
    """The words of the permitted documents."""

    def __init__(self, snapshot: Snapshot, permitted: Array, *, found: int) -> None:
        self._snapshot = snapshot
        self._found = found
        self._permitted = permitted
        self._few = max(_FEW[0], np.count_nonzero(permitted) * _FEW[1])
        self._counts: dict[str, int] = {}

    def meant(self, word: str, beside: _Beside, *, accented: bool) -> _Words | None:
        """Return what was meant by a word between two others; None when it may be what it is.

        With `accented` the query has accents, and what is meant is written with them.
        """
        term = analysis.term(word)
        known = self.count(term.exact) > self._few
        if word[0].isdigit() or (known and not self._is_lost(term.exact, beside)):
            return None
        if not known and self.count(term.folded) > self._few:
            better: _Words | None = (self._in_accents(term.folded, beside),)
        else:
            better = self._typed(word) or self._slipped(term.folded, beside, accented=accented)
        return better if better and self._clearer(better, term.exact, beside) else None

    def _typed(self, word: str) -> _Words | None:
        """Return what the keys of an input method would have written."""
        return next(((typed,) for typed in keystrokes.meant(word) if self.count(typed) > self._few), None)

    def _slipped(self, word: str, beside: _Beside, *, accented: bool) -> _Words | None:
        if len(word) < _SHORTEST:
            return None
        likely = sorted(self._slips(word), key=self._rarest, reverse=True)[:_LIKELIEST]
        best = max(likely, key=lambda one: self._worth(one, beside), default=None)
        return tuple(self._in_accents(part, beside) for part in best) if best and accented else best

    def _is_lost(self, word: str, beside: _Beside) -> bool:
        """Whether a word that documents have is never beside the words around it; one at an end may stand alone."""
        if self._found > self._few or (self._found and None in beside):
            return False
        return not sum(self._neighbours((word,), beside))

    def _clearer(self, better: _Words, written: str, beside: _Beside) -> bool:
        """Whether the words are meant rather than what was written, if any document has that."""
        own = self.count(written)
        if not own:
            return True
        neighbours = self._neighbours(better, beside)
        if own > self._few:
            return min(neighbours, default=0.0) > _FEW[0]
        times_as_near = sum(neighbours) > max(_FEW[0], _TIMES * sum(self._neighbours((written,), beside)))
        return times_as_near and self._rarest(better) >= own * _TIMES

    def is_accented(self, word: str) -> bool:
        """Whether the word has accents, or has the keys of some in a word that there is not."""
        return analysis.term(word).accented or (not self.count(analysis.term(word).folded) and bool(self._typed(word)))

    def count(self, word: str) -> int:
        """Return in how many of the documents the word stands, folded or with its accents."""
        if word not in self._counts:
            postings = self._postings(word)
            self._counts[word] = int(np.count_nonzero(self._permitted[postings.documents])) if postings else 0
        return self._counts[word]

    def _slips(self, word: str) -> Iterator[_Words]:
        """Yield what is one slip away from the word and no slip itself."""
        for one in set(_edits(word)):
            if self._has(one) and self.count(one) > self._few:
                yield (one,)
        for at in range(2, len(word) - 1):
            pair = word[:at], word[at:]
            if self._rarest(pair) > self._few and self._side_by_side(*pair):
                yield pair

    def _in_accents(self, folded: str, beside: _Beside) -> str:
        """Return the word in the accents that documents give it, or without any where most give it none."""
        known = [one for one in set(_variants(folded)) - {folded} if self._has(one) and self.count(one)]
        likely = sorted(known, key=self.count, reverse=True)[:_LIKELIEST]
        best = max(likely, key=lambda one: self._worth((one,), beside), default=folded)
        plain = self.count(folded) - sum(map(self.count, known))  # the folded form stands for all
        return folded if plain > self.count(best) else best

    def _rarest(self, words: _Words) -> int:
        return min(map(self.count, words))

    def _worth(self, words: _Words, beside: _Beside) -> float:
        """Return how likely the words are meant: by their frequency, and three times as much by each neighbour."""
        return math.log1p(self._rarest(words)) + 3 * sum(map(math.log1p, self._neighbours(words, beside)))

    def _neighbours(self, words: _Words, beside: _Beside) -> list[float]:
        """Return in how many documents the words stand behind the one before, and before the one behind."""
        before, after = beside
        found = [self._side_by_side(before, words[0])] if before else []
        return found + ([self._side_by_side(words[-1], after)] if after else [])

    def _side_by_side(self, first: str, second: str) -> float:
        """Return in how many documents the words stand side by side, from a sample of those that have the rarer."""
        words = [self._postings(analysis.term(word).exact) for word in (first, second)]
        known = [postings for postings in words if postings]
        if len(known) < len(words):
            return 0.0
        rarer, other = sorted((postings.documents for postings in known), key=len)
        rarer = rarer[self._permitted[rarer]]
        sample = rarer[:: len(rarer) // _SAMPLE + 1]
        both = sample[_among(sample, other)]
        holding = phrases.holding(self._snapshot, BODY, known, both) if len(both) else both
        return len(holding) * len(rarer) / (len(sample) or 1)

    def _has(self, word: str) -> bool:
        """Whether any document has the word; nothing is remembered of the many that none has."""
        key = word.encode()
        return any(part.postings.find(BODY, key) is not None for part in self._snapshot.opened.values())

    def _postings(self, word: str) -> TermPostings | None:
        return self._snapshot.postings(BODY, word) if self._has(word) else None


def _among(some: Array, others: Array) -> Array:
    """Return the mask of those that are among the others; both rise."""
    at = np.searchsorted(others, some)
    at[at == len(others)] = 0
    found: Array = others[at] == some
    return found


def _edits(word: str) -> Iterator[str]:
    """Yield what is one letter away from the word: one less, one other, one more, two exchanged."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail and letter != tail[0]:
                yield head + letter + tail[1:]


def _variants(folded: str) -> Iterator[str]:
    """Yield the word in each of the accents that it can have, at most _VARIANTS."""
    vowel = next((at for at, letter in enumerate(folded) if letter in "aeiouy"), None)
    for letters in itertools.islice(itertools.product(*(_QUALITIES.get(one, one) for one in folded)), _VARIANTS // 6):
        yield "".join(letters)
        if vowel is not None:
            bare = "".join(letters[: vowel + 1]), "".join(letters[vowel + 1 :])
            yield from (canonical(unicodedata.normalize("NFC", f"{bare[0]}{tone}{bare[1]}")) for tone in TONES)
