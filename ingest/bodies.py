"""Cơ quan: the names and symbols of the bodies that issue documents (`rules/bodies.toml`, `rules/provinces.toml`)."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from ingest.likeness import blurred, nearest
from ingest.orthography import canonical
from ingest.rules import any_of, load

_PARTY = re.compile(r"(TỈNH|THÀNH|HUYỆN|QUẬN|THỊ) (ỦY|UỶ|ĐOÀN)\b\s?(.*)")
_WORD = re.compile(r"[^\W_]+")
_SHORT = {
    "ubnd": "Ủy ban nhân dân",
    "hđnd": "Hội đồng nhân dân",
    "hdnd": "Hội đồng nhân dân",
    "tp": "thành phố",
    "ub": "Ủy ban",
}
_TERRITORY = re.compile(
    r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?!(?:ủy|uỷ|đoàn)\b)"
    r"((?:[^\W\d_]+|\d{1,2}|-)(?:\s+(?:[^\W\d_]+|-)){0,5})$",
    re.IGNORECASE,
)
_CAPITAL_AFTER = frozenset(["và", "-", "tỉnh", "huyện", "quận", "xã", "phường", "trấn", "phố", "khu"])
# The word after one of these begins a name of its own: `Sở Y tế`, `Chi cục Kiểm lâm`.
_UNITS = frozenset(
    ["sở", "bộ", "cục", "vụ", "ban", "phòng", "trường", "tâm", "viện", "hội", "đoàn", "ty", "trạm", "đài"]
)
# A lower-case word that a body's name may hold between words with a capital.
_INSIDE = frozenset([
    "và", "nhân", "dân", "tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "phường", "trấn",
    "trung", "ương", "nước", "hội", "ban", "cục", "chính", "phủ", "ủy", "uỷ", "cấp", "thường", "trực",
])  # fmt: skip
_CLOSING = frozenset(["tỉnh", "huyện", "xã", "phường", "quận", "nước"])  # `UBND tỉnh` is whole
_NEXT = re.compile(r"(?P<gap>\s{1,3}-\s|[\s]{1,3}|,\s)(?P<word>\((?:[^\s()]{2,12})\)|[^\W\d_][\w&-]*|\d{1,3}(?![\w/]))")


@dataclass(frozen=True, slots=True)
class Body:
    """A known body: its name in the case it is written in, and whether each province has its own."""

    name: str
    local: bool


def key(name: str) -> str:
    """Return the name for comparison: case, spacing, tone habit and the common abbreviations do not count."""
    words = [_SHORT.get(word, word) for word in _WORD.findall(name.lower())]
    return " ".join(canonical(word) for phrase in words for word in phrase.lower().split())


def known(name: str) -> Body | None:
    """Return the body of that name or alias, None when the table has none."""
    return _by_name().get(key(name))


def misread(name: str) -> Body | None:
    """Return the one known body of which the name can be a misreading: `SƠ Y TE` → Sở Y tế; never a Sở for a Bộ."""
    body = nearest(name, _by_blurred_name())
    return body if body and blurred(body.name.split()[0]) == blurred(name.split(maxsplit=1)[0]) else None


def with_symbol(symbol: str) -> Body | None:
    """Return the one body whose documents carry the symbol (`STTTT`, `TTg`), None when none or several do."""
    return _by_symbol().get(re.sub(r"\d+$", "", symbol)) or _by_symbol().get(symbol)


def province(name: str) -> str | None:
    """Return the province as bodies' names end with it (`tỉnh Tiền Giang`), for its name or its seat's, else None."""
    return _provinces().get(key(re.sub(r"^(?:tỉnh|thành phố|tp\.?)\s+", "", name, flags=re.IGNORECASE)))


def territory(name: str) -> str | None:
    """Return the territory that a body's name ends with: `Ủy ban nhân dân tỉnh Lào Cai` → `tỉnh Lào Cai`."""
    found = _TERRITORY.search(name)
    return f"{found[1].lower()} {found[2]}" if found else None


def proper(name: str, text: str = "") -> str:
    """Return an upper-case name in the case it is written in, abbreviations written out.

    A known name takes the table's case; then the case in which `text` writes the name most often; then capitals on the
    first word, after `và` and a comma, and on the territory.
    """
    full = _expanded(" ".join(name.split()))
    body = known(full) or misread(full)
    if body:
        return body.name
    party = _PARTY.match(full)
    if party:
        return f"{party[1].capitalize()} {'ủy' if party[2] != 'ĐOÀN' else 'Đoàn'} {_title(party[3])}".strip()
    place = _TERRITORY.search(full)
    if place:
        head = full[: place.start()].strip()
        last = place[1].lower() + " " + _title(place[2])
        if place[1].lower() == "tỉnh" and province(place[2]) is None:
            last = nearest(place[2], _blurred_provinces()) or last  # `TỈNH KIỀN GIANG`, misread
        return f"{proper(head, text)} {last}" if head else last[0].upper() + last[1:]
    return _as_in(full, text) or _capitalised(full)


