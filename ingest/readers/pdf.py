"""PDF: pages of text in reading order.

The words are PDFium's. On the first page, which decides number, date and issuer, they are pdfplumber's where PDFium may
have joined what stands apart: it parts words more finely, at twenty times the time (`bench/reading.py` measures both).
"""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from ingest import legacy_fonts
from ingest.errors import DamagedFile, EncryptedFile, ReadingError
from ingest.legibility import is_rubbish
from ingest.readers.layout import PlacedWord, reading_order
from ingest.readers.lines import Line, laid, line
from ingest.readers.ocr import recognise
from ingest.readers.pdf_blanks import digits_in_blanks
from ingest.readers.pdf_image import page_image
from ingest.readers.pdf_page import DrawnPage, drawn_page
from ingest.readers.pdf_words import first_page_words
from ingest.readers.reading import Progress, Reading
from ingest.record import Page, Problem, TextSource

PLACED_MOST = 200_000  # words of one file that keep their boxes, at about 600 bytes each: over 300 pages of text

_TAIL = 2048
_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_RUNNING_HEADER = re.compile(r"(?:\d+ )?C?ÔNG BÁO/Số .{5,60}")
_GLUED = 0.1  # of a word's height: a gap that wide may be a space; kerning leaves 0.07 at most
_BROKEN_PAGE = "broken_page"
_BROKEN = DrawnPage("", [], False, [], 0.0, 0.0, is_image=False)


class _Read(NamedTuple):
    page: Page
    source: TextSource | None
    problem: Problem | None


def read(path: Path, progress: Progress | None = None) -> Reading:
    """Return the PDF's pages, those that are images recognised; a page without text is empty, and a problem says why.

    What signatures and stamps show over a page (a number, a day, "Ký bởi …") ends its text, after an empty line.
    """
    done: list[_Read] = []
    placed = 0
    with path.open("rb") as file:
        _require_end(file)
        with closing(opened(file)) as document:
            total = len(document)
            for number in range(1, total + 1):
                tell = partial(progress, number - 1, total, recognising=True) if progress else _untold
                done.append(_read(file, document, number, tell, keeps_words=placed < PLACED_MOST))
                placed += len(done[-1].page.words)
                if progress:
                    progress(number, total)
    problems = tuple(dict.fromkeys(read.problem for read in done if read.problem))  # a legacy font is told once
    if all(problem.code == _BROKEN_PAGE for problem in problems) and len(problems) == total:
        raise DamagedFile("Tệp PDF bị hỏng, không mở được trang nào; hãy xuất lại tệp từ bản gốc.")
    return Reading("pdf", tuple(read.page for read in done), _source(done), problems)


def _source(done: list[_Read]) -> TextSource | None:
    sources = {read.source for read in done if read.source}
    return "mixed" if len(sources) > 1 else next(iter(sources), None)


def _require_end(file: BinaryIO) -> None:
    # A PDF ends with %%EOF; PDFium would mend a file cut off in the middle and show what is left of it as the whole.
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    if b"%%EOF" not in file.read():
        raise DamagedFile("Tệp PDF bị cắt mất phần cuối; hãy tải lại hoặc xuất lại tệp từ bản gốc.")


def opened(file: BinaryIO) -> pypdfium2.PdfDocument:
    """Return the PDF, to be closed before its file. Raises EncryptedFile or DamagedFile."""
    file.seek(0)
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise _refusal(file) from error


def _refusal(file: BinaryIO) -> ReadingError:
    # pypdfium2 reports a document without pages as a failure too, with whatever code the failure before it had left.
    file.seek(0)
    data = file.read()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if document:
        pdfium.FPDF_CloseDocument(document)
        return DamagedFile("Tệp PDF không có trang nào; hãy xuất lại tệp từ bản gốc.")
    if pdfium.FPDF_GetLastError() in _LOCKED:
        return EncryptedFile("Tệp PDF có mật khẩu; hãy gỡ mật khẩu rồi gửi lại.")
    return DamagedFile("Tệp PDF bị hỏng, không mở được; hãy tải lại hoặc xuất lại tệp từ bản gốc.")


def _drawn_or_broken(document: pypdfium2.PdfDocument, number: int, *, places_words: bool) -> DrawnPage:
    try:
        return drawn_page(document, number, places_words=places_words)
    except pypdfium2.PdfiumError:
        return _BROKEN


