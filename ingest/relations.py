"""How a document stands to each one it cites, from the phrase that governs the citation.

A phrase governs within its sentence. `Căn cứ A; B; C` and `Thực hiện A; B` share the phrase that opens the sentence;
behind a line that ends with a colon (`bãi bỏ các quyết định sau:`) the items of the list share the phrase of that line.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import citations, phrases
from ingest.citations import Citation
from ingest.orthography import UPPER
from ingest.record import Relation

_ITEM = r"(?:[-+•–*]\s|\d{1,2}(?:\.\d{1,2}){0,2}[.)]\s|[a-zđ]{1,2}\)\s|\([ivx\d]{1,4}\)\s)"
_DIVISION = r"(?:(?:Điều|Chương|Phần|Mục)\s(?:\d|[IVX]|thứ)|[IVX]{1,5}\.\s)"
_BASE = r"(?:[Cc]ăn\s+cứ\s|Thực\s+hiện\s|Theo\s+đề\s+nghị|Xét\s|QUYẾT\s(?:ĐỊNH|NGHỊ))"
STATEMENT = rf"(?:{_BASE}|{_DIVISION}|{_ITEM})"
"""What a line begins with that does not go on with the line above: a basis, a division or an item."""

_BOUNDARY = re.compile(
    rf"(?:(?<!TP)(?<!Tp)(?<!\d)[.!?…](?:/\.)?[\"”»)]{{0,2}}|/\.)\s{{1,3}}(?=[“\"(]?[{UPPER}\d])"
    rf"|\n(?={STATEMENT})"
)
_LISTED = re.compile(rf"\s{{0,3}}{_ITEM}")
_ARTICLE = re.compile(rf"\s{{0,3}}{_DIVISION}")
_ATTACHED = re.compile(r"(?:^|\n)\(?(?:Ban\s+hành\s+)?[Kk]èm\s+theo\s[^\n;.]{0,60}$")
_EXPIRED = re.compile(r"[^.;\n]{0,60}?\(?(?:đã\s)?hết\s+hiệu\s+lực", re.IGNORECASE)
_DESCRIBES = re.compile(r"\s{0,3}(?:về\s+việc\s+|về\s+|quy\s+định\s+)?", re.IGNORECASE)
_ADDS = re.compile(r"(?:,|;|\bvà|\bcùng|\bhoặc|:)\s{0,3}(?:\b(?:các|tại|theo)\s{0,3}){0,2}$", re.IGNORECASE)
_ALSO = re.compile(
    r"\s{0,3}(?:,|và|,\s{0,3}và)\s[^.;]{0,160}\s(?:tại|bằng)\s{0,3}(?:các\s{0,3})?"
)  # `… và Sở Nội vụ tại …`
_BEFORE_COLON = 50  # characters between a phrase and the colon: `Căn cứ các văn bản sau đây:`
_ITEMS = 60  # items of a list at most between a citation and the line above the list
_CORRESPONDENCE = frozenset([Relation.PROPOSED_BY, Relation.REPLIES_TO, Relation.CONTINUES])
_NORMATIVE = frozenset(["Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch"])


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What a sentence has told so far: where it begins, its last citation and relation, and that of its first."""

    start: int
    before: Citation | None = None
    last: Relation = Relation.CITES
    head: Relation | None = None


def tell(text: str, found: Sequence[Citation]) -> list[Relation]:
    """Return the relation of each citation, given in order of place."""
    bounds = [0, *(match.end() for match in _BOUNDARY.finditer(text))]
    ends = [*(citation.start for citation in found), len(text)][1:]
    told: list[Relation] = []
    so_far = _Sentence(-1)
    for citation, end in zip(found, ends, strict=True):
        number = bisect_right(bounds, citation.start) - 1
        if so_far.start != bounds[number]:
            so_far = _Sentence(bounds[number])
        relation = _of_one(text, citation, end, so_far) or _of_list(text, bounds, number) or Relation.CITES
        if relation in _CORRESPONDENCE and citation.kind in _NORMATIVE:
            relation = Relation.CITES
        told.append(relation)
        so_far = _Sentence(so_far.start, citation, relation, so_far.head or relation)
    return told


def _of_one(text: str, citation: Citation, end: int, sentence: _Sentence) -> Relation | None:
    if _EXPIRED.match(text, citation.tail, end):
        return Relation.REPEALS
    if _ATTACHED.search(text, max(sentence.start - 1, citation.start - 90, 0), citation.start):
        return Relation.ATTACHED_TO
    if text[citation.start - 1 : citation.start] == "(":
        return Relation.CITES  # an aside: `cùng thời gian kiểm tra (Kế hoạch số 12/KH-SYT)`
    if sentence.before is None:
        return _governing(text, sentence.start, citation.start)
    return _behind(text, citation, sentence.before, sentence)


def _behind(text: str, citation: Citation, before: Citation, sentence: _Sentence) -> Relation | None:
    """The relation of a citation that is not the first of its sentence."""
    if ";" in text[before.tail : citation.start]:
        start = text.rindex(";", before.tail, citation.start) + 1
        return _governing(text, start, citation.start, weak=False) or sentence.head
    if before.tail >= citation.start or citations.goes_on(text, before.tail, citation.start):
        return sentence.last
    phrase = phrases.governing(text, before.tail, citation.start)
    if phrase is None:
        between = text[before.tail : citation.start]
        return sentence.last if _ADDS.search(between) or _ALSO.fullmatch(between) else Relation.CITES
    describes = _DESCRIBES.match(text, before.tail)
    if phrase.relation in phrases.EFFECTS and describes and phrase.start <= describes.end():
        return Relation.CITES  # what the one before does: `Nghị định A sửa đổi Nghị định B`
    return phrase.relation


def _governing(text: str, start: int, end: int, *, weak: bool = True) -> Relation | None:
    phrase = phrases.governing(text, start, end)
    return phrase.relation if phrase and (weak or phrase.reach != "weak") else None


def _of_list(text: str, bounds: Sequence[int], number: int) -> Relation | None:
    """The relation told by the line above the list the sentence is in: one with a colon, or an article."""
    if not _LISTED.match(text, bounds[number]):
        return None
    for i in range(number - 1, max(number - _ITEMS, -1), -1):
        line = text[bounds[i] : bounds[i + 1]].rstrip()
        if line.endswith(":") or _ARTICLE.match(line):
            return _above_list(text, bounds[i], bounds[i] + len(line))
        if not _LISTED.match(line):
            return None
    return None


def _above_list(text: str, start: int, end: int) -> Relation | None:
    """`Bãi bỏ các quyết định sau:`: an effect, or a phrase right before the colon, not one of a citation there."""
    article = _ARTICLE.match(text, start, end)
    phrase = phrases.governing(text, article.end() + 2 if article else start, end)
    if phrase is None or phrase.reach == "weak":
        return None
    if phrase.relation in phrases.EFFECTS:
        return phrase.relation
    return phrase.relation if text[end - 1] == ":" and end - phrase.end < _BEFORE_COLON else None
