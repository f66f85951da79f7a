"""DOCX: paragraphs and tables in the order of the document, text boxes where they are anchored, footnotes last.

Before it is read, what Word shows and does not keep as text is written into its tree: numbers of lists
(`docx_numbering`), the letters of legacy fonts (`docx_fonts`).
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from ingest import legacy_fonts
from ingest.errors import DamagedFile, EncryptedFile, TooLarge
from ingest.formats import BROKEN_ZIP
from ingest.normalise import repair
from ingest.readers import docx_fonts, docx_numbering
from ingest.readers.docx_styles import FALLBACK, Styles, W, is_deleted
from ingest.readers.reading import Reading
from ingest.readers.table import table_lines
from ingest.record import Page

ENTRIES_MOST = 5_000
UNPACKED_MOST = 200 * 2**20  # bytes
RATIO_MOST = 200  # unpacked to packed, of one entry; Word's own XML reaches about 30

_RATIO_FROM = 2**20  # bytes; below it a good ratio harms nobody
_UNSEEN = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "pPr", "rPr")} | {FALLBACK}
_SIGNS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_FALSE = ("0", "false", "off")
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_DAMAGED = "Tệp DOCX bị hỏng, không mở được; hãy mở bằng Word, lưu lại rồi gửi tệp mới."


def read(path: Path) -> Reading:
    """Return the document as one page, or as several when it breaks pages itself; there is no geometry.

    Raises TooLarge when the package unpacks to more than it may, before anything of it is unpacked.
    """
    document = _opened(path)
    styles = Styles(document)
    docx_numbering.write_labels(document, styles)
    problems = docx_fonts.to_unicode(document, styles)
    body = document.element.find(f"{W}body")
    if body is None:
        raise DamagedFile(_DAMAGED)
    text, unnamed = legacy_fonts.to_unicode("\n".join(_lines(body)))
    pages = [page.strip("\n") for page in "\n".join(line.strip(" \t") for line in text.split("\n")).split("\f")]
    pages = [page for page in pages if page.strip()] or [""]
    notes = _footnotes(document)
    if notes:
        pages[-1] += "\n\n" + "\n".join(notes)
    paper = tuple(Page(number, repair(page)) for number, page in enumerate(pages, start=1))
    return Reading("docx", paper, problems=problems or unnamed)


def _opened(path: Path) -> Document:
    with path.open("rb") as file:
        try:
            require_bounds(zipfile.ZipFile(file).infolist(), "DOCX")
            return docx.Document(file)
        except (*BROKEN_ZIP, PackageNotFoundError, etree.LxmlError, KeyError) as error:
            raise DamagedFile(_DAMAGED) from error


def require_bounds(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Raise EncryptedFile or TooLarge when an office's package (`name` for the message) is not one to unpack."""
    # zipfile never unpacks an entry beyond the size that its header declares, so the declared sizes bound the work.
    if any(entry.flag_bits & 1 for entry in entries):
        raise EncryptedFile(f"Tệp {name} có mật khẩu; hãy gỡ mật khẩu rồi gửi lại.")
    bombs = [e for e in entries if e.file_size > _RATIO_FROM and e.file_size > e.compress_size * RATIO_MOST]
    if bombs or len(entries) > ENTRIES_MOST or sum(entry.file_size for entry in entries) > UNPACKED_MOST:
        limit = UNPACKED_MOST // 2**20
        raise TooLarge(f"Tệp {name} giải nén ra quá lớn (giới hạn {limit} MB); hãy lưu lại rồi gửi tệp mới.")


def _lines(container: etree._Element) -> Iterator[str]:
    for child in _unwrapped(container):
        if child.tag == f"{W}p":
            yield "".join(_paragraph(child))
        elif child.tag == f"{W}tbl":
            yield from table_lines([_row(row) for row in _unwrapped(child) if _is_row(row)])


def _unwrapped(container: etree._Element) -> Iterator[etree._Element]:
    for child in container:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _is_row(element: etree._Element) -> bool:
    return element.tag == f"{W}tr" and not is_deleted(element)


def _row(row: etree._Element) -> list[list[str]]:
    """Return the row's cells; one that continues a cell from above is empty, as it is in the file."""
    cells = [cell for cell in _unwrapped(row) if cell.tag == f"{W}tc"]
    return [[line for text in _lines(cell) for line in text.split("\n")] for cell in cells]


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    if paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None:
        yield "\f"
    yield from _inline(paragraph)


def _inline(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{W}br":
            yield "\f" if child.get(f"{W}type") == "page" else "\n"
        elif child.tag == f"{W}txbxContent":
            yield "\n" + "\n".join(_lines(child)) + "\n"
        elif child.tag not in _UNSEEN and not _is_hidden(child):
            yield from _inline(child)


def _is_hidden(element: etree._Element) -> bool:
    hidden = element.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val", "1") not in _FALSE


def _footnotes(document: Document) -> list[str]:
    kind = RELATIONSHIP_TYPE.FOOTNOTES
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype == kind and not rel.is_external]
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        notes = [note for part in parts for note in etree.fromstring(part.blob, parser).iterfind(f"{W}footnote")]
    except etree.LxmlError as error:
        raise DamagedFile(_DAMAGED) from error
    return [" ".join(_lines(note)).strip() for note in notes if note.get(f"{W}type") is None]
