"""Digits that stand as a picture in the blanks of a page with text."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import ingest
from tests.ingest import papers

NUMBER, DAY = 118, 378  # points from the left, where the blanks begin
DOWN = 96  # points from the top, where both stand


def form(canvas: Canvas, dots: str = "", symbol: str = "/KH-UBND") -> None:
    """Draw a plan's first page without its number and its day."""
    for number, (left, right) in enumerate(zip(papers.LEFT[:2], papers.RIGHT[:2], strict=True)):
        canvas.drawCentredString(160, papers.HEIGHT - 60 - 18 * number, left)
        canvas.drawCentredString(410, papers.HEIGHT - 60 - 18 * number, right)
    for x, text in ((95, "Số:"), (NUMBER, dots), (165, symbol), (295, "An Bình, ngày"), (405, "tháng 3 năm 2024")):
        canvas.drawString(x, papers.HEIGHT - DOWN, text)
    for number, text in enumerate(papers.BODY):
        canvas.drawCentredString(310, papers.HEIGHT - 150 - 20 * number, text)


def lay(canvas: Canvas, x: float, digits: str, colour: str) -> None:
    """Lay a picture of the digits over the page."""
    font = ImageFont.truetype(papers.FONT, 60)
    picture = Image.new("RGBA", (round(font.getlength(digits)), 64), (255, 255, 255, 0))
    ImageDraw.Draw(picture).text((0, -4), digits, colour, font)
    width = 12 * picture.width / picture.height
    canvas.drawImage(ImageReader(picture), x, papers.HEIGHT - DOWN - 2, width, 12, mask="auto")


def read(
    tmp_path: Path, number: str, day: str, *, colour: str = "black", dots: str = "", symbol: str = "/KH-UBND"
) -> ingest.Record:
    def draw(canvas: Canvas) -> None:
        form(canvas, dots, symbol)
        if number:
            lay(canvas, NUMBER + 4, number, colour)
        if day:
            lay(canvas, DAY + 2, day, colour)

    return ingest.read(papers.pdf(tmp_path / "a.pdf", draw))


@pytest.mark.parametrize(
    ("number", "day", "colour", "dots"),
    [
        ("542", "06", "black", ""),
        ("1178", "17", "navy", ""),
        ("90", "31", "crimson", ""),
        ("7", "05", "black", "........"),
    ],
)
def test_a_picture_of_digits_is_read(tmp_path: Path, number: str, day: str, colour: str, dots: str) -> None:
    """Number and day come from the picture, with the place where it lies; the page's own text stays as it is."""
    record = read(tmp_path, number, day, colour=colour, dots=dots)
    assert (record.number, record.issued_on) == (f"{number}/KH-UBND", date(2024, 3, int(day)))
    assert record.text_source == "embedded"
    assert record.pages[0].text.endswith(f"\n\n{number}\n{day}")
    box = record.evidence["number"].box
    assert box
    assert NUMBER - 10 < box[0] < box[2] < 170


def test_the_partys_hyphen_stays(tmp_path: Path) -> None:
    """Digits before `-KH/TU` make a number of the Party."""
    assert read(tmp_path, "64", "", symbol="-KH/TU").number == "64-KH/TU"


@pytest.mark.parametrize("dots", ["", "........"])
def test_a_draft_stays_blank(tmp_path: Path, dots: str) -> None:
    """Where nothing, or only dots, stands in the blanks, there is no number and no day."""
    record = read(tmp_path, "", "", dots=dots)
    assert (record.number, record.issued_on) == (None, None)
    assert record.pages[0].text.endswith(papers.BODY[-1])


def test_a_sheet_beyond_measure_is_not_drawn(tmp_path: Path) -> None:
    """A plan's first page as wide as a wall is read without looking into its blanks."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((14_000, papers.HEIGHT))
        form(canvas)
        lay(canvas, NUMBER + 4, "12", "black")

    assert ingest.read(papers.pdf(tmp_path / "a.pdf", draw)).number is None


def test_a_picture_that_is_no_number_is_left_out(tmp_path: Path) -> None:
    """A scrawl or letters in a blank are no digits."""
    assert read(tmp_path, "SAO", "").number is None
