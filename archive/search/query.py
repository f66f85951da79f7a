"""The query grammar: what a person types, taken apart. No input raises; what is not understood is taken as words.

    word                  the word stands somewhere; without accents it means every accented form too
    "a phrase"            the words stand side by side in this order
    -word  -"a phrase"    and with a field: documents that have it are left out
    field:word            the word stands in that field; field:"a phrase" likewise
    năm:2017  ngày:18/8/2017  từ:8/2017  đến:2018

All clauses must hold. Field names are FIELD_NAMES, any case, with or without accents.
"""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ingest.orthography import fold, mend

Field = Literal["number", "kind", "issuer", "subject", "signer", "year", "date", "from", "to", "state"]

# The first name is the one shown.
FIELD_NAMES: dict[Field, tuple[str, ...]] = {
    "number": ("số", "số hiệu", "ký hiệu", "kí hiệu", "số ký hiệu", "number"),
    "kind": ("loại", "tên loại", "loại văn bản", "kind"),
    "issuer": ("cơ quan", "cơ quan ban hành", "cq", "issuer"),
    "subject": ("trích yếu", "tiêu đề", "subject", "title"),
    "signer": ("người ký", "người kí", "nk", "signer"),
    "year": ("năm", "year"),
    "date": ("ngày", "ngày ban hành", "date"),
    "from": ("từ", "từ ngày", "from"),
    "to": ("đến", "đến ngày", "to"),
    "state": ("trạng thái", "state"),
}
# A document's states as the index keeps them, and how they are named here.
STATE_NAMES: dict[str, tuple[str, ...]] = {
    "draft": ("nháp", "bản nháp", "dự thảo", "draft"),
    "internal": ("nội bộ", "internal"),
    "pending": ("chờ duyệt", "pending"),
    "public": ("công khai", "public"),
    "expired": ("hết hiệu lực", "expired"),
    "withdrawn": ("thu hồi", "đã thu hồi", "withdrawn"),
    "frozen": ("đóng băng", "frozen"),
}
MAX_CLAUSES = 64
MAX_CLAUSE_LENGTH = 200
_MAX_LENGTH = 20_000  # more than MAX_CLAUSES clauses of MAX_CLAUSE_LENGTH take to write

_QUOTES = str.maketrans(dict.fromkeys("“”„‟″", '"'))
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DASH_IN_WORD = re.compile(r"(?<=\w)[‐‑–—−](?=\w)")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_DAY_WORDS = re.compile(r"ngày|tháng|năm|[\s/.\-]", re.IGNORECASE)


def _name_pattern(name: str) -> str:
    letters = (f"[{letter}{fold(letter)}]" if fold(letter) != letter else letter for letter in name)
    return "".join(r"\s+" if letter == " " else letter for letter in letters)


