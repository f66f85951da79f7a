"""The name of the signer, which seal and signature hide from Tesseract.

Below the position the page is looked through a strip at a time by the model that knows handwriting, which sees letters
through a seal but not all the marks of Vietnamese. Tesseract, given the strip alone, knows the marks. What both see is
the name; where they differ it stays unread.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from ingest import positions
from ingest.legibility import is_syllable
from ingest.orthography import fold
from ingest.readers.tesseract import ONE_LINE, NotRecognised, SeenLine, SeenWord, seen_lines
from ingest.record import Box
from ingest.rules import load

if TYPE_CHECKING:
    from ingest.readers.ppocr import Glyph

_LEFT_HALF = 0.4  # of the page's width, in which no position stands
# In heights of the position's line: how far below it the name can stand, how wide it is, and the strips looked through.
_BELOW = (1.5, 14.0)
_HALF_WIDTH = 9.0
_ABOVE = 6.0  # Nơi nhận, the position at most
_STEP = 0.4
_STRIPS = (1.5, 1.8, 2.3)
_AROUND = (-0.2, 0.0, 0.2)
_AGREED_LEAST = 3  # strips
_LOOKS = 6  # of Tesseract at the name
_SURE = 60.0  # of 100, Tesseract of a word
_WORDS = (3, 5)
_RECIPIENTS = re.compile(r"oi nhan\b")
_NAME = re.compile(r"[A-Z][a-z]+")


class _Seen(NamedTuple):
    """What the model sees in a strip as a person's name: its words without marks, its surname with, their boxes."""

    words: tuple[str, ...]
    surname: str
    boxes: tuple[Box, ...]


def with_signed_name(lines: list[SeenLine], width: int, inked: Callable[[], Image.Image], dpi: int) -> list[SeenLine]:
    """Return the lines of an upright page with the signer's name, where a position stands without one.

    `inked` gives the page, `width` pixels wide, in gray, with ink of all colours: some names are stamped in red.
    """
    position = _position(lines, width)
    if position is None or _is_named(lines, position):
        return lines
    name = _name(position, inked(), dpi)
    if name is None:
        return lines
    x0, top, x1, bottom = _around(name)
    hidden = [[word for word in line if not _within(word, (x0, top, x1, bottom))] for line in lines]
    above = [line for line in hidden if line and line[0].box[1] < top]
    return [*above, name, *(line for line in hidden if line and line[0].box[1] >= top)]


def _position(lines: list[SeenLine], width: int) -> Box | None:
    """Return where the last position on the page stands, as high as a line is; right, and not far above Nơi nhận."""
    height = median([word.box[3] - word.box[1] for line in lines for word in line] or [0.0])
    recipients = next((line[0].box for line in lines if _RECIPIENTS.search(fold(_text(line)))), None)
    found = [_around(title) for line in lines if (title := _title(line)) and title[0].box[0] > width * _LEFT_HALF]
    near = [box for box in found if recipients and box[1] > recipients[1] - _ABOVE * height]
    last = max(near, key=lambda box: box[1], default=None)
    return last and (last[0], (last[1] + last[3] - height) / 2, last[2], (last[1] + last[3] + height) / 2)


def _title(line: SeenLine) -> SeenLine:
    """Return the words with which the line ends that are a position."""
    return next((line[i:] for i in range(len(line)) if positions.read(_text(line[i:]))), [])


def _is_named(lines: list[SeenLine], position: Box) -> bool:
    below = ([word for word in line if _within(word, _column(position))] for line in lines)
    return any(_surname_first(tuple(fold(word.text) for word in line)) for line in below)


