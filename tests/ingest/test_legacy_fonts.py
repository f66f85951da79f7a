"""Text typed in TCVN3 and VNI is told from every other, and turned into Unicode."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.legacy_fonts import TCVN3, VNI, LegacyFont, named, recognised, to_unicode, with_soft_hyphens

SENTENCES = [
    "Ủy ban nhân dân tỉnh An Bình yêu cầu các sở, ngành rà soát thủ tục hành chính đã công bố;",
    "Giám đốc Sở Xây dựng chịu trách nhiệm trước pháp luật về tiến độ, chất lượng của dự án.",
    "Phần mềm được nghiệm thu theo kế hoạch; kỹ sư bảo trì định kỳ mỗi quý, vẫn giữ nguyên dữ liệu cũ.",
]
SYLLABLES = sorted({word.strip(",.;").lower() for sentence in SENTENCES for word in sentence.split()})
FOREIGN = [
    "Les élèves français ont réussi à préparer la fête de Noël, déjà connue là-bas; où êtes-vous ? Ça coûte très cher.",
    "Die schönen Mädchen hören größere Lieder über Köln; für Bücher müssen wir die Straße überqueren.",
    "España: mañana el niño comió jamón en el corazón, más allá del año 20°, señor. ¿Qué pasó?",
    "På norsk går vi på skøyter når bønder får øl; så må Åse få gård.",
    "© 2017 Company® § 3 «quote» ±5 µm, 20 °C, naïve café résumé",
    "The quick brown fox jumps over the lazy dog.",
    *SENTENCES,
]


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def typed(text: str, font: LegacyFont) -> str:
    """Return the codes that a typist in the font left in the file: one code a letter, or a letter and its mark's."""
    codes = {letter: chr(code) for code, letter in font.letters.items()}
    marks = {marks: code for marks, code in codes.items() if unicodedata.combining(marks[0])}
    return "".join(codes.get(letter) or _letter_and_mark(letter, codes, marks) for letter in text)


def _letter_and_mark(letter: str, codes: dict[str, str], marks: dict[str, str]) -> str:
    parts = unicodedata.normalize("NFD", letter)
    for cut in range(1, len(parts)):
        base, rest = nfc(parts[:cut]), parts[cut:]
        order = next((marks[m] for m in marks if nfc(base + m) == letter), None)
        if rest and order:
            return codes.get(base, base) + order
    return letter


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ("Uû ban nh©n d©n tØnh", "Uỷ ban nhân dân tỉnh"),
        ("§¶ng bé c¬ quan tØnh", "Đảng bộ cơ quan tỉnh"),
        ("nhµ n\u00adíc ®·", "nhà nước đã"),
        ("UÛY BAN NHAÂN DAÂN", "ỦY BAN NHÂN DÂN"),
        ("Ñaûng boä xaõ thöïc hieän toát caùc chæ tieâu", "Đảng bộ xã thực hiện tốt các chỉ tiêu"),
    ],
)
def test_text_becomes_unicode(codes: str, text: str) -> None:
    """What the page shows is what is read, and the problem says that it is a conversion."""
    converted, problems = to_unicode(codes)
    assert nfc(converted) == text
    assert [problem.code for problem in problems] == ["legacy_font"]


def test_capitals_of_a_capital_font() -> None:
    """In a line or a word of capitals the codes of small letters are capitals too."""
    converted, _ = to_unicode("QUYÕT §ÞNH CñA CHñ TÞCH\nSè 12/Q§-UB cña CHñ TÞCH tØnh §¾c L¾c")
    assert converted == "QUYẾT ĐỊNH CỦA CHỦ TỊCH\nSố 12/QĐ-UB của CHỦ TỊCH tỉnh Đắc Lắc"


@pytest.mark.parametrize("text", FOREIGN)
def test_other_text_stays(text: str) -> None:
    """Unicode Vietnamese and other languages are not touched, composed or decomposed."""
    for form in (text, unicodedata.normalize("NFD", text)):
        assert to_unicode(form) == (form, ())


def test_unicode_lines_among_legacy_ones_stay() -> None:
    """A line in Unicode stays, even where each of its letters could be a legacy font's."""
    text = "Uû ban nh©n d©n tØnh §ång\nSố: 12/QĐ-UBND\nCông dân là chính"
    assert to_unicode(text)[0].split("\n")[1:] == ["Số: 12/QĐ-UBND", "Công dân là chính"]


@pytest.mark.parametrize("font", [TCVN3, VNI])
@given(words=st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=30))
def test_a_typist_is_read(font: LegacyFont, words: list[str]) -> None:
    """Whatever words were typed in a font, its decoding gives them back."""
    text = " ".join(words)
    assert nfc(font.decoded(typed(text, font))) == text


@pytest.mark.parametrize("font", [TCVN3, VNI])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_tells_its_font(font: LegacyFont, sentence: str) -> None:
    """A sentence is enough to tell the font in which it was typed."""
    assert recognised(typed(sentence.lower(), font)) is font


@pytest.mark.parametrize("font", [TCVN3, VNI])
def test_every_letter_has_its_code(font: LegacyFont) -> None:
    """Every small letter of Vietnamese can be typed, and no two are typed alike."""
    bare = "aăâeêioôơuưy"
    letters = [nfc(vowel + tone) for vowel in bare for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")]
    codes = [typed(letter, font) for letter in [*letters, "đ"]]
    assert len(set(codes)) == len(codes)
    assert all(ord(code) < 0x100 for code in "".join(codes))


@pytest.mark.parametrize(
    ("name", "font"),
    [(".VnTime", TCVN3), (".VnTimeH", TCVN3), ("VNI-Times", VNI), ("Times New Roman", None), ("", None)],
)
def test_fonts_by_name(name: str, font: LegacyFont | None) -> None:
    """The families are known by the names of their fonts."""
    assert named(name) is font


@pytest.mark.parametrize("text", ["n-íc", "tr-êng", "®-îc", "d©n c-", "-u tiªn"])
def test_hyphens_that_are_letters(text: str) -> None:
    """A hyphen that makes a syllable as the letter ư is that letter."""
    assert with_soft_hyphens(text) == text.replace("-", "\u00ad")


@pytest.mark.parametrize("text", ["12/Q§-UB", "kinh tÕ - x· héi", "- Nh\u00ad trªn", "ban-hµnh", "2004-2005", "-Lµm"])
def test_hyphens_that_are_hyphens(text: str) -> None:
    """Any other hyphen stays."""
    assert with_soft_hyphens(text) == text
