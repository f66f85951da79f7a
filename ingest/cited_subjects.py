"""Trích yếu of a cited document, as a first mention tells it behind number, date and body (`rules/subjects.toml`).

`Quyết định số 12/QĐ-UBND ngày 01/02/2024 của UBND tỉnh về việc giao chỉ tiêu biên chế năm 2024` (Nghị định
30/2020/NĐ-CP, Phụ lục I, mục II, khoản 6). Where a sentence goes on behind the subject without a sign, too much may be
read: who compares subjects must not mind words at the end.
"""

import re
from collections.abc import Sequence
from functools import cache

from ingest import bodies
from ingest.citations import Citation
from ingest.orthography import UPPER
from ingest.relations import STATEMENT
from ingest.rules import load, one_of

_LONGEST = 300  # characters
_FEWEST = 2  # words
_END = re.compile(
    r"[;:\t)]|\s\(|(?<!TP)(?<!Tp)\.(?=\s|/|$|[”\"])"
    rf"|\n(?={STATEMENT}|Theo\s)"
    r"|,?\s(?:(?:(?:đã|và)\s)?[đĐ]ược\s|(?:đã\s)?(?:có|hết)\shiệu\slực|trong\sđó|cụ\sth[ểê]|như\ssau|kèm\stheo)"
    r"|,?\svà\scác\s(?:văn\sbản|quy\sđịnh)"
)
_BEFORE_BODY = re.compile(rf"(?:,\s|\n)(?=[{UPPER}])")
_LEADS_ON = re.compile(
    r"(?:[\s,–-]|\b(?:của|và|tại|theo|kèm|các|cùng|với|ban\shành|thực\shiện|căn\scứ|tiếp\stheo))+$", re.IGNORECASE
)
_OF_THE_NEXT = re.compile(
    r"\b(?:của|thực\shiện|thi\shành|sửa\sđổi|bổ\ssung|điều\schỉnh|thay\sthế|bãi\sbỏ)\s+$", re.IGNORECASE
)


def tell(text: str, found: Sequence[Citation]) -> list[str | None]:
    """Return the subject that is told behind each citation, given in order of place; None where none is."""
    subjects: list[str | None] = []
    begins = ends = len(text)  # of the citation behind, with its subject
    for citation in reversed(found):
        opening = _opening().match(text, citation.tail, begins) if citation.number else None
        end = _end(text, opening.end(), begins, ends) if opening else citation.tail
        subjects.append(_written(text, opening, end) if opening else None)
        begins, ends = citation.start, end
    return subjects[::-1]


def _end(text: str, start: int, begins: int, ends: int) -> int:
    """Where a subject ends: what another document amends goes on with that one (`một số điều của Nghị định số …`)."""
    reach = min(begins, start + _LONGEST)
    stop = _END.search(text, start, reach)
    body = _body(text, start, stop.start() if stop else reach)
    if body:
        return body
    if stop:
        return stop.start()
    whole = ends if begins == reach and _OF_THE_NEXT.search(text, start, begins) else begins
    return whole if whole - start <= _LONGEST else max(start, text.rfind(" ", start, start + _LONGEST))


def _body(text: str, start: int, end: int) -> int | None:
    """Where the sentence goes on with a body that acts: `về chuyển đổi số, Sở Nội vụ xây dựng …`."""
    before = _BEFORE_BODY.finditer(text, start, end)
    return next((gap.start() for gap in before if bodies.cited_at(text, gap.end()) > gap.end()), None)


def _written(text: str, opening: re.Match[str], end: int) -> str | None:
    """The subject on one line, with a capital; None for what is too short to be one."""
    start = opening.start("part") if opening["part"] else opening.end()
    if not opening["part"] and bodies.cited_at(text, start) > start:
        return None  # an address: `báo cáo theo Công văn số … về Sở Nội vụ`
    subject = " ".join(_LEADS_ON.sub("", text[start:end]).split())
    told = text[opening.end() : end].split()
    return subject[0].upper() + subject[1:] if len(told) >= _FEWEST and subject else None


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(
        rf"[\s,]{{0,3}}(?:(?:{_of(part=False)})\s{{1,3}}|(?P<part>{_of(part=True)})(?!\w|\s?:))", re.IGNORECASE
    )


def _of(*, part: bool) -> str:
    rows = (row for row in load("subjects")["opening"] if row["part"] is part)
    return "|".join(rf"(?:{one_of(row['say'])})(?!\s{{0,3}}(?:{one_of(row['unless'])})(?!\w))" for row in rows)
