"""Files for the reader's tests, made on the spot with the libraries that offices' own programs are built on."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")  # Debian: fonts-dejavu; it has every Vietnamese letter
WIDTH, HEIGHT = A4

Draw = Callable[[Canvas], None]
LEFT = ["ỦY BAN NHÂN DÂN", "TỈNH AN BÌNH", "Số: 12/KH-UBND"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 05 tháng 3 năm 2024"]
BODY = ["KẾ HOẠCH", "Chuyển đổi số năm 2024", "Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ;"]
RECIPIENTS = ["Nơi nhận:", "- Như trên;", "- Chủ tịch, các Phó Chủ tịch UBND tỉnh;", "- Lưu: VT, TH."]
SIGNATURE = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn An"]


def pdf(path: Path, *pages: Draw, encryption: StandardEncryption | None = None) -> Path:
    """Write a PDF of the pages drawn, A4, origin at the bottom left, 11-point Vietnamese serif."""
    pdfmetrics.registerFont(TTFont("Serif", FONT))
    canvas = Canvas(str(path), pagesize=A4, encrypt=encryption)
    for draw in pages:
        canvas.setFont("Serif", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def lines(*texts: str, top: float = 60) -> Draw:
    """Return what draws the lines from `top` points below the top of the page, 85 points from the left."""

    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(85, HEIGHT - top - 20 * number, text)

    return draw


def first_page(canvas: Canvas) -> None:
    """Draw the official header row by row, as a dump would interleave it, and the beginning of the body."""
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        canvas.drawCentredString(160, HEIGHT - 60 - 18 * number, left)
        canvas.drawCentredString(410, HEIGHT - 60 - 18 * number, right)
    canvas.drawCentredString(310, HEIGHT - 150, BODY[0])
    canvas.drawCentredString(310, HEIGHT - 170, BODY[1])
    canvas.drawString(85, HEIGHT - 200, BODY[2])


def last_page(canvas: Canvas) -> None:
    """Draw the end of the body, then recipients and signature row by row."""
    canvas.drawString(85, HEIGHT - 60, "Các sở, ngành báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 15/12/2024./.")
    for number, (left, right) in enumerate(zip(RECIPIENTS, SIGNATURE, strict=True)):
        canvas.drawString(85, HEIGHT - 100 - 18 * number, left)
        canvas.drawCentredString(440, HEIGHT - 100 - 18 * number, right)


def scan(canvas: Canvas) -> None:
    """Draw a page that is one image."""
    canvas.drawImage(ImageReader(Image.new("L", (120, 170), 200)), 0, 0, WIDTH, HEIGHT)


def images(source: Path, dpi: int = 200, turn: float = 0) -> list[Image.Image]:
    """Return the pages of a PDF as a scanner gives them: gray, turned counter-clockwise by `turn` degrees."""
    with closing(pypdfium2.PdfDocument(source)) as document:
        drawn = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    return [page.rotate(turn, Image.Resampling.BICUBIC, expand=turn % 90 == 0, fillcolor=255) for page in drawn]


def scanned(path: Path, *pages: Image.Image, lay_over: Draw | None = None) -> Path:
    """Write a PDF whose pages are the images, each filling its page, and over each what `lay_over` draws."""
    canvas = Canvas(str(path))
    for page in pages:
        canvas.setPageSize(A4 if page.height > page.width else landscape(A4))
        canvas.drawInlineImage(page, 0, 0, *canvas._pagesize)
        if lay_over:
            lay_over(canvas)
        canvas.showPage()
    canvas.save()
    return path


def letter(path: Path) -> Path:
    """Write a plan of two pages in the official form."""
    return pdf(path, first_page, last_page)


def raw_pdf(path: Path, *objects: bytes) -> Path:
    """Write a PDF of these objects, the first its catalogue, without a table of where they are: readers make one."""
    numbered = b"".join(b"%d 0 obj\n%b\nendobj\n" % numbered for numbered in enumerate(objects, 1))
    path.write_bytes(b"%%PDF-1.7\n%btrailer<</Root 1 0 R>>\n%%%%EOF" % numbered)
    return path
