"""Chức vụ và quyền hạn ký: the position in a line of capitals, and the prefixes of authority (`rules/positions.toml`).

TM. on behalf of the collective, KT. deputy for head, TL. by order, TUQ. by delegation; the Party writes T/M, K/T, T/L
(Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 7).
"""

import re
from functools import cache

from ingest import bodies
from ingest.orthography import fold
from ingest.rules import load

_AUTHORITY = re.compile(r"(?:T/?M|K/?T|T/?L|T/?U/?Q|TUN)\s?[.,]?\s?(?=[^\W\d_]{2})")
_ACTING = re.compile(r"(?:Q|QUYỀN)\s?\.?\s(?=\S)|Q\.(?=\S)")
_PARTS = re.compile(r"[^\W_]+|[,&-]")


def is_authority(line: str) -> bool:
    """Say whether the line of capitals signs for another: `KT. CHỦ TỊCH`, `T/M BAN THƯỜNG VỤ`."""
    return line.isupper() and _AUTHORITY.match(line) is not None


def read(line: str) -> str | None:
    """Return the position that a line of capitals is, in sentence case; None when it is none.

    `PHÓ CHÁNH VĂN PHÒNG` → `Phó Chánh Văn phòng`, `VỤ TRƯỞNG VỤ PHÁP CHẾ` → `Vụ trưởng Vụ Pháp chế`.
    """
    if not line.isupper():
        return None
    acting = _ACTING.match(line)
    words = _PARTS.findall(line[acting.end() :] if acting else line)
    deputy = "Phó " if words[:1] == ["PHÓ"] else ""
    words = words[1:] if deputy else words
    for count in range(min(len(words), 8), 0, -1):
        name = _names().get(_key(words[:count])) or (
            _names_without_marks().get(fold(_key(words[:count]))) if count > 1 else None
        )
        if name:
            return ("Q. " if acting else "") + deputy + name + _rest(words[count:])
    return None


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
def _names_without_marks() -> dict[str, str]:
    return {fold(name): position for name, position in _names().items()}  # `THỨ TRUỞNG`, printed so


def _key(words: list[str]) -> str:
    return bodies.key(" ".join(words)) if words[-1:] != [","] else ""
