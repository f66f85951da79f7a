"""Recognition of pages that are images: made upright, read by Tesseract, laid out as a page that has text.

Only the red channel of a colour image is read: on it a red seal is white as the paper, and ink, blue or black, stays.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from PIL import Image

from ingest.legibility import RECOGNISED_LEAST, is_rubbish, share_of_syllables
from ingest.readers import tesseract
from ingest.readers.layout import PlacedWord, Row, reading_order
from ingest.readers.tesseract import NotRecognised, SeenWord
from ingest.record import Box, Problem

DPI = 300  # what Tesseract's models are made for
PIXELS_MOST = 80_000_000  # of one page: A3 at 600 dots per inch, a byte each

_WHITE = 255
_RESCAN = "hãy đối chiếu với bản gốc hoặc quét lại rõ hơn"
_UPRIGHT_FROM = 0.6  # of the words are syllables; on a page turned hardly any are
_SKEW_MOST = 4.0  # degrees; a sheet lies in a scanner no worse
_SKEW_LEAST = 0.2  # Tesseract's lines follow less
_COARSE, _FINE = 0.5, 0.1
_SKETCH = 900  # pixels of a page's longer side, enough to see its lines
_BLANK_BLUR = 24  # pixels, the height of a letter: specks vanish, a word stays
_BLANK_CONTRAST = 24  # of 255


_Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page's image turned counter-clockwise by an angle in degrees; its size and that of the page, in points."""

    image: Image.Image
    angle: float
    size: _Size
    page_size: _Size

    def on_page(self, word: PlacedWord) -> PlacedWord:
        """Return the word with the box that it has on the page."""
        x0, top, x1, bottom = word.box
        corners = [self._on_page(x, y) for x in (x0, x1) for y in (top, bottom)]
        across, down = zip(*corners, strict=True)
        return PlacedWord(word.text, (min(across), min(down), max(across), max(down)), word.drawn)

    def _on_page(self, x: float, y: float) -> tuple[float, float]:
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        across, down = x - self.size[0] / 2, y - self.size[1] / 2
        return across * cos - down * sin + self.page_size[0] / 2, across * sin + down * cos + self.page_size[1] / 2


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
    gray = ink(drawn())
    if _is_blank(gray):
        return Recognised([])
    try:
        rows = _rows(gray, width / gray.width)
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


def _rows(gray: Image.Image, point: float) -> list[Row]:
    """Return the lines of the page, a pixel of which is `point` points wide."""
    dpi = round(72 / point)
    sheet = _upright(gray, point, 0)
    words = tesseract.seen_words(sheet.image, dpi)
    share = _share(words)
    if share < _UPRIGHT_FROM and (turns := tesseract.quarter_turns(gray, dpi)):
        turned = _upright(gray, point, turns)
        again = tesseract.seen_words(turned.image, dpi)
        if _share(again) > share:
            sheet, words = turned, again
    rows = reading_order(_placed(words, point), sheet.size[0])
    return [[sheet.on_page(word) for word in row] for row in rows]


def ink(image: Image.Image) -> Image.Image:
    """Return what is black or blue in the image as gray on white."""
    if image.mode in {"1", "L"}:
        return image.convert("L")
    if image.has_transparency_data:
        colours = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, colours).getchannel("R")
    return image.convert("RGB").getchannel("R")


def _is_blank(gray: Image.Image) -> bool:
    cells = gray.reduce(_BLANK_BLUR).tobytes()
    return max(cells) - min(cells) < _BLANK_CONTRAST


def _share(words: list[SeenWord]) -> float:
    return share_of_syllables(" ".join(word.text for word in words)) or 0.0


def _upright(gray: Image.Image, point: float, quarters: int) -> _Sheet:
    """Return the page turned clockwise by quarters and then by as much as its lines are aslant."""
    skew = _skew(gray.rotate(-90 * quarters, expand=True))
    angle = -90 * quarters + (skew if abs(skew) >= _SKEW_LEAST else 0.0)
    turned = gray.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE)
    return _Sheet(turned, angle, _size(turned, point), _size(gray, point))


def _size(image: Image.Image, point: float) -> _Size:
    return image.width * point, image.height * point


def _skew(gray: Image.Image) -> float:
    """Return the angle, counter-clockwise, by which to turn the page so that its lines lie level."""
    sketch = gray.reduce(max(1, max(gray.size) // _SKETCH))
    steps = round(_SKEW_MOST / _COARSE)
    near = max((step * _COARSE for step in range(-steps, steps + 1)), key=lambda angle: _levelness(sketch, angle))
    steps = round(_COARSE / _FINE)
    return max((near + step * _FINE for step in range(-steps, steps + 1)), key=lambda angle: _levelness(sketch, angle))


def _levelness(sketch: Image.Image, angle: float) -> int:
    """Return how sharply dark lines and light gaps follow one another down the page."""
    turned = sketch.rotate(angle, Image.Resampling.BILINEAR, fillcolor=_WHITE)
    profile = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((above - below) ** 2 for above, below in pairwise(profile))


def _placed(words: list[SeenWord], point: float) -> Iterator[PlacedWord]:
    """Yield the words in points; those of a line share its height, so that marks and specks do not part them."""
    heights: dict[tuple[int, int, int], list[Box]] = defaultdict(list)
    for word in words:
        heights[word.line].append(word.box)
    for turn, word in enumerate(words):
        top, bottom = (median(box[edge] for box in heights[word.line]) for edge in (1, 3))
        x0, _, x1, _ = word.box
        yield PlacedWord(word.text, (x0 * point, top * point, x1 * point, bottom * point), turn)
