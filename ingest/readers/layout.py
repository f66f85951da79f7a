"""Words on paper put into reading order.

The official form (Nghị định 30/2020/NĐ-CP, Phụ lục I) sets two blocks in two columns: the header (issuer and number on
the left, national motto and date on the right) and the foot (Nơi nhận on the left, signature on the right). Such a
block is cut along its gutter and its left half read first; the rest is read in the order in which the file draws it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from ingest.orthography import fold
from ingest.record import Box

_MOTTO = re.compile(r"CONG HOA XA HOI CHU|Doc lap ?[-–] ?Tu do|DANG CONG SAN VIET NAM")
_RECIPIENTS = re.compile(r"^[ \t]*(?:Noi nhan\b|(?:V|\W)?oi nhan:)", re.MULTILINE)  # the bold N may be misread
_ADDRESSEE = re.compile(r"Kinh gui\b")  # begins the body of a công văn, right under its header
_DRAWN_RULE = re.compile(r"[_\-–—=*.]{4,}")
_GUTTER_WITHIN = (0.27, 0.7)  # of the page's width: where the form can have its gutter
_BETWEEN_HALVES = 6.0  # points at least between words left and right of it; a space in a 14-point line is about 4
_BESIDE_ONE_HALF = 1.0
_NEAR = 40.0  # points from a foot's first line up to the lines of the signature that stand above it


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word and its box on the page, in points from the top left corner; `drawn` is its turn in the file.

    `gap` is the widest between two of its letters, as a share of its height, where the reader sees letters.
    """

    text: str
    box: Box
    drawn: int
    gap: float = 0.0


Row = list[PlacedWord]


@dataclass(frozen=True, slots=True)
class _Gutter:
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def narrowed(self, row: Row) -> "_Gutter | None":
        """Return what the row leaves of the gutter, or None when the row runs across it."""
        gaps = [(self._common(gap), least) for gap, least in _gaps(row)]
        open_ = [gutter for gutter, least in gaps if gutter.width >= least]
        return max(open_, key=lambda gutter: gutter.width, default=None)

    def _common(self, gap: "_Gutter") -> "_Gutter":
        return _Gutter(max(self.left, gap.left), min(self.right, gap.right))


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    gutter: _Gutter


def shows_columns(text: str) -> bool:
    """Say whether a page's text holds a header or a foot of the official form, so that its geometry matters."""
    bare = fold(text)
    return _RECIPIENTS.search(bare) is not None or _MOTTO.search(bare) is not None


def reading_order(words: Iterable[PlacedWord], width: float) -> list[Row]:
    """Return the lines of a page `width` points wide in the order in which a person reads them."""
    rows = _rows(words)
    lines: list[Row] = []
    done = 0
    for block in _blocks(rows, width):
        lines += _as_drawn(rows[done : block.start])
        lines += _halves(rows[block.start : block.end], block.gutter)
        done = block.end
    return lines + _as_drawn(rows[done:])


def _rows(words: Iterable[PlacedWord]) -> list[Row]:
    rows: list[Row] = []
    bottom = float("-inf")
    for word in sorted(words, key=lambda word: word.box[1]):
        _, top, _, foot = word.box
        if (top + foot) / 2 > bottom:
            rows.append([])
            bottom = foot
        rows[-1].append(word)
    for row in rows:
        row.sort(key=lambda word: word.box[0])
    return rows


def _blocks(rows: list[Row], width: float) -> Iterator[_Block]:
    within = _Gutter(*(width * share for share in _GUTTER_WITHIN))
    done = at = 0
    while at < len(rows):
        gutter = _header(rows[at], within) or _foot(rows[at], within)
        start = at
        at += 1
        if gutter is None:
            continue
        while start > done and _signs_above(rows[start - 1], rows[start], gutter):
            start -= 1
        while at < len(rows) and not _ADDRESSEE.match(_bare(rows[at])) and (narrower := gutter.narrowed(rows[at])):
            gutter = narrower
            at += 1
        yield _Block(start, at, gutter)
        done = at


def _header(row: Row, within: _Gutter) -> _Gutter | None:
    """Return the gutter left of the national motto, or of the Party's name, when the row holds it."""
    bare = _bare(row)
    motto = _MOTTO.search(bare)
    if motto is None:
        return None
    first = row[bare.count(" ", 0, motto.start())]
    return _Gutter(within.left, first.box[0]).narrowed(row)


def _foot(row: Row, within: _Gutter) -> _Gutter | None:
    """Return the gutter right of "Nơi nhận" when the row begins with it."""
    begins = _RECIPIENTS.match(_bare(row)) and row[0].box[0] < within.left
    return within.narrowed(row) if begins else None


def _signs_above(row: Row, below: Row, gutter: _Gutter) -> bool:
    """Say whether the row is of the signature, begun a little above "Nơi nhận" in its right half."""
    return row[0].box[0] > gutter.left and below[0].box[1] - row[0].box[3] < _NEAR and _foot(below, gutter) is not None


def _bare(row: Row) -> str:
    return " ".join(_folded(word.text) for word in row)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


def _gaps(row: Row) -> list[tuple[_Gutter, float]]:
    """Return the free stretches of a row, each with the width that it must leave to be a gutter."""
    inner = [(_Gutter(a.box[2], b.box[0]), _BETWEEN_HALVES) for a, b in pairwise(row)]
    before = (_Gutter(float("-inf"), row[0].box[0]), _BESIDE_ONE_HALF)
    after = (_Gutter(max(word.box[2] for word in row), float("inf")), _BESIDE_ONE_HALF)
    return [before, *inner, after]


def _halves(rows: list[Row], gutter: _Gutter) -> list[Row]:
    middle = (gutter.left + gutter.right) / 2
    words = [word for word in chain.from_iterable(rows) if not _DRAWN_RULE.fullmatch(word.text)]
    left = [word for word in words if word.box[0] < middle]
    right = [word for word in words if word.box[0] >= middle]
    return _rows(left) + _rows(right)


def _as_drawn(rows: list[Row]) -> list[Row]:
    """Return the words of the rows in the file's own order: so the cells of a table stay whole."""
    row_of = {word.drawn: number for number, row in enumerate(rows) for word in row}
    lines: list[Row] = []
    for word in sorted(chain.from_iterable(rows), key=lambda word: word.drawn):
        last = lines[-1][-1] if lines else None
        if last and row_of[last.drawn] == row_of[word.drawn] and word.box[0] >= last.box[0]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines
