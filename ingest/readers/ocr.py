"""Recognition of pages that are images: made upright, read by Tesseract, laid out as a page that has text.

What is written by hand into the number line and the dateline, and the signer's name under a seal, is read by a model
that knows handwriting.

Only the red channel of a colour image is read: on it a red seal is white as the paper, and ink, blue or black, stays.
"""

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import count
from statistics import median
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter

from ingest.legibility import RECOGNISED_LEAST, is_rubbish, share_of_syllables
from ingest.readers import tesseract
from ingest.readers.handwriting import with_handwriting
from ingest.readers.layout import PlacedWord, Row, reading_order
from ingest.readers.second_look import with_overlooked
from ingest.readers.sheet import upright
from ingest.readers.signed_name import with_signed_name
from ingest.readers.tesseract import NotRecognised, SeenLine, quarter_turns, seen_lines
from ingest.record import Problem

DPI = 300  # what Tesseract's models are made for
PIXELS_MOST = 80_000_000  # of one page: A3 at 600 dots per inch, a byte each

_RESCAN = "hãy đối chiếu với bản gốc hoặc quét lại rõ hơn"
_UPRIGHT_FROM = 0.6  # of the words are syllables; on a page turned hardly any are
_GRAIN = 0.29  # points; blurred by so much, a sensor's grain no longer holds Tesseract up, and it reads scans better
_BLANK_BLUR = 24  # pixels, the height of a letter: specks vanish, a word stays
_BLANK_CONTRAST = 40  # of 255; a single letter of print makes 55


class Recognised(NamedTuple):
    """The lines of a page in reading order; none where the page is blank, or where the problem says why."""

    rows: list[Row]
    problem: Problem | None = None


def recognise(number: int, width: float, drawn: Callable[[], Image.Image]) -> Recognised:
    """Return what is read on page `number`, `width` points wide, which `drawn` gives as an image, whichever way up.

    Boxes are in points from the top left corner of the image as given. Text that cannot be text is left out.
    """
    if not tesseract.is_installed():
        return Recognised([], _needs_ocr(number))
    image = drawn()
    gray = ink(image)
    if _is_blank(gray):
        return Recognised([])
    point = width / gray.width
    try:
        rows = _rows(gray.filter(ImageFilter.GaussianBlur(_GRAIN / point)), point, lambda: all_ink(image))
    except NotRecognised:
        reason = f"Trang {number} không có lớp chữ đọc được, nhận dạng không xong; {_RESCAN}"
        return Recognised([], Problem("ocr_failed", reason, number))
    text = "\n".join(word.text for row in rows for word in row)
    if not text:
        reason = f"Trang {number} không có lớp chữ đọc được, nhận dạng không thấy chữ nào; hãy đối chiếu với bản gốc"
        return Recognised([], Problem("no_text", reason, number))
    if is_rubbish(text, RECOGNISED_LEAST):
        return Recognised([], _rubbish(number, text))
    return Recognised(rows)


def _rubbish(number: int, text: str) -> Problem:
    share = share_of_syllables(text) or 0.0
    reason = f"Trang {number} đọc ra chữ không thành tiếng Việt ({share:.0%} số từ đúng âm tiết), nên không giữ lại"
    return Problem("rubbish", f"{reason}; {_RESCAN}", number)


def _needs_ocr(number: int) -> Problem:
    reason = f"Trang {number} không có lớp chữ đọc được, cần nhận dạng"
    remedy = "hãy nhờ người quản trị cài Tesseract với dữ liệu tiếng Việt (gói tesseract-ocr-vie) rồi đọc lại"
    return Problem("needs_ocr", f"{reason}; {remedy}", number)


def _rows(gray: Image.Image, point: float, inked: Callable[[], Image.Image]) -> list[Row]:
    """Return the lines of the page, a pixel of which is `point` points wide; `inked` gives it with all its ink."""
    dpi = round(72 / point)
    sheet = upright(gray, point)
    lines = seen_lines(sheet.image, dpi)
    share = _share(lines)
    if share < _UPRIGHT_FROM and (turns := quarter_turns(gray, dpi)):
        turned = upright(gray, point, turns)
        again = seen_lines(turned.image, dpi)
        if _share(again) > share:
            sheet, lines = turned, again
    read = with_handwriting(with_overlooked(lines, sheet.image, dpi), sheet.image)
    read = with_signed_name(read, sheet.image.width, lambda: sheet.turned(inked()), dpi)
    words = _placed(read, point)
    return [[sheet.on_page(word) for word in row] for row in reading_order(words, sheet.size[0])]


def ink(image: Image.Image) -> Image.Image:
    """Return what is black or blue in the image as gray on white."""
    return _on_paper(image).getchannel(0)


def all_ink(image: Image.Image) -> Image.Image:
    """Return what is of any colour in the image as gray on white."""
    return reduce(ImageChops.darker, _on_paper(image).split())


def _on_paper(image: Image.Image) -> Image.Image:
    if image.mode in {"1", "L"}:
        return image.convert("L")
    if image.has_transparency_data:
        colours = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, colours).convert("RGB")
    return image.convert("RGB")


def _is_blank(gray: Image.Image) -> bool:
    cells = gray.reduce(_BLANK_BLUR).tobytes()
    return max(cells) - min(cells) < _BLANK_CONTRAST


def _share(lines: list[SeenLine]) -> float:
    return share_of_syllables(" ".join(word.text for line in lines for word in line)) or 0.0


def _placed(lines: list[SeenLine], point: float) -> Iterator[PlacedWord]:
    """Yield the words in points; those of a line share its height, so that marks and specks do not part them."""
    turns = count()
    for line in lines:
        top, bottom = (median(word.box[edge] for word in line) * point for edge in (1, 3))
        for word in line:
            yield PlacedWord(word.text, (word.box[0] * point, top, word.box[2] * point, bottom), next(turns))
