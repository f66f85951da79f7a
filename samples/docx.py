"""A document as a DOCX, laid out as office templates are: borderless tables for the header and for the foot."""

import io
import itertools
import re
import zipfile
from datetime import datetime

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from samples.document import Document, Style, paragraphs

EPOCH = datetime(2026, 1, 1)  # any fixed day: the same bytes every time
_BOLD = {Style.CENTRED, Style.HEADING}


def write(document: Document) -> bytes:
    """Return the DOCX's bytes."""
    paper = docx.Document()
    _set_up(paper, document)
    left, right = _columns(paper, 70, 97)
    _header(document, left, right)
    if not document.is_letter:
        _line(paper.add_paragraph(), "")
        _line(paper.add_paragraph(), document.kind.upper(), bold=True, size=14)
        _line(paper.add_paragraph(), document.subject, bold=True)
        _line(paper.add_paragraph(), "_______________")
    for name in document.to:
        _line(paper.add_paragraph(), f"Kính gửi: {name}.")
    _centre(left.paragraphs, right.paragraphs, paper.paragraphs)
    for paragraph in paragraphs(document.body):
        _body(paper.add_paragraph(), paragraph.text, paragraph.style)
    paper.paragraphs[-1].paragraph_format.keep_with_next = True  # a signature never stands on a page without text
    left, right = _columns(paper, 70, 97)
    _foot(document, left, right)
    _centre(right.paragraphs)
    made = io.BytesIO()
    paper.save(made)
    return _dated(made)


def _set_up(paper: docx.document.Document, document: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(docx.oxml.ns.qn("w:instr"), "PAGE")
    number._p.append(field)  # noqa: SLF001 -- python-docx has no fields of its own
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    normal.paragraph_format.space_after = Pt(0)
    properties = paper.core_properties
    properties.author, properties.title, properties.comments = document.issuer, document.subject, ""
    properties.created = properties.modified = EPOCH


def _columns(paper: docx.document.Document, *widths: int) -> tuple[_Cell, ...]:
    table = paper.add_table(1, len(widths))
    table.autofit = False
    whole = OxmlElement("w:cantSplit")  # a signature is not parted by the end of a page
    table.rows[0]._tr.get_or_add_trPr().append(whole)  # noqa: SLF001 -- likewise
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    return table.rows[0].cells


def _header(document: Document, left: _Cell, right: _Cell) -> None:
    plain = len(document.left) - document.bold
    for i, line in enumerate(document.left):
        _line(_next(left), line, bold=i >= plain, size=12)
    _line(_next(left), "_______", size=8)
    _line(_next(left), document.number_line)
    if document.label:
        _line(_next(left), document.label, bold=True, size=12)
    for i, line in enumerate(document.motto):
        _line(_next(right), line, bold=True, size=13 if i else 12)
    _line(_next(right), "_______________________", size=8)
    _line(_next(right), document.dateline, italic=True)


def _foot(document: Document, left: _Cell, right: _Cell) -> None:
    _line(_next(left), "Nơi nhận:", bold=True, italic=True, size=12)
    for entry in document.recipient_lines:
        _line(_next(left), entry, size=11)
    for line in (*document.signature, "", "", "", "", document.signer or ""):
        _line(_next(right), line, bold=True, size=13)


def _body(paragraph: Paragraph, text: str, style: Style) -> None:
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.alignment = ALIGN.CENTER if style is Style.CENTRED else ALIGN.JUSTIFY
    if style is not Style.CENTRED:
        paragraph.paragraph_format.first_line_indent = Mm(11)
    for i, part in enumerate(re.split(r"\*\*", text)):
        run = paragraph.add_run(part)
        run.bold, run.italic = style in _BOLD or i % 2 == 1, style is Style.ITALIC


def _centre(*blocks: list[Paragraph]) -> None:
    for paragraph in itertools.chain(*blocks):
        paragraph.alignment = ALIGN.CENTER


def _next(cell: _Cell) -> Paragraph:
    """The cell's first paragraph while it is empty, then a new one."""
    first = cell.paragraphs[0]
    return cell.add_paragraph() if first.runs else first


def _line(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: int = 13) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _dated(made: io.BytesIO) -> bytes:
    """The same parts, each dated 1980: a ZIP file otherwise carries the time it was made."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return fixed.getvalue()
