"""Chức vụ và quyền hạn ký: the position in a line of capitals, and the prefixes of authority (`rules/positions.toml`).

TM. on behalf of the collective, KT. deputy for head, TL. by order, TUQ. by delegation; the Party writes T/M, K/T, T/L
(Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 7).
"""

import re
from functools import cache, lru_cache

from ingest import bodies
from ingest.likeness import blurred, nearest
from ingest.orthography import fold
from ingest.rules import load

_AUTHORITY = re.compile(r"(?:T/?M|K/?T|T/?L|T/?U/?Q|TUN)\s?[.,]?\s?(?=[^\W\d_]{2})")
# `V*T. GIÁM ĐÓC`: KT. by hand, misread.
_BY_HAND = re.compile(r"\W{0,3}(?:\S{0,3}T(?:\s?[.,:-]|(?=\s))|\d,)\s{0,2}(?=[^\W\d_]{2})")
_FOR_HEAD = re.compile(r"K/?T\s?[.,]?\s?")
_ACTING = re.compile(r"(?:Q|QUYỀN)\s?\.?\s(?=\S)|Q\.(?=\S)")
_LONGEST = 40  # characters of a line that is a position and nothing else
_PARTS = re.compile(r"[^\W_]+|[,&-]")


def is_authority(line: str) -> bool:
    """Say whether the line of capitals signs for another: `KT. CHỦ TỊCH`, `T/M BAN THƯỜNG VỤ`."""
    return line.isupper() and (_AUTHORITY.match(line) is not None or _by_hand(line) is not None)


def _by_hand(line: str) -> str | None:
    mark = _BY_HAND.match(line)
    return read(line[mark.end() :]) if mark else None


def deputy(authority: str) -> str | None:
    """Return the position of one who signs for a head, as the head's title tells it: `KT. GIÁM ĐỐC` → Phó Giám đốc."""
    mark = _FOR_HEAD.match(authority)
    head = read(authority[mark.end() :]) if mark else _by_hand(authority)
    return None if head is None or head.startswith("Phó") else "Thứ trưởng" if head == "Bộ trưởng" else f"Phó {head}"


@lru_cache(maxsize=2_000)
def read(line: str) -> str | None:
    """Return the position that a line of capitals is, in sentence case; None when it is none.

    `PHÓ CHÁNH VĂN PHÒNG` → `Phó Chánh Văn phòng`, `VỤ TRƯỞNG VỤ PHÁP CHẾ` → `Vụ trưởng Vụ Pháp chế`.
    """
    if not line.isupper():
        return None
    acting = _ACTING.match(line)
    words = _PARTS.findall(line[acting.end() :] if acting else line)
    under = "Phó " if words[:1] == ["PHÓ"] else ""
    words = words[1:] if under else words
    for count in range(min(len(words), 8), 0, -1):
        name = _names().get(_key(words[:count])) or (
            _names_without_marks().get(fold(_key(words[:count]))) if count > 1 else None
        )
        if name:
            return ("Q. " if acting else "") + under + name + _rest(words[count:])
    return nearest(line, _misreadings()) if len(line) < _LONGEST else None


def _rest(words: list[str]) -> str:
    if words[:2] == ["THƯỜNG", "TRỰC"]:
        return " Thường trực" + _rest(words[2:])
    if not words:
        return ""
    if words[0] == ",":
        return ", " + (read(" ".join(words[1:])) or bodies.proper(" ".join(words[1:])))
    return " " + bodies.proper(" ".join(words)).replace(" ,", ",")


@cache
def _names() -> dict[str, str]:
    return {_key(_PARTS.findall(row["name"])): row["name"] for row in load("positions")["position"]}


@cache
def _misreadings() -> dict[str, str]:
    names = [name for name in _names().values() if " " in name]
    return {blurred(name): name for name in [*names, *(f"Phó {name}" for name in names)]}


@cache
def _names_without_marks() -> dict[str, str]:
    return {fold(name): position for name, position in _names().items()}  # `THỨ TRUỞNG`, printed so


def _key(words: list[str]) -> str:
    return bodies.key(" ".join(words)) if words[-1:] != [","] else ""
