"""Digits written by hand into the printed form: the serial behind `Số:` and the day of the dateline.

Tesseract finds the printed words around them and misreads what stands between. So that part of the line is read again
by a model that knows handwriting, then the blank alone, each in several shapes: a misreading seldom stays the same from
shape to shape. What most of them do not agree on is left out, as if the form were blank.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf, prod
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from ingest.orthography import fold
from ingest.readers.tesseract import SeenLine, SeenWord
from ingest.record import Box

if TYPE_CHECKING:
    from ingest.readers.ppocr import Glyph

_SURE = 0.35  # of the votes, each as heavy as its reading is sure
_AHEAD = 1.5  # times the votes for the next
_PADDINGS = (0.15, 0.35)  # of the line's height, above and below
_SLANTS = (0.0, 0.15, 0.3)  # by how much what leans is set upright
_BESIDE = 0.3  # of the line's height, left and right of the words
_NARROWER = (0.0, 0.1)  # than the blank, of the line's height, on either side: the words around it are not to be seen
_NARROWEST = 0.2  # of the line's height, that a digit takes
_LABEL_WITHIN = 8  # heights of the symbol, left of it
_GUESSES = 2  # digits that a character is tried as
_DIGITS_MOST = 6
_LIKE_DIGITS = str.maketrans("IlO", "110")
_SEEN = 100.0
_WHITE = 255


@dataclass(frozen=True, slots=True)
class _Blank:
    """A blank of the form: the words around it as Tesseract reads them and as the model does, marks aside."""

    printed: re.Pattern[str]
    seen: re.Pattern[str]
    fitting: re.Pattern[str]
    word: str  # the printed one behind it; none where what is filled in is joined to a symbol
    print_from: float  # Tesseract's confidence in digits of its own: they are print


class _Filling(NamedTuple):
    """What stands in a blank, from where to where in pixels of the page; no digits where nothing that fits is seen."""

    digits: str
    sure: float
    left: float
    right: float


_SYMBOL = r"(?P<after>(?:/|-(?=[A-Z][A-Za-z]{1,3}/))\s?(?:(?:19|20)\d\d/)?[A-Z]{2}\S*)"
_UNLABELLED = re.compile(r".{0,6}?" + _SYMBOL)
_LABEL = "Số:"
_NUMBER = _Blank(
    printed=re.compile(r"(?<!\S)\W{0,2}(?P<before>S[o6]\s?[:;.]?)(?P<gap>.{0,14}?)" + _SYMBOL),
    seen=re.compile(
        r"[Ss].{0,2}?\s*(?P<before>[:;.])(?P<gap>.{0,9}?)(?P<after>/|-(?=[A-Z][A-Za-z]{1,3}/)|[1Iil|](?=[A-Z]{2}))"
    ),
    fitting=re.compile(r"0?[1-9]|[1-9]\d{1,4}"),
    word="",
    print_from=inf,
)
_BLANKS = (
    _NUMBER,
    _Blank(
        printed=re.compile(
            r"[A-Z]\w*\s?\W{0,2}\s?(?P<before>ng[a-z]y)(?P<gap>.{0,9}?)(?P<after>th[a-z]{2}g)(?=.{1,9}n[a-z]m.{0,6}$)"
        ),
        seen=re.compile(r"ng\w(?P<before>y?)(?P<gap>.{0,5}?)(?P<after>t)h"),
        fitting=re.compile(r"0?[1-9]|[12]\d|3[01]"),
        word="tháng",
        print_from=90,
    ),
    _Blank(
        printed=re.compile(
            r"[A-Z]\w*\s?\W{0,2}\s?ng[a-z]y.{0,9}?(?P<before>th[a-z]{2}g)(?P<gap>.{0,9}?)(?P<after>n[a-z]m).{0,6}$"
        ),
        seen=re.compile(r"th?.{0,2}n?(?P<before>g)(?P<gap>.{0,5}?)(?P<after>n)\wm"),
        fitting=re.compile(r"0?[1-9]|1[0-2]"),
        word="năm",
        print_from=60,
    ),
)


def with_handwriting(lines: list[SeenLine], image: Image.Image) -> list[SeenLine]:
    """Return the lines read in an upright gray page, the first number and day filled in or left out."""
    filled = _labelled(lines, image)
    for blank in _BLANKS:
        for i, line in enumerate(filled):
            if found := blank.printed.search(fold(_text(line))):
                filled[i] = _filled(line, found, blank, image)
                break
    return filled


def _labelled(lines: list[SeenLine], image: Image.Image) -> list[SeenLine]:
    """Return the lines, `Số:` before the first symbol where Tesseract lost it or set it apart and the model sees it."""
    texts = [fold(_text(line)) for line in lines]
    symbols = ((i, found) for i, text in enumerate(texts) if (found := _UNLABELLED.match(text)))
    i, found = next(symbols, (0, None))
    if found is None or any(map(_NUMBER.printed.search, texts)):
        return list(lines)
    x0, top, x1, bottom = lines[i][_word_at(lines[i], found.start("after"))].box
    label = _label((max(0.0, x0 - _LABEL_WITHIN * (bottom - top)), top, x1, bottom), image)
    if label is None:
        return list(lines)
    apart = [[word for word in line if line is lines[i] or not _is_in(word, label.box)] for line in lines]
    apart[i] = [label, *lines[i]]
    return [line for line in apart if line]


def _label(box: Box, image: Image.Image) -> SeenWord | None:
    for shape in _shapes(image, box):
        seen = _glyphs(shape)
        if found := _NUMBER.seen.search(_as_seen(seen)):
            left, right = (box[0] + edge for edge in (seen[found.start()].left, seen[found.end("before") - 1].right))
            return SeenWord(_LABEL, (left, box[1], right, box[3]), _SEEN)
    return None


def _is_in(word: SeenWord, box: Box) -> bool:
    across, down = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return box[0] < across < box[2] and box[1] < down < box[3]


def _filled(line: SeenLine, found: re.Match[str], blank: _Blank, image: Image.Image) -> SeenLine:
    first, last = (_word_at(line, offset) for offset in (found.start("before"), found.end("after") - 1))
    words = line[first : last + 1]
    fillings = [] if _is_print(words[1:-1], blank) else list(_fillings(words, blank, image))
    if not fillings:
        return line
    filling = _agreed(fillings)
    text, start, end = _text(line), len(_text(line[:first])) + bool(first), len(_text(line[: last + 1]))
    before = text[start : found.end("before")].replace(" ", "")
    after = ((blank.word or text[slice(*found.span("after"))]) + text[found.end("after") : end]).replace(" ", "")
    x0, top, x1, bottom = _around(words)
    left, right = max(x0 + 1, filling.left), min(x1 - 1, filling.right)
    parts = [SeenWord(before, (x0, top, left, bottom), _SEEN)]
    if filling.digits and blank.word:
        parts.append(SeenWord(filling.digits, (left, top, right, bottom), _SEEN))
    if filling.digits and not blank.word:
        after, right = filling.digits + after, left
    return [*line[:first], *parts, SeenWord(after, (right, top, x1, bottom), _SEEN), *line[last + 1 :]]


def _is_print(between: SeenLine, blank: _Blank) -> bool:
    digits = between[0].text.translate(_LIKE_DIGITS) if len(between) == 1 else ""
    return blank.fitting.fullmatch(digits) is not None and between[0].confidence >= blank.print_from


def _agreed(fillings: Sequence[_Filling]) -> _Filling:
    """Return the filling that most readings agree on; without digits where too few do."""
    votes: dict[str, float] = defaultdict(float)
    for filling in fillings:
        votes[filling.digits] += filling.sure / len(fillings)
    (digits, sure), (_, next_sure) = [*sorted(votes.items(), key=lambda vote: -vote[1]), ("", 0.0)][:2]
    left, right = median(filling.left for filling in fillings), median(filling.right for filling in fillings)
    return _Filling(digits if sure >= max(_SURE, _AHEAD * next_sure) else "", sure, left, right)


def _fillings(words: SeenLine, blank: _Blank, image: Image.Image) -> Iterator[_Filling]:
    """Yield what is seen in the blank, for each shape in which the words around it are seen, and for it alone."""
    x0, top, x1, bottom = _around(words)
    beside = _BESIDE * (bottom - top)
    lines = list(_in_lines((x0 - beside, top, x1 + beside, bottom), blank, image))
    if lines:
        yield from lines
        left, right = median(line.left for line in lines), median(line.right for line in lines)
        yield from _alone((left, top, right, bottom), blank, image)


def _in_lines(box: Box, blank: _Blank, image: Image.Image) -> Iterator[_Filling]:
    for shape in _shapes(image, box):
        seen = _glyphs(shape)
        around = blank.seen.search(_as_seen(seen))
        if around:
            left, right = box[0] + seen[around.end("before") - 1].right, box[0] + seen[around.start("after")].left
            yield _Filling(*_digits(seen[slice(*around.span("gap"))], blank.fitting), left, right)


def _alone(box: Box, blank: _Blank, image: Image.Image) -> Iterator[_Filling]:
    left, top, right, bottom = box
    for narrower in _NARROWER:
        inset = narrower * (bottom - top)
        if right - left - 2 * inset > _NARROWEST * (bottom - top):
            for shape in _shapes(image, (left + inset, top, right - inset, bottom)):
                yield _Filling(*_digits(_glyphs(shape), blank.fitting), left, right)


def _shapes(image: Image.Image, box: Box) -> Iterator[Image.Image]:
    """Yield what is in the box, with more or less of what is above and below, and set upright by more or less."""
    left, top, right, bottom = box
    for padding, slant in product(_PADDINGS, _SLANTS):
        margin = padding * (bottom - top)
        shape = image.crop((round(left), round(top - margin), round(right), round(bottom + margin)))
        upright = (1.0, slant, -slant * shape.height / 2, 0.0, 1.0, 0.0)
        yield shape.transform(shape.size, Image.Transform.AFFINE, upright, Image.Resampling.BICUBIC, fillcolor=_WHITE)


def _as_seen(glyphs: Sequence["Glyph"]) -> str:
    return "".join(fold(glyph.text)[:1] or " " for glyph in glyphs)


def _glyphs(line: Image.Image) -> "list[Glyph]":
    from ingest.readers.ppocr import glyphs  # noqa: PLC0415 - takes a quarter of a second, which few files need

    return glyphs(line)


def _digits(glyphs: Sequence["Glyph"], fitting: re.Pattern[str]) -> tuple[str, float]:
    """Return the likeliest digits that fit the blank, and how sure the least sure one is.

    Nothing seen is surely none; a reading in which nothing fits, as one with the `t` of the next word, says nothing.
    """
    sureties = [glyph.digits for glyph in glyphs if glyph.text.isalnum()][:_DIGITS_MOST]
    guesses = [sorted(enumerate(each), key=lambda guess: -guess[1])[:_GUESSES] for each in sureties]
    tries = [("".join(str(digit) for digit, _ in chosen), [sure for _, sure in chosen]) for chosen in product(*guesses)]
    fit = [(digits, sure) for digits, sure in tries if fitting.fullmatch(digits)]
    digits, sure = max(fit, key=lambda guess: prod(guess[1]), default=("", [float(not sureties)]))
    return digits, min(sure)


def _word_at(line: SeenLine, offset: int) -> int:
    """Return which word of the line holds the offset into its text."""
    return _text(line)[: offset + 1].count(" ")


def _text(line: SeenLine) -> str:
    return " ".join(word.text for word in line)


def _around(words: SeenLine) -> Box:
    x0, top, x1, bottom = zip(*(word.box for word in words), strict=True)
    return min(x0), min(top), max(x1), max(bottom)
