"""How a Vietnamese syllable is written: where its tone mark belongs, and what is left when marks are dropped.

A syllable is initial consonant + vowels + final consonant, with at most one tone mark, which stands on one vowel. Two
habits of placing it live side by side (`hòa`/`hoà`, `thúy`/`thuý`) and are the same word; any other place is a fault of
the producer.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
QUALITIES = "\u0302\u0306\u031b"  # the marks of â, ă, ơ: part of the letter, not a tone

# For character classes: the letters of Vietnamese by case. A range such as À-Ỹ holds both cases.
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
LOWER = UPPER.lower()

_SYLLABLE = re.compile(
    r"(?P<initial>qu|gi(?=[aeiouy])|(?:ngh|ng|nh|th|tr|ch|kh|ph|gh|gi|[bcdđghklmnpqrstvx])?)"
    rf"(?P<vowels>(?:[aeiouy][{QUALITIES}]*){{1,3}})"
    r"(?P<final>(?:ng|nh|ch|[cmnpt])?)"
)
_VOWEL = re.compile(rf"[aeiouy][{QUALITIES}]*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_STRAY_TONE = re.compile(rf"(?<=[^\W\d_]|[\u0300-\u036f])([ \u00a0]+)((?:[{TONES}][ \u00a0]*)+)")
_Place = Callable[[list[str], bool], int]
_BAR = str.maketrans("đĐ", "dD")


def fold(text: str) -> str:
    """Return the text without any mark, đ as d: the form in which people type when they type no accents."""
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFD", text.translate(_BAR))
    if bare.isascii():
        return bare
    return "".join(c for c in bare if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def canonical(word: str) -> str:
    """Return the word with its tone where the older habit puts it (`hoà` → `hòa`), so that both habits are one; NFC."""
    return _placed(word, _older_place)


def mend(text: str) -> str:
    """Return the text in NFC with every loose or misplaced tone mark back on the vowel that takes it.

    `đươc̣` → `được`, `TIC̣H` → `TỊCH`, `vi ̣ trí` → `vị trí`; a word whose tone stands where either habit puts it stays.
    """
    joined = _STRAY_TONE.sub(lambda stray: "".join(stray[2].split()) + stray[1], unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", _WORD.sub(lambda found: _mended(found.group()), joined))


@lru_cache(maxsize=200_000)
def _mended(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    if not any(c in TONES for c in parts):
        return word
    written = unicodedata.normalize("NFC", word)
    habits = (_placed(word, _older_place), _placed(word, _newer_place))
    return written if written in habits else habits[0]


def _placed(word: str, place: _Place) -> str:
    parts = unicodedata.normalize("NFD", word)
    tones = [c for c in parts if c in TONES]
    bare = "".join(c for c in parts if c not in TONES)
    syllable = _SYLLABLE.fullmatch(unicodedata.normalize("NFD", bare.lower()))
    if len(tones) != 1 or syllable is None:
        return unicodedata.normalize("NFC", word)
    vowels = list(_VOWEL.finditer(bare, syllable.start("vowels"), syllable.end("vowels")))
    end = vowels[place([v.group().lower() for v in vowels], bool(syllable["final"]))].end()
    return unicodedata.normalize("NFC", bare[:end] + tones[0] + bare[end:])


def _older_place(vowels: list[str], closed: bool) -> int:
    marked = [i for i, vowel in enumerate(vowels) if len(vowel) > 1]
    if marked:
        return marked[-1]
    if len(vowels) == 3 or (len(vowels) == 2 and closed):
        return 1
    return 0


def _newer_place(vowels: list[str], closed: bool) -> int:
    if not closed and vowels in (["o", "a"], ["o", "e"], ["u", "y"]):
        return 1
    return _older_place(vowels, closed)