def _name(position: Box, image: Image.Image, dpi: int) -> SeenLine | None:
    """Return the name below the position, as the model and Tesseract see it alike."""
    readings = list(_seen_names(position, image))
    if len(readings) < _AGREED_LEAST:
        return None
    marked = _marked(readings, image, dpi)
    for words, _ in Counter(reading.words for reading in readings).most_common():
        agreeing = [reading for reading in readings if reading.words == words]
        middle = (_middles().get(word) or marked.get(word) for word in words[1:-1])
        name = [_surname(words[0], readings), *middle, marked.get(words[-1])]
        if all(word and is_syllable(word) for word in name):
            boxes = agreeing[len(agreeing) // 2].boxes
            return [SeenWord(text, box, _SURE) for text, box in zip(name, boxes, strict=True) if text]
    return None


def _surname(folded: str, readings: list[_Seen]) -> str:
    """Return the family name of these letters; of several the one whose marks the model sees, else the first."""
    known = _surnames()[folded]
    seen = Counter(reading.surname for reading in readings if reading.surname in known)
    return next((name for name, _ in seen.most_common(1)), known[0])


def _seen_names(position: Box, image: Image.Image) -> Iterator[_Seen]:
    """Yield the names seen in strips of the column below the position, more closely around the first one seen."""
    x0, top, x1, bottom = _column(position)
    height = position[3] - position[1]
    steps = int((bottom - top) / (_STEP * height))
    for step in range(steps):
        middle = top + step * _STEP * height
        if _seen(image, (x0, middle - 0.9 * height, x1, middle + 0.9 * height)):
            for strip in _STRIPS:
                for off in (*_AROUND, 0.4):
                    centre = middle + off * height
                    yield from _seen(image, (x0, centre - strip / 2 * height, x1, centre + strip / 2 * height))


def _seen(image: Image.Image, box: Box) -> list[_Seen]:
    from ingest.readers.ppocr import glyphs  # noqa: PLC0415 - takes a quarter of a second, which few files need

    x0, top, x1, bottom = (round(edge) for edge in box)
    words = _words(glyphs(image.crop((x0, top, x1, bottom))))
    folded = tuple(fold("".join(glyph.text for glyph in word)) for word in words)
    start = next((i for i in range(len(folded)) if _surname_first(folded[i:])), None)
    if start is None:
        return []
    boxes = tuple((x0 + word[0].left, float(top), x0 + word[-1].right, float(bottom)) for word in words[start:])
    return [_Seen(folded[start:], "".join(glyph.text for glyph in words[start]), boxes)]


def _words(glyphs: "list[Glyph]") -> "list[list[Glyph]]":
    words: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph.text.isalpha():
            words[-1].append(glyph)
        elif words[-1]:
            words.append([])
    return [word for word in words if word]


def _marked(readings: list[_Seen], image: Image.Image, dpi: int) -> dict[str, str]:
    """Return the words that Tesseract reads surely where the name was seen, by their letters without marks.

    Where it reads marks now so, now otherwise, the word is left out.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings[:: max(1, len(readings) // _LOOKS)]:
        x0, top, x1, bottom = _hull(reading.boxes)
        height = bottom - top
        paper = (x0 - 0.6 * height, top - 0.1 * height, x1 + 0.6 * height, bottom + 0.1 * height)
        strip = image.crop((round(paper[0]), round(paper[1]), round(paper[2]), round(paper[3])))
        with suppress(NotRecognised):
            for word in (word for line in seen_lines(strip, dpi, ONE_LINE) for word in line):
                text = word.text.strip(".,:;")
                votes[fold(text)][text] += round(word.confidence) if word.confidence >= _SURE else 0
    best = {folded: (*marked.most_common(1)[0], marked.total()) for folded, marked in votes.items()}
    return {folded: text for folded, (text, count, total) in best.items() if count and count * 3 >= total * 2}


def _surname_first(words: tuple[str, ...]) -> bool:
    named = _WORDS[0] <= len(words) <= _WORDS[1] and all(_NAME.fullmatch(word) for word in words)
    return named and words[0] in _surnames()


@cache
def _surnames() -> dict[str, list[str]]:
    """The family names by their letters without marks, the most frequent of the same letters first."""
    names = [name for row in load("names")["family"] for name in row["names"]]
    return {fold(name): [other for other in names if fold(other) == fold(name)] for name in names}


@cache
def _middles() -> dict[str, str]:
    """The middle names that nearly every second person has, by their letters without marks."""
    return {fold(name): name for row in load("names")["middle"] for name in row["names"]}


def _column(position: Box) -> Box:
    height, middle = position[3] - position[1], (position[0] + position[2]) / 2
    half = _HALF_WIDTH * height
    return middle - half, position[3] + _BELOW[0] * height, middle + half, position[3] + _BELOW[1] * height


def _within(word: SeenWord, box: Box) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _around(words: SeenLine) -> Box:
    return _hull([word.box for word in words])


def _hull(boxes: list[Box] | tuple[Box, ...]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _text(line: SeenLine) -> str:
    return " ".join(word.text for word in line)
