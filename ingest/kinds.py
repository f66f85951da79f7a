"""Tên loại: which kind of document a title line or the symbol of a number says (`rules/kinds.toml`)."""

import re
from functools import cache, lru_cache

from ingest.likeness import blurred, nearest
from ingest.numbers import Number
from ingest.orthography import canonical
from ingest.rules import load

LETTER = "Công văn"
_BRACKETED = re.compile(r"(?<=\w)\s+\([^()]{1,60}\)$")
_SYLLABLE = re.compile(r"\w+")


def alternatives() -> str:
    """Return a regular expression of every kind's name and aliases, the longest first, breaks allowed at spaces."""
    names = sorted(_names(), key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s{1,3}") for name in names)


@lru_cache(maxsize=2_000)
def titled(line: str) -> str | None:
    """Return the kind that a header line is the title of: `KẾ HOẠCH`, `Q U Y Ế T  Đ Ị N H`; None when it says more.

    A line in brackets behind it (`ĐIỀU LỆ (SỬA ĐỔI, BỔ SUNG)`) is no part of it; a misread title (`KÉ HOẠCH`) is known.
    """
    text = _BRACKETED.sub("", line).strip(" .:*")
    if not text.isupper():
        return None
    return _titles().get(_key(text)) or nearest(text, _blurred_titles())


def heading(line: str) -> tuple[str, int] | None:
    """Return the kind whose title begins an upper-case line, and the length of the title: `CHỈ THỊ VỀ VIỆC …`."""
    words = list(_SYLLABLE.finditer(line))
    for count in range(min(len(words), 5), 1, -1):
        title = line[: words[count - 1].end()]
        kind = titled(title) if title.isupper() else None
        if kind:
            return kind, len(title)
    return None


def named(text: str) -> str | None:
    """Return the kind whose name or alias the text is, in whatever case: `kế hoạch` → `Kế hoạch`."""
    return _names_by_key().get(_key(text))


def of_symbol(number: Number) -> str | None:
    """Return the kind that a number's symbol says (`KH-UBND` → Kế hoạch), None when it names none (`UBND-KTTC`)."""
    for part in re.split(r"[-/_.]", number.symbol)[:2]:
        kind = _codes().get(part)
        if kind:
            return kind
    return None


def known() -> tuple[str, ...]:
    """Return the names of all kinds, in the order of the rules."""
    return tuple(dict.fromkeys(_names().values()))


def is_code(symbol: str) -> bool:
    """Say whether a symbol is a kind's code and nothing else, which names no issuer."""
    return symbol in _codes()


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in load("kinds")["kind"]:
        names.update(dict.fromkeys([row["name"], *row.get("aliases", [])], row["name"]))
    return names


@cache
def _names_by_key() -> dict[str, str]:
    return {_key(name): kind for name, kind in _names().items()}


@cache
def _titles() -> dict[str, str]:
    cited_only = {row["name"] for row in load("kinds")["kind"] if row.get("cited_only")}
    return {key: kind for key, kind in _names_by_key().items() if kind not in cited_only}


@cache
def _blurred_titles() -> dict[str, str]:
    return {blurred(title): kind for title, kind in _titles().items()}


@cache
def _codes() -> dict[str, str]:
    return {code: row["name"] for row in load("kinds")["kind"] for code in row.get("codes", [])}


def _key(text: str) -> str:
    return " ".join(canonical(word) for word in _SYLLABLE.findall(text.lower()))
