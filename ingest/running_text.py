"""A document's text as one run: its lines in order, without what belongs to the sheet, each leading back to its page.

Left out are blank lines, page numbers, running headers and the visible text of digital signatures, so that a sentence
(or a number) broken over two pages reads on, and a decoy number in a running header is never seen.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest import digits
from ingest.record import Box, Mention, Page

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–\s]{0,4}\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s.]{0,4}", re.IGNORECASE)
# A broken text layer may lose its first letter, split its words, or run the page on behind it.
_GAZETTE = re.compile(
    r"CÔNG BÁO/S$|(?:(?:\d{1,4}\s+)?C?ÔNG BÁO\s*/\s*S\s?)?ố\s[\d\s+&,-]{1,40}/\s?Ngày"
    r"(?:\s[\d\s./-]{4,14}(?:\s\d{1,4}(?!\S))?)?\s*"
)
_STAMP = re.compile(
    r"(?:Ký bởi|Người ký|Thời gian ký|Ngày ký|Ký ngày|Email|Cơ quan)\s*:.{0,200}"
    r"|.{0,80}\b\d{2}[./-]\d{2}[./-]\d{4}\s+\d{2}:\d{2}:\d{2}\s+[+-]\d{2}:\d{2}"
    r"|(?:http://)?www\.\S{3,60}",
    re.IGNORECASE,
)
# The receiving office's stamp (dấu đến: Nghị định 30/2020/NĐ-CP, Phụ lục IV), whose number and date are its register's.
_INCOMING = re.compile(r"(?:.{0,60}\b)?(?:CÔNG,? VĂN|VĂN BẢN) ĐẾN\b.{0,80}|ĐẾN(?:\s{1,3}(?:Số|Ngày|Giờ)\b.{0,60})?")
_INCOMING_PART = re.compile(
    r"(?:Số|Ngày|Giờ)(?:\sđến)?\s?[:.…]?[\s\d./…-]{0,30}|(?:Kính\s)?[Cc]huyển\s?:.{0,60}|Lưu hồ sơ số\s?:.{0,40}"
)
_INCOMING_LINES = 5
_LETTER = re.compile(r"[^\W_]")
_EDGE = 3  # lines from the top and the bottom of a page among which a running header or page number can stand


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something; `text` is the page's text from start to end, without the white space around it."""

    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class RunningText:
    """The lines joined by a line feed each. `starts[i]` is where line i begins in `text`.

    `recognised` says that the text is what recognition made of images: its letters may be misread. The digits of its
    numbers and dates are put right in `text`, which stays as long; the lines are as they were read.
    """

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    text: str = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    recognised: bool = False

    def begin(self, line: int) -> int:
        """Return where line `line` begins in the run; its end for one behind the last."""
        return self.starts[line] if line < len(self.lines) else len(self.text)

    def end(self, line: int) -> int:
        """Return where line `line` ends in the run."""
        return self.starts[line] + len(self.lines[line].text)

    def line_at(self, offset: int) -> int:
        """Return the index of the line that holds the offset into the run."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def mention(self, start: int, end: int) -> Mention:
        """Return the page's own text for the run's start to end; of a text over two pages, the longer part."""
        first, last = self.line_at(start), self.line_at(max(end - 1, start))
        turn = next((i for i in range(first, last + 1) if self.lines[i].page != self.lines[first].page), None)
        if turn is not None:
            before, after = self.starts[turn] - start, end - self.starts[turn]
            if after > before:
                return self.mention(self.starts[turn], end)
            last, end = turn - 1, self.starts[turn] - 1
        page = self.pages[self.lines[first].page - 1]
        begin = self.lines[first].start + start - self.starts[first]
        stop = min(self.lines[last].start + end - self.starts[last], self.lines[last].end)
        return Mention(page.number, begin, stop, page.text[begin:stop])

    def box(self, mention: Mention) -> Box | None:
        """Return the box around the words of a mention, None where the file has no geometry."""
        words = [w for w in self.pages[mention.page - 1].words if w.start < mention.end and mention.start < w.end]
        if not words:
            return None
        edges = list(zip(*(word.box for word in words), strict=True))
        return min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3])


def run(pages: Sequence[Page], *, recognised: bool = False) -> RunningText:
    """Return the run of the pages, which are numbered from 1 without a gap; `recognised` where their text is OCR's."""
    by_page = [list(_lines(page)) for page in pages]
    repeated = _repeated(by_page)
    kept = [line for lines in by_page for line in _without_stamp(_without_furniture(lines, repeated))]
    starts, offset = [], 0
    for line in kept:
        starts.append(offset)
        offset += len(line.text) + 1
    text = "\n".join(line.text for line in kept)
    return RunningText(tuple(pages), tuple(kept), digits.mend(text) if recognised else text, tuple(starts), recognised)


def _lines(page: Page) -> Iterator[Line]:
    start = 0
    for raw in page.text.split("\n"):
        text = raw.strip()
        if head := _GAZETTE.match(text):
            text = text[head.end() :]
        if text:
            begin = start + raw.rindex(text)
            yield Line(page.number, begin, begin + len(text), text)
        start += len(raw) + 1


def _repeated(by_page: list[list[Line]]) -> set[str]:
    """The lines at the edge of three pages or more, digits aside: running headers and footers."""
    seen = Counter(key for lines in by_page for key in {_shape(line.text) for line in _edge(lines)})
    return {key for key, count in seen.items() if count >= 3 and count * 2 > len(by_page)}


def _edge(lines: list[Line]) -> list[Line]:
    return lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _without_furniture(lines: list[Line], repeated: set[str]) -> Iterable[Line]:
    edge = {line.start for line in _edge(lines)}
    for line in lines:
        at_edge = line.start in edge
        if at_edge and (_PAGE_NUMBER.fullmatch(line.text) or _shape(line.text) in repeated):
            continue
        if _STAMP.fullmatch(line.text):
            continue
        if _LETTER.search(line.text):
            yield line


def _without_stamp(lines: Iterable[Line]) -> Iterator[Line]:
    left = 0
    for line in lines:
        if _INCOMING.fullmatch(line.text):
            left = _INCOMING_LINES
        elif left and _INCOMING_PART.fullmatch(line.text):
            left -= 1
        else:
            left = 0
            yield line
