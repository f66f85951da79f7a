"""Digits that a signing program shows over the blanks of the number and the date.

Today most documents are numbered as they are signed: the text says `Số:     /UBND-KT`, `ngày     tháng 01`,
and the digits lie over the blanks as texts of their own, or as a picture that the reader recognises. With them a page's
text ends; where they stand on the paper says what they are.
"""

import re
from dataclasses import dataclass

from ingest.record import Mention, Word
from ingest.running_text import RunningText

_DIGITS = re.compile(r"\d{1,6}[a-z]?")
_SLACK = 4.0  # points by which an overlay may stand over the words beside it


@dataclass(frozen=True, slots=True)
class Overlay:
    """Digits over a blank, and where the page's text has them."""

    digits: str
    mention: Mention


def at(run: RunningText, start: int, end: int) -> Overlay | None:
    """Return the digits on the paper between the word before `start` and the one at `end`; None without any."""
    before, after = run.mention(max(start - 1, 0), start), run.mention(end, end + 1)
    page = run.pages[before.page - 1]
    if before.page != after.page:
        return None
    left = _word(page.words, before.start)
    right = _word(page.words, after.start)
    if left is None or right is None:
        return None
    for word in page.words:
        if (
            word.start > after.end
            and _DIGITS.fullmatch(page.text, word.start, word.end)
            and _between(word, left, right)
        ):
            return Overlay(
                page.text[word.start : word.end],
                Mention(page.number, word.start, word.end, page.text[word.start : word.end]),
            )
    return None


def _word(words: tuple[Word, ...], offset: int) -> Word | None:
    return next((word for word in words if word.start <= offset < word.end), None)


def _between(word: Word, left: Word, right: Word) -> bool:
    middle = (word.box[1] + word.box[3]) / 2
    same_line = min(left.box[1], right.box[1]) - _SLACK <= middle <= max(left.box[3], right.box[3]) + _SLACK
    return same_line and left.box[2] - _SLACK <= word.box[0] and word.box[2] <= right.box[0] + _SLACK
