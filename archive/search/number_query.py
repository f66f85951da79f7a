"""A query that as a whole is a document's number, in whatever shape it is typed; and the numbers that one cites."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from ingest import bodies, dates, kinds, numbers, references
from ingest.numbers import Number
from ingest.orthography import fold, mend
from ingest.record import Page, Reference
from ingest.rules import load

_SERIAL = r"(?P<serial>\d{1,6}(?:\.\d{1,3})?[a-z]?)"
_YEAR = r"(?:19|20)\d\d"
_TERRITORY = r"(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)"
_ACTING = re.compile(r"\b(?:chu tich|thuong truc|giam doc|bo truong) (?=(?:uy ban|hoi dong|so|bo)\b)")
_SIGNS_AROUND = re.compile(r"[\s“”\"'()]+")
_BEFORE_DAY = re.compile(r"[\s,(]*ngày\s*$", re.IGNORECASE)
_MAX_LENGTH = 200  # a kind, a number, a body and a date take less
_MAX_SENTENCE = 1_000


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """What was typed of a number, ready for comparison with ingest.numbers.Number; what was not typed is None or empty.

    `serial` has no leading zeros and is in lower case; `symbol_key` is the part of the symbol that was typed; `kind` is
    the kind's name where it was written out; `year` also comes from `issued_on`; `issuer` is the part of the body's
    name that was typed, with or without marks.
    """

    serial: str
    symbol_key: str = ""
    kind: str | None = None
    year: int | None = None
    issued_on: date | None = None
    issuer: str = ""

    def fits(self, number: Number, issued_on: date | None, issuer: str | None) -> bool:
        """Whether a document with that number, of that date and body, may be meant.

        Serials restart each year, so of a date only the year decides: citing documents err in the day.
        """
        year = number.year or (issued_on.year if issued_on else None)
        return (
            number.serial.lstrip("0").lower() == self.serial
            and (not self.symbol_key or f"-{self.symbol_key}-" in f"-{number.symbol_key}-")
            and (self._kind_in_symbol or self.kind is None or kinds.of_symbol(number) in (None, self.kind))
            and (None in (year, self.year) or year == self.year)
            and (not self.issuer or issuer is None or f" {_words(self.issuer)} " in f" {_words(issuer)} ")
        )

    @property
    def _kind_in_symbol(self) -> bool:
        return self.symbol_key.partition("-")[0] in _codes()


def find_number(text: str) -> NumberQuery | None:
    """Return the number that the whole text is, None when it is anything else.

    `228/KH-UBND`, `228 kh ubnd`, `KH 228`, `kh-228`, `KH 228 UBND`, `số 228/KH-UBND ngày 18/8/2017`, `45/2016/QD-TTg`,
    `Kế hoạch 228 năm 2017`, `Nghị định 30/2020`, `15-NQ/TU`, `228/KH-UBND của UBND tỉnh`, `228 kh ubnd tỉnh Lam Sơn`.
    A kind with a year alone (`kế hoạch 2017`) is none.
    """
    if len(text) > _MAX_LENGTH:
        return None
    rest, issued_on = _undated(mend(text))
    plain = _SIGNS_AROUND.sub(" ", fold(rest)).lower().strip(" .,;:?")
    shaped = (found.groupdict("") for shape in _shapes() if (found := shape.fullmatch(plain)))
    typed = next(filter(_sure, shaped), None)
    if typed is None:
        return None
    written = typed["inner"] or typed["year"]
    year = int(written) if written else issued_on.year if issued_on else None
    return NumberQuery(
        serial=typed["serial"].lstrip("0"),
        symbol_key=_symbol_key(typed),
        kind=_names().get(typed["name"]),
        year=year,
        issued_on=issued_on,
        issuer=typed["issuer"] or typed["territory"],
    )


def cited_numbers(text: str) -> tuple[NumberQuery, ...]:
    """Return the number that the whole text is, else those that it cites, as a sentence from a document does."""
    whole = find_number(text)
    cited = () if whole else references.find([Page(1, mend(text[:_MAX_SENTENCE]))])
    return (whole,) if whole else tuple(filter(None, map(_cited, cited)))


def _cited(reference: Reference) -> NumberQuery | None:
    number = numbers.parse(reference.number or "")
    if number is None:
        return None
    return NumberQuery(
        serial=number.serial.lstrip("0").lower(),
        symbol_key=number.symbol_key,
        kind=reference.kind,
        year=number.year or (reference.issued_on.year if reference.issued_on else None),
        issued_on=reference.issued_on,
        issuer=reference.issuer or "",
    )


def _undated(text: str) -> tuple[str, date | None]:
    dated = dates.find(text)
    if dated is None:
        return text, None
    return _BEFORE_DAY.sub("", text[: dated.start]) + text[dated.end :], dated.day


def _sure(typed: dict[str, str]) -> bool:
    """Whether what has the shape of a number is one: `kế hoạch 2017` and `228 người` are not."""
    if not typed["symbol"]:
        return bool(typed["code"] or typed["so"]) or not re.fullmatch(_YEAR, typed["serial"])
    first = re.split(r"[\s/-]", typed["symbol"])[0]
    return not typed["blank"] or first in _codes() or first.rstrip("0123456789") in _symbols()


def _symbol_key(typed: dict[str, str]) -> str:
    parts = re.findall(r"[\w&.]+", typed["symbol"])
    return "-".join(parts if typed["code"] in {"", *parts[:1]} else [typed["code"], *parts])


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    """Return the shapes of a number over folded lower-case text, the surest first; all have the same groups."""
    kind = rf"(?:(?P<name>{_any(_names())})\s+|(?P<code>{_any(_codes())})[\s/-]*)"
    so = r"(?:(?P<so>so)\s*:?\s*)"
    inner = rf"(?:\s*[/-]\s*(?P<inner>{_YEAR}))?"
    part = rf"(?!{_YEAR}\b)[\w&.]+"
    joined = rf"\s*[/-]\s*(?P<symbol>[a-z][\w&.]*(?:\s*[/-]\s*{part})*)(?P<blank>)"
    spaced = rf"(?P<blank>\s)(?P<symbol>(?!nam\b)[a-z][\w&.]*(?:[\s/-]+(?!{_TERRITORY}\b){part}){{0,4}}?)"
    none = "(?P<symbol>)(?P<blank>)"
    year = rf"(?:(?:,?\s+nam\s+|[\s/,-]+)(?P<year>{_YEAR}))?"
    issuer = rf"(?:,?\s+(?:cua\s+(?P<issuer>[a-z][a-z\s,&-]*?)|(?P<territory>{_TERRITORY}\b[a-z\s]*?)))?"
    return tuple(
        re.compile(number + behind)
        for number in (
            rf"{kind}?{so}?{_SERIAL}{inner}{joined}",
            rf"{kind}?{so}?{_SERIAL}{inner}{spaced}",
            rf"{kind}{so}?{_SERIAL}{inner}{none}",
            rf"(?P<name>)(?P<code>){so}{_SERIAL}{inner}{none}",
        )
        for behind in (year + issuer, issuer + year)
    )


def _any(alternatives: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(alternatives, key=len, reverse=True)))


@cache
def _names() -> dict[str, str]:
    """Return the names of the kinds, folded → as they are; letters, whose numbers name no kind, have their code too."""
    rows = load("kinds")["kind"]
    named = {row["name"]: (row["name"], *row.get("aliases", ())) for row in rows}
    named[kinds.LETTER] += tuple(code for row in rows if row["name"] == kinds.LETTER for code in row["codes"])
    return {fold(one).lower(): name for name, names in named.items() for one in names}


@cache
def _codes() -> frozenset[str]:
    return frozenset(fold(code).lower() for row in load("kinds")["kind"] for code in row.get("codes", ()))


@cache
def _symbols() -> frozenset[str]:
    return frozenset(fold(symbol).lower() for row in load("bodies")["body"] for symbol in row.get("symbols", ()))


def _words(name: str) -> str:
    """Return a body's name for comparison with a part of it; who acts for it (Chủ tịch UBND) counts as the body."""
    return _ACTING.sub("", fold(bodies.key(name)))
