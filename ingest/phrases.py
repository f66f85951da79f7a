"""Lời dẫn: the phrases before a citation that tell its relation, and how far each reaches (`rules/phrases.toml`)."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest import kinds
from ingest.record import Relation
from ingest.rules import load

EFFECTS = frozenset([Relation.AMENDS, Relation.REPLACES, Relation.REPEALS, Relation.CORRECTS, Relation.SUSPENDS])

_NEAR = 90  # characters that may stand between a phrase inside a sentence and the citation it governs
_FAR = 300  # likewise, for an amendment, which may name what it amends in the document
_LISTED = 40  # likewise, with a comma between
_OPENING = 25  # characters before a phrase that still opens its sentence: `Tập trung thực hiện …`
_OPENS = re.compile(r"[\s\d.()“\"•+–-]{0,12}(?:[a-zđ]{1,2}\)\s)?")
_HANDED_IN = re.compile(r"(?:\b(?:tại|bằng|theo|và|kèm)|[(,:])\s{0,3}(?:các\s{0,3})?$|^\W{0,4}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase where it stands in a text: the relation it tells, and its reach as the rules name it."""

    relation: Relation
    reach: str
    start: int
    end: int


def governing(text: str, start: int, end: int) -> Phrase | None:
    """Return the phrase between start and end that governs what stands at end: the last that reaches it.

    A weak phrase yields to one that governs its whole clause, and to an effect.
    """
    opening = _OPENS.match(text, start)
    opened = opening.end() if opening else start
    best: Phrase | None = None
    for found in _pattern().finditer(text, start, end):
        row = _row(" ".join(found.group().lower().split()))
        phrase = Phrase(Relation(row["relation"]), row["reach"], found.start(), found.end())
        if not _reaches(text, phrase, end, opens=_opens(text, opened, phrase)) or _not_its_own(text, phrase):
            continue
        if not (phrase.reach == "weak" and best and _holds(best, phrase, found.group())):
            best = phrase
    return best


def _opens(text: str, opened: int, phrase: Phrase) -> bool:
    return phrase.start <= opened or (phrase.start <= opened + _OPENING and "," not in text[opened : phrase.start])


def _not_its_own(text: str, phrase: Phrase) -> bool:
    """Say whether an effect is another document's or only asked for: `các Nghị định sửa đổi …`, `trình sửa đổi …`."""
    return phrase.relation in EFFECTS and _others().search(text, max(0, phrase.start - 40), phrase.start) is not None


def _holds(best: Phrase, weak: Phrase, said: str) -> bool:
    """Say whether `best` goes on behind a weak phrase: `sửa đổi Quy chế kèm theo …`, `bãi bỏ quy định tại …`."""
    if best.relation in EFFECTS:
        return "kèm" in said.lower() or (said.lower().startswith("quy định") and weak.start - best.end < 12)
    return best.reach == "clause"


def _reaches(text: str, phrase: Phrase, end: int, *, opens: bool) -> bool:
    between = text[phrase.end : end]
    if ";" in between:
        return False
    if phrase.relation is Relation.PROPOSED_BY:
        return _HANDED_IN.search(between) is not None
    if phrase.relation is Relation.LEGAL_BASIS and not opens:
        return text[phrase.start].isupper()  # `các căn cứ pháp lý` is a noun
    if phrase.relation in EFFECTS:
        return len(between) <= (_FAR if phrase.relation is Relation.AMENDS else _NEAR)
    if phrase.reach in ("clause", "weak") or opens:
        return True
    return len(between) <= _LISTED or (len(between) <= _NEAR and ("," not in between or phrase.reach == "passive"))


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {say: row for row in load("phrases")["phrase"] for say in row["say"]}


@lru_cache(maxsize=10_000)
def _row(said: str) -> dict[str, str]:
    wild = (row for say, row in _rows().items() if "*" in say and re.fullmatch(_expression(say), said))
    return _rows().get(said) or next(wild)


def _expression(say: str) -> str:
    words = [r"(?:[^\s;.]{1,20}\s{1,3}){0,5}" if word == "*" else re.escape(word) for word in say.split()]
    return r"\s{1,3}".join(words).replace(r"{0,5}\s{1,3}", "{0,5}")


@cache
def _pattern() -> re.Pattern[str]:
    says = sorted(_rows(), key=len, reverse=True)  # `Luật sửa đổi …` is a law's name, not an effect
    return re.compile(rf"(?<!\w)(?<!luật\s)(?:{'|'.join(_expression(say) for say in says)})(?!\w)", re.IGNORECASE)


@cache
def _others() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?:các|những)\s+(?:{kinds.alternatives()})|"
        r"trình|rà soát|kiến nghị|đề nghị|đề xuất|tham mưu|nghiên cứu|cần|phải|sẽ),?\s+$",
        re.IGNORECASE,
    )
