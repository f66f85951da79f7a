"""Cơ quan ban hành, cơ quan chủ quản (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 2; ô 2).

The issuer is what stands in capitals above the number; the body above it is its superior. Where a document has no such
lines, the symbol of its number and its place say who issued it, when its own words agree.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from ingest import bodies, dates, kinds
from ingest.finding import Found
from ingest.numbers import Number
from ingest.rules import any_of
from ingest.running_text import RunningText
from ingest.title import MOTTO

_OPEN = re.compile(r"(?:,|-|–|&|\b(?:VÀ|CỦA|THUỘC|VỀ))$")
_NOT_A_NAME = re.compile(r"\b(?:SỐ|NGÀY)\s?:?\s?\d|^[\W\d]*$")
_PARTY = re.compile(r"(Tỉnh ủy) (.+)")
_LEANS_ON = ("Văn phòng", "Thanh tra")  # the office of, the inspectorate of: the name ends with the superior's
_BOARDS = ("Ban Chỉ đạo", "Ban Chỉ huy")  # a province's own, whatever their work: `Ban Chỉ đạo 138 tỉnh …`
_SAID_WITHIN = 6000  # characters from the top within which a document names itself


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body and the body above it, each where it was found."""

    issuer: Found | None
    superior: Found | None = None


def read(run: RunningText, begin: int, end: int, number: Number | None, place: str | None) -> Issuer:
    """Return issuer and superior from the lines from `begin` to `end`; else from the symbol and the place."""
    names = [replace(found, value=bodies.proper(found.value or "", run.text)) for found in _names(run, begin, end)]
    names = [name for i, name in enumerate(names) if i == 0 or name.value != names[i - 1].value]
    if not names:
        return Issuer(_from_symbol(run, number, place) if number else None)
    superior = names[-2] if len(names) > 1 else None
    full = _full(names[-1].value or "", superior.value if superior else None, place)
    return Issuer(replace(names[-1], value=full), superior)


def _names(run: RunningText, begin: int, end: int) -> list[Found]:
    """The names above the number, each on one line or more: a line that cannot begin a name goes on with the last."""
    names: list[Found] = []
    for i, line in enumerate(run.lines):
        start = run.starts[i]
        if start >= end:
            break
        if start < begin:
            continue
        text = _left_half(line.text)
        if not text or not text.isupper() or _label().fullmatch(text) or _NOT_A_NAME.search(text) or kinds.titled(text):
            continue
        head = _head().match(text) or bodies.misread(text)
        if names and (not head or _unfinished(names[-1].value or "", text)):
            names[-1] = replace(names[-1], value=f"{names[-1].value} {text}", end=start + len(text))
        elif names or head:
            names.append(Found(text, start, start + len(text), "above the number", 0.97))
    return names


def _unfinished(name: str, following: str) -> bool:
    """Say whether the name goes on in a line that could begin one: `ỦY BAN THƯỜNG VỤ / QUỐC HỘI`."""
    return (
        bool(_OPEN.search(name))
        or name in ("VĂN PHÒNG", "ĐOÀN KIỂM TRA")
        or bodies.known(f"{name} {following}") is not None
    )


def _left_half(text: str) -> str:
    """The part of a header line that is not the motto or the dateline of the right half."""
    text = MOTTO.sub("", text)
    dated = dates.dateline(text)
    return re.sub(r"^[^\w(]+|[^\w)]+$|\s\([^()]*\)?$", "", text[: dated.start] if dated else text).strip(" _")


def _full(name: str, superior: str | None, place: str | None) -> str:
    if superior and name in _LEANS_ON:
        return f"{name} {superior}"
    party = _PARTY.match(superior or "")
    organ = bodies.known(f"{name} {party[1]}") if party else None
    if party and organ:
        return f"{organ.name} {party[2]}"
    body = bodies.known(name)
    local = body is not None and body.local
    if bodies.territory(name) or not (local or name.startswith(_BOARDS)):
        return name
    above = bodies.territory(superior) if superior else None
    province = above or (bodies.province(place) if place and local else None)
    if province is None or name.endswith("tỉnh"):
        return name
    if name.endswith("ủy"):
        province = re.sub(r"^(?:tỉnh|thành phố) ", "", province)  # Tỉnh ủy Lào Cai
    return f"{name} {province}"


def _from_symbol(run: RunningText, number: Number, place: str | None) -> Found | None:
    for part in re.split(r"[-/]", number.symbol):
        body = bodies.with_symbol(part)
        if body is None:
            continue
        said = _said(run, body.name)
        if not body.local:
            return Found(body.name, *said, "symbol", 0.9) if said else Found(body.name, 0, 0, "symbol", 0.8)
        province = bodies.province(place) if place else None
        if province and said:
            return Found(f"{body.name} {province}", *said, "symbol, place and the document's own words", 0.9)
        return None
    return None


def _said(run: RunningText, name: str) -> tuple[int, int] | None:
    """Where the document first names the body at the beginning of a sentence or line, before it acts."""
    pattern = r"\s{1,3}".join(map(re.escape, name.split())).replace(
        "Ủy\\s{1,3}ban\\s{1,3}nhân\\s{1,3}dân", r"(?:UBND|[UỦ][ỷy]\s{1,3}ban\s{1,3}nhân\s{1,3}dân)"
    )
    found = re.search(rf"(?:^|\n|[.;,]\s){pattern}", run.text[:_SAID_WITHIN])
    return (found.end() - len(found.group().lstrip("\n.;, ")), found.end()) if found else None


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('openings', 'label')}).{{0,20}}|.{{0,40}}\(.{{0,30}}DỰ THẢO.{{0,20}}\)")


@cache
def _head() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('heads', 'body', upper=True)})(?!\w)")
