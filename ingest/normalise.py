"""Text as the rest of the reader may rely on it: NFC, nothing invisible, every mark and letter the one that was meant.

A reader repairs the text of a page before it counts offsets, so that offsets never have to be translated.
"""

import re

from ingest.orthography import mend

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0x00AD])
_CONTROL = dict.fromkeys([*range(9), *range(0x0E, 0x20), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0)])
_SPACES = dict.fromkeys([0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_BREAKS = {0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
# Word 2010 writes ƣ for ư into a PDF's character map; symbol fonts put bullets and dashes in the private area.
_LETTERS = {
    0x01A2: "Ư",
    0x01A3: "ư",
    0xF02D: "-",
    0xF0B7: "•",
    0x2010: "-",
    0x2011: "-",
    0x2215: "/",
    0x2044: "/",
    0x00D0: "Đ",
    0x00F0: "đ",
}
_TABLE = _INVISIBLE | _CONTROL | _SPACES | _BREAKS | _LETTERS

_CYRILLIC = str.maketrans("АВЕЅЗКМНОРСТУХІЈаеорсухіј", "ABES3KMHOPCTYXIJaeopcyxij")
_MIXED = re.compile(r"(?=\S{0,60}[\u0400-\u04ff])(?=\S{0,60}[A-Za-z0-9\u00c0-\u1ef9])\S+")
_HAS_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def repair(text: str) -> str:
    """Return the text mended: NFC, tone marks on their vowels, odd line ends and spaces plain, nothing invisible.

    Cyrillic look-alikes inside a Latin word or number (`TT-BTС`, `củа`) become the Latin letters that were meant. Lines
    keep their number and order, lengths change: a caller repairs first and counts offsets afterwards.
    """
    clean = text.replace("\r\n", "\n").translate(_TABLE)
    if _HAS_CYRILLIC.search(clean):
        clean = _MIXED.sub(lambda word: word.group().translate(_CYRILLIC), clean)
    return mend(clean)
