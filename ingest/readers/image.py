"""Images of pages: PNG, JPEG, and TIFF with as many pages as it holds; all their text comes of recognition."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.errors import DamagedFile, TooLarge
from ingest.readers.lines import laid, line
from ingest.readers.ocr import PIXELS_MOST, recognise
from ingest.readers.reading import Progress, Reading
from ingest.record import Page, Problem

_FORMATS = ("PNG", "JPEG", "TIFF")
_STUMBLES = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error)
_DAMAGED = "Tệp ảnh bị hỏng hoặc bị cắt mất phần cuối; hãy quét hoặc tải lại tệp."
_LONG_SIDE = 842.0  # points: A4, taken for the paper's size where the image does not say a likely one
_LIKELY = range(300, 2400)  # points of the long side: A6 to A2


def read(path: Path, progress: Progress | None = None) -> Reading:
    """Return a page for each page of the image; one that could not be recognised is empty, and a problem says why.

    Raises DamagedFile, and TooLarge for an image of more pixels than may be unpacked.
    """
    pages: list[Page] = []
    problems: list[Problem] = []
    try:
        with _only_bombs_matter(), Image.open(path, formats=_FORMATS) as image:
            total = getattr(image, "n_frames", 1)
            for number in range(1, total + 1):
                image.seek(number - 1)
                if progress:
                    progress(number - 1, total, recognising=True)
                page, problem = _page(number, image)
                pages.append(page)
                problems += [problem] if problem else []
                if progress:
                    progress(number, total)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except _STUMBLES as error:
        raise DamagedFile(_DAMAGED) from error
    return Reading("image", tuple(pages), "ocr" if any(page.text for page in pages) else None, tuple(problems))


@contextmanager
def _only_bombs_matter() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of notes on the picture that it cannot read
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _page(number: int, image: Image.Image) -> tuple[Page, Problem | None]:
    if image.width * image.height > PIXELS_MOST:
        raise _too_large()
    upright = ImageOps.exif_transpose(image)
    point = _point(image)
    rows, problem = recognise(number, upright.width * point, lambda: upright)
    size = (upright.width * point, upright.height * point)
    return laid(number, [line(row) for row in rows], size, recognised=bool(rows)), problem


def _point(image: Image.Image) -> float:
    """Return how many points wide a pixel is; a telephone's photograph says nothing true of it."""
    long_side = max(image.size)
    dpi = float(image.info.get("dpi", (0, 0))[0])
    return 72 / dpi if dpi > 1 and round(long_side * 72 / dpi) in _LIKELY else _LONG_SIDE / long_side


def _too_large() -> TooLarge:
    limit = PIXELS_MOST // 10**6
    return TooLarge(f"Ảnh quá lớn (giới hạn {limit} triệu điểm ảnh); hãy quét lại ở 300 dpi rồi gửi lại.")
