"""Where the words of a page stand on it, packed into one blob of about three bytes a word.

Inside are six rows of whole numbers, each with one number a word, made small by counting from the word before:
characters since it, length; then, in quarters of a point, steps right and down from it, width, height.
"""

import zlib
from collections.abc import Sequence

import msgspec

from ingest.record import Word

_FINE = 4  # units of a point
_Row = tuple[int, ...]
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[_Row, _Row, _Row, _Row, _Row, _Row]).decode


def packed(words: Sequence[Word]) -> bytes:
    """Return the words as a blob."""
    numbers: list[tuple[int, ...]] = []
    at = right = above = 0
    for word in words:
        x0, top, x1, bottom = (round(edge * _FINE) for edge in word.box)
        numbers.append((word.start - at, word.end - word.start, x0 - right, top - above, x1 - x0, bottom - top))
        at, right, above = word.end, x1, top
    return zlib.compress(_encode(tuple(zip(*numbers, strict=True)) or ((),) * 6))


def unpacked(blob: bytes) -> tuple[Word, ...]:
    """Return the words of a blob, their edges true to an eighth of a point."""
    words: list[Word] = []
    at = right = above = 0
    for gap, length, across, down, width, height in zip(*_decode(zlib.decompress(blob)), strict=True):
        x0, top = right + across, above + down
        right, above = x0 + width, top
        words.append(Word(at + gap, at + gap + length, _box(x0, top, right, top + height)))
        at += gap + length
    return tuple(words)


def _box(*edges: int) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (edge / _FINE for edge in edges)
    return x0, top, x1, bottom
