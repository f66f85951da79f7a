"""Lines of placed words made into a page whose words lead back to the paper."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.normalise import repair
from ingest.readers.layout import Row
from ingest.record import Box, Page, Word


class Line(NamedTuple):
    """A line of text and its words in order; no words where the file does not say where they stand."""

    text: str
    row: Row


def line(row: Row) -> Line:
    """Return the words as a line, a space apart."""
    return Line(" ".join(word.text for word in row), row)


def laid(
    number: int,
    lines: Sequence[Line],
    size: tuple[float, float],
    *,
    keeps_words: bool = True,
    recognised: bool = False,
) -> Page:
    """Return page `number` of the lines, its text repaired; `size` is its width and height in points."""
    text = repair("\n".join(line.text for line in lines))
    return Page(number, text, _words(lines, text) if keeps_words else (), *size, recognised)


def _words(lines: Sequence[Line], text: str) -> tuple[Word, ...]:
    """Return the placed words with their offsets in the repaired text, which has the same lines."""
    words: list[Word] = []
    start = 0
    for line, repaired in zip(lines, text.split("\n") if lines else [], strict=True):
        if line.row:
            words += [Word(start + first, start + end, box) for first, end, box in _placed(line.row, repaired)]
        start += len(repaired) + 1
    return tuple(words)


def _placed(row: Row, repaired: str) -> Iterator[tuple[int, int, Box]]:
    """Yield where each word of a row stands in its line, and its box."""
    tokens = [found.span() for found in re.finditer(r"\S+", repaired)]
    if len(tokens) != len(row) and (one_by_one := _one_by_one(row, repaired)):
        tokens = one_by_one
    if len(tokens) == len(row):
        yield from ((*token, word.box) for token, word in zip(tokens, row, strict=True))
        return
    x0, top, x1, bottom = zip(*(word.box for word in row), strict=True)
    left, letter = min(x0), (max(x1) - min(x0)) / len(repaired)
    for start, end in tokens:  # repair joined what was apart (`vi ̣ trí`): to each word its share of the line
        yield start, end, (left + start * letter, min(top), left + end * letter, max(bottom))


def _one_by_one(row: Row, repaired: str) -> list[tuple[int, int]]:
    """Return where the words stand in the line when they are not parted by blanks; nothing when they are not all there.

    So it is where a hyphen has joined the end of a line with the next.
    """
    tokens = []
    at = 0
    for word in row:
        at += len(repaired[at:]) - len(repaired[at:].lstrip())
        if not repaired.startswith(word.text, at):
            return []
        tokens.append((at, at := at + len(word.text)))
    return tokens
