"""Where a text cites a document by its number: the mention, and the kind, date and body that stand around it.

A first citation gives kind, number, date, body and subject; later ones kind and number (Nghị định 30/2020/NĐ-CP,
Phụ lục I, mục II, khoản 6).
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from ingest import bodies, dates, kinds, numbers
from ingest.numbers import Number
from ingest.record import Relation

_LAW_BEFORE = re.compile(
    r"(?<!\w)(?P<kind>Bộ luật|Luật|Pháp lệnh|Nghị quyết)\s{1,2}(?P<name>[^;.:()\d]{3,160}?),?\s{1,2}số\s{0,2}:?\s{0,2}$"
)
_OWN_LINE = re.compile(r"(?:^|\n)[^\w\n]{0,3}S[ốỐóôồổỗộòÓÔ6]\s?:[^\n/]{0,10}$")
_OF = re.compile(r"\s{0,3},?\s{0,2}(?:của|do)\s{1,3}")
_DATED_BEFORE = re.compile(r"(?:,?\s[^.;\n]{0,90}?\s(?:ban\shành|đã\scó|có|ký|gửi)\s{1,3}(?:các\s|văn\sbản\s)?)$")
_JOINT = re.compile(r"\s{0,3}(?:,|;|và|,\s?và|hoặc|cùng|-|\s)?\s{0,3}(?:các\s)?")
_FOOTNOTE_MARK = re.compile(r"\d{1,2}(?=[\s,;.)])")
_AT = re.compile(r"\s{1,3}tại\s{1,3}(?:các\s{1,3})?")
_LOOK_BACK = 200
_HANDED_WITHIN = 120  # characters before a mention within which the body that hands it in is named
_SAID_WITHIN = 50  # characters before a number within which its kind is said


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention in the run: `start` to `end` is the mention, `tail` where its date and body end.

    A mention that names no kind has that of its symbol, or of the list that it goes on with.
    """

    start: int
    end: int
    tail: int
    number: Number | None
    written: str | None
    kind: str | None
    name: str | None = None
    issued_on: date | None = None
    issuer: str | None = None


@dataclass(slots=True)
class CitedDocument:
    """One document cited, while its mentions are gathered; `places` are its mentions' start and end in the run."""

    number: Number | None
    written: str | None
    kind: str | None
    name: str | None
    issued_on: date | None
    issuer: str | None
    relation: Relation
    subject: str | None = None
    places: list[tuple[int, int]] = field(default_factory=list)


def find(text: str, *, misread: bool = False) -> list[Citation]:
    """Return the citations by number in order.

    A number counts when a kind or `số` stands before it, when its symbol names a kind, or when it goes on with a list;
    a document's own `Số:` line does not count. `misread` as in `numbers.find`.
    """
    found: list[Citation] = []
    for cited in numbers.find(text, misread=misread):
        if misread and kinds.is_code(cited.number.symbol):
            continue  # `1368/QĐ`: the rest is lost
        citation = _citation(text, cited, found[-1] if found else None)
        if citation:
            found.append(citation)
    return _shared(text, found)


def goes_on(text: str, before: int, start: int) -> bool:
    """Say whether nothing but a comma or `và` stands between two mentions."""
    joint = _JOINT.match(text, before, start)
    return joint is not None and joint.end() == start


