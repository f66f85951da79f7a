"""DOCX typed in legacy fonts: the fonts of the runs tell, and the text must agree."""

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ingest.readers import Reading, read_pages


def read(document: Document, folder: Path) -> Reading:
    path = folder / "a.docx"
    document.save(str(path))
    return read_pages(path)


def add(paragraph: Paragraph, text: str, font: str) -> Run:
    run = paragraph.add_run(text)
    run.font.name = font
    return run


@pytest.fixture
def document() -> Document:
    return docx.Document()


def test_runs_are_read_by_their_fonts(document: Document, tmp_path: Path) -> None:
    """A word of one font among words of another is converted, though it alone would not be told by its letters."""
    paragraph = document.add_paragraph("Kế hoạch của ")
    add(paragraph, "Uû ban", ".VnTime")
    paragraph.add_run(" số 12")
    reading = read(document, tmp_path)
    assert reading.pages[0].text == "Kế hoạch của Uỷ ban số 12"
    assert [problem.code for problem in reading.problems] == ["legacy_font"]


def test_a_capital_font_draws_capitals(document: Document, tmp_path: Path) -> None:
    """Small letters typed in a capital font are read as the capitals that they show."""
    add(document.add_paragraph(), "quyÕt ®Þnh cña tØnh", ".VnTimeH")
    assert read(document, tmp_path).pages[0].text == "QUYẾT ĐỊNH CỦA TỈNH"


def test_styles_name_the_font(document: Document, tmp_path: Path) -> None:
    """A run without a font of its own has its style's, or that of the style which this one is based on."""
    document.styles["Normal"].font.name = ".VnTime"
    document.styles["Title"].font.name = "Times New Roman"
    document.add_paragraph("®· ban hµnh", "Body Text")
    document.add_paragraph("µ là chữ Hy Lạp", "Title")
    assert read(document, tmp_path).pages[0].text == "đã ban hành\nµ là chữ Hy Lạp"


def test_a_theme_font_is_not_legacy(document: Document, tmp_path: Path) -> None:
    """A style's theme font stands before the font of the style on which it is based."""
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph("® µ", "Heading 1")
    document.add_paragraph("®· ban hµnh")
    assert read(document, tmp_path).pages[0].text == "® µ\nđã ban hành"


def test_a_mark_in_a_run_of_its_own(document: Document, tmp_path: Path) -> None:
    """A mark of VNI that stands in the run after its letter joins it."""
    paragraph = document.add_paragraph()
    for piece in ("UÛY BAN NHA", "ÂN DA", "ÂN"):
        add(paragraph, piece, "VNI-Times")
    assert read(document, tmp_path).pages[0].text == "ỦY BAN NHÂN DÂN"


def test_unicode_under_a_legacy_name_stays(document: Document, tmp_path: Path) -> None:
    """Unicode typed over old styles is Unicode, whatever its font is called."""
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph("Đã có công văn của Sở Công Thương")
    document.add_paragraph("là cá")
    reading = read(document, tmp_path)
    assert reading.pages[0].text == "Đã có công văn của Sở Công Thương\nlà cá"
    assert not reading.problems


def test_a_soft_hyphen_is_a_letter(document: Document, tmp_path: Path) -> None:
    """Word writes the code of ư as a soft hyphen of its own, and symbol fonts' codes in the private area."""
    paragraph = document.add_paragraph()
    run = add(paragraph, "nhµ n", ".VnTime")
    run._r.append(OxmlElement("w:softHyphen"))
    last = OxmlElement("w:t")
    last.text = "íc \uf0ae\uf0b7"
    run._r.append(last)
    assert read(document, tmp_path).pages[0].text == "nhà nước đã"


def test_text_without_its_font_is_told_by_its_letters(document: Document, tmp_path: Path) -> None:
    """Codes pasted under another font are converted when enough of them speak for it."""
    document.add_paragraph("Uû ban nh©n d©n tØnh")
    assert read(document, tmp_path).pages[0].text == "Uỷ ban nhân dân tỉnh"