def cited_at(text: str, start: int, most: int = 20) -> int:
    """Return where the name of a body that begins at start ends; start itself when no body's name begins there.

    Bodies joined by `và`, `most` of them, are one name: `Bộ trưởng Bộ Tài chính và Bộ trưởng Bộ Tư pháp`.
    """
    head = _cited().match(text, start)
    if head is None:
        return start
    best, position, words = head.end(), head.end(), [head.group()]
    for _ in range(24):
        following = _NEXT.match(text, position)
        if following is None:
            break
        word, position = following["word"], following.end()
        if _begins_else(text, following, words) or _complete(words, word):
            break
        if _cited().match(text, following.start("word")) and key(" ".join([*words, word])) not in _table():
            if words[-1] == "và":
                joint = cited_at(text, following.start("word"), most - 1) if most > 1 else start
                return joint if joint > position else best
            words = []  # an office or a part of a body: the body itself begins here
        words.append(word)
        name = key(" ".join(words))
        if name in _by_name() or (_proper_noun(word) and "," not in following["gap"]):
            best = position
        elif not (word.lower() in _INSIDE or word.startswith("(") or name in _table()):
            break
        elif word in _CLOSING or word.startswith("("):
            best = position
    return best


def _begins_else(text: str, following: re.Match[str], words: list[str]) -> bool:
    """Say whether another thing begins: a kind behind `và`, or a title in capitals on the next line."""
    word = following["word"]
    if words[-1:] == ["và"] and _document().match(text, following.start("word")):
        return True
    title = (
        "\n" in following["gap"]
        and word[0].isalpha()
        and len(word) > 1
        and word.isupper()
        and word.lower() not in _SHORT
    )
    return title and not words[-1].isupper()


def _complete(words: list[str], word: str) -> bool:
    """Say whether the words are a central body's whole name and the next is no part of it: `Chính phủ Quy định`."""
    body = _by_name().get(key(" ".join(words)))
    goes_on = word.startswith("(") or word == "và" or key(" ".join([*words, word])) in _table()
    return body is not None and not body.local and not goes_on


def _proper_noun(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _expanded(name: str) -> str:
    def written_out(found: re.Match[str]) -> str:
        long = _SHORT.get(found.group().lower())
        return long.upper() if long else found.group()

    name = re.sub(r"\bT[ĨÌÍỊI]NH\b", "TỈNH", name)  # misread
    return re.sub(r"\bTP\.\s*", "THÀNH PHỐ ", re.sub(r"\b(?:UBND|HĐND)\b", written_out, name, flags=re.IGNORECASE))


def _as_in(name: str, text: str) -> str | None:
    pattern = r"\s{1,3}".join(re.escape(word) for word in name.split())
    seen = Counter(
        " ".join(found.group().split())
        for found in re.finditer(pattern, text, re.IGNORECASE)
        if not found.group().isupper()
    )
    seen = Counter({form: count for form, count in seen.items() if form[0].isupper()})
    return seen.most_common(1)[0][0] if seen else None


def _capitalised(name: str) -> str:
    words = name.lower().split()
    pairs = list(itertools.pairwise(["", *words]))
    for i, (previous, word) in enumerate(pairs):
        if not previous or previous in _CAPITAL_AFTER or previous.endswith(",") or (i < 3 and previous in _UNITS):
            words[i] = word[0].upper() + word[1:]
    return " ".join(words)


def _title(name: str) -> str:
    return " ".join(word[0].upper() + word[1:].lower() for word in name.split())


@cache
def _by_name() -> dict[str, Body]:
    names = {}
    for row in load("bodies")["body"]:
        body = Body(row["name"], row["level"] == "local")
        names.update({key(name): body for name in [row["name"], *row.get("aliases", [])]})
    return names


@cache
def _by_blurred_name() -> dict[str, Body]:
    return {blurred(name): body for name, body in _by_name().items()}


@cache
def _blurred_provinces() -> dict[str, str]:
    return {blurred(name): full for name, full in _provinces().items()}


@cache
def _table() -> frozenset[str]:
    """Every known name, and every beginning of one."""
    words = [name.split() for name in _by_name()]
    return frozenset(" ".join(parts[:count]) for parts in words for count in range(1, len(parts) + 1))


@cache
def _by_symbol() -> dict[str, Body]:
    symbols: dict[str, list[Body]] = {}
    for row in load("bodies")["body"]:
        for symbol in row.get("symbols", []):
            symbols.setdefault(symbol, []).append(Body(row["name"], row["level"] == "local"))
    return {symbol: found[0] for symbol, found in symbols.items() if len(found) == 1}


@cache
def _provinces() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in load("provinces")["province"]:
        full = f"{row['type']} {row['name']}"
        table.setdefault(key(row["name"]), full)
        if "seat" in row:
            table.setdefault(key(row["seat"]), full)
    return table


@cache
def _document() -> re.Pattern[str]:
    return re.compile(any_of("kinds", "kind", key="name"))


@cache
def _cited() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('heads', 'office')}|{any_of('heads', 'body')})(?!\w)")
