"""Set the text of a page for reading: lines joined into paragraphs, citations and searched words marked in place.

Not a character is added or lost; line ends inside a paragraph stay and are shown as spaces.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from archive.search import Span, joined

Style = Literal["flow", "heading"]
# A piece of text, and which of the marks, side by side one, it is of: n where the n-th (from 1) begins, -n where that
# goes on, 0 for none.
Part = tuple[str, int]

_WIDEST_LINE = 140  # a line longer than paper is wide is a paragraph of its own (DOCX, text files)
_LONGEST_HEADING = 160
_ITEM = re.compile(
    r"(?:[-–—•+*]\s|\d+(?:\.\d+)*[.)]\s|\d+\.\d+\s|[a-zđ]\)\s|[IVXLC]+[.)-]\s"
    r"|(?:Điều|Chương|Mục|Phần|Phụ lục)\s+\w+|Căn cứ\s|Theo đề nghị\s|Xét đề nghị\s|TM\.|KT\.|TL\.|TUQ\.|Nơi nhận)"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a text cites: from start to end, `reference` counting the document's references from 0.

    Of a citation that runs over into another paragraph only the first piece keeps the anchor.
    """

    start: int
    end: int
    reference: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph: plain, or one citation. Its parts say which of its words were searched for."""

    parts: tuple[Part, ...]
    cited: Cited | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is set together; a heading stands in capitals on lines of its own."""

    style: Style
    runs: tuple[Run, ...]


def paragraphs(text: str, cited: Iterable[Cited] = (), found: Iterable[Span] = ()) -> tuple[Paragraph, ...]:
    """Return the text set: spans out of range are cut, and of citations that overlap the first and longest is kept."""
    links = _apart(cited, len(text))
    marks = joined(text, found)
    return tuple(
        Paragraph(_style(text[within.start : within.end]), tuple(_runs(text, within, links, marks)))
        for within in _paragraph_spans(text)
    )


def parts(text: str, found: Iterable[Span]) -> tuple[Part, ...]:
    """Return the text in pieces, each with what was searched for that it is of."""
    return _parts(text, Span(0, len(text)), joined(text, found))


def _apart(cited: Iterable[Cited], length: int) -> tuple[Cited, ...]:
    kept: list[Cited] = []
    for span in sorted(cited, key=lambda span: (span.start, -span.end)):
        if 0 <= span.start < span.end <= length and (not kept or kept[-1].end <= span.start):
            kept.append(span)
    return tuple(kept)


def _runs(text: str, within: Span, links: Sequence[Cited], marks: Sequence[Span]) -> Iterator[Run]:
    at = within.start
    for link in links:
        start, end = max(link.start, at), min(link.end, within.end)
        if start >= end:
            continue
        if at < start:
            yield Run(_parts(text, Span(at, start), marks))
        yield Run(_parts(text, Span(start, end), marks), link if start == link.start else replace(link, anchor=""))
        at = end
    if at < within.end:
        yield Run(_parts(text, Span(at, within.end), marks))


def _parts(text: str, within: Span, marks: Sequence[Span]) -> tuple[Part, ...]:
    at, pieces = within.start, []
    for ordinal, mark in enumerate(marks, 1):
        start, end = max(mark.start, at), min(mark.end, within.end)
        if start < end:
            pieces += [(text[at:start], 0), (text[start:end], ordinal if start == mark.start else -ordinal)]
            at = end
    pieces.append((text[at : within.end], 0))
    return tuple(piece for piece in pieces if piece[0])


def _paragraph_spans(text: str) -> Iterator[Span]:
    lines = [(line.start(), line.end()) for line in re.finditer(r"\S(?:[^\n]*\S)?", text)]
    width = _width([end - start for start, end in lines])
    first = 0
    for at, (start, end) in enumerate(lines):
        following = text[slice(*lines[at + 1])] if at + 1 < len(lines) else None
        if following is None or _ends(text[start:end], following, width):
            yield Span(lines[first][0], end)
            first = at + 1


def _width(lengths: Sequence[int]) -> int:
    """Return how long a full line of the page is, in characters."""
    return sorted(lengths)[len(lengths) * 4 // 5] if lengths else 0


def _ends(line: str, following: str, width: int) -> bool:
    """Return whether the line is the last of its paragraph."""
    if width > _WIDEST_LINE or _ITEM.match(following):
        return True
    if line.isupper() or following.isupper():
        return not (line.isupper() and following.isupper())
    capital = not following[0].islower()
    return len(line) < width * (0.9 if capital and line[-1] in ".;:/" else 0.7)


def _style(paragraph: str) -> Style:
    capitals = paragraph.isupper() and not any(map(str.isdigit, paragraph))
    return "heading" if capitals and len(paragraph) <= _LONGEST_HEADING else "flow"
