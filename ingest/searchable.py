"""The searchable rendition of a scanned document: its pages as they are, under each word the word in invisible letters.

The letters are of a font that draws nothing, each a square of the word's height, pressed to the width of its box.
PDFium is not thread-safe: one thread of a process at a time may be in here.
"""

import ctypes
import hashlib
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

from ingest.errors import DamagedFile
from ingest.readers.pdf import opened
from ingest.record import Box, Page, Record

_EM = 1000
_FINE = 100  # device units of a point, in which boxes are turned into the page's own coordinates
_ORIENTATION = 0x112  # in EXIF: how the picture is to be turned for showing
_TURNS = {1: (1, 0, 0, 1, 0, 0), 3: (-1, 0, 0, -1, 1, 1), 6: (0, -1, 1, 0, 0, 1), 8: (0, 1, -1, 0, 1, 0)}
_LEFT, _TOP, _RIGHT, _BOTTOM = range(4)  # the edges of a box
# Where the line runs: the corners of a word's box where it begins, where it ends, and above its beginning.
_CORNERS = {
    "right": ((_LEFT, _BOTTOM), (_RIGHT, _BOTTOM), (_LEFT, _TOP)),
    "down": ((_LEFT, _TOP), (_LEFT, _BOTTOM), (_RIGHT, _TOP)),
    "left": ((_RIGHT, _TOP), (_LEFT, _TOP), (_RIGHT, _BOTTOM)),
    "up": ((_RIGHT, _BOTTOM), (_RIGHT, _TOP), (_LEFT, _BOTTOM)),
}
_REPLACEMENT = 0xFFFD
_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def is_wanted(record: Record) -> bool:
    """Say whether a searchable rendition would show more than the file: words were recognised, and where."""
    return any(page.recognised and page.words for page in record.pages)


def searchable(path: Path, record: Record) -> bytes:
    """Return a PDF of the pages of the file, a PDF or an image, with the words of its record under what shows them.

    The same file and record make the same bytes. A page of a PDF that was not recognised stays as it is. Raises
    DamagedFile; OSError when the file is not there.
    """
    try:
        with _document(path, record) as document:
            font = _font(document)
            for page in record.pages:
                if page.recognised and page.words:
                    with closing(document[page.number - 1]) as sheet:
                        _lay(document, sheet, font, page)
            made = BytesIO()
            document.save(made, flags=pdfium.FPDF_REMOVE_SECURITY)
            return _identified(made.getvalue(), record.sha256[:32].encode())
    except pypdfium2.PdfiumError as error:
        raise DamagedFile("Không lập được bản PDF có lớp chữ từ tệp này; hãy dùng tệp gốc.") from error


def _identified(made: bytes, source: bytes) -> bytes:
    """Identify the file (ISO 32000-1, 14.4) by what it was made of and by its bytes: PDFium draws both at random.

    Files of the same pages that differ in other bytes have renditions of their own.
    """
    before, start, trailer = made.rpartition(b"/ID[")
    if not start:
        return made
    after = trailer[trailer.rindex(b"]") :]
    digest = hashlib.sha256(before + after).hexdigest()[:32].encode()
    return b"%s%s<%s><%s>%s" % (before, start, source, digest, after)


@contextmanager
def _document(path: Path, record: Record) -> Iterator[pypdfium2.PdfDocument]:
    if record.format == "pdf":
        with path.open("rb") as file, closing(opened(file)) as document:
            yield document
    else:
        with closing(pypdfium2.PdfDocument.new()) as document, Image.open(path) as image:
            for page in record.pages:
                image.seek(page.number - 1)
                _draw(document, path, image, page)
            yield document


def _draw(document: pypdfium2.PdfDocument, path: Path, image: Image.Image, page: Page) -> None:
    """Add a page that the image fills: a JPEG byte for byte, another's pixels as they are."""
    drawn = pypdfium2.PdfImage.new(document)
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    if image.format == "JPEG" and turn:
        drawn.load_jpeg(path, inline=True)
    else:
        turn = _TURNS[1]
        upright = ImageOps.exif_transpose(image)
        shades = upright.convert("L" if upright.mode in ("1", "L") else "RGB")
        with closing(pypdfium2.PdfBitmap.from_pil(shades)) as bitmap:
            drawn.set_bitmap(bitmap)
    drawn.set_matrix(pypdfium2.PdfMatrix(*turn).scale(page.width, page.height))
    with closing(document.new_page(page.width, page.height)) as sheet:
        sheet.insert_obj(drawn)
        sheet.gen_content()


