"""Lists of a DOCX: the numbers and bullets that Word draws are read."""

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers import read_pages

Level = tuple[str, str]  # format, text


def document_with(*levels: Level, restart: int | None = None) -> Document:
    """Return a document whose list 50 has the levels, and whose list 51 counts on in it, from `restart` if given."""
    document = docx.Document()
    lists = document.part.numbering_part.element
    drawn = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (format_, text) in enumerate(levels)
    )
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>' if restart else ""
    lists.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="50">{drawn}</w:abstractNum>'))
    for name, more in (("50", ""), ("51", override)):
        number = f'<w:num {nsdecls("w")} w:numId="{name}"><w:abstractNumId w:val="50"/>{more}</w:num>'
        lists.append(parse_xml(number))
    return document


def add(document: Document, text: str, depth: int = 0, list_: int = 50) -> None:
    place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{list_}"/></w:numPr>'
    document.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(place))


def lines(document: Document, folder: Path) -> list[str]:
    path = folder / "a.docx"
    document.save(str(path))
    return read_pages(path).pages[0].text.split("\n")


def test_levels_are_counted(tmp_path: Path) -> None:
    """A deeper level begins anew under each number above it, and can show the numbers above."""
    document = document_with(("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"))
    for text, depth in [("A", 0), ("b", 1), ("c", 2), ("d", 2), ("e", 3), ("F", 0), ("g", 1)]:
        add(document, text, depth)
    assert lines(document, tmp_path) == ["I. A", "1. b", "1.1. c", "1.2. d", "a) e", "II. F", "1. g"]


@pytest.mark.parametrize(
    ("format_", "count", "label"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 49, "xlix"),
        ("ordinal", 2, "2"),
    ],
)
def test_formats(tmp_path: Path, format_: str, count: int, label: str) -> None:
    """Numbers are written as the list writes them; in figures where it uses another language's words."""
    document = document_with((format_, "Điều %1."))
    for _ in range(count):
        add(document, "x")
    assert lines(document, tmp_path)[-1] == f"Điều {label}. x"


def test_bullets(tmp_path: Path) -> None:
    """A bullet out of a symbol font is one, its minus a minus; before nothing there is none."""
    document = document_with(("bullet", "-"), ("bullet", "\uf02d"), ("bullet", "\uf0a7"))
    for text, depth in [("a", 0), ("b", 1), ("c", 2), ("", 0), ("d", 0)]:
        add(document, text, depth)
    assert lines(document, tmp_path) == ["- a", "- b", "• c", "", "- d"]


def test_numbers_alone_fill_a_column(tmp_path: Path) -> None:
    """The first column of a table is often nothing but the list's numbers."""
    document = document_with(("decimal", "%1"))
    table = document.add_table(2, 2)
    for row, text in zip(table.rows, ["Rà soát", "Báo cáo"], strict=True):
        place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="50"/></w:numPr>'
        row.cells[0].paragraphs[0]._p.get_or_add_pPr().append(parse_xml(place))
        row.cells[1].text = text
    assert lines(document, tmp_path) == ["1\tRà soát", "2\tBáo cáo"]


@pytest.mark.parametrize(("restart", "label"), [(None, "2."), (1, "1.")])
def test_lists_of_one_scheme(tmp_path: Path, restart: int | None, label: str) -> None:
    """Lists of one scheme count on, unless the second says where it begins."""
    document = document_with(("decimal", "%1."), restart=restart)
    add(document, "a")
    add(document, "b", list_=51)
    assert lines(document, tmp_path) == ["1. a", f"{label} b"]


def test_a_style_names_the_list(tmp_path: Path) -> None:
    """A paragraph belongs to the list of its style, unless it says that it belongs to none."""
    document = document_with(("decimal", "Điều %1."))
    place = f'<w:numPr {nsdecls("w")}><w:numId w:val="50"/></w:numPr>'
    document.styles["Body Text"].element.get_or_add_pPr().append(parse_xml(place))
    document.add_paragraph("a", "Body Text")
    add(document, "b", list_=0)
    document.add_paragraph("c", "Body Text")
    document.add_paragraph("d")
    assert lines(document, tmp_path) == ["Điều 1. a", "b", "Điều 2. c", "d"]


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    """A paragraph of a list or a level that the document does not define has no number."""
    document = document_with(("decimal", "%1."))
    add(document, "a", list_=77)
    add(document, "b", depth=5)
    assert lines(document, tmp_path) == ["a", "b"]
