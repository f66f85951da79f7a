"""What is drawn over the image of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue.facts import Geometry
from archive.search import Span
from archive.web.page_overlay import overlay, rectangles
from ingest.record import Box, Word

TEXT = "Thực hiện (chuyển đổi số\nnăm 2026)"
WORDS = (
    Word(0, 4, (72, 100, 100, 114)),
    Word(5, 9, (104, 100, 130, 114)),
    Word(10, 17, (134, 100, 176, 114)),
    Word(18, 21, (180, 99, 200, 115)),
    Word(22, 24, (204, 100, 216, 114)),
    Word(25, 28, (72, 118, 96, 132)),
    Word(29, 34, (100, 118, 130, 132)),
)


@pytest.mark.parametrize(
    ("part", "boxes"),
    [
        ("hiện", [(104, 100, 130, 114)]),
        ("chuyển đổi số", [(140, 99, 216, 115)]),
        ("số\nnăm", [(204, 100, 216, 114), (72, 118, 96, 132)]),
        ("2026", [(100, 118, 124, 132)]),
        ("\n", []),
    ],
)
def test_rectangles_lie_around_what_is_meant(part: str, boxes: list[Box]) -> None:
    """Words side by side have one rectangle, each line has its own, and a sign at a word's end is left out."""
    start = TEXT.index(part)
    assert rectangles(WORDS, start, start + len(part)) == tuple(boxes)


def test_words_far_apart_on_a_line_have_a_rectangle_each() -> None:
    """What stands in two columns is not joined over the gutter."""
    words = (Word(0, 3, (72, 100, 90, 114)), Word(4, 7, (300, 100, 320, 114)))
    assert rectangles(words, 0, 7) == ((72, 100, 90, 114), (300, 100, 320, 114))


def test_a_word_that_runs_down_the_page_is_marked_whole() -> None:
    """On a sheet that lies on its side a part of a word has no share of the width."""
    assert rectangles((Word(0, 8, (72, 100, 86, 160)),), 1, 4) == ((72, 100, 86, 160),)


def test_an_overlay_has_each_place_in_order() -> None:
    """The places are those given, with their text on one line, also where no word of them is on the paper."""
    made = overlay(TEXT + "\nkhác", Geometry(595, 842, WORDS), [Span(22, 28), Span(35, 39)], read={"kind": Span(0, 4)})
    assert [(place.text, len(place.boxes)) for place in made.found] == [("số năm", 2), ("khác", 0)]
    assert made.read["kind"].boxes == ((72, 100, 100, 114),)


boxes = st.tuples(*[st.floats(0, 1000)] * 4)


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3), boxes), max_size=12),
    st.integers(0, 80),
    st.integers(0, 80),
)
def test_any_words_and_offsets_are_borne(made: list[tuple[int, int, Box]], start: int, end: int) -> None:
    """Boxes as a broken file may give them raise nothing, and what lies outside the words has no rectangle."""
    words, at = [], 0
    for length, gap, box in made:
        words.append(Word(at + gap, at + gap + length, box))
        at += gap + length
    assert len(rectangles(words, start, end)) <= len(words)
    assert rectangles(words, at, at + 9) == ()
