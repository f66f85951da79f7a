"""Handwriting: digits between printed words are read where they are sure, and left out where they are not."""

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.readers.handwriting import with_handwriting
from ingest.readers.tesseract import SeenLine, SeenWord
from tests.ingest import papers

# Strokes of a pen in a box one wide and two high.
STROKES = {
    "1": [[(0.3, 0.5), (0.6, 0), (0.5, 2)]],
    "2": [[(0.1, 0.5), (0.3, 0.1), (0.7, 0), (0.9, 0.4), (0.7, 1), (0, 1.9), (0.2, 1.9), (1, 1.8)]],
    "4": [[(0.4, 0), (0, 1.2), (0.9, 1.1)], [(0.7, 0.5), (0.6, 2)]],
    "7": [[(0, 0.1), (0.9, 0), (0.4, 2)], [(0.2, 1), (0.8, 0.9)]],
    "?": [[(0, 1), (1, 0.9), (0.1, 1.3), (0.9, 1.2), (0, 0.6), (1, 0.5)]],
}
NUMBER, DATE = ("Số:", "/KH-UBND"), ("Lam Sơn, ngày", "tháng 3 năm 2024")


def form(top: int, before: str, after: str, by_hand: str, *, glued: float = 0) -> tuple[Image.Image, SeenLine]:
    """Return a page with one line of the form, and its words as Tesseract would read them, all scrawls as `Ÿ`."""
    page = Image.new("L", (2480, 700), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(papers.FONT, 50)
    words, x = [], 200.0
    for text in (*before.split(), *by_hand, *after.split()):
        x -= glued if after.startswith(text) else 0
        if text in STROKES:
            for stroke in STROKES[text]:
                draw.line([(x + 22 * across, top - 5 + 27 * down) for across, down in stroke], 40, 5, "curve")
            words.append(SeenWord("Ÿ", (x, top, x + 22, top + 50), 40))
            x += 30
        else:
            draw.text((x, top), text, 0, font)
            words.append(SeenWord(text, (x, top, x + font.getlength(text), top + 60), 95))
            x += font.getlength(text) + 14
    return page, words


def text(line: SeenLine) -> str:
    return " ".join(word.text for word in line)


@pytest.mark.parametrize("digits", ["214", "7", "12", "2741"])
def test_a_number_written_by_hand_is_read(digits: str) -> None:
    """The serial drawn with a pen takes the place of what Tesseract made of it, right before the slash."""
    page, line = form(300, *NUMBER, digits)
    assert [text(read) for read in with_handwriting([line], page)] == [f"Số: {digits}/KH-UBND"]


@pytest.mark.parametrize("seen_as", ["", "Số:."])
def test_a_number_whose_label_is_lost_is_read(seen_as: str) -> None:
    """Where Tesseract loses `Số:`, or sets it on a line of its own, the number is found by its symbol."""
    page, line = form(300, *NUMBER, "214")
    apart = [SeenWord(seen_as, line[0].box, 60)]
    read = with_handwriting([line[1:], apart] if seen_as else [line[1:]], page)
    assert [text(words) for words in read] == ["Số: 214/KH-UBND"]


def test_no_label_is_made_up() -> None:
    """A line of text that begins with a symbol stays as it is: no `Số:` stands before it."""
    page, line = form(300, "theo", "/KH-UBND ngày", "12")
    assert with_handwriting([line[1:]], page) == [line[1:]]


@pytest.mark.parametrize("digits", ["17", "2", "21"])
def test_a_day_written_by_hand_is_read(digits: str) -> None:
    """The day drawn with a pen stands between its printed words, its box where it was drawn."""
    page, line = form(300, *DATE, digits)
    read = with_handwriting([line], page)[0]
    assert text(read) == f"Lam Sơn, ngày {digits} tháng 3 năm 2024"
    x0, _, x1, _ = next(word.box for word in read if word.text == digits)
    assert x0 - 15 < line[3].box[0] < line[2 + len(digits)].box[2] < x1 + 15


@pytest.mark.parametrize("digits", ["12", "21"])
def test_a_day_that_touches_the_next_word_is_read(digits: str) -> None:
    """Readings that take the `t` of `tháng` for part of the day say nothing, rather than that there is none."""
    page, line = form(300, *DATE, digits, glued=8)
    assert text(with_handwriting([line], page)[0]) == f"Lam Sơn, ngày {digits} tháng 3 năm 2024"


def test_the_printed_word_behind_a_day_is_written_out() -> None:
    """A `tháng` that Tesseract misreads for the pen across it is `tháng` again."""
    page, line = form(300, *DATE, "12")
    misread = [replace(word, text="thủng") if word.text == "tháng" else word for word in line]
    assert text(with_handwriting([misread], page)[0]) == "Lam Sơn, ngày 12 tháng 3 năm 2024"


@pytest.mark.parametrize(("words", "expected"), [(NUMBER, "Số: /KH-UBND"), (DATE, "Lam Sơn, ngày tháng 3 năm 2024")])
@pytest.mark.parametrize("by_hand", ["", "?", "??"])
def test_what_is_not_sure_is_left_out(words: tuple[str, str], expected: str, by_hand: str) -> None:
    """A form left blank stays blank, and so does one with a scrawl that is no digit."""
    page, line = form(300, *words, by_hand)
    assert [text(read) for read in with_handwriting([line], page)] == [expected]


def test_a_day_that_no_month_has_is_left_out() -> None:
    """A 74th of March is not a date."""
    page, line = form(300, *DATE, "74")
    assert text(with_handwriting([line], page)[0]) == "Lam Sơn, ngày tháng 3 năm 2024"


def test_other_lines_stay() -> None:
    """A cited number in the text and a date in a sentence stay as Tesseract has read them."""
    lines = [
        [SeenWord(word, (10 * i, 0, 10 * i + 9, 10), 90) for i, word in enumerate(sentence.split())]
        for sentence in ("Căn cứ Kế hoạch số 12 /KH-UBND của tỉnh", "họp ngày 1l tháng 3 năm 2024 tại hội trường")
    ]
    assert with_handwriting(lines, Image.new("L", (2480, 700), 255)) == lines
