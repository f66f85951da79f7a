"""The signer's name under a seal: found where a position stands without one, as both readers see it."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.readers import tesseract
from ingest.readers.signed_name import with_signed_name
from ingest.readers.tesseract import SeenLine, SeenWord
from tests.ingest import papers

needs_tesseract = pytest.mark.skipif(
    not tesseract.is_installed(), reason="Tesseract with its Vietnamese model is not here (apt: tesseract-ocr-vie)"
)
WIDTH, DPI = 2480, 300
FOOT = [("Nơi nhận:", 300, 200), ("GIÁM ĐỐC", 1500, 200)]


def sheet(*texts: tuple[str, int, int], sealed: bool = False) -> Image.Image:
    page = Image.new("L", (WIDTH, 1000), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(papers.FONT, 52)
    for text, x, y in texts:
        draw.text((x, y), text, 0, font)
    if sealed:
        draw.ellipse((1200, 270, 1590, 650), outline=60, width=9)
        draw.line([(1500, 420), (1700, 330), (1660, 520), (2000, 380), (2200, 560)], 60, 5, "curve")
    return page


def lines(*texts: tuple[str, int, int]) -> list[SeenLine]:
    font = ImageFont.truetype(papers.FONT, 52)
    read = []
    for text, left, y in texts:
        x, line = float(left), []
        for word in text.split():
            line.append(SeenWord(word, (x, y + 8, x + font.getlength(word), y + 58), 95))
            x += font.getlength(word + " ")
        read.append(line)
    return read


def shown(read: list[SeenLine]) -> list[str]:
    return [" ".join(word.text for word in line) for line in read]


@needs_tesseract
@pytest.mark.parametrize("name", ["Trần Hoàng Anh", "Nguyễn Văn Minh"])
def test_a_name_that_a_seal_lies_over_is_read(name: str) -> None:
    """Tesseract has read a scrap of the name; looked for below the position, all of it is found, where it stands."""
    page = sheet(*FOOT, (name, 1420, 590), sealed=True)
    scrap = [SeenWord("»Anh", (1700, 600, 1800, 650), 30)]
    read = with_signed_name([*lines(*FOOT), scrap], WIDTH, lambda: page, DPI)
    assert shown(read) == ["Nơi nhận:", "GIÁM ĐỐC", name]
    assert read[-1][0].box[0] == pytest.approx(1420, abs=30)


def test_without_a_name_nothing_is_made_up() -> None:
    """A seal and a signature alone are no name."""
    page = sheet(*FOOT, sealed=True)
    assert with_signed_name(lines(*FOOT), WIDTH, lambda: page, DPI) == lines(*FOOT)


@pytest.mark.parametrize(
    "texts", [[*FOOT, ("Trần Văn An", 1450, 590)], FOOT[1:], [("Nơi nhận:", 300, 200), ("Giám đốc sở", 1500, 200)]]
)
def test_other_pages_are_not_looked_through(texts: list[tuple[str, int, int]]) -> None:
    """A page whose signer is named, and one without recipients or a position, stays as it was read."""

    def inked() -> Image.Image:
        raise AssertionError

    assert with_signed_name(lines(*texts), WIDTH, inked, DPI) == lines(*texts)
