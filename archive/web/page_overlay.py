"""What is drawn over the image of a page: what was searched for, what is cited, and where the facts were read.

Pure: texts, offsets and the places of words in; rectangles out, in points from the top left corner of the page.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.catalogue.facts import Geometry
from archive.search import Span
from archive.web.typesetting import Cited
from ingest.record import Box, Word

_NEAR = 1.0  # of a line's height: words no farther apart, side by side, have one rectangle


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of the page's text, and its rectangles: one for each line it runs over."""

    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over a page `width` by `height` points large.

    `found` are the places of what was searched for, the n-th of the page's marks being the n-th here; `cited` are those
    of citations; `read` maps the names of the record's fields to where they were read.
    """

    width: float
    height: float
    found: tuple[Place, ...]
    cited: tuple[tuple[Cited, Place], ...]
    read: dict[str, Place]


def overlay(
    text: str,
    geometry: Geometry,
    found: Iterable[Span],
    cited: Iterable[Cited] = (),
    read: dict[str, Span] | None = None,
) -> Overlay:
    """Return what lies over the page of that text; a place without any word on the paper has no rectangle."""

    def place(start: int, end: int) -> Place:
        return Place(" ".join(text[start:end].split()), rectangles(geometry.words, start, end))

    return Overlay(
        geometry.width,
        geometry.height,
        tuple(place(span.start, span.end) for span in found),
        tuple((one, place(one.start, one.end)) for one in cited),
        {name: place(span.start, span.end) for name, span in (read or {}).items()},
    )


def rectangles(words: Sequence[Word], start: int, end: int) -> tuple[Box, ...]:
    """Return the rectangles around the characters `start` up to `end` of a page's text, line by line.

    Of a word that is only in part between them, the letters' share of its box counts.
    """
    first = bisect_right(words, start, key=lambda word: word.end)
    within = [word for word in words[first:] if word.start < end and start < word.end]
    return tuple(_joined(_cut(word, start, end) for word in within))


def _cut(word: Word, start: int, end: int) -> Box:
    x0, top, x1, bottom = word.box
    if (start <= word.start and word.end <= end) or bottom - top > x1 - x0:  # whole, or the line runs down the page
        return word.box
    letter = (x1 - x0) / (word.end - word.start)
    return x0 + max(start - word.start, 0) * letter, top, x1 - max(word.end - end, 0) * letter, bottom


def _joined(boxes: Iterable[Box]) -> Iterator[Box]:
    """Yield the boxes, those side by side on one line as one."""
    line: Box | None = None
    for box in boxes:
        if line is None:
            line = box
        elif _side_by_side(line, box):
            line = line[0], min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3])
        else:
            yield line
            line = box
    if line:
        yield line


def _side_by_side(one: Box, other: Box) -> bool:
    common = min(one[3], other[3]) - max(one[1], other[1])
    height = min(one[3] - one[1], other[3] - other[1])
    return common > height / 2 and -height / 2 < other[0] - one[2] < _NEAR * height
