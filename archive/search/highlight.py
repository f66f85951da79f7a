"""What matched, where it stands: pure functions over text, with the analysis of the index."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from archive.search.analysis import Term, numbers, query_terms, term, words
from archive.search.query import Clause, Field, Query
from ingest.orthography import fold


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to `end` of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document: its page, counted from 1; the text, blanks collapsed, `…` where cut; the marks in that.

    `mark` says with which of the page's marks it begins, counted from 1, marks side by side being one (`joined`).
    """

    page: int
    text: str
    spans: tuple[Span, ...]
    mark: int


class _Occurrence(NamedTuple):
    clause: int
    start: int
    end: int
    exact: bool  # every word stands with the accents typed or meant


_WORD = re.compile(r"[^\W_]+")  # of folded letters
_FILLING = re.compile(r"[_.…=*–—-]{3,}")  # a ruled line, a dotted blank to fill in
_Worth = tuple[int, int, int]  # clauses as typed, clauses at all, minus the characters they take
_NOTHING: _Worth = (0, 0, 0)


def mark(text: str, query: Query, field: Field | None = None) -> tuple[Span, ...]:
    """Return what the query's words and phrases match in the text, in order, without overlaps.

    Where a word stands with the accents typed, its other forms are not marked: in a query with accents, `ban` does not
    mark `bàn` beside `ban`. Of a query without, those that its words have side by side are the ones meant: `doi so`
    does not mark `đối` and `sở` beside `đổi số`. Clauses on a field count only when `field` says that the text is that
    field's.
    """
    return _marks(text, _sought(query, field))


