"""The searchable rendition: the same pages to the eye, and their words where they are seen."""

import io
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw
from reportlab.lib.utils import ImageReader

from ingest.bounded import BoundedReader
from ingest.record import Page, Record, Word
from ingest.searchable import is_wanted, searchable
from tests.ingest import papers

TEXT = "Ủy ban nhân dân\ntỉnh An Bình"
BOXES = [(80, 60, 110, 75), (120, 60, 160, 75), (170, 60, 210, 75), (220, 60, 250, 75)]
BOXES += [(80, 90, 115, 105), (125, 90, 150, 105), (160, 90, 200, 105)]


def page(number: int, width: float = papers.WIDTH, height: float = papers.HEIGHT, boxes=BOXES) -> Page:
    """A page of TEXT, its words in the boxes."""
    words, start = [], 0
    for text, box in zip(TEXT.split(), boxes, strict=True):
        start = TEXT.index(text, start)
        words.append(Word(start, start + len(text), box))
        start += len(text)
    return Page(number, TEXT, tuple(words), width, height, recognised=True)


def record(path: Path, *pages: Page, format_: str = "pdf") -> Record:
    return Record(str(path), "0" * 64, format_, pages, "ocr")


def picture(width: int = 600, height: int = 850) -> Image.Image:
    """A picture that is another whichever way it is turned."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((100, 80, 300, 120), "navy")
    return image


def scanned(path: Path, pages: int = 1) -> Path:
    draw = ImageReader(picture())
    return papers.pdf(path, *[lambda canvas: canvas.drawImage(draw, 0, 0, papers.WIDTH, papers.HEIGHT)] * pages)


def drawn(pdf: bytes | Path, number: int = 0) -> Image.Image:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return document[number].render().to_pil().convert("RGB").copy()


def words(pdf: bytes, number: int = 0) -> list[str]:
    with closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[number]) as sheet:
        return sheet.get_textpage().get_text_range().split()


def in_box(pdf: bytes, left: float, bottom: float, right: float, top: float) -> str:
    """The text within a box of the page's own coordinates, from the bottom left."""
    with closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[0]) as sheet:
        return sheet.get_textpage().get_text_bounded(left - 1, bottom - 1, right + 1, top + 1).strip()


def test_each_word_is_where_it_is_seen(tmp_path: Path) -> None:
    """A scan's words are found in their boxes and in order, and its page is drawn as before."""
    path = scanned(tmp_path / "a.pdf")
    made = searchable(path, record(path, page(1)))
    assert words(made) == TEXT.split()
    for text, (left, top, right, bottom) in zip(TEXT.split(), BOXES, strict=True):
        assert in_box(made, left, papers.HEIGHT - bottom, right, papers.HEIGHT - top) == text
    assert drawn(made) == drawn(path)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned(tmp_path: Path, turn: int) -> None:
    """Boxes count on the page as shown, however it is stored."""
    with closing(pypdfium2.PdfDocument(scanned(tmp_path / "a.pdf"))) as document:
        document[0].set_rotation(turn)
        width, height = document[0].get_size()
        document.save(tmp_path / "b.pdf")
    made = searchable(tmp_path / "b.pdf", record(tmp_path / "b.pdf", page(1, width, height)))
    assert words(made) == TEXT.split()
    assert drawn(made) == drawn(tmp_path / "b.pdf")


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_sheet_that_lies_on_its_side(tmp_path: Path, turns: int) -> None:
    """Where lines run down, up or backwards over the page as shown, so do the letters."""
    boxes = [turned(box, turns) for box in BOXES]
    path = scanned(tmp_path / "a.pdf")
    made = searchable(path, record(path, page(1, boxes=boxes)))
    left, top, right, bottom = boxes[1]
    assert in_box(made, left, papers.HEIGHT - bottom, right, papers.HEIGHT - top) == "ban"
    with closing(pypdfium2.PdfDocument(made)) as document:  # turned upright, it reads as any page
        document[0].set_rotation(90 * (4 - turns))
        document.save(upright := io.BytesIO())
    assert words(upright.getvalue()) == TEXT.split()


