"""The PP-OCR model of a line: an image of a line in, the characters it sees out, and how surely each is which digit.

It has been taught on handwriting as well as on print, where Tesseract reads print alone; of the Vietnamese letters it
knows half. Of `rapidocr` only the file of the model is used, which lies in the package: nothing is downloaded, and the
image libraries of its own pipeline are not wanted. Importing this module takes a quarter of a second.
"""

from functools import lru_cache
from importlib.metadata import distribution
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

_MODEL = "rapidocr/models/PP-OCRv6_rec_small.onnx"
_HEIGHT = 48  # pixels of a line, as the model was taught
_WIDTH_LEAST = 160  # a narrower line is filled up with gray
_NOTHING = 0  # the model's class for "no new character here"
_FATAL = 4  # of the runtime's grades of messages: the lesser ones say what it optimises


class Glyph(NamedTuple):
    """A character, where it begins and ends in pixels of the line, and how surely it is each of the ten digits.

    The sureties (0 to 1) are those of digits against all that the model knows: a letter has ten small ones.
    """

    text: str
    left: float
    right: float
    digits: list[float]


class _Model(NamedTuple):
    session: onnxruntime.InferenceSession
    characters: list[str]


def glyphs(line: Image.Image) -> list[Glyph]:
    """Return what the model sees in the gray image of one line, from left to right."""
    model = _model()
    image, scale = _scaled(line)
    steps = model.session.run(None, {model.session.get_inputs()[0].name: image})[0][0]
    width = image.shape[3] / len(steps) / scale
    best = steps.argmax(axis=1)
    turns = np.flatnonzero(np.diff(best, prepend=-1, append=-1)).tolist()
    return [
        Glyph(
            model.characters[best[start]], start * width, end * width, steps[start:end, _digits()].max(axis=0).tolist()
        )
        for start, end in pairwise(turns)
        if best[start] != _NOTHING
    ]


def _scaled(line: Image.Image) -> tuple[NDArray[np.float32], float]:
    scale = _HEIGHT / line.height
    size = (max(1, round(line.width * scale)), _HEIGHT)
    gray = np.asarray(line.resize(size, Image.Resampling.BICUBIC), dtype=np.float32) / 127.5 - 1
    filled = np.pad(gray, ((0, 0), (0, max(0, _WIDTH_LEAST - size[0]))))
    return np.repeat(filled[np.newaxis, np.newaxis], 3, axis=1), scale


@lru_cache(maxsize=1)
def _model() -> _Model:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = _FATAL
    path = str(distribution("rapidocr").locate_file(_MODEL))
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return _Model(session, ["", *characters, " "])


@lru_cache(maxsize=1)
def _digits() -> list[int]:
    return [_model().characters.index(digit) for digit in "0123456789"]
