"""What recognition costs and gets wrong: made-up pages of known text, spoilt as scanners spoil them.

.venv/bin/python -m bench.recognition [--pages 3] [--pdf PATH]

Prints for each way of spoiling the seconds a page and the characters wrong (put in, left out, put for another) for
every hundred of the page's, and the same for words; white space counts as one space. One Tesseract at a time.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from bench.pdf import pdf
from ingest.readers import read_pages

Spoil = Callable[[Image.Image], Image.Image]
WHITE = 255


def noisy(page: Image.Image) -> Image.Image:
    """Return the page with the grain of a sensor and the blocks of a JPEG."""
    grain = Image.effect_noise(page.size, 40)
    return jpeg(ImageChops.add(page, grain, offset=-128), 40)


def jpeg(page: Image.Image, quality: int) -> Image.Image:
    data = BytesIO()
    page.save(data, "JPEG", quality=quality)
    return Image.open(data).convert("L")


def turned(angle: float) -> Spoil:
    return lambda page: page.rotate(angle, Image.Resampling.BICUBIC, expand=angle % 90 == 0, fillcolor=WHITE)


WAYS: dict[str, tuple[int, Spoil]] = {
    "rendered, 300 dpi": (300, lambda page: page),
    "200 dpi": (200, lambda page: page),
    "150 dpi": (150, lambda page: page),
    "noisy": (300, noisy),
    "aslant by 3°": (300, turned(3)),
    "aslant by -3°": (300, turned(-3)),
    "on its side": (300, turned(90)),
    "200 dpi, noisy, aslant by 2°": (200, lambda page: noisy(turned(2)(page))),
}


def wrong(found: str, wanted: str) -> int:
    """Return how many characters differ: the edit distance, a column of the table at a time in the bits of an integer.

    G. Myers, A fast bit-vector algorithm for approximate string matching, Journal of the ACM 46 (1999), with H. Hyyrö's
    simpler steps (2003).
    """
    if not found:
        return len(wanted)
    at = {c: sum(1 << i for i, other in enumerate(found) if other == c) for c in set(found)}
    ones, last = (1 << len(found)) - 1, 1 << (len(found) - 1)
    up, down, distance = ones, 0, len(found)
    for character in wanted:
        same = at.get(character, 0)
        zero = (((same & up) + up) ^ up) | same | down
        right, left = down | (~(zero | up) & ones), up & zero
        distance += bool(right & last) - bool(left & last)
        right = (right << 1) | 1
        up, down = ((left << 1) | (~(zero | right) & ones)) & ones, right & zero & ones
    return distance


def scan(source: Path, target: Path, dpi: int, spoil: Spoil) -> None:
    with closing(pypdfium2.PdfDocument(source)) as document:
        pages = [spoil(page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")) for page in document]
    pages[0].save(target, save_all=True, append_images=pages[1:], dpi=(dpi, dpi), compression="tiff_lzw")


def plain(path: Path) -> list[str]:
    return [re.sub(r"\s+", " ", page.text).strip() for page in read_pages(path).pages]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--pdf", type=Path, help="spoil the pages of this PDF, which carries its text")
    options = parser.parse_args()
    print(f"{'':30}{'s a page':>10}{'wrong of 100 characters':>25}{'of 100 words':>15}")
    with tempfile.TemporaryDirectory() as name:
        source, target = options.pdf or Path(name) / "made.pdf", Path(name) / "scan.tif"
        if not options.pdf:
            source.write_bytes(pdf(options.pages))
        wanted = plain(source)
        for way, (dpi, spoil) in WAYS.items():
            scan(source, target, dpi, spoil)
            began = time.perf_counter()
            found = plain(target)
            took = (time.perf_counter() - began) / len(found)
            print(f"{way:30}{took:>10.1f}{share(found, wanted):>25.2f}{words(found, wanted):>15.2f}", flush=True)


def share(found: list[str], wanted: list[str]) -> float:
    return 100 * sum(map(wrong, found, wanted)) / sum(map(len, wanted))


def words(found: list[str], wanted: list[str]) -> float:
    """Return the share of words wrong: each word taken for one character."""
    letters: dict[str, str] = {}

    def coded(text: str) -> str:
        return "".join(letters.setdefault(word, chr(0x4E00 + len(letters))) for word in text.split())

    return share([coded(text) for text in found], [coded(text) for text in wanted])


if __name__ == "__main__":
    main()
