"""What recognition misread: the one known phrase that a misread one is nearest to.

Marks, blanks and case do not count (`KÉ HOẠCH`, `GI ÁM ĐÓC`), and of the letters one in six may differ. Where two
phrases are as near, neither is meant.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from ingest.orthography import fold

Value = TypeVar("Value", bound=Hashable)

_LEAST = 6  # letters; shorter phrases are too near to each other
_LETTERS_PER_ERROR = 6


def blurred(text: str) -> str:
    """Return what is compared: small letters and digits without marks and blanks; `Quyết định` → `quyetdinh`."""
    return "".join(c for c in fold(text).lower() if c.isalnum())


def nearest(text: str, known: Mapping[str, Value]) -> Value | None:
    """Return the value of the one blurred key that the text can be a misreading of; None for none, or for several."""
    written = blurred(text)
    if written in known or len(written) < _LEAST:
        return known.get(written)
    near = {value for key, value in known.items() if _alike(written, key)}
    return near.pop() if len(near) == 1 else None


def _alike(one: str, other: str) -> bool:
    """Say whether few enough errors part the texts; a beginning or an end must be the same, which costs less to see."""
    most = max(1, max(len(one), len(other)) // _LETTERS_PER_ERROR)
    piece = len(one) // (most + 1)
    kept = other.startswith(one[:piece]) or other.endswith(one[-piece:])
    return kept and abs(len(one) - len(other)) <= most and _within(one, other, most)


def _within(one: str, other: str, most: int) -> bool:
    """Say whether as many letters changed, lost or added, at most, make one text the other."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row = row, [i]
        for j, against in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != against)))
        if min(row) > most:
            return False
    return row[-1] <= most
