"""Số, ký hiệu: the number of a document taken apart (Nghị định 30/2020/NĐ-CP, Phụ lục I; domain: numbers).

    228/KH-UBND        serial 228, symbol KH-UBND
    45/2016/QĐ-TTg     serial 45, year 2016, symbol QĐ-TTg
    15-NQ/TU           serial 15, symbol NQ/TU (Party: hyphen after the serial)
    1338/UBND-KTTC     serial 1338, symbol UBND-KTTC (công văn: no kind)

A number does not identify a document: serials restart every year in every body.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.bodies import with_symbol
from ingest.orthography import fold
from ingest.rules import load

_SHAPE = re.compile(
    r"(?P<serial>\d{1,6}(?:\.\d{1,3})?[a-zđ]?)\s*"
    r"(?:[/-]\s*(?P<year>(?:19|20)\d\d)(?=\s*[/-]))?"
    r"\s*[/-]\s*(?P<symbol>[a-zđ][\wđ&.]*(?:\s*[/-]\s*[\wđ&.]+)*)",
    re.IGNORECASE,
)

_LETTERS = "A-Za-zĐđÂâĂăÊêÔôƠơƯư0-9"
_PART = rf"[A-ZĐ][{_LETTERS}&]{{0,24}}(?:\.[A-ZĐ]{{2,4}}(?![{_LETTERS}]))?"
# After a blank only what looks like a code goes on the symbol: `SCT - CN` does, `BKHCN - Bộ Khoa học` does not.
_CODE = rf"(?=[A-ZĐ][A-Za-zĐđ0-9&]{{0,3}}[A-ZĐ]){_PART}"
_JOINED = rf"[-–_/](?:{_PART}|(?:19|20)\d\d(?!\d))"
_SPACED = rf"\s?[-–]\s{{1,2}}{_CODE}|\s[-–]\s?{_CODE}|/{{1,2}}\s{{1,2}}{_CODE}"
_SYMBOL = rf"{_PART}(?:{_JOINED}|{_SPACED}){{0,4}}"
_SLASH = r"\s{0,2}/{1,2}\s{0,2}"
_CITED = re.compile(
    rf"(?<![\w/.,-])(?:(?P<serial>\d{{1,6}}(?:\.\d{{1,3}})?[A-Za-zđ]?)"
    rf"(?:{_SLASH}(?:(?P<year>(?:19|20)\d\d){_SLASH})?(?P<symbol>{_SYMBOL})"
    rf"|\s?-\s?(?P<party>[A-ZĐ][A-Za-zĐđ]{{0,4}}/\s?{_PART}(?:-{_PART})?))"
    rf"|QCVN\s?:?\s{{0,2}}(?P<standard>\d{{1,3}}(?:-\d{{1,2}})?)\s?[:/-]\s?(?P<of>(?:19|20)\d\d/[A-ZĐ]{{2,10}}))"
    rf"(?![{_LETTERS}])"
)
_LOOKS = str.maketrans("VI1lQ0ĐƠÔƯe", "YTTTOODOOUg")  # letters that recognition takes for each other
_REST = re.compile(r"\n([A-ZĐ]{1,8})(?!\w)")
_CODE_RUN_ON = re.compile(r"(?:NĐ|QĐ|NQ|TTLT|TT|CT|KH)(?=[A-ZĐ])")
_FOOTNOTE = re.compile(r"(?P<sign>(?:UBTV)?QH\d\d|TTg|(?!\w{0,8}QH)[A-ZĐ]{2,10})\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Number:
    """A document's number taken apart: the serial as written, the year where the number carries one, the symbol."""

    serial: str
    year: int | None
    symbol: str

    @property
    def key(self) -> str:
        """The number for comparison: `45/2016/qd-ttg`; case, marks and spaces do not count, `QD` is `QĐ`."""
        middle = f"{self.year}/" if self.year else ""
        return f"{self.serial.lstrip('0').lower()}/{middle}{self.symbol_key}"

    @property
    def symbol_key(self) -> str:
        """The symbol for comparison: `kh-ubnd`; slash and hyphen are one."""
        return _comparable(self.symbol)


@lru_cache(maxsize=20_000)  # there are few, and each is asked for again and again, as are numbers below
def _comparable(symbol: str) -> str:
    return fold(re.sub(r"\s+", "", symbol)).lower().replace("/", "-")


