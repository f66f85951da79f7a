"""Words that Tesseract overlooks at its first look, looked for once more.

What a seal or a signature touches it takes for a picture: most often the name of the signer. So what it has read surely
is painted white, and what is left is read anew as scattered words.
"""

from statistics import mean, median

from PIL import Image, ImageDraw

from ingest.readers.tesseract import SCATTERED, NotRecognised, SeenLine, SeenWord, seen_lines

_SURE = 50.0  # of 100
_WHITE = 255
_MARKS = frozenset("-–—+•*")  # of lists: short, so never surely read
_NOISE_BELOW = 20.0
_NEW_WORD_LEAST = 60.0
_NEW_LINE_LEAST = 75.0
_NEW_LONE_WORD_LEAST = 90.0  # a single word is often a piece of the seal
_LETTERS_LEAST = 3
_NEAR = 1.5  # line heights from a line to a word that is of it


def with_overlooked(lines: list[SeenLine], image: Image.Image, dpi: int) -> list[SeenLine]:
    """Return the lines read in the image, without specks, with the words found at a second look in their places."""
    rest = _black_on_white(image)
    paper = ImageDraw.Draw(rest)
    for word in (word for line in lines for word in line if word.confidence >= _SURE):
        paper.rectangle(word.box, fill=_WHITE)
    doubtful = [word for line in lines for word in line if word.confidence < _SURE]
    found = [new for line in _scattered(rest, dpi) if (new := _believed(line, doubtful))]
    again = [word for line in found for word in line]
    kept = [[word for word in line if not (_is_speck(word) or _is_read_better(word, again))] for line in lines]
    return _merged([line for line in kept if line], found)


def _black_on_white(image: Image.Image) -> Image.Image:
    # Without its letters, Tesseract would take the darker half of the paper's grain for ink.
    shades = image.histogram()
    paper = shades.index(max(shades))
    darkest = next(shade for shade, pixels in enumerate(shades) if pixels)
    return image.point([0 if shade < (paper + darkest) / 2 else _WHITE for shade in range(256)])


def _scattered(rest: Image.Image, dpi: int) -> list[SeenLine]:
    try:
        return seen_lines(rest, dpi, SCATTERED)
    except NotRecognised:  # a photograph, a map: what was read at the first look stands
        return []


def _believed(line: SeenLine, doubtful: list[SeenWord]) -> SeenLine:
    words = [word for word in line if word.confidence >= _NEW_WORD_LEAST and any(map(str.isalnum, word.text))]
    if len(words) > 1 and mean(word.confidence for word in words) >= _NEW_LINE_LEAST:
        return words
    return [word for word in words if _stands_alone(word) or any(_is_read_better(old, [word]) for old in doubtful)]


def _stands_alone(word: SeenWord) -> bool:
    return word.confidence >= _NEW_LONE_WORD_LEAST and sum(map(str.isalpha, word.text)) >= _LETTERS_LEAST


def _is_speck(word: SeenWord) -> bool:
    if word.confidence >= _SURE or not _MARKS.isdisjoint(word.text):
        return False
    characters = sum(map(str.isalnum, word.text))
    return characters == 0 or (characters == 1 and word.text.isalpha() and word.confidence < _NOISE_BELOW)


def _is_read_better(old: SeenWord, again: list[SeenWord]) -> bool:
    return old.confidence < _SURE and any(_overlap(old, new) and new.confidence > old.confidence for new in again)


def _overlap(one: SeenWord, other: SeenWord) -> bool:
    """Say whether the words share more than half of the shorter one's width, on one line."""
    width = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    height = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return height > 0 and width * 2 > min(one.box[2] - one.box[0], other.box[2] - other.box[0])


def _merged(lines: list[SeenLine], found: list[SeenLine]) -> list[SeenLine]:
    merged = [list(line) for line in lines]
    for new in found:
        home = next((line for line in merged if _continues(line, new)), None)
        if home is not None:
            home += new
        else:
            below = (at for at, line in enumerate(merged) if _edge(line, 1) > _edge(new, 3))
            merged.insert(next(below, len(merged)), new)
    return [sorted(line, key=lambda word: word.box[0]) for line in merged]


def _continues(line: SeenLine, new: SeenLine) -> bool:
    top, bottom = _edge(line, 1), _edge(line, 3)
    apart = max(
        min(word.box[0] for word in new) - max(word.box[2] for word in line),
        min(word.box[0] for word in line) - max(word.box[2] for word in new),
    )
    return top < (_edge(new, 1) + _edge(new, 3)) / 2 < bottom and apart < (bottom - top) * _NEAR


def _edge(line: SeenLine, edge: int) -> float:
    return median(word.box[edge] for word in line)