def _with_header(file: BufferedReader, drawn: DrawnPage) -> DrawnPage:
    """Return the first page with its words as pdfplumber parts them, where it has read every letter PDFium has."""
    words = first_page_words(file) if any(word.gap > _GLUED for word in drawn.words) else []
    return replace(drawn, rows=[words]) if _letters(words) == _letters(drawn.words) else drawn


def _letters(words: list[PlacedWord]) -> Counter[str]:
    return Counter(chain.from_iterable(word.text for word in words))


def _untold() -> None:
    """Nobody asks how far the reading is."""


def _read(
    file: BufferedReader,
    document: pypdfium2.PdfDocument,
    number: int,
    recognising: Callable[[], None],
    *,
    keeps_words: bool,
) -> _Read:
    drawn = _drawn_or_broken(document, number, places_words=keeps_words)
    if drawn is _BROKEN:
        reason = f"Trang {number} bị hỏng, không mở được; hãy đối chiếu với bản gốc"
        return _Read(Page(number, "", (), 0.0, 0.0), None, Problem(_BROKEN_PAGE, reason, number))
    drawn, problem = _in_unicode(_with_header(file, drawn) if number == 1 else drawn)
    laid_over = [line(row) for row in drawn.overlay]
    if drawn.is_image or is_rubbish(drawn.text):
        recognising()
        rows, problem = recognise(number, drawn.width, lambda: page_image(file, number, with_text=not drawn.is_image))
        lines = [line(row) for row in rows]
        if drawn.is_image:
            laid_over = [*_plain_lines(drawn), *laid_over]
        source: TextSource | None = "ocr" if lines else "embedded" if laid_over else None
    else:
        lines = _lines(drawn)
        if number == 1:
            rows = digits_in_blanks(document, number, [one.row for one in lines], drawn.overlay)
            laid_over += [line(row) for row in rows]
        source = "embedded" if lines or laid_over else None
    if number > 1:
        lines = _without_furniture(lines, number)
    if laid_over:
        lines = [*lines, Line("", []), *laid_over]
    size, recognised = (drawn.width, drawn.height), source == "ocr"
    return _Read(laid(number, lines, size, keeps_words=keeps_words, recognised=recognised), source, problem)


def _in_unicode(drawn: DrawnPage) -> tuple[DrawnPage, Problem | None]:
    """Return the page with what was typed in a legacy font turned into Unicode, and the problem that says so."""
    font = legacy_fonts.recognised(drawn.text)
    if font is None:
        return drawn, None

    def shown(text: str) -> str:
        codes = legacy_fonts.with_soft_hyphens(text) if font is legacy_fonts.TCVN3 else text
        return font.decoded(codes) if legacy_fonts.is_typed_in(font, codes) else text

    text = "\n".join(map(shown, drawn.text.split("\n")))
    rows = [[replace(word, text=shown(word.text)) for word in row] for row in drawn.rows]
    return replace(drawn, text=text, rows=rows), legacy_fonts.problem(font)


def _lines(drawn: DrawnPage) -> list[Line]:
    if drawn.in_columns and drawn.words:
        return [line(row) for row in reading_order(drawn.words, drawn.width)]
    return _plain_lines(drawn)


def _plain_lines(drawn: DrawnPage) -> list[Line]:
    """Return the lines in the order drawn."""
    lines = [line.strip() for line in drawn.text.splitlines()]
    rows = drawn.rows if len(drawn.rows) == len(lines) else [[]] * len(lines)
    return [Line(text, row) for text, row in zip(lines, rows, strict=True)]


def _without_furniture(lines: list[Line], number: int) -> list[Line]:
    """Return the lines without what the page prints around them: its number, the gazette's running header."""
    kept = [line for line in lines if line.text]
    if kept and _is_furniture(kept[0].text, number):
        kept = kept[1:]
    if kept and _is_furniture(kept[-1].text, number):
        kept = kept[:-1]
    return kept


def _is_furniture(line: str, number: int) -> bool:
    # A cover without a number, or one more, shifts the printed numbers by one.
    printed = line.strip("-– .")
    is_number = printed.isdecimal() and len(printed) < 5 and abs(int(printed) - number) <= 1
    return is_number or _RUNNING_HEADER.fullmatch(line) is not None
