"""A document as a PDF: A4, set as Phụ lục I of Nghị định 30/2020/NĐ-CP asks, the same bytes every time."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
)
from reportlab.platypus import Paragraph as Text

from samples.document import Attachment, Document, Style, paragraphs

# Liberation Serif 2, as wide as Times New Roman: Debian 12 has it as fonts-liberation2, later ones as fonts-liberation.
FOLDERS = [Path("/usr/share/fonts/truetype") / name for name in ("liberation2", "liberation")]
FONTS = next((folder for folder in FOLDERS if folder.is_dir()), FOLDERS[0])
WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 18 * mm, 20 * mm, 20 * mm
TEXT = WIDTH - LEFT - RIGHT
HALVES = (205, 275)  # the header is a little wider than the text
# reportlab keeps one list of fonts a process, and the first to take a name keeps it: these names are the samples' own.
FACES = {"Sample": "Regular", "Sample-Bold": "Bold", "Sample-Italic": "Italic", "Sample-BoldItalic": "BoldItalic"}

_CENTRED = ParagraphStyle("centred", fontName="Sample", fontSize=13, leading=15.5, alignment=TA_CENTER)
_BOLD = ParagraphStyle("bold", _CENTRED, fontName="Sample-Bold")
_HEADER = ParagraphStyle("header", _CENTRED, fontSize=12)
_HEADER_BOLD = ParagraphStyle("header bold", _HEADER, fontName="Sample-Bold")
_DATELINE = ParagraphStyle("dateline", _CENTRED, fontName="Sample-Italic")
_SUBJECT = ParagraphStyle("subject", _BOLD, leftIndent=30, rightIndent=30)
_TITLE = ParagraphStyle("title", _BOLD, fontSize=14, leading=17)
_SIGNATURE = ParagraphStyle("signature", _BOLD, fontSize=13.5, leading=16)
_RECIPIENT = ParagraphStyle("recipient", fontName="Sample", fontSize=11, leading=13)
_RECIPIENTS = ParagraphStyle("recipients", _RECIPIENT, fontName="Sample-BoldItalic", fontSize=12, leading=14)
_PLAIN = ParagraphStyle(
    "plain",
    fontName="Sample",
    fontSize=13.5,
    leading=17,
    alignment=TA_JUSTIFY,
    firstLineIndent=1.1 * 10 * mm,
    spaceAfter=6,
    allowWidows=0,
    allowOrphans=0,
)
_BODY = {
    Style.PLAIN: _PLAIN,
    Style.HEADING: ParagraphStyle("heading", _PLAIN, fontName="Sample-Bold", keepWithNext=1),
    Style.ITALIC: ParagraphStyle("italic", _PLAIN, fontName="Sample-Italic"),
    Style.CENTRED: ParagraphStyle("title in body", _BOLD, fontSize=13.5, spaceBefore=2, spaceAfter=6, keepWithNext=1),
}


class _Rule(Flowable):
    """A line of that many points in the middle of the column."""

    def __init__(self, length: float, after: float = 2) -> None:
        super().__init__()
        self.length = length
        self.after = after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, 3 + self.after

    def draw(self) -> None:
        self.canv.setLineWidth(0.7)
        self.canv.line((self.width - self.length) / 2, self.after, (self.width + self.length) / 2, self.after)


def write(document: Document) -> bytes:
    """Return the PDF's bytes."""
    _register_fonts()
    paper = io.BytesIO()
    template = BaseDocTemplate(paper, pagesize=A4, invariant=1, title=document.subject, author=document.issuer)
    frame = Frame(LEFT, BOTTOM, TEXT, HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
    template.addPageTemplates([PageTemplate("first", frame), PageTemplate("following", frame, onPage=_page_number)])
    template.build([NextPageTemplate("following"), *_story(document)])
    return paper.getvalue()


def _register_fonts() -> None:
    for name, face in FACES.items():
        font = TTFont(name, FONTS / f"LiberationSerif-{face}.ttf")
        if ord("ộ") not in font.face.charToGlyph:
            raise SystemExit(f"{font.face.filename} has no Vietnamese letters; install fonts-liberation2")
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily("Sample", "Sample", "Sample-Bold", "Sample-Italic", "Sample-BoldItalic")


def _page_number(canvas: Canvas, template: BaseDocTemplate) -> None:
    canvas.setFont("Sample", 13)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 13 * mm, str(template.page))