def turned(box: tuple[float, float, float, float], turns: int) -> tuple[float, float, float, float]:
    """The box after so many quarter turns, clockwise, of a square sheet of 500 points."""
    for _ in range(turns):
        left, top, right, bottom = box
        box = (500 - bottom, left, 500 - top, right)
    return box


def test_a_page_with_text_of_its_own_stays_as_it_is(tmp_path: Path) -> None:
    """In a mixed document only the recognised pages get a layer."""
    path = papers.pdf(tmp_path / "a.pdf", papers.lines(*TEXT.split("\n")), papers.scan)
    made = searchable(path, record(path, replace(page(1), recognised=False), page(2)))
    assert words(made, 0) == words(made, 1) == TEXT.split()


def test_it_is_the_same_file_each_time(tmp_path: Path) -> None:
    """Made again, as after a crash, it is the same to the byte."""
    path = papers.pdf(tmp_path / "a.pdf", papers.scan)
    one, again = (searchable(path, record(path, page(1))) for _ in range(2))
    assert one == again
    assert b"/ID[<" in one


def test_files_of_the_same_pages_have_each_their_own(tmp_path: Path) -> None:
    """What was made of files that differ in no page is not the same file."""
    path = papers.pdf(tmp_path / "a.pdf", papers.scan)
    read = record(path, page(1))
    one, other = (searchable(path, replace(read, sha256=sha256)) for sha256 in ("1" * 64, "2" * 64))
    assert one != other
    assert words(one) == words(other)


@pytest.mark.parametrize("ending", ["png", "jpeg", "tiff"])
def test_an_image_becomes_a_page(tmp_path: Path, ending: str) -> None:
    """An image fills its page, its pixels as they are, its words where they are seen."""
    path = tmp_path / f"a.{ending}"
    picture().save(path)
    made = searchable(path, record(path, page(1, 600, 850), format_="image"))
    assert words(made) == TEXT.split()
    with Image.open(path) as image:
        furthest = ImageChops.difference(drawn(made), image.convert("RGB")).getextrema()
    assert max(most for _, most in furthest) <= 2  # two programs unpack a JPEG a shade apart


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_telephones_picture_is_turned_not_packed_anew(tmp_path: Path, orientation: int) -> None:
    """A JPEG stays byte for byte, and stands upright as its EXIF says."""
    image, path = picture(800, 500), tmp_path / "a.jpeg"
    image.getexif()[0x112] = orientation
    image.save(path, exif=image.getexif())
    size = (800, 500) if orientation == 3 else (500, 800)
    made = searchable(path, record(path, page(1, *size), format_="image"))
    assert path.read_bytes() in made
    corner = {3: (650, 400), 6: (400, 150), 8: (90, 600)}[orientation]
    assert drawn(made).size == size
    assert drawn(made).getpixel(corner)[0] < 60
    assert words(made) == TEXT.split()


def test_every_page_of_an_image_has_its_layer(tmp_path: Path) -> None:
    """A TIFF of several pages becomes a PDF of as many."""
    path = tmp_path / "a.tiff"
    picture().convert("1").save(path, save_all=True, append_images=[picture().convert("L")])
    made = searchable(path, record(path, page(1, 600, 850), page(2, 600, 850), format_="image"))
    assert words(made, 0) == words(made, 1) == TEXT.split()


def test_it_is_wanted_of_what_was_recognised(tmp_path: Path) -> None:
    """Only recognised words whose places are known make a rendition that shows more than the file."""
    read = record(tmp_path, page(1))
    assert is_wanted(read)
    assert not is_wanted(record(tmp_path, Page(1, TEXT)))
    assert not is_wanted(Record("a.pdf", "", "pdf", (replace(page(1), recognised=False),), "embedded"))


def test_it_is_made_within_bounds(tmp_path: Path) -> None:
    """The child makes the very rendition that the function makes."""
    path = scanned(tmp_path / "a.pdf")
    with BoundedReader() as reader:
        made = reader.make_searchable(path, record(path, page(1)))
    assert words(made) == TEXT.split()
    assert drawn(made) == drawn(path)
