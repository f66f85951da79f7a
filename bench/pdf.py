"""Made-up PDFs in the official form: a two-column header on the first page, then pages of justified text."""

import io
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.documents import make

_FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")  # Debian: fonts-liberation2
_LINE = 18  # points
_LINES = 38  # to a page
_WIDTH = 92  # characters to a line


def pdf(pages: int, seed: int = 1, number: str = "915/KH-SNV") -> bytes:
    """Return a born-digital PDF of so many pages with that number, the same for the same seed."""
    pdfmetrics.registerFont(TTFont("Serif", _FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    lines = _lines(pages * _LINES, seed)
    for page in range(pages):
        top = 800.0 if page else _header(canvas, 800.0, number)
        _page(canvas, top, lines[page * _LINES : (page + 1) * _LINES - (0 if page else 8)], last=page == pages - 1)
    canvas.save()
    return out.getvalue()


def _lines(count: int, seed: int) -> list[str]:
    lines: list[str] = []
    for document in make(count, seed):
        words = document.text.partition("I. MỤC ĐÍCH, YÊU CẦU\n")[2].split()
        while words and len(lines) < count:
            line = words.pop(0)
            while words and len(line) + len(words[0]) < _WIDTH:
                line += " " + words.pop(0)
            lines.append(line)
        if len(lines) == count:
            break
    return lines


def _page(canvas: Canvas, top: float, lines: list[str], *, last: bool) -> None:
    canvas.setFont("Serif", 12)
    if last:
        lines = lines[:-8]
    for line in lines:
        canvas.drawString(70, top, line)
        top -= _LINE
    if last:
        canvas.drawString(70, top - 20, "Nơi nhận:")
        canvas.drawString(70, top - 35, "- Như trên;")
        canvas.drawString(70, top - 50, "- Lưu: VT.")
        canvas.drawCentredString(430, top - 20, "GIÁM ĐỐC")
        canvas.drawCentredString(430, top - 90, "Nguyễn Đức Tâm")
    canvas.showPage()


def _header(canvas: Canvas, top: float, number: str) -> float:
    canvas.setFont("Serif", 12)
    left = ("ỦY BAN NHÂN DÂN TỈNH LAM SƠN", "SỞ NỘI VỤ", f"Số: {number}")
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lam Sơn, ngày 09 tháng 3 năm 2026")
    for at, (mine, theirs) in enumerate(zip(left, right, strict=True)):
        canvas.drawCentredString(165, top - at * _LINE, mine)
        canvas.drawCentredString(425, top - at * _LINE, theirs)
    canvas.drawCentredString(297, top - 5 * _LINE, "KẾ HOẠCH")
    canvas.drawCentredString(297, top - 6 * _LINE, "Bồi dưỡng công tác văn thư, lưu trữ năm 2026")
    return top - 8 * _LINE