def _citation(text: str, cited: numbers.Cited, last: Citation | None) -> Citation | None:
    low = max(0, cited.start - _LOOK_BACK, last.tail if last else 0)
    if _OWN_LINE.search(text, low, cited.start):
        return None
    before = _before().search(text, max(low, cited.start - _SAID_WITHIN), cited.start)
    spoken = before if before and before["kind"] not in (None, "luật") else None  # `pháp luật số …` names no kind
    law = None if spoken else _LAW_BEFORE.search(text, low, cited.start)
    listed = last is not None and goes_on(text, last.tail, before.start() if before else cited.start)
    symbol_kind = kinds.of_symbol(cited.number) if len(cited.number.symbol) > 3 else None
    if not (before or law or listed or symbol_kind or not cited.number.symbol):
        return None
    start = law.start() if law else before.start() if before else cited.start
    tail, day, issuer = _after(text, cited.end)
    return Citation(
        start=start,
        end=cited.end,
        tail=tail,
        number=cited.number,
        written=cited.written,
        kind=_said_kind(law or spoken, symbol_kind) or _unsaid_kind(cited, last if listed else None),
        name=" ".join(f"{law['kind']} {law['name']}".split()) if law and law["kind"] != "Nghị quyết" else None,
        issued_on=day or _day_before(text, start),
        issuer=issuer or _issuer_before(text, start),
    )


def _said_kind(named: re.Match[str] | None, of_symbol: str | None) -> str | None:
    said = kinds.named(named["kind"]) if named else None
    return of_symbol if of_symbol and said in (None, "Văn bản") else said


def _unsaid_kind(cited: numbers.Cited, head: Citation | None) -> str | None:
    if not cited.number.symbol:
        return "Quy chuẩn"
    if head:
        return head.kind
    return None if "QH" in cited.number.symbol else kinds.LETTER


def _after(text: str, end: int) -> tuple[int, date | None, str | None]:
    """The date and the body right behind a number and a footnote's mark, in either order, and where they end."""
    mark = _FOOTNOTE_MARK.match(text, end)
    end = mark.end() if mark else end
    dated = dates.following(text, end)
    tail = dated.end if dated else end
    of = _OF.match(text, tail)
    issuer = None
    if of:
        stop = bodies.cited_at(text, of.end())
        if stop > of.end():
            issuer = " ".join(text[of.end() : stop].split())
            tail = stop
            dated = dated or dates.following(text, tail)
            tail = max(tail, dated.end if dated else tail)
    return tail, dated.day if dated else None, issuer


def _issuer_before(text: str, start: int) -> str | None:
    """`theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số …`: the body that hands the document in."""
    low = max(0, start - _HANDED_WITHIN)
    for of in re.finditer(r"\bcủa\s{1,3}", text[low:start]):
        begin = low + of.end()
        end = bodies.cited_at(text, begin)
        if begin < end <= start and _AT.fullmatch(text, end, start):
            return " ".join(text[begin:end].split())
    return None


def _day_before(text: str, start: int) -> date | None:
    """`Ngày 11/12/2017 Sở Y tế ban hành Công văn số …`: the date that opens the sentence."""
    low = max(0, start - _LOOK_BACK)
    for opening in re.finditer(r"(?:^|\n|[.;]\s)Ngày\s(?=\d)", text[low:start]):
        dated = dates.find(text, low + opening.end(), start)
        if dated and dated.start == low + opening.end() and _DATED_BEFORE.fullmatch(text, dated.end, start):
            return dated.day
    return None


def _shared(text: str, found: list[Citation]) -> list[Citation]:
    """Give a list's members the date and body that stand once, behind the last: `số 12/QĐ-UBND, 13/QĐ-UBND ngày …`."""
    shared = list(found)
    for i in range(len(found) - 2, -1, -1):
        one, following = shared[i], shared[i + 1]
        if (
            one.tail != one.end
            or not goes_on(text, one.tail, following.start)
            or ";" in text[one.tail : following.start]
        ):
            continue
        day = following.issued_on if _may_share(one, following) else None
        shared[i] = replace(one, issued_on=one.issued_on or day, issuer=one.issuer or following.issuer)
    return shared


def _may_share(one: Citation, other: Citation) -> bool:
    year = one.number.year if one.number else None
    return (
        other.issued_on is not None
        and (year is None or year == other.issued_on.year)
        and (year is None) == (other.number is None or other.number.year is None)
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:(?P<kind>{kinds.alternatives()})(?:\s{{1,2}}số)?|số)\s{{0,2}}[:.]?\s{{0,2}}$",
        re.IGNORECASE,
    )
