"""What was meant by the keys of an input method that was off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.keystrokes import meant


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("hoachj", "hoạch"),
        ("hojach", "hoạch"),
        ("Kees", "kế"),
        ("dduwowngf", "đường"),
        ("duowngfd", "đường"),
        ("nguwowif", "người"),
        ("quyeets", "quyết"),
        ("ddinhj", "định"),
        ("tawng", "tăng"),
        ("soos", "số"),
        ("hoaf", "hòa"),
        ("hoach5", "hoạch"),
        ("ke61", "kế"),
        ("d9u7o7ng2", "đường"),
        ("duong72", "dường"),
        ("tang8", "tăng"),
    ],
)
def test_keys_of_telex_and_vni(keys: str, word: str) -> None:
    """Tones and marks where people type them: behind their vowel or at the end."""
    assert word in meant(keys)


@pytest.mark.parametrize("word", ["hoach", "kinh", "12", "", "đường"])
def test_plain_letters_mean_themselves(word: str) -> None:
    """There is nothing else to offer for what has no key of a tone or a mark."""
    assert list(meant(word)) == []


@given(st.text("adeouwsfrxjz0123456789nghđế ", max_size=12))
def test_any_keys_are_borne(keys: str) -> None:
    """Whatever is typed, there are at most two readings of it."""
    assert len(list(meant(keys))) <= 2
