"""Dates as documents write them: day first, always (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 4)."""

import re
from dataclasses import dataclass
from datetime import date

_BLANK = r"[\s.…_]{0,30}"
_LONG = (
    r"(?P<d>\d{1,2})\s{0,4}(?:tháng|/)\s{0,4}(?P<m>\d{1,2})\s{0,4}(?:,\s*)?(?:năm|tháng|/)\s{0,4}(?P<y>\d{4})(?!\d{2})"
)
_SHORT = r"(?P<sd>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<sm>\d{1,2})\s?(?P=sep)\s?(?P<sy>\d{4})(?!\d{2})"
_DIGITS = str.maketrans("IlO|]", "11011")  # `tháng I1`, `tháng O1`: misread, in a printed form
_DATE = re.compile(rf"(?:{_SHORT}|{_LONG})", re.IGNORECASE)
_AFTER = re.compile(
    rf"[\s,]{{0,4}}(?:\(\s?)?(?:(?:được\s)?(?:ban\shành|ký|ký\sban\shành|đề|lập|thông\squa)\s)?(?:ngày\s{{0,4}})?(?:{_SHORT}|{_LONG})",
    re.IGNORECASE,
)
_SCRAWL = r"(?![^\W\d_]{2})[^\s,;]{1,4}(?:\s[^\s,;]{1,2})?"  # written by hand, and misread
_DATELINE = re.compile(
    rf"ng(?:ày|aỳ)\s{{0,12}}(?P<d>\d{{1,2}}|{_BLANK}|{_SCRAWL})\s{{0,12}}tháng\s{{0,12}}(?P<m>\d{{1,2}}|{_BLANK}|[\dIlO|\]]{{2}})"
    rf"\s{{0,12}}năm\s{{0,6}}(?P<y>\d{{4}}|{_BLANK})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it stands in the text; `day` is None where the text leaves day, month or year blank."""

    start: int
    end: int
    day: date | None


def find(text: str, start: int = 0, end: int | None = None) -> Dated | None:
    """Return the first full date from start to end: `18 tháng 8 năm 2017`, `18/8/2017`, `18-8-2017`, `18.8.2017`."""
    for found in _DATE.finditer(text, start, len(text) if end is None else end):
        day = _day(found)
        if day:
            return Dated(found.start(), found.end(), day)
    return None


def following(text: str, start: int) -> Dated | None:
    """Return the date right at start, a comma, a bracket or `ngày` before it at most; None for anything else."""
    found = _AFTER.match(text, start)
    day = _day(found) if found else None
    return Dated(found.start(), found.end(), day) if found and day else None


def dateline(text: str, start: int = 0, end: int | None = None) -> Dated | None:
    """Return the first `ngày … tháng … năm …`, blanks allowed: a blank day gives a Dated without a day, not a guess."""
    found = _DATELINE.search(text, start, len(text) if end is None else end)
    return Dated(found.start(), found.end(), _day(found)) if found else None


def in_words(day: date) -> str:
    """Return the day as documents date themselves, with a zero before days under 10 and before months 1 and 2."""
    month = f"{day.month:02d}" if day.month <= 2 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _day(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    day, month, year = (parts.get(f"s{key}") or parts.get(key) or "" for key in "dmy")
    month = month.translate(_DIGITS)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
