"""The analysis that index, query and marks share."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.analysis import SEPARATOR, Term, query_terms, tokens


def placed(text: str) -> list[tuple[int, str]]:
    return [(token.position, token.term.exact) for token in tokens(text)]


def test_words_in_order() -> None:
    """Words come in order, in lower case, with the tone where the older habit puts it."""
    assert placed("Hoà bình, đường-dây") == [(0, "hòa"), (1, "bình"), (2, "đường"), (3, "dây")]


def test_folded_forms() -> None:
    """The folded form has no marks and no đ."""
    assert query_terms("Đường") == (Term("đường", "duong"),)


def test_a_number_is_its_words_and_one_token() -> None:
    """A number stands at its first word's place, whole and by each of its beginnings."""
    assert placed("số 228/KH-UBND nói") == [
        (0, "số"), (1, "228/kh"), (1, "228/kh/ubnd"), (1, "228"), (2, "kh"), (3, "ubnd"), (4, "nói"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("228/KH-UBND", "0228 / kh–ubnd"),
        ("15-NQ/TU", "15/NQ-TU"),
        ("45/2016/QĐ-TTg", "45/2016/QD-TTG"),
        ("18/08/2017", "18-8-2017"),
        ("66.7/2025/NQ-CP", "66.7/2025/nq-cp"),
    ],
)
def test_shapes_of_one_number_are_one_term(one: str, other: str) -> None:
    """Signs, case, marks, blanks at a slash and leading zeros do not make another number."""
    assert query_terms(one) == query_terms(other)
    assert len(query_terms(one)) == 1


def test_no_phrase_reaches_over_a_separator() -> None:
    """A separator takes a position of its own."""
    assert placed(f"a{SEPARATOR}b") == [(0, "a"), (2, "b")]


@given(st.text())
def test_tokens_lead_back_to_the_text(text: str) -> None:
    """Offsets lie inside the text, positions never fall, and what stands there is the term."""
    position = 0
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.position >= position
        position = token.position
        assert token.term in query_terms(text[token.start : token.end])


@given(st.text(alphabet="aăâeêoôơuưyhqtđ\u0300\u0301\u0323 ", max_size=30))
def test_composition_does_not_count(text: str) -> None:
    """A text composed and decomposed has the same words."""
    composed, loose = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [token.term for token in tokens(composed)] == [token.term for token in tokens(loose)]
