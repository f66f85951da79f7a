"""The Tesseract program with its Vietnamese model: an image of a page in, the words it sees and their boxes out.

The program is started once an image and given it through a pipe: nothing is written to disk, and whoever ends this
process ends the program with it, for both are of one process group.
"""

import csv
import logging
import os
import re
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO, StringIO
from itertools import groupby
from operator import itemgetter

from PIL import Image

from ingest.record import Box

log = logging.getLogger(__name__)

LANGUAGE = "vie"
SECONDS_MOST = 60.0  # for one image; a page of text takes about two
COLUMNS, ONE_LINE, SCATTERED = 3, 7, 11  # Tesseract's page segmentation modes: a page with columns, words anywhere

_PROGRAM = "tesseract"
_RULES = " _|`ˆ^~¬\\"  # what rules, folds and specks are read as
_BARRED = re.compile("Đ*Ð+Đ*")  # a Đ that is read twice, once as the Icelandic letter
_BAND = 60  # pixels within which two blocks stand side by side
_WORD = "5"  # level of a word in the table that Tesseract prints
_QUARTERS = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)
_SURE = re.compile(r"^Orientation confidence: (\d+(?:\.\d+)?)$", re.MULTILINE)
_SURE_LEAST = 1.0


class NotRecognised(Exception):
    """Tesseract gave up on an image, or did not come to an end; the cause is in the log."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word, its box in pixels from the top left corner, and how sure Tesseract is (0 to 100)."""

    text: str
    box: Box
    confidence: float


SeenLine = list[SeenWord]


@lru_cache(maxsize=1)
def is_installed() -> bool:
    """Say whether Tesseract and its Vietnamese model are there; asked once a process."""
    return LANGUAGE in _languages()


def seen_lines(image: Image.Image, dpi: int, segmentation: int = COLUMNS) -> list[SeenLine]:
    """Return the lines in an upright gray image, block by block down the page. Raises NotRecognised."""
    table = _run(image, "-l", LANGUAGE, "--dpi", str(dpi), "--psm", str(segmentation), "tsv")
    rows = [row for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE) if _says(row)]
    blocks = [list(block) for _, block in groupby(rows, key=itemgetter("block_num"))]
    blocks.sort(key=lambda block: int(block[0]["top"]) // _BAND)  # Tesseract begins now and then with the last
    lines = (line for block in blocks for _, line in groupby(block, key=itemgetter("par_num", "line_num")))
    return [[_word(row) for row in line] for line in lines]


def quarter_turns(image: Image.Image, dpi: int) -> int:
    """Return by how many quarters, clockwise, the image is to be turned to stand upright; 0 when it cannot be told."""
    if "osd" not in _languages():
        return 0
    try:
        said = _run(image, "-l", "osd", "--dpi", str(dpi), "--psm", "0")
    except NotRecognised:  # too few letters to tell
        return 0
    turn, sure = _QUARTERS.search(said), _SURE.search(said)
    return int(turn[1]) // 90 if turn and sure and float(sure[1]) >= _SURE_LEAST else 0


def _says(row: dict[str, str]) -> bool:
    return row["level"] == _WORD and row["text"].strip(_RULES) != ""


def _word(row: dict[str, str]) -> SeenWord:
    left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    text = _BARRED.sub("Đ", row["text"].strip(_RULES))
    return SeenWord(text, (left, top, left + width, top + height), float(row["conf"]))


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    try:
        command = [_PROGRAM, "--list-langs"]
        listed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    except OSError:
        return frozenset()
    return frozenset(listed.stdout.split("\n"))


def _run(image: Image.Image, *options: str) -> str:
    plain = BytesIO()
    image.save(plain, "PPM")
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and numbers
            [_PROGRAM, "stdin", "stdout", *options],
            input=plain.getvalue(),
            capture_output=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},  # its threads cost more than they gain, most on few cores
            timeout=SECONDS_MOST,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.info("an image was not recognised: %s", error)
        raise NotRecognised from error
    return done.stdout.decode("utf-8", "replace")
