"""A query that as a whole is a document's number, in whatever shape it is typed or pasted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from ingest import bodies, dates, kinds
from ingest.numbers import Number
from ingest.orthography import fold, mend
from ingest.rules import load

_SERIAL = r"(?P<serial>\d{1,6}(?:\.\d{1,3})?[a-z]?)"
_YEAR = r"(?:19|20)\d\d"
_SIGNS_AROUND = re.compile(r"[\s“”\"'()]+")
_BEFORE_DAY = re.compile(r"[\s,(]*ngày\s*$", re.IGNORECASE)
_MAX_LENGTH = 200  # a kind, a number, a body and a date take less


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """What was typed of a number, ready for comparison with ingest.numbers.Number; what was not typed is None or empty.

    `serial` has no leading zeros and is in lower case; `symbol_key` is the symbol as far as it was typed; `kind` is the
    kind's name where it was written out; `year` also comes from `issued_on`.
    """

    serial: str
    symbol_key: str = ""
    kind: str | None = None
    year: int | None = None
    issued_on: date | None = None

    def fits(self, number: Number, issued_on: date | None) -> bool:
        """Whether a document with that number and date may be meant.

        Serials restart each year, so of a date only the year decides: citing documents err in the day.
        """
        year = number.year or (issued_on.year if issued_on else None)
        return (
            number.serial.lstrip("0").lower() == self.serial
            and f"{number.symbol_key}-".startswith(f"{self.symbol_key}-" if self.symbol_key else "")
            and (bool(self.symbol_key) or self.kind is None or kinds.of_symbol(number) in (None, self.kind))
            and (None in (year, self.year) or year == self.year)
        )


def find_number(text: str) -> NumberQuery | None:
    """Return the number that the whole text is, None when it is anything else.

    `228/KH-UBND`, `228 kh ubnd`, `KH 228`, `kh-228`, `số 228/KH-UBND ngày 18/8/2017`, `Kế hoạch 228 năm 2017`,
    `Nghị định 30/2020`, `45/2016/QD-TTg`, `15-NQ/TU`. A kind with a year alone (`kế hoạch 2017`) is none.
    """
    if len(text) > _MAX_LENGTH:
        return None
    rest, issued_on = _undated(mend(text))
    plain = _SIGNS_AROUND.sub(" ", fold(rest)).lower().strip(" .,;:?")
    typed = next((found.groupdict() for shape in _shapes() if (found := shape.fullmatch(plain))), None)
    if typed is None or not _sure(typed):
        return None
    written = typed["inner"] or typed["year"]
    year = int(written) if written else issued_on.year if issued_on else None
    return NumberQuery(
        serial=typed["serial"].lstrip("0"),
        symbol_key="-".join(re.findall(r"[\w&.]+", typed.get("symbol") or "")),
        kind=_names().get(typed.get("name") or ""),
        year=year,
        issued_on=issued_on,
    )


def _undated(text: str) -> tuple[str, date | None]:
    dated = dates.find(text)
    if dated is None:
        return text, None
    return _BEFORE_DAY.sub("", text[: dated.start]) + text[dated.end :], dated.day


def _sure(typed: dict[str, str]) -> bool:
    """Whether what has the shape of a number is one: `kế hoạch 2017` and `228 người` are not."""
    symbol = typed.get("symbol")
    if symbol is None:
        return typed["so"] is not None or not re.fullmatch(_YEAR, typed["serial"])
    first = re.split(r"[\s/-]", symbol)[0]
    return not typed.get("blank") or first in _codes() or bodies.with_symbol(first.upper()) is not None


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    """Return the shapes of a number over folded lower-case text, the surest first; all have `so`, `inner`, `year`."""
    name = rf"(?:(?P<name>{_any(_names())})\s+)"
    so = r"(?:(?P<so>so)\s*:?\s*)"
    code = rf"(?P<symbol>{_any(_codes())})[\s/-]*"
    inner = rf"(?:\s*[/-]\s*(?P<inner>{_YEAR}))?"
    symbol = r"\s*[/-]\s*(?P<symbol>[a-z][\w&.]*(?:\s*[/-]\s*[\w&.]+)*)"
    spaced = r"(?P<blank>\s)(?P<symbol>(?!nam\b)[a-z][\w&.]*(?:[\s/-]+[\w&.]+){0,4}?)"
    year = rf"(?:,?\s+nam\s+(?P<year>{_YEAR}))?"
    return tuple(
        re.compile(shape + year)
        for shape in (
            rf"{name}?{so}?{_SERIAL}{inner}{symbol}",
            rf"{name}?{so}?{_SERIAL}{inner}{spaced}",
            rf"{name}?{so}?{code}{_SERIAL}{inner}",
            rf"{name}{so}?{_SERIAL}{inner}",
            rf"{so}{_SERIAL}{inner}",
        )
    )


def _any(alternatives: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(alternatives, key=len, reverse=True)))


@cache
def _names() -> dict[str, str]:
    rows = load("kinds")["kind"]
    return {fold(name).lower(): row["name"] for row in rows for name in (row["name"], *row.get("aliases", ()))}


@cache
def _codes() -> frozenset[str]:
    return frozenset(fold(code).lower() for row in load("kinds")["kind"] for code in row.get("codes", ()))
