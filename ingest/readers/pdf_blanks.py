"""Digits that a page with text shows as a picture in the blanks of its number line and its dateline.

Some offices leave `Số:     /UBND-KT` and `ngày     tháng 01` in the text, and put the digits in as they sign, as a
picture or as strokes of a pen. They are read as the handwriting of a scan is.

PDFium is not thread-safe: one thread of a process at a time may be in here.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from ingest.readers.handwriting import with_handwriting
from ingest.readers.layout import PlacedWord, Row
from ingest.readers.ocr import DPI, PIXELS_MOST
from ingest.readers.tesseract import SeenWord
from ingest.record import Box

_BLANK = re.compile(r"(?<!\S)(?P<before>S[ốỐ]\s?:?|ngày|tháng)[\s.…_]+(?=[/-]|tháng|năm)")
_HEAD = 0.4  # of the page's height, in which its header stands
_WIDTH_LEAST = 5.0  # points that a digit takes
_DARK = 128  # of 255
_POINT = DPI / 72  # pixels


@dataclass(frozen=True, slots=True)
class _Blank:
    """The word before a blank, and the blank's box on the page."""

    before: str
    box: Box


def digits_in_blanks(
    document: pypdfium2.PdfDocument, number: int, rows: Iterable[Row], shown: Iterable[Row]
) -> list[Row]:
    """Return the digits in the blanks of page `number`, whose lines are `rows`, where no text is `shown` over them."""
    taken = [word.box for row in shown for word in row]
    blanks = [(row, [blank for blank in _blanks(row) if not _is_taken(blank.box, taken)]) for row in rows]
    if not any(of_row for _, of_row in blanks):
        return []
    with closing(document[number - 1]) as page:
        width, height = page.get_size()
        if width * height * _POINT**2 > PIXELS_MOST:
            return []
        with closing(page.render(scale=_POINT, grayscale=True)) as bitmap:
            picture: Image.Image = bitmap.to_pil().copy()  # of its own, for the bitmap's memory goes with it
    return [
        [word]
        for row, of_row in blanks
        if any(blank.box[3] < _HEAD * height and _has_ink(picture, blank.box) for blank in of_row)
        for word in _digits(row, of_row, picture)
    ]


def _blanks(row: Row) -> Iterator[_Blank]:
    text = " ".join(word.text for word in row)
    for found in _BLANK.finditer(text):
        left, right = _across(row, found.end("before")), _across(row, found.end())
        _, top, _, bottom = row[text.count(" ", 0, found.end())].box
        if right - left >= _WIDTH_LEAST:
            yield _Blank(found["before"].strip(" :"), (left, top, right, bottom))


def _across(row: Row, offset: int) -> float:
    """Return where a character of the row's text begins, in points from the left of the page."""
    for word in row:
        if offset <= len(word.text):
            x0, _, x1, _ = word.box
            return x0 + (x1 - x0) * offset / len(word.text)
        offset -= len(word.text) + 1
    return row[-1].box[2]


def _is_taken(blank: Box, boxes: Iterable[Box]) -> bool:
    x0, top, x1, bottom = blank
    middles = (((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in boxes)
    return any(x0 < across < x1 and top < down < bottom for across, down in middles)


def _has_ink(picture: Image.Image, blank: Box) -> bool:
    return min(picture.crop(_in_pixels(blank)).tobytes(), default=_DARK) < _DARK


def _in_pixels(box: Box) -> Box:
    x0, top, x1, bottom = box
    return x0 * _POINT, top * _POINT, x1 * _POINT, bottom * _POINT


def _digits(row: Row, blanks: Iterable[_Blank], picture: Image.Image) -> Iterator[PlacedWord]:
    line = [SeenWord(word.text, _in_pixels(word.box), 0.0) for word in row]
    text = " ".join(word.text for word in with_handwriting([line], picture)[0])
    for blank in blanks:
        if found := re.search(rf"{blank.before}\W*(\d{{1,6}})(?=\s?[/-]|\s(?:tháng|năm))", text):
            yield PlacedWord(found[1], blank.box, row[-1].drawn)
