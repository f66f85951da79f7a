"""One analysis for the text that is indexed, the query, and the marks in what is shown.

A text is a row of words. A word has an exact form (NFC, lower case, tone where the older habit puts it: hoà → hòa) and
a folded one (no marks, đ as d). A number (`228/KH-UBND`, `18/8/2017`) is the row of its words and also one token, as is
each of its beginnings: `228/kh`, `228/kh/ubnd`; signs between its parts, case, marks and leading zeros do not count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ingest.orthography import canonical, fold

VERSION = 1  # raise it with every change of what a text becomes: indexes made before are then rebuilt
SEPARATOR = "\x1e"  # between two pieces of one text: no phrase reaches over it

MAX_WORD_LENGTH = 64
_WORD = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
_SIGN = r"(?:\s*/\s*|[-–&])"
_NUMBER = rf"\d(?<!\w\d)\d*(?:\.\d+)?[^\W\d_]?(?:{_SIGN}{_WORD}){{1,6}}"  # a digit first: re skips to it fast
_words = re.compile(_WORD)
_numbers = re.compile(_NUMBER)
_pieces = re.compile(rf"(?P<number>{_NUMBER})|{_WORD}|{SEPARATOR}")
_signs = re.compile(_SIGN)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a number as it is compared: words with equal folded forms differ in their marks only."""

    exact: str
    folded: str

    @property
    def accented(self) -> bool:
        """Whether the word carries marks, so that its exact form says more than its folded one."""
        return self.exact != self.folded


class Token(NamedTuple):
    """A term where it stands: `position` counts words, `start` and `end` characters of the text analysed."""

    term: Term
    position: int
    start: int
    end: int


@lru_cache(maxsize=200_000)
def term(word: str) -> Term:
    """Return the forms of one word."""
    exact = canonical(word.lower())[:MAX_WORD_LENGTH]
    return Term(exact, fold(exact))


def words(text: str) -> list[re.Match[str]]:
    """Return the words of a text where they stand."""
    return list(_words.finditer(text))


def numbers(text: str) -> Iterator[Token]:
    """Yield the numbers of a text, and each of their beginnings, all at position 0."""
    for found in _numbers.finditer(text):
        yield from _beginnings(found, 0)


def tokens(text: str) -> Iterator[Token]:
    """Yield every token of a text: its words in order, and at a number's first word the number and its beginnings."""
    position = 0
    for piece in _pieces.finditer(text):
        if piece["number"]:
            yield from _beginnings(piece, position)
        for word in _words.finditer(text, piece.start(), piece.end()):
            yield Token(term(word.group()), position, word.start(), word.end())
            position += 1
        if piece.group() == SEPARATOR:
            position += 1


def row(text: str) -> tuple[list[str], list[tuple[str, int]]]:
    """Return what `tokens` finds in a text without SEPARATOR, for indexing: the words as written, in order.

    And each number and its beginnings, in the form in which it is compared, with the place of its first word.
    """
    found: list[str] = []
    keys: list[tuple[str, int]] = []
    done = 0
    for number in _numbers.finditer(text):
        found += _words.findall(text, done, number.start())
        keys += ((token.term.folded, len(found)) for token in _beginnings(number, 0))
        found += _words.findall(text, number.start(), number.end())
        done = number.end()
    return found + _words.findall(text, done), keys


@lru_cache(maxsize=10_000)
def query_terms(text: str) -> tuple[Term, ...]:
    """Return the terms that a piece of a query means: one if all of it is a number, else its words in order."""
    piece = text.strip()
    if _numbers.fullmatch(piece):
        return (_key(piece),)
    return tuple(term(word) for word in _words.findall(piece))


def _beginnings(number: re.Match[str], position: int) -> Iterator[Token]:
    text, start = number.group(), number.start()
    ends = [*(sign.start() for sign in _signs.finditer(text)), len(text)][1:]
    for end in ends:
        yield Token(_key(text[:end]), position, start, start + end)


def _key(number: str) -> Term:
    parts = (fold(part).lower() for part in _signs.split(number))
    key = "/".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)[:MAX_WORD_LENGTH]
    return Term(key, key)
