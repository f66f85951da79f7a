"""Lines of placed words made into a page whose words lead back to the paper."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.normalise import repair
from ingest.readers.layout import Row
from ingest.record import Page, Word


class Line(NamedTuple):
    """A line of text and its words in order; no words where the file does not say where they stand."""

    text: str
    row: Row


def line(row: Row) -> Line:
    """Return the words as a line, a space apart."""
    return Line(" ".join(word.text for word in row), row)


def laid(number: int, lines: Sequence[Line], size: tuple[float, float], *, keeps_words: bool = True) -> Page:
    """Return page `number` of the lines, its text repaired; `size` is its width and height in points."""
    text = repair("\n".join(line.text for line in lines))
    return Page(number, text, _words(lines, text) if keeps_words else (), *size)


def _words(lines: Sequence[Line], text: str) -> tuple[Word, ...]:
    """Return the placed words with their offsets in the repaired text, which has the same lines."""
    words: list[Word] = []
    start = 0
    for line, repaired in zip(lines, text.split("\n") if lines else [], strict=True):
        tokens = [(start + found.start(), start + found.end()) for found in re.finditer(r"\S+", repaired)]
        if len(tokens) == len(line.row):
            words += (Word(*token, word.box) for token, word in zip(tokens, line.row, strict=True))
        elif line.row:  # repair joined what was apart (`vi ̣ trí`): the line's box for each of its words
            x0, top, x1, bottom = zip(*(word.box for word in line.row), strict=True)
            words += (Word(*token, (min(x0), min(top), max(x1), max(bottom))) for token in tokens)
        start += len(repaired) + 1
    return tuple(words)