def joined(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans of a text in order, those with nothing but blanks between them as one."""
    runs: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if runs and not text[runs[-1].end : span.start].strip():
            runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
        else:
            runs.append(span)
    return tuple(runs)


def best_passage(pages: Sequence[str], query: Query, length: int = 240, shown: str | None = None) -> Passage | None:
    """Return the passage of at most about `length` characters that holds most of the query; None when none holds any.

    It prefers clauses found with the accents typed, then clauses found at all, then earlier pages. `shown` is a text at
    the head of the first page, the subject, that people see anyway: a passage after it is preferred to one that holds
    no more. Reading stops at the first stretch with a passage that holds everything as typed.
    """
    sought = _sought(query, None)
    best: tuple[int, int, tuple[int, int], list[_Occurrence]] = (0, 0, (0, 0), [])
    best_worth = _NOTHING
    for page, first in _stretches(pages, shown):
        here = _occurrences(pages[page], sought)
        window, worth = _best_window([one for one in here if one.start >= first], length)
        if worth[:2] > best_worth[:2]:
            best, best_worth = (page, first, window, here), worth
        if worth[0] == len(sought):
            break
    if best_worth == _NOTHING:
        return None
    page, first, window, here = best
    text = _cut(pages[page], first, window, length)
    before = [span for span in joined(pages[page], _spans(here)) if span.start <= window[0]]
    return Passage(page + 1, text, _marks(text, sought), max(1, len(before)))


def _stretches(pages: Sequence[str], shown: str | None) -> list[tuple[int, int]]:
    """Where to look for a passage, the likeliest first: pages from 0, and the character from which on."""
    whole = [(page, 0) for page in range(len(pages))]
    row = tuple(term(word.group()) for word in words(shown or ""))
    found = next(_standing(row, 0, _Plain.of(pages[0]), accented=False), None) if row and pages else None
    return [(0, found.end), *whole[1:], whole[0]] if found else whole


def _sought(query: Query, field: Field | None) -> list[tuple[Term, ...]]:
    def speaks_of_text(clause: Clause) -> bool:
        return not clause.excluded and clause.field in (None, field)

    return list(dict.fromkeys(query_terms(clause.text) for clause in query.clauses if speaks_of_text(clause)))


def _marks(text: str, sought: Sequence[tuple[Term, ...]]) -> tuple[Span, ...]:
    return _spans(_occurrences(text, sought))


def _spans(occurrences: Sequence[_Occurrence]) -> tuple[Span, ...]:
    typed = {one.clause for one in occurrences if one.exact}
    spans: list[Span] = []
    for one in occurrences:
        if one.clause in typed and not one.exact:
            continue
        if spans and one.start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(one.end, spans[-1].end))
        else:
            spans.append(Span(one.start, one.end))
    return tuple(spans)


def _occurrences(text: str, sought: Sequence[tuple[Term, ...]]) -> list[_Occurrence]:
    """Return where each of the sought rows of terms stands in the text, in order of place."""
    plain = _Plain.of(text)
    accented = any(one.accented for row in sought for one in row)
    found = [
        one
        for clause, row in enumerate(sought)
        if "/" not in row[0].folded
        for one in _standing(row, clause, plain, accented=accented)
    ]
    keys = {row[0].folded: clause for clause, row in enumerate(sought) if "/" in row[0].folded}  # only numbers have it
    if keys:
        found += [
            _Occurrence(keys[number.term.folded], number.start, number.end, True)
            for number in numbers(text)
            if number.term.folded in keys
        ]
    found.sort(key=lambda one: (one.start, one.end))
    return found if accented else _meant(text, found)


def _meant(text: str, found: list[_Occurrence]) -> list[_Occurrence]:
    """Return the same for a query without accents: exact is what has the accents that the clause has in a row."""
    forms = [term(text[one.start : one.end]).exact for one in found]
    in_a_row: dict[int, set[str]] = {}
    for at, (one, following) in enumerate(itertools.pairwise(found)):
        if following.clause == one.clause + 1 and text[one.end : following.start].isspace():
            in_a_row.setdefault(one.clause, set()).add(forms[at])
            in_a_row.setdefault(following.clause, set()).add(forms[at + 1])
    return [
        one._replace(exact=form in in_a_row.get(one.clause, {form})) for one, form in zip(found, forms, strict=True)
    ]


def _plain(character: str) -> str:
    """Return the letter without marks, in lower case; of a mark nothing."""
    plain = fold(character).lower()
    return plain if len(plain) < 2 else character


_LETTERS = 0x2000  # what lies beyond has no marks, and is no capital
_NO_LETTER = 0
_FOLDED = np.array([ord(_plain(chr(code)) or chr(_NO_LETTER)) for code in range(_LETTERS)], np.uint32)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text in folded letters, and for each of them, and for the end, its place in the text as it is."""

    text: str
    folded: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Self:
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        letters = _FOLDED[np.minimum(codes, _LETTERS - 1)]
        letters = np.where(codes < _LETTERS, letters, codes)
        if letters.all():
            return cls(text, letters.tobytes().decode("utf-32-le"), range(len(text) + 1))
        places = np.flatnonzero(letters)
        return cls(text, letters[places].tobytes().decode("utf-32-le"), [*places.tolist(), len(text)])

    def has(self, row: Sequence[Term], spans: Iterable[tuple[int, int]]) -> bool:
        """Return whether the words of the row stand with the accents typed, each in its span of folded letters."""
        return all(
            one.exact == term(self.text[self.places[start] : self.places[end]]).exact
            for one, (start, end) in zip(row, spans, strict=True)
        )


def _standing(row: Sequence[Term], clause: int, plain: _Plain, *, accented: bool) -> Iterator[_Occurrence]:
    """Yield where the row of words stands in the text, in order of place; `accented` when accents were typed."""
    for start, end in _found(row[0].folded, plain.folded):
        spans = [(start, end), *_followed(row[1:], plain.folded, end)] if len(row) > 1 else [(start, end)]
        if len(spans) == len(row):
            places = plain.places[start], plain.places[spans[-1][1]]
            yield _Occurrence(clause, *places, not accented or plain.has(row, spans))


def _found(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the word stands as a whole word in a text of folded letters."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start, end
        start = text.find(word, end)


def _followed(row: Sequence[Term], text: str, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the words of the row stand one after the other from `end` on, as far as they do."""
    for wanted in row:
        following = _WORD.search(text, end)
        if following is None or following.group() != wanted.folded:
            return
        yield following.span()
        end = following.end()


def _best_window(occurrences: Sequence[_Occurrence], length: int) -> tuple[tuple[int, int], _Worth]:
    """Return the span of at most `length` characters that holds most clauses, the tightest of such, and its worth."""
    best, best_worth = (0, 0), _NOTHING
    for i, first in enumerate(occurrences):
        span, worth = _window(occurrences, i, first.start + length)
        if worth > best_worth:
            best, best_worth = span, worth
    return best, best_worth


def _window(occurrences: Sequence[_Occurrence], at: int, limit: int) -> tuple[tuple[int, int], _Worth]:
    start, end = occurrences[at].start, occurrences[at].end
    typed: set[int] = set()
    seen: set[int] = set()
    for one in itertools.islice(occurrences, at, None):
        if one.end > limit and seen:
            break
        if one.clause not in seen or (one.exact and one.clause not in typed):
            end = max(end, one.end)
            seen.add(one.clause)
            typed |= {one.clause} if one.exact else set()
    return (start, end), (len(typed), len(seen), start - end)


def _cut(text: str, first: int, window: tuple[int, int], length: int) -> str:
    """Return the window with text around it from `first` on, `length` characters in all, cut at blanks.

    Blanks are collapsed, and what only fills a line is left out.
    """
    spare = max(0, length - (window[1] - window[0]))
    start = max(first, window[0] - spare // 3)
    end = min(len(text), max(window[1], start + length))
    start = max(first, min(start, end - length))
    while 0 < start < window[0] and not text[start - 1].isspace():
        start += 1
    while window[1] < end < len(text) and not text[end].isspace():
        end -= 1
    inner = " ".join(_FILLING.sub(" ", text[start:end]).split())
    return f"{'… ' if start else ''}{inner}{' …' if end < len(text) else ''}"