_FIELD_OF = {fold(name): known for known, names in FIELD_NAMES.items() for name in names}
_STATE_OF = {fold(name): state for state, names in STATE_NAMES.items() for name in names}
_NAMES = "|".join(_name_pattern(name) for names in FIELD_NAMES.values() for name in names)
_CLAUSE = re.compile(
    r'(?P<minus>(?<!\S)-(?=[^\W_]|"))?'
    rf'(?:(?P<name>{_NAMES})\s*:\s*|(?P<unknown>[^\W\d_]+):(?=["\w]))?'
    r'(?:"(?P<quoted>[^"]*)"|(?P<word>[^\W_][^\s"]*))',
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a query. `text` is as typed, mended, without quotes; an excluded clause must not hold."""

    text: str
    field: Field | None = None
    quoted: bool = False
    excluded: bool = False

    def __str__(self) -> str:
        name = f"{FIELD_NAMES[self.field][0]}:" if self.field else ""
        text = f'"{self.text}"' if self.quoted else self.text
        return f"{'-' if self.excluded else ''}{name}{text}"

    @property
    def days(self) -> "Days | None":
        """The days that a clause on year, date, from or to means; None for any other clause."""
        match self.field:
            case "year":
                return _years(self.text)
            case "date":
                return _days(self.text)
            case "from" if (days := _days(self.text)) is not None:
                return Days(days.first, date.max)
            case "to" if (days := _days(self.text)) is not None:
                return Days(date.min, days.last)
        return None

    @property
    def state(self) -> str | None:
        """The state that a clause on the state means; None for any other clause, and for a state that there is not."""
        return _STATE_OF.get(fold(self.text.lower())) if self.field == "state" else None

    @property
    def understood(self) -> bool:
        """Whether the text is a value that the field can have."""
        match self.field:
            case "year" | "date" | "from" | "to":
                return self.days is not None
            case "state":
                return self.state is not None
        return True


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both ends included; date.min and date.max stand for an open end."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: clauses that must all hold, and Vietnamese sentences about what was not understood.

    `str(query)` is the query in this grammar again: parsing it yields an equal query.
    """

    clauses: tuple[Clause, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return " ".join(map(str, self.clauses))


def parse(text: str) -> Query:
    """Return the query that the text is. Any text is one; at most MAX_CLAUSES clauses are taken from it."""
    text = _cleaned(text)
    clauses: list[Clause] = []
    notes: list[str] = []
    for found in _CLAUSE.finditer(text):
        taken, note = _clauses(found)
        clauses += taken
        notes += [note] if note and note not in notes else []
        if len(clauses) > MAX_CLAUSES:
            notes.append(f"Câu tìm quá dài: chỉ {MAX_CLAUSES} từ và cụm từ đầu tiên được dùng.")
            break
    if text.strip() and not clauses:
        notes.append("Câu tìm không có chữ hay số nào, chưa tìm theo từ; hãy gõ từ ngữ hoặc số, ký hiệu.")
    elif text.count('"') % 2:
        notes.append("Thiếu một dấu ngoặc kép: các từ quanh nó được tìm như từ thường.")
    return Query(tuple(clauses[:MAX_CLAUSES]), tuple(notes))


def _cleaned(text: str) -> str:
    plain = _UNPRINTABLE.sub(" ", text[:_MAX_LENGTH]).translate(_QUOTES)
    return _DASH_IN_WORD.sub("-", mend(plain))


def _clauses(found: re.Match[str]) -> tuple[list[Clause], str | None]:
    """Return the clauses that one piece of the text makes, and what there is to say about it."""
    excluded, quoted = found["minus"] is not None, found["quoted"] is not None
    value = _trimmed(found["quoted"] if quoted else found["word"])
    if found["name"] and value:
        clause = Clause(value, _field(found["name"]), quoted, excluded)
        if clause.understood:
            return [clause], None
    prefix = (found["name"] or found["unknown"] or "").split()
    parts = [value] if quoted else map(_trimmed, value.split(":"))
    words = [Clause(word, excluded=excluded) for word in prefix]
    return words + [Clause(part, None, quoted, excluded) for part in parts if part], _note(found)


def _note(found: re.Match[str]) -> str | None:
    if found["unknown"]:
        names = ", ".join(names[0] for names in FIELD_NAMES.values())
        return f"Không có trường “{found['unknown']}”, đã tìm như từ thường. Các trường: {names}."
    if not found["name"]:
        return None
    typed = _trimmed(found.group())
    if _field(found["name"]) == "state":
        states = ", ".join(names[0] for names in STATE_NAMES.values())
        return f"“{typed}” không phải là trạng thái, đã tìm như từ thường. Các trạng thái: {states}."
    return f"“{typed}” không phải là ngày, đã tìm như từ thường. Viết như ngày:18/8/2017 hoặc năm:2017."


def _field(name: str) -> Field:
    return _FIELD_OF[fold(" ".join(name.lower().split()))]


def _trimmed(text: str) -> str:
    """Return the text within bounds, blanks collapsed, without the signs at its ends that are no part of a word."""
    inner = _EDGE.sub("", " ".join(text.split()))
    return _EDGE.sub("", inner[:MAX_CLAUSE_LENGTH])


def _years(text: str) -> Days | None:
    found = re.fullmatch(r"(\d{4})(?:\s*-\s*(\d{4}))?", text)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return Days(date(first, 1, 1), date(last, 12, 31)) if 1 <= first <= last else None


def _days(text: str) -> Days | None:
    """Return the days that the text names: a day, a month or a year, day first or as 2017-08-18."""
    parts = _DAY_WORDS.sub(" ", text).split()
    if not 1 <= len(parts) <= 3 or not all(re.fullmatch(r"\d{1,2}|\d{4}", part) for part in parts):
        return None
    if len(parts) == 3 and len(parts[0]) == 4:
        parts.reverse()
    numbers = [int(part) for part in parts]
    try:
        return _span(*reversed(numbers))
    except (ValueError, IndexError):  # there is no such month or day
        return None


def _span(year: int, month: int | None = None, day: int | None = None) -> Days:
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    return Days(first, date(year, last_month, day or calendar.monthrange(year, last_month)[1]))
