"""DOCX: reading order of tables and boxes, page breaks, and packages that cannot be read."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.errors import DamagedFile, EmptyFile, TooLarge, UnknownFormat
from ingest.readers import docx as reader
from ingest.readers import read_pages
from tests.ingest import papers


def saved(document: Document, folder: Path) -> Path:
    path = folder / "a.docx"
    document.save(str(path))
    return path


def rewritten(path: Path, entry: str, data: bytes) -> Path:
    """Put one more entry into a package, or another in its place."""
    copy = path.with_name("b.docx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != entry:
                new.writestr(name, old.read(name))
        new.writestr(entry, data)
    return copy


def test_header_and_foot_read_left_half_first(tmp_path: Path) -> None:
    """The tables that set header and foot side by side read one half after the other, around the body."""
    document = docx.Document()
    header = document.add_table(2, 2)
    header.cell(0, 0).text, header.cell(1, 0).text = "\n".join(papers.LEFT[:2]), papers.LEFT[2]
    header.cell(0, 1).text, header.cell(1, 1).text = "\n".join(papers.RIGHT[:2]), papers.RIGHT[2]
    for line in papers.BODY:
        document.add_paragraph(line)
    foot = document.add_table(1, 2)
    foot.cell(0, 0).text, foot.cell(0, 1).text = "\n".join(papers.RECIPIENTS), "\n".join(papers.SIGNATURE)
    text = read_pages(saved(document, tmp_path)).pages[0].text
    assert text.split("\n") == papers.LEFT + papers.RIGHT + papers.BODY + papers.RECIPIENTS + papers.SIGNATURE


def test_a_table_reads_row_by_row(tmp_path: Path) -> None:
    """A table of data gives a line a row, its cells a tab apart."""
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["STT", "Nội dung", "1", "Tập huấn\nchuyển đổi số"], strict=True):
        cell.text = text
    assert read_pages(saved(document, tmp_path)).pages[0].text == "STT\tNội dung\n1\tTập huấn chuyển đổi số"


def test_page_breaks_part_pages(tmp_path: Path) -> None:
    """A document that breaks its pages itself has as many pages; any other has one."""
    document = docx.Document()
    document.add_paragraph("một").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("hai")
    document.add_paragraph("ba").paragraph_format.page_break_before = True
    pages = read_pages(saved(document, tmp_path)).pages
    assert [(page.number, page.text) for page in pages] == [(1, "một"), (2, "hai"), (3, "ba")]


def test_what_word_shows_is_read(tmp_path: Path) -> None:
    """Text boxes are read once, deleted text is not, a hyphen that does not break is a hyphen."""
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')} {mc}><w:r><w:t>12/KH</w:t><w:noBreakHyphen/><w:t>UBND</w:t></w:r>"
            "<w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>"
            f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        ),
    )
    assert read_pages(saved(document, tmp_path)).pages[0].text == "12/KH-UBND\ntrong khung"


def inserted(folder: Path, *xml: str) -> str:
    """Return what is read of a document that begins with the elements."""
    document = docx.Document()
    for place, element in enumerate(xml):
        document.element.body.insert(place, parse_xml(element.replace(">", f" {nsdecls('w')}>", 1)))
    return read_pages(saved(document, folder)).pages[0].text


def test_a_table_in_a_cell_is_read_once(tmp_path: Path) -> None:
    """A table inside a cell reads where it stands, and its cells are none of the outer row's."""
    document = docx.Document()
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text, outer.cell(1, 0).text = "TT", "Nội dung", "1"
    inner = outer.cell(1, 1).add_table(2, 1)
    inner.cell(0, 0).text, inner.cell(1, 0).text = "a", "b"
    assert read_pages(saved(document, tmp_path)).pages[0].text == "TT\tNội dung\n1\ta b"


def test_merged_cells_are_read_once(tmp_path: Path) -> None:
    """A cell over several rows or columns reads at its first place."""
    document = docx.Document()
    table = document.add_table(3, 3)
    for cell, text in zip(table._cells, "abcdefghi", strict=True):
        cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1)).text = "ab"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "dg"
    assert read_pages(saved(document, tmp_path)).pages[0].text == "ab\tc\ndg\te\tf\nh\ti"


