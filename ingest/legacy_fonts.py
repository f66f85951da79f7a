"""Text typed in the 8-bit fonts of before Unicode, told from any other and turned into Unicode.

Such a font draws Vietnamese letters at the codes of Western ones, so that a file says `Uû ban nh©n d©n` where the page
shows `Uỷ ban nhân dân`. Two families were in use: TCVN3 (TCVN 5712:1993; ABC, `.VnTime`), one code a letter, whose
capital fonts (`.VnTimeH`) draw capitals at the codes of small letters; and VNI (`VNI-Times`), whose marks follow their
letter (`UÛY BAN NHAÂN DAÂN`). A font's name proves nothing, for Unicode is typed under these names too: the text must
become syllables of Vietnamese by the conversion, and be none without it.
"""

import re
import unicodedata
from dataclasses import dataclass

from ingest.legibility import is_syllable
from ingest.record import Problem

_GAIN_LEAST = 3  # words that become syllables, where nothing but the letters speaks for a legacy font
_GAIN_SHARE = 0.7  # of the words that are none as they stand; names and abbreviations stay none

_WORD = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00ff])+")
_LETTERS = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[\u00a1-\u00ff](?<![ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý])")
_UNICODE = re.compile(r"[\u0102-\u01b0\u1ea0-\u1ef9]")
_HYPHENATED = re.compile(r"(?:[^\W\d_]|[-\u00a1-\u00ff])*-(?:[^\W\d_]|[-\u00a1-\u00ff])*")
_CAPITALS = re.compile(r"[^a-z\n]*[A-Z][^a-z\n]*[A-Z][^a-z\n]*")


@dataclass(frozen=True, slots=True)
class LegacyFont:
    """A family of fonts: its name, how the names of its fonts begin, and the letters by their codes."""

    name: str
    prefix: str
    letters: dict[int, str]

    def decoded(self, text: str) -> str:
        """Return what a page shows where its file says `text`, not yet in NFC: a mark of VNI stays behind its letter.

        A line or a word of capitals is so to its last letter: the codes of a capital font are those of small letters.
        """
        return "\n".join(self._line(line) for line in text.split("\n"))

    def _line(self, line: str) -> str:
        return self._shown(line) if _CAPITALS.fullmatch(line) else _WORD.sub(lambda word: self._shown(word[0]), line)

    def _shown(self, piece: str) -> str:
        letters = piece.translate(self.letters)
        return letters.upper() if _CAPITALS.fullmatch(piece) else letters


def _letters(codes: str, letters: str) -> dict[int, str]:
    return {ord(code): letter for code, letter in zip(codes.split(), letters.split(), strict=True)}


TCVN3 = LegacyFont(
    "TCVN3 (ABC)",
    ".vn",
    _letters(
        "µ ¶ · ¸ ¹ ¨ » ¼ ½ ¾ Æ © Ç È É Ê Ë ® Ì Î Ï Ð Ñ ª Ò Ó Ô Õ Ö × Ø Ü Ý Þ",
        "à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ đ è ẻ ẽ é ẹ ê ề ể ễ ế ệ ì ỉ ĩ í ị",
    )
    | _letters(
        "ß á â ã ä « å æ ç è é ¬ ê ë ì í î ï ñ ò ó ô \u00ad õ ö ÷ ø ù ú û ü ý þ ¡ ¢ § £ ¤ ¥ ¦",
        "ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ư ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ Ă Â Đ Ê Ô Ơ Ư",
    ),
)
VNI = LegacyFont(
    "VNI",
    "vni",
    _letters("æ ó ò ô ö î ñ Æ Ó Ò Ô Ö Î Ñ", "ỉ ĩ ị ơ ư ỵ đ Ỉ Ĩ Ị Ơ Ư Ỵ Đ")
    | {
        ord(case): marks
        for code, marks in {
            "ø": "\u0300",
            "ù": "\u0301",
            "õ": "\u0303",
            "û": "\u0309",
            "ï": "\u0323",
            "â": "\u0302",
            "à": "\u0302\u0300",
            "á": "\u0302\u0301",
            "ã": "\u0302\u0303",
            "å": "\u0302\u0309",
            "ä": "\u0302\u0323",
            "ê": "\u0306",
            "è": "\u0306\u0300",
            "é": "\u0306\u0301",
            "ü": "\u0306\u0303",
            "ú": "\u0306\u0309",
            "ë": "\u0306\u0323",
        }.items()
        for case in (code, code.upper())
    },
)
FONTS = (TCVN3, VNI)


def named(name: str) -> LegacyFont | None:
    """Return the family to which a font of this name belongs, if it is a legacy one: `.VnTimeH`, `VNI-Times`."""
    return next((font for font in FONTS if name.lower().startswith(font.prefix)), None)


def recognised(text: str) -> LegacyFont | None:
    """Return the family in which the text, or a good part of it, was typed, as its letters tell; None for any other."""
    if not _FOREIGN.search(text):
        return None
    gains = {font.name: gain(text, font) for font in FONTS}
    best = max(FONTS, key=lambda font: gains[font.name])
    return best if gains[best.name] >= _GAIN_LEAST else None


def gain(text: str, font: LegacyFont) -> int:
    """Return how many words the conversion makes syllables of Vietnamese; 0 when too few of those that are none."""
    odd = [word for word in _WORD.findall(text) if not word.isascii() and not _is_read(word)]
    gained = sum(is_syllable(_decoded(word, font)) for word in odd)
    return gained if gained > len(odd) * _GAIN_SHARE else 0


def to_unicode(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text with every line converted that was typed in a legacy font, and the problem that says so, if any.

    Text is given as the file has it, before it is repaired: the marks of VNI look like misplaced tones.
    """
    font = recognised(text)
    if font is None:
        return text, ()
    lines = (font.decoded(line) if is_typed_in(font, line) else line for line in text.split("\n"))
    return "\n".join(lines), (problem(font),)


def with_soft_hyphens(text: str) -> str:
    """Return text typed in TCVN3 with the code of ư back where a PDF shows a hyphen for it (`n-íc` for `nước`)."""
    return _HYPHENATED.sub(lambda word: _with_soft_hyphens(word[0]), text)


def is_typed_in(font: LegacyFont, line: str) -> bool:
    """Say whether a line of a text in which the font was recognised is to be converted: unless it is Unicode."""
    words = [word for word in _WORD.findall(line) if not word.isascii()]
    lost = sum(_is_read(word) for word in words) > sum(is_syllable(_decoded(word, font)) for word in words)
    return not lost and not _UNICODE.search(line)


def problem(font: LegacyFont) -> Problem:
    """Return what tells staff that the text is a conversion; nothing failed."""
    return Problem("legacy_font", f"Văn bản gõ bằng phông chữ {font.name} cũ, đã chuyển sang Unicode")


def _with_soft_hyphens(word: str) -> str:
    soft = word.replace("-", "\u00ad")
    return soft if len(word) > 1 and is_syllable(_decoded(soft, TCVN3)) else word


def _is_read(word: str) -> bool:
    return all(is_syllable(part) for part in _LETTERS.findall(word)) and not _FOREIGN.search(word)


def _decoded(word: str, font: LegacyFont) -> str:
    return unicodedata.normalize("NFC", word.translate(font.letters))
