"""DOCX: paragraphs and tables in the order of the document, text boxes where they are anchored, footnotes last."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from ingest.errors import DamagedFile, EncryptedFile, TooLarge
from ingest.formats import BROKEN_ZIP
from ingest.normalise import repair
from ingest.readers.reading import Reading
from ingest.readers.table import table_lines
from ingest.record import Page

ENTRIES_MOST = 5_000
UNPACKED_MOST = 200 * 2**20  # bytes
RATIO_MOST = 200  # unpacked to packed, of one entry; Word's own XML reaches about 30

_RATIO_FROM = 2**20  # bytes; below it a good ratio harms nobody
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "pPr", "rPr")} | {_FALLBACK}
_SIGNS = {f"{_W}tab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_DAMAGED = "Tệp DOCX bị hỏng, không mở được; hãy mở bằng Word, lưu lại rồi gửi tệp mới."


def read(path: Path) -> Reading:
    """Return the document as one page, or as several when it breaks pages itself; there is no geometry.

    Raises TooLarge when the package unpacks to more than it may, before anything of it is unpacked.
    """
    document = _opened(path)
    body = document.element.find(f"{_W}body")
    if body is None:
        raise DamagedFile(_DAMAGED)
    lines = "\n".join(_lines(body)).split("\n")
    pages = [page.strip("\n") for page in "\n".join(line.strip(" \t") for line in lines).split("\f")]
    pages = [page for page in pages if page.strip()] or [""]
    notes = _footnotes(document)
    if notes:
        pages[-1] += "\n\n" + "\n".join(notes)
    return Reading("docx", tuple(Page(number, repair(page)) for number, page in enumerate(pages, start=1)))


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
    for child in container:
        if child.tag == f"{_W}p":
            yield "".join(_paragraph(child))
        elif child.tag == f"{_W}tbl":
            yield from table_lines([_row(row) for row in child.iterfind(f"{_W}tr")])
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _lines(child)


def _row(row: etree._Element) -> list[list[str]]:
    return [[line for text in _lines(cell) for line in text.split("\n")] for cell in row.iter(f"{_W}tc")]


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    if paragraph.find(f"{_W}pPr/{_W}pageBreakBefore") is not None:
        yield "\f"
    yield from _inline(paragraph)


def _inline(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{_W}br":
            yield "\f" if child.get(f"{_W}type") == "page" else "\n"
        elif child.tag == f"{_W}txbxContent":
            yield "\n" + "\n".join(_lines(child)) + "\n"
        elif child.tag not in _UNSEEN:
            yield from _inline(child)


def _footnotes(document: Document) -> list[str]:
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        notes = [note for part in parts for note in etree.fromstring(part.blob, parser).iterfind(f"{_W}footnote")]
    except etree.LxmlError as error:
        raise DamagedFile(_DAMAGED) from error
    return [" ".join(_lines(note)).strip() for note in notes if note.get(f"{_W}type") is None]
