"""Telling rubbish from text by its syllables."""

import pytest

from ingest.legibility import is_rubbish, is_syllable, share_of_syllables
from tests.ingest.texts import LETTER, PLAN

BROKEN_FONT = "7ӌ1+ /¬2 &$, &Ӝ1* +Ñ$ ;­ +ӜI &+Ӫ 1*+Ƭ$ 9,Ӊ7 1$0 ĈӝF OұS 7ӵ GR +ҥQK SK~F 6Ӣ &Ð1* 7+ѬѪ1* 4X\\ӃW ÿӏQK"
WRONG_LANGUAGE = (
    "CQNG HOA XA HO! CHU NGHIA VIT NAM DQc 1p - Tn do - Hnh phtc QUYET DJNH Ve vic thnh lp T8 cong tac kho st "
    "Can cir Quyt djnh so 1675 cua Uy ban nhn dan tinh quy djnh chirc nang nhim vii quyen hn"
)
UNNAMED_LETTERS = (
    "\ufffd\ufffd BAN \ue001\ue002N D\ufffdN T\ufffdNH AN B\ufffdNH K\ufffd HO\ufffdCH Chuy\ufffdn \ufffdi s\ufffd " * 3
)
ENGLISH = (
    "The Government of the Republic agrees to the terms of this memorandum and to the annexes that are set out in it."
)


@pytest.mark.parametrize("word", ["nghiêng", "Quyết", "KHUỶU", "giữa", "gì", "yếu", "được", "hoà", "hòa", "khuya"])
def test_syllables(word: str) -> None:
    """Syllables of every build are known, in any case, the tone placed by either habit."""
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["dinh9", "quyet", "CQNG", "mọtt", "cać̀", "tuvến", "Website", "cac", "hợpp"])
def test_no_syllables(word: str) -> None:
    """A rhyme that does not exist, and one ending in c, ch, p, t without sắc or nặng, make no syllable."""
    assert not is_syllable(word)


@pytest.mark.parametrize("text", [BROKEN_FONT, WRONG_LANGUAGE, UNNAMED_LETTERS], ids=["font", "language", "unnamed"])
def test_rubbish(text: str) -> None:
    """A broken font, recognition for another language and letters that a font does not name are rubbish."""
    assert is_rubbish(text)


@pytest.mark.parametrize(
    "text", [PLAN, LETTER, PLAN.upper(), ENGLISH, "12 34\n56 78 " * 9, "Ký bởi: www.example.vn"], ids=range(6)
)
def test_no_rubbish(text: str) -> None:
    """Print in small and capital letters, English, numbers and a short stamp are not."""
    assert not is_rubbish(text)


def test_too_few_words_say_nothing() -> None:
    """The share of a handful of words is not told."""
    assert share_of_syllables("Ký bởi abc") is None
    assert share_of_syllables("một hai ba bốn năm sáu bảy tám chín mười abcd efgh") == pytest.approx(10 / 12)