def test_tracked_changes_read_as_accepted(tmp_path: Path) -> None:
    """What was deleted or moved away is not read, rows included; what was inserted or moved in is."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    cell = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    text = inserted(
        tmp_path,
        "<w:p><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del><w:ins>" + run.format("thêm") + "</w:ins></w:p>",
        "<w:p><w:moveFrom>" + run.format("cũ") + "</w:moveFrom><w:moveTo>" + run.format(" mới") + "</w:moveTo></w:p>",
        f"<w:tbl>{cell.format('', 'a')}{cell.format('<w:trPr><w:del/></w:trPr>', 'b')}{cell.format('', 'c')}</w:tbl>",
    )
    assert text == "thêm\nmới\na\nc"


def test_hidden_text_is_not_read(tmp_path: Path) -> None:
    """Text that Word hides is no part of the document."""
    shown = ' w:val="0"'
    hidden = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>{}</w:t></w:r>"
    assert inserted(tmp_path, f"<w:p>{hidden.format('', 'a')}{hidden.format(shown, 'b')}</w:p>") == "b"


def with_footnotes(folder: Path, xml: str) -> Path:
    document = docx.Document()
    document.add_paragraph("Thân văn bản")
    name, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
    document.part.relate_to(Part(name, kind, xml.encode(), document.part.package), RELATIONSHIP_TYPE.FOOTNOTES)
    return saved(document, folder)


def test_footnotes_end_the_text(tmp_path: Path) -> None:
    """Footnotes stand after the text, without the lines that Word draws above them."""
    notes = "".join(
        f"<w:footnote {kind}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
        for kind, text in [
            ('w:type="separator"', "___"),
            ("", "Nghị định số 1/2024/NĐ-CP"),
            ("", "Luật số 2/2024/QH15"),
        ]
    )
    path = with_footnotes(tmp_path, f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>")
    lines = ["Thân văn bản", "", "Nghị định số 1/2024/NĐ-CP", "Luật số 2/2024/QH15"]
    assert read_pages(path).pages[0].text.split("\n") == lines


def test_broken_footnotes_are_refused(tmp_path: Path) -> None:
    """A package whose footnotes are broken is refused, not read in part."""
    with pytest.raises(DamagedFile, match="DOCX bị hỏng"):
        read_pages(with_footnotes(tmp_path, "<w:footnotes"))


@pytest.mark.parametrize(
    ("entry", "this", "other"),
    [
        ("[Content_Types].xml", b"wordprocessingml.styles+xml", b"wordprocessingml.other+xml"),
        ("[Content_Types].xml", b"wordprocessingml.numbering+xml", b"wordprocessingml.other+xml"),
        ("word/_rels/document.xml.rels", b'Target="styles.xml"', b'Target="styles.xml" TargetMode="External"'),
        ("word/_rels/document.xml.rels", b'Target="numbering.xml"', b'Target="numbering.xml" TargetMode="External"'),
    ],
)
def test_a_part_that_is_not_what_it_should_be_is_passed_over(
    tmp_path: Path, entry: str, this: bytes, other: bytes
) -> None:
    """Styles or numbers of lists that are no XML, or lie outside the package, leave the text readable."""
    path = saved(docx.Document(), tmp_path)
    with zipfile.ZipFile(path) as package:
        data = package.read(entry)
    assert this in data
    document = docx.Document(rewritten(path, entry, data.replace(this, other)))
    document.element.body.add_p().add_r().text = "Thân văn bản"
    assert read_pages(saved(document, tmp_path)).pages[0].text == "Thân văn bản"


def test_a_document_without_text_is_read(tmp_path: Path) -> None:
    """A document without a word has one empty page."""
    assert [page.text for page in read_pages(saved(docx.Document(), tmp_path)).pages] == [""]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A package that unpacks to far more than it holds is refused, with the bound named."""
    bomb = rewritten(saved(docx.Document(), tmp_path), "word/media/a.bin", bytes(50 * 2**20))
    with pytest.raises(TooLarge, match="200 MB"):
        read_pages(bomb)


def test_too_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of more entries than a document can need is refused."""
    monkeypatch.setattr(reader, "ENTRIES_MOST", 3)
    with pytest.raises(TooLarge):
        read_pages(saved(docx.Document(), tmp_path))


@pytest.mark.parametrize(
    "xml",
    [
        b"<w:document",
        b"",
        b'<!DOCTYPE a [<!ENTITY b "&#120;&#120;">]><a>&b;</a>',
        b"<a>" * 10_000 + b"</a>" * 10_000,
    ],
    ids=["cut off", "empty", "entities", "deep"],
)
def test_broken_xml_is_refused(tmp_path: Path, xml: bytes) -> None:
    """A package whose document is no document is refused."""
    with pytest.raises(DamagedFile, match="DOCX bị hỏng"):
        read_pages(rewritten(saved(docx.Document(), tmp_path), "word/document.xml", xml))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_a_cut_off_package_is_refused(tmp_path: Path, share: float) -> None:
    """A package that lacks its end is refused."""
    path = saved(docx.Document(), tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DamagedFile):
        read_pages(path)


def test_other_packages_are_refused(tmp_path: Path) -> None:
    """A ZIP of something else is no document, whatever its name."""
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "x")
    with pytest.raises(UnknownFormat, match="giải nén"):
        read_pages(path)
    path.write_bytes(b"")
    with pytest.raises(EmptyFile):
        read_pages(path)
