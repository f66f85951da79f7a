"""Laws cited by name, without a number: `Luật An ninh mạng năm 2018`, `Bộ luật Lao động` (`rules/laws.toml`)."""

import re
from collections.abc import Sequence
from functools import cache

from ingest import dates
from ingest.citations import Citation
from ingest.orthography import UPPER
from ingest.rules import load

_KINDS = r"Bộ luật|Bộ Luật|Luật|Pháp lệnh"
_YEAR = re.compile(r"\s{1,3}(?:số\s{1,3})?năm\s{1,3}(?:19|20)\d\d(?!\d)")
# A name that the table does not hold begins with a capital, and its date, its year or the end of the clause closes it.
_UNKNOWN = (
    rf"(?:{_KINDS})\s{{1,3}}[{UPPER}](?:(?!\svà\s(?:các|quy|pháp|văn)\s)[^;.:()\d,“”\"]){{2,120}}?"
    r"(?=\s{1,3}(?:ngày\s{1,3}\d|năm\s{1,3}\d)|\s?;)"
)
_AMENDING = (
    r"(?:Bộ luật|Luật|Pháp lệnh)\s{1,3}[Ss]ửa\s{1,3}đ[ổôồỗ]i(?:,\s{1,3}b[ổôồỗố]\s{1,3}sung)?\s[^;.:()\d]{0,40}?"
    rf"của\s{{1,3}}(?:các\s)?(?={_KINDS})"
)
_IS_AMENDING = re.compile(_AMENDING)


def find(text: str, numbered: Sequence[Citation]) -> list[Citation]:
    """Return the laws cited by name alone, in order; a name that belongs to a citation by number is left to it."""
    found: list[Citation] = []
    taken = iter([*numbered, None])
    mine = next(taken)
    position = 0
    while match := _pattern().search(text, position):
        while mine and mine.end <= match.start():
            mine = next(taken)
        citation = _citation(text, match)
        position = citation.end if citation else match.end()
        if citation and (mine is None or citation.end <= mine.start):
            found.append(citation)
    return found


def _citation(text: str, match: re.Match[str]) -> Citation | None:
    start, end = match.span()
    amending = _IS_AMENDING.match(text, start)
    if amending:
        inner = _pattern().match(text, amending.end())
        if inner is None:
            return None  # `Luật sửa đổi, bổ sung một số điều của các luật …` names no law
        end = inner.end()
    name = " ".join(text[start:end].split())
    year = _YEAR.match(text, end)
    dated = dates.following(text, end)
    tail = year.end() if year else dated.end if dated else end
    kind = "Bộ luật" if name.lower().startswith("bộ luật") else "Pháp lệnh" if name.startswith("Pháp") else "Luật"
    return Citation(start, year.end() if year else end, tail, None, None, kind, name, dated.day if dated else None)


@cache
def _pattern() -> re.Pattern[str]:
    known = []
    for row in load("laws")["law"]:
        names = sorted(row["names"], key=len, reverse=True)
        words = "|".join(re.escape(name).replace(r"\ ", r"\s{1,3}") for name in names)
        kind = row["kind"].replace(" ", r"\s{1,3}")
        known.append(rf"{kind}\s{{1,3}}(?i:{words})(?!\w)")
    return re.compile(rf"(?<!\w)(?<!học )(?<!ngành )(?<!cử nhân )(?:{_AMENDING}|{'|'.join(known)}|{_UNKNOWN})")
