"""The words of a PDF's first page with their boxes, through pdfplumber."""

import logging
import struct
import zlib
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


def first_page_words(file: BufferedReader) -> list[PlacedWord]:
    """Return the first page's words in the order drawn, boxes in points from the top left of the page as shown.

    Empty when pdfplumber cannot take the page apart, or the page is turned, for then it reads along the paper's edge.
    """
    file.seek(0)
    try:
        with closing(PDF(file, stream_is_external=True, pages=[1])) as document:
            return [word for page in document.pages if not page.rotation for word in _words(page)]
    except _STUMBLES:
        log.info("the first page could not be laid out", exc_info=True)
        return []


def _words(page: Page) -> list[PlacedWord]:
    left, top = page.cropbox[:2]
    words = page.extract_words(use_text_flow=True, x_tolerance_ratio=_SPACE_LEAST)
    return [
        PlacedWord(word["text"], (word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top), turn)
        for turn, word in enumerate(words)
        if word["text"] != _TAB
    ]