def _lay(document: pypdfium2.PdfDocument, sheet: pypdfium2.PdfPage, font: pdfium.FPDF_FONT, page: Page) -> None:
    corners = _CORNERS[_runs(page)]
    for word in page.words:
        placed = [_on_page(sheet, word.box, one) for one in corners]
        pdfium.FPDFPage_InsertObject(sheet, _letters(document, font, page.text[word.start : word.end], placed))
    sheet.gen_content()


def _runs(page: Page) -> str:
    """Return in which direction the lines of the page run as it is shown: a scan may lie on its side."""
    right = down = 0.0
    for one, following in pairwise(page.words):
        if page.text[one.end : following.start] == " ":
            right += sum(following.box[::2]) - sum(one.box[::2])
            down += sum(following.box[1::2]) - sum(one.box[1::2])
    if abs(right) >= abs(down):
        return "right" if right >= 0 else "left"
    return "down" if down > 0 else "up"


def _letters(
    document: pypdfium2.PdfDocument, font: pdfium.FPDF_FONT, text: str, corners: list[tuple[float, float]]
) -> pdfium.FPDF_PAGEOBJECT:
    """Return the text in invisible squares from the first corner to the second, as high as the third."""
    codes = [min(ord(letter), _REPLACEMENT) for letter in text]
    letters = pdfium.FPDFPageObj_CreateTextObj(document, font, 1.0)
    pdfium.FPDFText_SetCharcodes(letters, (ctypes.c_uint32 * len(codes))(*codes), len(codes))
    pdfium.FPDFTextObj_SetTextRenderMode(letters, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    (x, y), (end_x, end_y), (up_x, up_y) = corners
    along = (end_x - x) / len(codes), (end_y - y) / len(codes)
    pdfium.FPDFPageObj_SetMatrix(letters, pdfium.FS_MATRIX(*along, up_x - x, up_y - y, x, y))
    return letters


def _on_page(sheet: pypdfium2.PdfPage, box: Box, corner: tuple[int, int]) -> tuple[float, float]:
    """Return a corner of a box on the page as shown in the page's own coordinates, whichever way the page is turned."""
    width, height = (round(side * _FINE) for side in sheet.get_size())
    shown = [round(box[edge] * _FINE) for edge in corner]
    found = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDF_DeviceToPage(sheet, 0, 0, width, height, 0, *shown, *map(ctypes.byref, found))
    return found[0].value, found[1].value


def _font(document: pypdfium2.PdfDocument) -> pdfium.FPDF_FONT:
    program, glyphs = _font_program(), bytes(2 << 16)  # the first glyph for every code of two bytes
    font = pdfium.FPDFText_LoadCidType2Font(
        document, _bytes(program), len(program), _UNICODE, _bytes(glyphs), len(glyphs)
    )
    if not font:
        raise pypdfium2.PdfiumError("the font was not taken")
    return font


def _bytes(data: bytes) -> ctypes.Array[ctypes.c_uint8]:
    return (ctypes.c_uint8 * len(data)).from_buffer_copy(data)


def _font_program() -> bytes:
    """Return a TrueType font (ISO/IEC 14496-22, the tables that PDF asks for) whose one glyph stands for every letter.

    It is a line from one corner of its square to the other: nothing to see, and yet as wide and high as the square.
    """
    box = 0, 0, _EM, _EM
    tables = {
        b"glyf": struct.pack(">h4hHHBBhhhh", 1, *box, 1, 0, 1, 1, 0, _EM, 0, _EM),
        b"head": struct.pack(">4I2H16x4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, *box, 0, 8, 2, 0, 0),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", 0x10000, _EM, 0, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hh", _EM, 0),
        b"loca": struct.pack(">HH", 0, 12),
        b"maxp": struct.pack(">I14H", 0x10000, 1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    start = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 32)
    listed, body = b"", b""
    for tag, data in tables.items():
        listed += struct.pack(">4s3I", tag, 0, len(start) + 16 * len(tables) + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return start + listed + body