def _story(document: Document) -> Iterator[Flowable]:
    yield _header(document)
    yield Spacer(0, 14)
    if not document.is_letter:
        yield from _title(document.kind, document.subject)
    if document.to:
        yield _addressees(document.to)
    *text, last = _body(document.body)
    yield from text
    yield KeepTogether([last, *_foot(document)])  # a signature never stands on a page without text
    if document.attachment:
        yield from _attachment(document.attachment)


def _header(document: Document) -> Table:
    plain = len(document.left) - document.bold
    left: list[Flowable] = [Text(line, _HEADER_BOLD if i >= plain else _HEADER) for i, line in enumerate(document.left)]
    motto, *words = document.motto
    right = [Text(motto, _HEADER_BOLD), *(Text(line, _BOLD) for line in words)]
    if document.party:
        left.append(Text("*", _HEADER_BOLD))
    else:
        left.append(_rule(document.left[-1], _HEADER_BOLD, 0.4))
    right.append(_rule(document.motto[-1], _HEADER_BOLD if document.party else _BOLD))
    below = [Text(document.number_line.replace("  ", "&nbsp; "), _CENTRED)]
    if document.is_letter:
        below += [Spacer(0, 6), Text(f"V/v {document.subject}", _HEADER)]
    if document.label:
        below += [Spacer(0, 6), Text(document.label, _HEADER_BOLD)]
    rows = [[left, right], [below, [Text(document.dateline.replace("  ", "&nbsp; "), _DATELINE)]]]
    return _columns(rows, HALVES)


def _columns(rows: list[list[list[Flowable]]], widths: tuple[float, float]) -> Table:
    table = Table(rows, widths)
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    table.setStyle([("RIGHTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 2)])
    return table


def _rule(text: str, style: ParagraphStyle, share: float = 1) -> _Rule:
    """A rule as long as that share of the text above it."""
    return _Rule(pdfmetrics.stringWidth(text, style.fontName, style.fontSize) * share)


def _title(kind: str, subject: str) -> Iterator[Flowable]:
    yield Text(kind.upper(), _TITLE)
    yield Text(subject, _SUBJECT)
    yield _Rule(TEXT * 0.2, after=14)


def _addressees(to: tuple[str, ...]) -> Flowable:
    if len(to) == 1:
        return Text(f"Kính gửi: {to[0]}.", ParagraphStyle("to", _CENTRED, fontSize=13.5, spaceAfter=12))
    style = ParagraphStyle("to many", _PLAIN, firstLineIndent=0, spaceAfter=2)
    lines = [Text(f"- {name}{'.' if name is to[-1] else ';'}", style) for name in to]
    label = Text("Kính gửi:", ParagraphStyle("to", style, alignment=TA_RIGHT))
    return _columns([[[label], [Spacer(0, 17), *lines, Spacer(0, 8)]]], (135, 300))


def _body(body: str) -> Iterator[Flowable]:
    for paragraph in paragraphs(body):
        yield Text(re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", paragraph.text), _BODY[paragraph.style])


def _foot(document: Document) -> list[Flowable]:
    entries = [Text(entry, _RECIPIENT) for entry in document.recipient_lines]
    signature: list[Flowable] = [Text(line, _SIGNATURE) for line in document.signature]
    signature += [Spacer(0, 62), Text(document.signer or "", _SIGNATURE)]
    recipients = [Text("Nơi nhận:", _RECIPIENTS), *entries]
    return [Spacer(0, 8), _columns([[recipients, signature]], (TEXT * 0.46, TEXT * 0.54))]


def _attachment(attachment: Attachment) -> Iterator[Flowable]:
    yield PageBreak()
    yield Text(attachment.kind.upper(), _TITLE)
    yield Text(attachment.subject, _SUBJECT)
    yield Text(f"({attachment.issued_with})", _DATELINE)
    yield _Rule(TEXT * 0.2, after=14)
    yield from _body(attachment.body)
