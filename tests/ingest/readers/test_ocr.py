"""Recognition: pages that are images become text and places, whichever way they lie."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from ingest.readers import read_pages, tesseract
from tests.ingest import papers

needs_tesseract = pytest.mark.skipif(
    not tesseract.is_installed(), reason="Tesseract with its Vietnamese model is not here (apt: tesseract-ocr-vie)"
)
NUMBER = "12/KH-UBND"


def shown(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@needs_tesseract
@pytest.mark.parametrize("turn", [2.5, 90])
def test_a_scan_is_read(tmp_path: Path, turn: float) -> None:
    """A page scanned aslant or on its side reads in order, header by halves; its words lead to the paper as it lies."""
    upright = papers.images(papers.pdf(tmp_path / "a.pdf", papers.first_page))[0]
    page = upright.rotate(turn, expand=turn == 90, fillcolor=255)
    reading = read_pages(papers.scanned(tmp_path / "scan.pdf", page))
    assert (reading.text_source, reading.problems) == ("ocr", ())
    assert shown(reading.pages[0].text)[:7] == [*papers.LEFT, *papers.RIGHT, papers.BODY[0]]
    text, words = reading.pages[0].text, reading.pages[0].words
    x0, top, x1, bottom = next(word.box for word in words if text[word.start : word.end] == NUMBER)
    across, down = (195, 92) if turn != 90 else (92, papers.WIDTH - 195)
    assert x0 - 25 < across < x1 + 25
    assert top - 12 < down < bottom + 12


@needs_tesseract
def test_what_lies_over_a_scan_stays(tmp_path: Path) -> None:
    """A page with text and one that is an image with a stamp over it make a mixed reading; the stamp ends its page."""
    source = papers.pdf(tmp_path / "a.pdf", papers.lines(*papers.BODY))
    scan = papers.images(source)[0]
    stamped = papers.scanned(
        tmp_path / "b.pdf", scan, lay_over=lambda canvas: canvas.drawString(400, 30, "www.example.vn")
    )
    with pypdfium2.PdfDocument(source) as document, pypdfium2.PdfDocument(stamped) as second:
        document.import_pages(second)
        document.save(tmp_path / "c.pdf")
    reading = read_pages(tmp_path / "c.pdf")
    assert reading.text_source == "mixed"
    assert [page.recognised for page in reading.pages] == [False, True]
    assert shown(reading.pages[1].text) == [*papers.BODY, "www.example.vn"]


def test_a_blank_sheet_is_no_problem(tmp_path: Path) -> None:
    """The empty back of a sheet, gray and specked as scanners see it, is an empty page."""
    sheet = Image.new("L", (1240, 1754), 235)
    ImageDraw.Draw(sheet).point([(300, 400), (800, 90)], 0)
    reading = read_pages(papers.scanned(tmp_path / "a.pdf", sheet))
    assert (reading.pages[0].text, reading.problems, reading.text_source) == ("", (), None)


def test_recognition_that_does_not_end_costs_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page on which Tesseract finds no end is left empty with a problem; the file is read."""
    monkeypatch.setattr(tesseract, "is_installed", lambda: True)
    monkeypatch.setattr(tesseract, "SECONDS_MOST", 0.001)
    scan = papers.images(papers.pdf(tmp_path / "a.pdf", papers.first_page))[0]
    reading = read_pages(papers.scanned(tmp_path / "b.pdf", scan))
    assert [(problem.code, problem.page) for problem in reading.problems] == [("ocr_failed", 1)]
