"""A PDF page drawn as an image for recognition, as it came from the scanner.

PDFium is not thread-safe: one thread of a process at a time may be in here.
"""

from contextlib import closing
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from ingest.readers.ocr import DPI, PIXELS_MOST


def page_image(file: BinaryIO, number: int, *, with_text: bool) -> Image.Image:
    """Return page `number`, counted from 1, upright as shown, without what signatures and stamps lay over it.

    `with_text` says whether the letters that the file draws are part of the picture, or a stamp on it that is read
    already. Drawn at 300 dots per inch, or at as many as the largest image that is recognised allows.
    """
    file.seek(0)
    # Opened anew: to read what lies over a page, it has been made one with the page.
    with closing(pypdfium2.PdfDocument(file)) as document, closing(document[number - 1]) as page:
        if not with_text:
            for letters in list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1)):
                page.remove_obj(letters)
        width, height = page.get_size()
        scale = min(DPI / 72, (PIXELS_MOST / (width * height)) ** 0.5)
        with closing(page.render(scale=scale, draw_annots=False, may_draw_forms=False, rev_byteorder=True)) as bitmap:
            image: Image.Image = bitmap.to_pil()
            return image.copy()  # of its own, for the bitmap's memory goes with it
