"""A page's image made to stand upright, its lines level, and the way back to the page as it lay in the scanner."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image

from ingest.readers.layout import PlacedWord

_WHITE = 255
_SKEW_MOST = 4.0  # degrees; a sheet lies in a scanner no worse
_SKEW_LEAST = 0.2  # less does not harm the lines
_COARSE, _FINE = 0.5, 0.1
_SKETCH = 900  # pixels of a page's longer side, enough to see its lines
_Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's gray image turned counter-clockwise by an angle in degrees; its size and that of the page, in points."""

    image: Image.Image
    angle: float
    size: _Size
    page_size: _Size

    def turned(self, image: Image.Image) -> Image.Image:
        """Return another gray image of the page, turned as this one is."""
        return _turned(image, self.angle)

    def on_page(self, word: PlacedWord) -> PlacedWord:
        """Return the word with the box that it has on the page."""
        x0, top, x1, bottom = word.box
        across, down = zip(*(self._on_page(x, y) for x in (x0, x1) for y in (top, bottom)), strict=True)
        return replace(word, box=(min(across), min(down), max(across), max(down)))

    def _on_page(self, x: float, y: float) -> tuple[float, float]:
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        across, down = x - self.size[0] / 2, y - self.size[1] / 2
        return across * cos - down * sin + self.page_size[0] / 2, across * sin + down * cos + self.page_size[1] / 2


def upright(gray: Image.Image, point: float, quarters: int = 0) -> Sheet:
    """Return the page, a pixel of which is `point` points wide, turned clockwise by quarters and then level."""
    skew = _skew(gray.rotate(-90 * quarters, expand=True))
    angle = -90 * quarters + (skew if abs(skew) >= _SKEW_LEAST else 0.0)
    turned = _turned(gray, angle)
    return Sheet(turned, angle, _size(turned, point), _size(gray, point))


def _turned(image: Image.Image, angle: float) -> Image.Image:
    return image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE)


def _size(image: Image.Image, point: float) -> _Size:
    return image.width * point, image.height * point


def _skew(gray: Image.Image) -> float:
    """Return the angle, counter-clockwise, by which to turn the page so that its lines lie level."""
    sketch = gray.reduce(max(1, max(gray.size) // _SKETCH))
    near = _levellest(sketch, 0.0, _SKEW_MOST, _COARSE)
    return _levellest(sketch, near, _COARSE, _FINE)


def _levellest(sketch: Image.Image, near: float, reach: float, step: float) -> float:
    steps = round(reach / step)
    angles = (near + turn * step for turn in sorted(range(-steps, steps + 1), key=abs))
    return max(angles, key=lambda angle: _levelness(sketch, angle))


def _levelness(sketch: Image.Image, angle: float) -> int:
    """Return how sharply dark lines and light gaps follow one another down the page."""
    turned = sketch.rotate(angle, Image.Resampling.BILINEAR, fillcolor=_WHITE)
    profile = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((above - below) ** 2 for above, below in pairwise(profile))
