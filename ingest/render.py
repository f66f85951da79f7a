"""A PDF page as an image, for showing beside what was read from it.

PDFium is not thread-safe: one thread of a process at a time may be in here.
"""

from contextlib import closing
from io import BytesIO
from pathlib import Path

import pypdfium2

from ingest.errors import DamagedFile, TooLarge, UnknownFormat
from ingest.formats import sniff
from ingest.readers.pdf import opened

PIXELS_MOST = 40_000_000
_QUALITY = 80  # of 100; letters stay sharp and a page of text takes about 100 kB at 1,200 pixels


def render_page(path: Path, page: int, width: int) -> bytes:
    """Return page `page` (from 1) of a PDF as a WebP image `width` pixels wide, signatures and stamps included.

    Raises a ReadingError when the file is no PDF, cannot be opened or has no such page; OSError when it is not there.
    """
    if sniff(path) != "pdf":
        raise UnknownFormat("Chỉ tệp PDF mới có hình trang; hãy xem văn bản hoặc tải tệp gốc.")
    with path.open("rb") as file, closing(opened(file)) as document:
        if not 1 <= page <= len(document):
            raise DamagedFile(f"Tệp không có trang {page}; hãy chọn trang từ 1 đến {len(document)}.")
        try:
            with closing(document[page - 1]) as sheet:
                return _drawn(sheet, width)
        except pypdfium2.PdfiumError as error:
            raise DamagedFile(f"Trang {page} bị hỏng, không vẽ được; hãy xem tệp gốc.") from error


def _drawn(sheet: pypdfium2.PdfPage, width: int) -> bytes:
    page_width, page_height = sheet.get_size()
    scale = width / page_width
    if width * page_height * scale > PIXELS_MOST:
        raise TooLarge("Trang quá lớn để vẽ thành hình; hãy tải tệp gốc để xem.")
    with closing(sheet.render(scale=scale)) as bitmap:
        image = BytesIO()
        bitmap.to_pil().save(image, "WEBP", quality=_QUALITY)
        return image.getvalue()