@lru_cache(maxsize=20_000)
def parse(text: str) -> Number | None:
    """Return the number that the whole text is, spaces inside allowed, or None when it is not one."""
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found["year"]) if found["year"] else None
    return Number(found["serial"], year, "".join(found["symbol"].split()))


@dataclass(frozen=True, slots=True)
class Cited:
    """A number as it stands in a text: where, what it is, and how it is written without blanks and misprints."""

    start: int
    end: int
    number: Number
    written: str


def find(text: str, start: int = 0, end: int | None = None, *, misread: bool = False) -> Iterator[Cited]:
    """Yield what has the shape of a document's number, in order; whether it is one is for the words around it to say.

    Blanks and line ends inside are allowed (`TT-⏎BTC`), a footnote's mark behind is not part (`NĐ-CP1`). `misread` says
    that letters may be wrong, as recognition has them: a symbol that is none is taken for the one it looks like.
    """
    for found in _CITED.finditer(text, start, len(text) if end is None else end):
        if found["standard"]:
            written = f"QCVN {found['standard']}:{found['of']}"
            yield Cited(found.start(), found.end(), Number(written, None, ""), written)
            continue
        symbol = re.sub(r"\s+", "", found["symbol"] or found["party"])
        broken = _broken_off(text, found.end(), symbol)
        bare = _without_footnote(symbol + broken)
        meant = _meant(re.sub(r"[–_]", "-", bare).replace("//", "/"))
        meant = legible(meant) if misread else meant
        year = found["year"]
        joint = "-" if found["party"] else "/"
        written = f"{found['serial']}{joint}{year + '/' if year else ''}{meant}"
        number = Number(found["serial"], int(year) if year else None, meant)
        stop = found.end() + (len(broken) + 1 if broken else len(bare) - len(symbol))
        yield Cited(found.start(), stop, number, written)


def legible(symbol: str) -> str:
    """Return the symbol with each part that is none taken for the one that looks like it: `QĐ-T1g` → `QĐ-TTg`."""
    return re.sub(rf"[{_LETTERS}]+", lambda part: _looks_like(part.group()), symbol)


def _looks_like(part: str) -> str:
    known = _by_looks().get(_looks(part), {part})
    return part if part in known or len(known) > 1 or len(part) < 2 else next(iter(known))


@cache
def _by_looks() -> dict[str, set[str]]:
    """The codes of kinds and the symbols of bodies, by what their letters look like."""
    table: dict[str, set[str]] = {}
    codes = [code for row in load("kinds")["kind"] for code in row.get("codes", [])]
    for symbol in [*codes, *(symbol for row in load("bodies")["body"] for symbol in row.get("symbols", []))]:
        table.setdefault(_looks(symbol), set()).add(symbol)
    return table


def _looks(part: str) -> str:
    return re.sub(r"(.)\1+", r"\1", part.translate(_LOOKS).upper())  # `QĐĐ`: a letter is seen twice


def _broken_off(text: str, end: int, symbol: str) -> str:
    """What a narrow cell broke off a body's symbol: `TT-BLĐTBX⏎H`; nothing where the whole is no known symbol."""
    rest = _REST.match(text, end)
    return (
        rest[1]
        if rest and not with_symbol(symbol.rpartition("-")[2]) and with_symbol(symbol.rpartition("-")[2] + rest[1])
        else ""
    )


def _without_footnote(symbol: str) -> str:
    head, mark, last = symbol.rpartition("-")
    found = _FOOTNOTE.fullmatch(last)
    if found and ("QH" in found["sign"] or (mark and with_symbol(found["sign"]))):
        return head + mark + found["sign"]
    return symbol


def _meant(symbol: str) -> str:
    code = None if "-" in symbol else _CODE_RUN_ON.match(symbol)
    if code and with_symbol(symbol[code.end() :]):
        symbol = f"{code.group()}-{symbol[code.end() :]}"  # `TTBLĐTBXH`
    for row in load("misprints")["misprint"]:
        symbol = re.sub(rf"(?<![{_LETTERS}]){re.escape(row['printed'])}(?![{_LETTERS}])", row["meant"], symbol)
    return symbol
