"""PDF: pages of text in reading order.

The first page, which decides number, date and issuer, is laid out by pdfplumber and its header cut into its halves. The
others are PDFium's, which gives the same words and boxes at a twentieth of the time (`bench/reading.py` measures both).
"""

import re
from collections import Counter
from contextlib import closing
from dataclasses import replace
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import DamagedFile, EncryptedFile, ReadingError
from ingest.normalise import repair
from ingest.readers.layout import PlacedWord, Row, reading_order
from ingest.readers.pdf_page import DrawnPage, drawn_page
from ingest.readers.pdf_words import first_page_words
from ingest.readers.reading import Progress, Reading
from ingest.record import Page, Problem, Word

PLACED_MOST = 500  # pages of one file whose words keep their boxes, at about 100 kB a page

_TAIL = 2048
_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_RUNNING_HEADER = re.compile(r"(?:\d+ )?C?ÔNG BÁO/Số .{5,60}")
_BROKEN_PAGE = "broken_page"
_BROKEN = DrawnPage("", [], [], 0.0, 0.0, is_image=False)


class _Line(NamedTuple):
    text: str
    row: Row


def read(path: Path, progress: Progress | None = None) -> Reading:
    """Return the PDF's pages; a page without text is empty, and a problem says why.

    What signatures and stamps show over a page (a number, a day, "Ký bởi …") ends its text, after an empty line.
    """
    pages: list[Page] = []
    problems: list[Problem] = []
    placed = 0
    with path.open("rb") as file:
        _require_end(file)
        with closing(opened(file)) as document:
            total = len(document)
            for number in range(1, total + 1):
                drawn = _drawn_or_broken(document, number)
                if number == 1:
                    drawn = _with_header(file, drawn)
                pages.append(_page(number, drawn, keeps_words=placed < PLACED_MOST))
                placed += bool(pages[-1].words)
                problems += _problems(number, drawn)
                if progress:
                    progress(number, total)
    if all(problem.code == _BROKEN_PAGE for problem in problems) and len(problems) == total:
        raise DamagedFile("Tệp PDF bị hỏng, không mở được trang nào; hãy xuất lại tệp từ bản gốc.")
    return Reading("pdf", tuple(pages), "embedded" if any(page.text for page in pages) else None, tuple(problems))


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


def _drawn_or_broken(document: pypdfium2.PdfDocument, number: int) -> DrawnPage:
    try:
        return drawn_page(document, number)
    except pypdfium2.PdfiumError:
        return _BROKEN


def _with_header(file: BufferedReader, drawn: DrawnPage) -> DrawnPage:
    """Return the first page with its words as pdfplumber places them, where it has read every letter PDFium has."""
    words = first_page_words(file) if drawn.words else []
    return replace(drawn, words=words) if _letters(words) == _letters(drawn.words) else drawn


def _letters(words: list[PlacedWord]) -> Counter[str]:
    return Counter(chain.from_iterable(word.text for word in words))


def _problems(number: int, page: DrawnPage) -> list[Problem]:
    if page is _BROKEN:
        return [Problem(_BROKEN_PAGE, f"Trang {number} bị hỏng, không mở được; hãy đối chiếu với bản gốc", number)]
    # Recognition (OCR) of the pages that are images belongs here: it will turn this problem into text.
    if page.is_image:
        return [Problem("needs_ocr", f"Trang {number} chỉ có ảnh, chưa đọc được, cần nhận dạng", number)]
    return []


def _page(number: int, drawn: DrawnPage, *, keeps_words: bool) -> Page:
    lines = _lines(drawn)
    if number > 1:
        lines = _without_furniture(lines, number)
    if drawn.overlay:
        lines = [*lines, _Line("", []), *map(_line, drawn.overlay)]
    text = repair("\n".join(line.text for line in lines))
    return Page(number, text, _words(lines, text) if keeps_words else (), drawn.width, drawn.height)


def _lines(drawn: DrawnPage) -> list[_Line]:
    if drawn.words:
        return [_line(row) for row in reading_order(drawn.words, drawn.width)]
    return [_Line(line.strip(), []) for line in drawn.text.splitlines()]


def _line(row: Row) -> _Line:
    return _Line(" ".join(word.text for word in row), row)


def _without_furniture(lines: list[_Line], number: int) -> list[_Line]:
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


def _words(lines: list[_Line], text: str) -> tuple[Word, ...]:
    """Return the placed words with their offsets in the repaired text, which has the same lines."""
    words: list[Word] = []
    start = 0
    for line, repaired in zip(lines, text.split("\n") if lines else [], strict=True):
        tokens = [(start + found.start(), start + found.end()) for found in re.finditer(r"\S+", repaired)]
        if len(tokens) == len(line.row):
            words += (Word(*token, word.box) for token, word in zip(tokens, line.row, strict=True))
        elif line.row:  # repair joined what was apart (`vi ̣ trí`): the line's box for each of its words
            x0, top, x1, bottom = zip(*(word.box for word in line.row), strict=True)
            words += (Word(*token, (min(x0), min(top), max(x1), max(bottom))) for token in tokens)
        start += len(repaired) + 1
    return tuple(words)
