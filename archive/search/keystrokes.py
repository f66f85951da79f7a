"""What was meant by the keys of an input method that was off while they were typed: `hoachj`, `dduwowngf`, `hoach5`.

Telex writes tones as s f r x j, marks as aa aw ee oo ow uw dd; VNI writes tones as 1 to 5, marks as 6 to 9.
"""

import unicodedata
from collections.abc import Iterator

from ingest.orthography import QUALITIES, canonical

_HAT, _BREVE, _HORN = tuple(QUALITIES)
_TELEX_TONES = dict(zip("fsxrj", "\u0300\u0301\u0303\u0309\u0323", strict=True))
_VNI_TONES = dict(zip("21435", "\u0300\u0301\u0303\u0309\u0323", strict=True))
_VNI_MARKS = {"6": (_HAT, "aeo"), "7": (_HORN, "ou"), "8": (_BREVE, "a")}
_VOWELS = "aeiouy"


def meant(word: str) -> Iterator[str]:
    """Yield the words, in lower case and NFC, that the keys would have written; none when they are plain letters."""
    for typed in (_telex(word.lower()), _vni(word.lower())):
        if typed != word.lower():
            yield typed


def _telex(keys: str) -> str:
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _TELEX_TONES and any(letter[0] in _VOWELS for letter in letters):
            tone = _TELEX_TONES[key]
        elif not (key == "w" and _with_horn(letters)) and not (key in "aeo" and _marked(letters, _HAT, key)):
            letters.append("đ" if key == "d" and letters[:1] == ["d"] else key)
            if letters[-1] == "đ":
                letters = ["đ", *letters[1:-1]]
    return _written(letters, tone)


def _vni(keys: str) -> str:
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _VNI_TONES and any(letter[0] in _VOWELS for letter in letters):
            tone = _VNI_TONES[key]
        elif key == "9" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key == "7" and _with_horn(letters):
            continue
        elif not (key in _VNI_MARKS and _marked(letters, *_VNI_MARKS[key])):
            letters.append(key)
    return _written(letters, tone)


def _marked(letters: list[str], mark: str, bearers: str) -> bool:
    """Put the mark on the last of the letters that can bear it; return whether there was one."""
    at = next((at for at in reversed(range(len(letters))) if letters[at] in tuple(bearers)), None)
    if at is None:
        return False
    letters[at] += mark
    return True


def _with_horn(letters: list[str]) -> bool:
    """Put the mark that a w or a 7 means on the last vowel, or on both of `uo`; return whether there was one."""
    if "".join(letters).rstrip("cghmnpti").endswith("uo"):
        return _marked(letters, _HORN, "u") and _marked(letters, _HORN, "o")
    return _marked(letters, _HORN, "ou") or _marked(letters, _BREVE, "a")


def _written(letters: list[str], tone: str) -> str:
    first = next((at for at, letter in enumerate(letters) if letter[0] in _VOWELS), None)
    if tone and first is not None:
        letters[first] += tone
    return canonical(unicodedata.normalize("NFC", "".join(letters)))
