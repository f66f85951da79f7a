"""How a document stands to each one it cites: the phrase before the citation tells (`rules/phrases.toml`).

A phrase governs within its sentence. `Căn cứ A; B; C` and `Thực hiện A; B` share the phrase that opens the sentence; behind a
line that ends with a colon (`bãi bỏ các quyết định sau:`) the items of the list share the phrase of that line.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest import citations, kinds
from ingest.citations import Citation
from ingest.orthography import UPPER
from ingest.record import Relation
from ingest.rules import load

_ITEM = r"(?:[-+•–*]\s|\d{1,2}(?:\.\d{1,2}){0,2}[.)]\s|[a-zđ]{1,2}\)\s|\([ivx\d]{1,4}\)\s)"
_BOUNDARY = re.compile(
    rf"(?:(?<!TP)(?<!Tp)(?<!\d)[.!?…](?:/\.)?[\"”»)]{{0,2}}|/\.)\s{{1,3}}(?=[“\"(]?[{UPPER}\d])|"
    rf"\n(?=[Cc]ăn\s+cứ\s|Thực\s+hiện\s|Theo\s+đề\s+nghị|Xét\s|(?:Điều|Chương|Phần|Mục)\s(?:\d|[IVX]|thứ)|[IVX]{{1,5}}\.|QUYẾT\s(?:ĐỊNH|NGHỊ)|{_ITEM})"
)
_OPENS = re.compile(r"[\s\d.()“\"•+–-]{0,12}(?:[a-zđ]{1,2}\)\s)?")
_LISTED = re.compile(rf"\s{{0,3}}{_ITEM}")
_ARTICLE = re.compile(r"\s{0,3}(?:Điều|Chương|Phần|Mục)\s(?:\d|[IVX]|thứ)|\s{0,3}[IVX]{1,5}\.\s")
_ATTACHED = re.compile(r"(?:^|\n)\(?(?:Ban\s+hành\s+)?[Kk]èm\s+theo\s[^\n;.]{0,60}$")
_EXPIRED = re.compile(r"[^.;\n]{0,60}?\(?(?:đã\s)?hết\s+hiệu\s+lực", re.IGNORECASE)
_DESCRIBES = re.compile(r"\s{0,3}(?:về\s+việc\s+|về\s+|quy\s+định\s+)?", re.IGNORECASE)
_ADDS = re.compile(r"(?:,|;|\bvà|\bcùng|\bhoặc|:)\s{0,3}(?:\b(?:các|tại|theo)\s{0,3}){0,2}$", re.IGNORECASE)
_OTHERS = re.compile(rf"\b(?:các|những)\s+(?:{kinds.alternatives()})\s+$", re.IGNORECASE)  # what other documents do
_NEAR = 90  # characters that may stand between a phrase inside a sentence and the citation it governs
_FAR = 300  # likewise, for an amendment, which may name what it amends in the document
_LIST = 40  # likewise, with a comma between
_OPENING = 25  # characters before a phrase that still opens its sentence: `Tập trung thực hiện …`
_HANDED_IN = re.compile(r"(?:\b(?:tại|bằng|theo|và|kèm)|[(,:])\s{0,3}(?:các\s{0,3})?$|^\W{0,4}$", re.IGNORECASE)
_CORRESPONDENCE = frozenset([Relation.PROPOSED_BY, Relation.REPLIES_TO, Relation.CONTINUES])
_NORMATIVE = frozenset(["Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch"])
_EFFECTS = frozenset([Relation.AMENDS, Relation.REPLACES, Relation.REPEALS, Relation.CORRECTS, Relation.SUSPENDS])


@dataclass(frozen=True, slots=True)
class _Phrase:
    relation: Relation
    reach: str
    start: int
    end: int


def tell(text: str, found: Sequence[Citation]) -> list[Relation]:
    """Return the relation of each citation, given in order of place."""
    bounds = [0, *(match.end() for match in _BOUNDARY.finditer(text))]
    told: list[Relation] = []
    head, head_sentence = Relation.CITES, -1
    for i, citation in enumerate(found):
        sentence = bisect_right(bounds, citation.start) - 1
        before = found[i - 1] if i and found[i - 1].start >= bounds[sentence] else None
        expired = _EXPIRED.match(text, citation.tail, found[i + 1].start if i + 1 < len(found) else len(text))
        if expired:
            told.append(Relation.REPEALS)
            continue
        relation = _within(
            text,
            citation,
            before,
            told[-1] if before else None,
            bounds[sentence],
            head if sentence == head_sentence else None,
        )
        if relation is None:
            relation = _of_list(text, bounds, sentence) or Relation.CITES
        if relation in _CORRESPONDENCE and citation.kind in _NORMATIVE:
            relation = Relation.CITES
        told.append(relation)
        if sentence != head_sentence:
            head, head_sentence = relation, sentence
    return told


def _within(
    text: str, citation: Citation, before: Citation | None, last: Relation | None, opened: int, head: Relation | None
) -> Relation | None:
    """The relation that the sentence tells, from its beginning or from the citation before; None when it tells none."""
    if _ATTACHED.search(text, max(opened - 1, citation.start - 90, 0), citation.start):
        return Relation.ATTACHED_TO
    if before is None:
        return _governing(text, opened, citation.start)
    if (
        before.tail >= citation.start
        or citations.goes_on(text, before.tail, citation.start)
        and ";" not in text[before.tail : citation.start]
    ):
        return last
    semicolon = text.rfind(";", before.tail, citation.start)
    if semicolon >= 0:
        return _governing(text, semicolon + 1, citation.start, weak=head is None) or head
    phrase = _governing_phrase(text, before.tail, citation.start)
    if phrase is None or phrase.reach == "weak":
        return last if phrase is None and _ADDS.search(text, before.tail, citation.start) else Relation.CITES
    describes = _DESCRIBES.match(text, before.tail)
    if phrase.relation in _EFFECTS and describes and phrase.start <= describes.end():
        return (
            Relation.CITES
        )  # what the document before does to this one: `Nghị định A sửa đổi, bổ sung một số điều của Nghị định B`
    return phrase.relation


def _governing(text: str, start: int, end: int, *, weak: bool = True) -> Relation | None:
    phrase = _governing_phrase(text, start, end)
    return phrase.relation if phrase and (weak or phrase.reach != "weak") else None


def _governing_phrase(text: str, start: int, end: int) -> _Phrase | None:
    """The phrase between start and end that governs what stands at end: the last that reaches it.

    A weak phrase yields to one that governs its whole clause, and to an effect.
    """
    best: _Phrase | None = None
    opening = _OPENS.match(text, start).end()  # type: ignore[union-attr] # it matches the empty text, too
    for found in _pattern().finditer(text, start, end):
        row = _row(" ".join(found.group().lower().split()))
        phrase = _Phrase(Relation(row["relation"]), row["reach"], found.start(), found.end())
        opens = found.start() <= opening or (
            found.start() <= opening + _OPENING and "," not in text[opening : found.start()]
        )
        if not _reaches(text, phrase, opens, end):
            continue
        if phrase.relation in _EFFECTS and _OTHERS.search(text, max(0, found.start() - 40), found.start()):
            continue
        if phrase.reach == "weak" and best and _holds(best, phrase, found.group()):
            continue
        best = phrase
    return best


def _holds(best: _Phrase, weak: _Phrase, said: str) -> bool:
    """Say whether a phrase goes on governing behind a weak one: `sửa đổi Quy chế ban hành kèm theo …`, `bãi bỏ quy định tại …`."""
    if best.relation in _EFFECTS:
        return "kèm" in said.lower() or weak.start - best.end < 12
    return best.reach == "clause"


def _reaches(text: str, phrase: _Phrase, opens: bool, end: int) -> bool:
    between = text[phrase.end : end]
    if ";" in between:
        return False
    if phrase.relation is Relation.PROPOSED_BY:
        return _HANDED_IN.search(between) is not None
    if phrase.relation is Relation.LEGAL_BASIS and not opens:
        return text[phrase.start].isupper()  # `các căn cứ pháp lý` is a noun
    if phrase.relation in _EFFECTS:
        return len(between) <= (_FAR if phrase.relation is Relation.AMENDS else _NEAR)
    if phrase.reach in ("clause", "weak") or opens:
        return True
    return len(between) <= _LIST or (len(between) <= _NEAR and ("," not in between or phrase.reach == "passive"))


def _of_list(text: str, bounds: Sequence[int], sentence: int) -> Relation | None:
    """The relation told by the line with a colon above the list that this sentence is an item of."""
    if not _LISTED.match(text, bounds[sentence]):
        return None
    for i in range(sentence - 1, max(sentence - 60, -1), -1):
        body = text[bounds[i] : bounds[i + 1]].rstrip()
        if body.endswith(":"):
            return _governing(text, bounds[i], bounds[i] + len(body), weak=False)
        if _ARTICLE.match(text, bounds[i]):
            told = _governing(text, text.find(" ", bounds[i] + 6), bounds[i] + len(body), weak=False)
            return told if told in _EFFECTS else None
        if not _LISTED.match(text, bounds[i]):
            return None
    return None


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {say: row for row in load("phrases")["phrase"] for say in row["say"]}


@lru_cache(maxsize=10_000)
def _row(said: str) -> dict[str, str]:
    return _rows().get(said) or next(
        row for say, row in _rows().items() if "*" in say and re.fullmatch(_expression(say), said)
    )


def _expression(say: str) -> str:
    words = [r"(?:[^\s;.]{1,20}\s{1,3}){0,5}" if word == "*" else re.escape(word) for word in say.split()]
    return r"\s{1,3}".join(words).replace(r"{0,5}\s{1,3}", "{0,5}")


@cache
def _pattern() -> re.Pattern[str]:
    says = sorted((say for row in load("phrases")["phrase"] for say in row["say"]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?<!luật )(?:{'|'.join(_expression(say) for say in says)})(?!\w)", re.IGNORECASE)
