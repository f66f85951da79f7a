"""A chain drawn: documents as boxes in a column for each level, what they rest on to the left, lines where they cite.

All lengths are pixels of the drawing at its own size. Within a column boxes keep near those they are tied to.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from archive.catalogue.queries.chains import Chain, Link, Node

BOX = (190, 46)
"""Width and height of a box."""
_GAP = (66, 14)
_MARGIN = 12
_LINE = 25  # characters that fit into a box


@dataclass(frozen=True, slots=True)
class Box:
    """A document: its left upper corner, and its two lines of words, shortened to fit."""

    node: Node
    x: int
    y: int
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A citation: the path of its line in the language of SVG, from who cites to what is cited."""

    link: Link
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All there is to draw, within width and height."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(chain: Chain) -> Drawing:
    """Return the drawing of the chain."""
    columns = _columns(chain)
    tallest = max(map(len, columns.values()))
    height = tallest * (BOX[1] + _GAP[1]) - _GAP[1] + 2 * _MARGIN
    boxes = {
        node.key: _box(node, _MARGIN + nth * (BOX[0] + _GAP[0]), top + row * (BOX[1] + _GAP[1]))
        for nth, column in enumerate(columns[level] for level in sorted(columns))
        for top in [_MARGIN + (tallest - len(column)) * (BOX[1] + _GAP[1]) // 2]
        for row, node in enumerate(column)
    }
    lines = tuple(Line(link, _path(boxes[link.citing], boxes[link.cited])) for link in chain.links)
    width = len(columns) * (BOX[0] + _GAP[0]) - _GAP[0] + 2 * _MARGIN + _GAP[0] // 2
    return Drawing(width, height, tuple(boxes.values()), lines)


def _columns(chain: Chain) -> dict[int, list[Node]]:
    """The documents of each level in the order from top to bottom, worked out from the middle level outwards."""
    levels: dict[int, list[Node]] = defaultdict(list)
    for node in chain.nodes:
        levels[node.level].append(node)
    tied: dict[str, list[str]] = defaultdict(list)
    for link in chain.links:
        tied[link.citing].append(link.cited)
        tied[link.cited].append(link.citing)
    places = {node.key: 0.0 for node in levels[0]}
    for level in sorted(levels, key=abs)[1:]:
        levels[level].sort(key=lambda node: _near(tied[node.key], places))
        places |= {node.key: row - len(levels[level]) / 2 for row, node in enumerate(levels[level])}
    return levels


def _near(neighbours: Sequence[str], places: Mapping[str, float]) -> float:
    return mean([places[key] for key in neighbours if key in places] or [0.0])


def _box(node: Node, x: int, y: int) -> Box:
    named = node.number or node.subject or node.kind or ""
    words = [node.kind if node.number else None, f"{node.issued_on:%d/%m/%Y}" if node.issued_on else None]
    return Box(node, x, y, _shortened(named), _shortened(" ".join(filter(None, words)) or node.issuer or ""))


def _shortened(text: str) -> str:
    return text if len(text) <= _LINE else f"{text[: _LINE - 1].rstrip()}…"


def _path(citing: Box, cited: Box) -> str:
    width, height = BOX
    start, end = citing.y + height // 2, cited.y + height // 2
    if cited.x < citing.x:
        here, there, bend = citing.x, cited.x + width, _GAP[0] // 2
        return f"M{here} {start}C{here - bend} {start} {there + bend} {end} {there} {end}"
    if cited.x > citing.x:  # back against the stream, as in a circle
        here, there, bend = citing.x + width, cited.x, _GAP[0] // 2
        return f"M{here} {start}C{here + bend} {start} {there - bend} {end} {there} {end}"
    side = citing.x + width
    return f"M{side} {start}C{side + _GAP[0] // 2} {start} {side + _GAP[0] // 2} {end} {side} {end}"
