"""A document as a scanner leaves it: the printed page a little askew, sealed and signed, an image without text."""

import io

import pypdfium2
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from samples import pdf
from samples.document import Document

DPI = 150
PAPER, INK, SEAL = (248, 247, 244), (34, 52, 130), (205, 60, 62)


def write(document: Document) -> bytes:
    """Return the bytes of a PDF of images, one for each page."""
    printed = pypdfium2.PdfDocument(pdf.write(document))
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=A4, invariant=1)
    for number in range(len(printed)):
        image = printed[number].render(scale=DPI / 72).to_pil().convert("RGB")
        if number == len(printed) - 1:
            _sign(image, *_name_box(printed[number], document.signer or ""))
        canvas.drawImage(_scanned(image), 0, 0, *A4)
        canvas.showPage()
    printed.close()
    canvas.save()
    return paper.getvalue()


def _name_box(page: pypdfium2.PdfPage, name: str) -> tuple[float, float]:
    """The middle of the signer's name, in pixels."""
    text = page.get_textpage()
    found = text.search(name).get_next()
    left, bottom, _, top = text.get_charbox(found[0])
    end = text.get_charbox(found[0] + found[1] - 1)
    return (left + end[2]) / 2 * DPI / 72, (A4[1] - (bottom + top) / 2) * DPI / 72


def _sign(image: Image.Image, x: float, y: float) -> None:
    """Put a pen's stroke above the name, and the round seal over a third of it to the left (NĐ 30/2020)."""
    draw = ImageDraw.Draw(image)
    stroke = [(-70, -60), (-30, -105), (-38, -40), (-5, -95), (0, -50), (25, -85), (22, -52), (110, -80), (60, -45)]
    draw.line([(x + dx, y + dy) for dx, dy in stroke], fill=INK, width=4, joint="curve")
    for radius, width in ((88, 4), (80, 2), (46, 2)):
        middle = (x - 75, y - 75)
        draw.ellipse(
            [middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius], None, SEAL, width
        )


def _scanned(image: Image.Image) -> ImageReader:
    turned = image.rotate(0.6, Image.Resampling.BICUBIC, fillcolor="white")
    tinted = Image.composite(Image.new("RGB", image.size, PAPER), turned, turned.convert("L").point(lambda v: v - 14))
    jpeg = io.BytesIO()
    tinted.save(jpeg, "JPEG", quality=55)
    return ImageReader(jpeg)
