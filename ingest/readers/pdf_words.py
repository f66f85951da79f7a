"""The words of a PDF page with their boxes, through pdfplumber."""

import logging
import struct
import zlib
from collections.abc import Iterable
from contextlib import closing
from io import BufferedReader

from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.readers.layout import PlacedWord

log = logging.getLogger(__name__)

# pdfminer meets a broken object with whatever Python raises at that spot.
_STUMBLES = (
    *(PdfminerException, MalformedPDFException, PSException, struct.error, zlib.error, NotImplementedError),
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
)
_SPACE_LEAST = 0.15  # of the font size: a narrower gap is inside a word
_TAB = "(cid:9)"


def placed_words(file: BufferedReader, numbers: Iterable[int]) -> dict[int, list[PlacedWord]]:
    """Return page number → the page's words in the order drawn, boxes from the top left of the page as shown.

    A page that pdfplumber cannot take apart is left out: its text is read all the same, without boxes.
    """
    found: dict[int, list[PlacedWord]] = {}
    try:
        with closing(PDF(file, stream_is_external=True, pages=list(numbers))) as document:
            for page in document.pages:
                found[page.page_number] = _words(page)
                page.close()
    except _STUMBLES:
        log.info("a page could not be laid out", exc_info=True)
    return found


def _words(page: Page) -> list[PlacedWord]:
    left, top = page.cropbox[:2]
    words = page.extract_words(use_text_flow=True, x_tolerance_ratio=_SPACE_LEAST)
    return [
        PlacedWord(word["text"], (word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top), turn)
        for turn, word in enumerate(words)
        if word["text"] != _TAB
    ]
