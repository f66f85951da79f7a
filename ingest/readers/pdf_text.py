"""A PDF page as PDFium reads it: fast, in the order in which the file draws it.

PDFium is not thread-safe: one thread of a process at a time may be in here.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from ctypes import byref, c_int
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.layout import PlacedWord, Row
from ingest.record import Box

_LAID_OVER = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_LINE_END_HYPHEN = "\ufffe"  # PDFium's mark for a hyphen at the end of a line, on which it joins the next line
_SCANNED_SHARE = 0.6  # of the page's area under one image
_TEXT_LEAST = 150  # characters; fewer over a scan are a stamp's or a watermark's
_OUTLINES_LEAST = 20  # paths on a page without text; fewer are borders and rules
_APART = 20.0  # points between two texts laid over one line
_FINE = 100  # PDFium answers in whole units of what it is asked for: hundredths of a point


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text, what signatures and stamps lay over it line by line, and its size in points.

    `is_image` says that what there is to read stands in an image or a drawing, not in the text.
    """

    text: str
    overlay: list[Row]
    width: float
    height: float
    is_image: bool


def page_text(document: pypdfium2.PdfDocument, number: int) -> PageText:
    """Return what PDFium reads on page `number`, counted from 1. Raises PdfiumError when the page is broken."""
    with closing(document[number - 1]) as page:
        with closing(page.get_textpage()) as drawn:
            length = drawn.count_chars()
            text = drawn.get_text_range() if length else ""
        is_image = _is_image(page, len(text.strip()))
        is_laid_over = _is_laid_over(page)
        if is_laid_over:
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        width, height = page.get_size()
    overlay = list(_overlay(document, number, length)) if is_laid_over else []
    return PageText(text.replace("\r\n", "\n").replace(_LINE_END_HYPHEN, "-"), overlay, width, height, is_image)


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
        text = drawn.get_text_range(length) if drawn.count_chars() > length else ""
        for line in re.finditer(r"[^\r\n]+", text):
            row: Row = []
            for word in re.finditer(r"\S+", line.group()):
                start = length + line.start() + word.start()
                boxes = [drawn.get_charbox(start + i) for i in range(len(word.group()))]
                placed = PlacedWord(word.group(), _on_paper(page, boxes), start)
                if row and placed.box[0] - row[-1].box[2] > _APART:
                    yield row
                    row = []
                row.append(placed)
            if row:
                yield row


def _on_paper(page: pypdfium2.PdfPage, boxes: list[tuple[float, float, float, float]]) -> Box:
    """Return the box around all the boxes, from the page's own space (not cropped, not turned) to paper."""
    width, height = (round(side * _FINE) for side in page.get_size())
    x, y = c_int(), c_int()
    corners: list[tuple[float, float]] = []
    for x0, y0, x1, y1 in boxes:
        for corner in ((x0, y0), (x1, y1)):
            pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, *corner, byref(x), byref(y))
            corners.append((x.value / _FINE, y.value / _FINE))
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)
