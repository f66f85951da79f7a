"""A PDF page as PDFium reads it: its text in the order in which the file draws it, and where each word stands on paper.

PDFium is not thread-safe: one thread of a process at a time may be in here.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from ctypes import byref, c_int
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.layout import PlacedWord, Row, shows_columns
from ingest.record import Box

_LAID_OVER = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_LINE_END_HYPHEN = "\ufffe"  # PDFium's mark for a hyphen at the end of a line, on which it joins the next line
_UNKNOWN = "\ufffd"
_WORD = re.compile(rf"[^\s{_LINE_END_HYPHEN}]+{_LINE_END_HYPHEN}?|{_LINE_END_HYPHEN}")
_SCANNED_SHARE = 0.6  # of the page's area under one image
_TEXT_LEAST = 320  # characters; fewer over a scan are a watermark's, or those of the stamps of two signatures
_OUTLINES_LEAST = 20  # paths on a page without text; fewer are borders and rules
_APART = 20.0  # points between two texts laid over one line
_FINE = 100  # PDFium places a point in whole units of the size asked for: hundredths of a point
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """What a page shows, and its size in points.

    `rows` are the words of each line of the text; none where nobody asked for their places. `in_columns` says that the
    order of reading depends on these: on the first page, and on those with a header or a foot in two columns. `overlay`
    is what signatures and stamps lay over the page, line by line. `is_image` says that what there is to read stands in
    an image or a drawing.
    """

    text: str
    rows: list[Row]
    in_columns: bool
    overlay: list[Row]
    width: float
    height: float
    is_image: bool

    @property
    def words(self) -> list[PlacedWord]:
        """The words in the order drawn."""
        return list(chain.from_iterable(self.rows))


def drawn_page(document: pypdfium2.PdfDocument, number: int, *, places_words: bool = True) -> DrawnPage:
    """Return what PDFium reads on page `number`, counted from 1. Raises PdfiumError when the page is broken.

    Without `places_words` the words are placed only where the order of reading depends on it.
    """
    with closing(document[number - 1]) as page:
        with closing(page.get_textpage()) as drawn:
            text = _text(drawn)
            in_columns = number == 1 or shows_columns(text)
            words = _words(page, drawn, text, by_letter=in_columns) if in_columns or places_words else ()
            rows = _rows(words, text)
        is_image = _is_image(page, len(text.strip()))
        is_laid_over = _is_laid_over(page)
        if is_laid_over:
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        width, height = page.get_size()
    overlay = list(_overlay(document, number, len(text))) if is_laid_over else []
    plain = text.replace("\r\n", "\n").replace(_LINE_END_HYPHEN, "-")
    return DrawnPage(plain, rows, in_columns, overlay, width, height, is_image)


def _text(drawn: pypdfium2.PdfTextPage) -> str:
    """Return the page's text, as many characters as PDFium counts; U+FFFD where a font names no letter."""
    length = drawn.count_chars()
    text = drawn.get_text_range() if length else ""
    if len(text) == length:
        return text
    codes = (pdfium.FPDFText_GetUnicode(drawn, i) for i in range(length))
    return "".join(_UNKNOWN if code == 0 or 0xD800 <= code < 0xE000 else chr(code) for code in codes)


def _words(
    page: pypdfium2.PdfPage, drawn: pypdfium2.PdfTextPage, text: str, start: int = 0, *, by_letter: bool = True
) -> Iterator[PlacedWord]:
    """Yield the words of the text, whose first character is the page's character number `start`.

    A word lies around its letters, or in half the time from its first to its last, and then no gap is seen.
    """
    to_paper = _to_paper(page)
    for word in _WORD.finditer(text):
        first, last = start + word.start(), start + word.end() - 1
        boxes = list(_letters(drawn, range(first, last + 1) if by_letter else (first, last)))
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        box = _around(to_paper(min(x0), min(y0)), to_paper(max(x1), max(y1)))
        gap = _widest_gap(boxes) if by_letter else 0.0
        yield PlacedWord(word.group().replace(_LINE_END_HYPHEN, "-"), box, first, gap)


def _widest_gap(letters: list[Box]) -> float:
    """Return the widest gap between two letters as a share of their height."""
    height = max(letter[3] for letter in letters) - min(letter[1] for letter in letters)
    return max((after[0] - before[2] for before, after in pairwise(letters)), default=0.0) / (height or 1.0)


def _rows(words: Iterable[PlacedWord], text: str) -> list[Row]:
    """Return the words line by line of the text they were found in."""
    ends = list(accumulate(map(len, text.splitlines(keepends=True))))
    rows: list[Row] = [[] for _ in ends]
    for word in words:
        rows[bisect_right(ends, word.drawn)].append(word)
    return rows


def _letters(drawn: pypdfium2.PdfTextPage, characters: Iterable[int]) -> Iterator[Box]:
    """Yield what the font gives each of the characters for room, in the page's own space: x0, y0, x1, y1."""
    room = pdfium.FS_RECTF()
    at, handle, measure = byref(room), drawn.raw, pdfium.FPDFText_GetLooseCharBox  # looked up once a word
    for i in characters:
        measure(handle, i, at)
        yield room.left, room.bottom, room.right, room.top


def _to_paper(page: pypdfium2.PdfPage) -> Callable[[float, float], _Point]:
    """Return what takes a point of the page's own space (not cropped, not turned) to the page as shown."""
    x, y = c_int(), c_int()
    size = [round(side * _FINE) for side in page.get_size()]

    def shown(*point: float) -> _Point:
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, *point, byref(x), byref(y))
        return x.value / _FINE, y.value / _FINE

    (x0, y0), (xx, yx), (xy, yy) = shown(0, 0), shown(1000, 0), shown(0, 1000)
    a, b, c, d = ((edge - origin) / 1000 for edge, origin in ((xx, x0), (xy, x0), (yx, y0), (yy, y0)))
    return lambda across, up: (x0 + a * across + b * up, y0 + c * across + d * up)


def _around(one: _Point, other: _Point) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _is_image(page: pypdfium2.PdfPage, characters: int) -> bool:
    if characters >= _TEXT_LEAST:
        return False
    wanted = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH]
    things = list(page.get_objects(filter=wanted, max_depth=3))
    images = [thing.get_bounds() for thing in things if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    if not characters:
        return bool(images) or len(things) > _OUTLINES_LEAST
    width, height = page.get_size()
    return any((x1 - x0) * (y1 - y0) > width * height * _SCANNED_SHARE for x0, y0, x1, y1 in images)


def _is_laid_over(page: pypdfium2.PdfPage) -> bool:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _LAID_OVER:
            return True
    return False


def _overlay(document: pypdfium2.PdfDocument, number: int, length: int) -> Iterator[Row]:
    """Yield the lines that flattening has put behind the first `length` characters of the page."""
    with closing(document[number - 1]) as page, closing(page.get_textpage()) as drawn:
        text = _text(drawn)[length:]
        start = length
        for line in text.splitlines(keepends=True):
            row: Row = []
            for word in _words(page, drawn, line, start):
                if row and word.box[0] - row[-1].box[2] > _APART:
                    yield row
                    row = []
                row.append(word)
            if row:
                yield row
            start += len(line)
