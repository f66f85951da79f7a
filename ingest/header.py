"""Phần đầu văn bản: number, date, place, and the header as a whole (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 2 to 5)."""

import re
from dataclasses import dataclass, field
from datetime import date

from ingest import bodies, dates, issuer, kinds, numbers, overlay, title
from ingest.finding import Found, evidence
from ingest.legibility import share_of_syllables
from ingest.numbers import Number
from ingest.record import Evidence
from ingest.running_text import RunningText

_NUMBER_LINE = re.compile(
    r"(?:^|\n|\s{3})(?:(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Lệnh|Nghị định|Quyết định|Thông tư)\s)?"
    r"(?:Số|SỐ|số(?=\s?:))(?:\s{0,3}[:.]\s{0,60}|\s{1,60})"
    r"|(?:^|\n)[^\w\n]{0,3}(?:S[óôồổỗộòÓÔ6])(?:\s?[:;.]\s{0,3}|\s{1,3}|(?=[^\w\s]))"  # misread
)
_BLANK = re.compile(
    r"[.…_]{0,40}\s{0,9}(?P<sign>[/-])\s{0,3}(?:(?:20\d\d|[.…_]{2,9})\s?/\s?)?[A-ZĐ][\w&./-]{1,30}|[.…_]{3,40}\S{0,20}"
)
_SCRAWL = re.compile(r"[^\n/]{0,14}/[^\w\n]{0,2}(?:[^\n/]{0,4}/)?\s?[A-ZĐ][\wĐđ&.]{0,12}\s?-\s?[A-ZĐ][\wĐđ&.-]{1,20}")
_SURE = re.compile(r"\s\d{1,6}[a-z]?/")
_TITLE_NUMBER = re.compile(r"\bSỐ:?\s{1,3}(?=\d)")
_BLANK_PART = re.compile(r"(?<=ngày)[\s.…_]+(?=tháng)|(?<=tháng)[\s.…_]+(?=năm)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:^|\n|\s{2}|\t)(?P<place>(?:(?:[Tt]hành phố|[Tt]ỉnh|[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị xã|TP\.?|Tp\.?)\s)?"
    r"[^\W\d_][\w'’]{0,20}(?:\s{1,2}(?:[-–]\s)?[^\W\d_][\w'’.]{0,20}){0,5})\s{0,3}[,;.]\s{0,60}$"
)
_ASSEMBLY = re.compile(r"QH|HĐND")  # the symbols of those who adopt what they issue
_ADOPTED = re.compile(r"thông\s+qua\s+(?:tại\s[^.;]{0,120}?\s)?(?=ngày\s)", re.IGNORECASE)
_LEGIBLE = 0.85  # of a subject's words are syllables, at least
_AUTHENTICATION_LINES = 8  # of the authentication's header above its own line
_ADOPTED_WITHIN = 3000  # characters from the end of the main text


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of the header, where each was read, and where the body begins in the run."""

    number: str | None
    issued_on: date | None
    place: str | None
    issuer: str | None
    superior: str | None
    kind: str | None
    subject: str | None
    body: int
    evidence: dict[str, Evidence] = field(default_factory=dict)


def read(run: RunningText) -> Header:
    """Return the header of the document whose run this is; what it does not carry is None."""
    heading = title.read(run)
    begin, end = 0, heading.body
    number = _number(run, heading, begin, end)
    if number is None and (box := _authentication(run, heading.body)):
        begin, end = box
        number = _number(run, heading, begin, end)
    dateline, place = _dateline(run, number, heading, begin, end)
    parsed = numbers.parse(number.value) if number and number.value else None
    above = number.start if number else heading.top if heading.kind or heading.subject else 0
    above = above if begin else min(above, heading.top)
    body = issuer.read(run, begin, above, parsed or _symbol_of_blank(run.text, number), place.value if place else None)
    kind = heading.kind or _kind(heading, number, parsed or _symbol_of_blank(run.text, number))
    found = {
        "number": number,
        "issued_on": dateline,
        "place": place,
        "issuer": body.issuer,
        "superior": body.superior,
        "kind": kind,
        "subject": None if run.recognised and _scrawled(heading.subject) else heading.subject,
    }
    values = {name: item.value for name, item in found.items() if item}
    day = values.get("issued_on")
    return Header(
        number=values.get("number"),
        issued_on=date.fromisoformat(day) if day else None,
        place=values.get("place"),
        issuer=values.get("issuer"),
        superior=values.get("superior"),
        kind=values.get("kind"),
        subject=values.get("subject"),
        body=heading.body,
        evidence={name: evidence(run, name, item) for name, item in found.items() if item and item.value},
    )


def _scrawled(subject: Found | None) -> bool:
    """Say whether a stamp lies over a recognised subject, of which too few words are left to read."""
    share = share_of_syllables(subject.value or "") if subject else None
    return share is not None and share < _LEGIBLE


def _authentication(run: RunningText, body: int) -> tuple[int, int] | None:
    """Where the lines of XÁC THỰC VĂN BẢN HỢP NHẤT begin and end, which hold a consolidated text's number and date.

    They stand above its signature (Pháp lệnh hợp nhất văn bản quy phạm pháp luật 2012).
    """
    mark = title.AUTHENTICATION.search(run.text, body)
    if mark is None:
        return None
    line = run.line_at(mark.start())
    first = line
    while (
        first > 0 and line - first < _AUTHENTICATION_LINES and not run.lines[first - 1].text.endswith((".", ";", ":"))
    ):
        first -= 1
    return run.starts[first], run.starts[min(line + 4, len(run.lines) - 1)]


def _number(run: RunningText, heading: title.Title, begin: int, end: int) -> Found | None:
    """The number behind `Số:`; a blank one gives a Found without a value, so that no other is taken for it.

    So does one that recognition is not sure of, which it leaves apart from the slash.
    """
    text = run.text
    for line in _NUMBER_LINE.finditer(text, begin, end):
        cited = next(numbers.find(text, line.end(), min(line.end() + 80, len(text)), misread=run.recognised), None)
        if cited and cited.start <= line.end() + 1:
            unsure = run.recognised and not _SURE.match(text, cited.start - 1)
            return Found(None if unsure else cited.written, cited.start, cited.end, "behind Số:", 0.99)
        blank = _BLANK.match(text, line.end())
        if blank:
            return _number_over_blank(run, line.end(), blank) or Found(
                None, line.end(), blank.end(), "behind Số:", 0.99
            )
        if scrawl := _SCRAWL.match(text, line.end()):
            return Found(None, line.end(), scrawl.end(), "behind Số:", 0.99)
    return _number_in_title(text, heading)


def _number_over_blank(run: RunningText, start: int, blank: re.Match[str]) -> Found | None:
    symbol = blank.start("sign")
    shown = overlay.at(run, len(run.text[:start].rstrip()), symbol) if symbol >= 0 else None
    cited = next(numbers.find(shown.digits + run.text[symbol : blank.end()]), None) if shown else None
    return (
        Found(cited.written, start, blank.end(), "over the blank behind Số:", 0.95, shown.mention)
        if shown and cited
        else None
    )


def _number_in_title(text: str, heading: title.Title) -> Found | None:
    """`THÔNG TƯ / CỦA NGÂN HÀNG NHÀ NƯỚC SỐ 01/2010/TT-NHNN NGÀY …`: a law base's title, without a number line."""
    start = heading.kind.end if heading.kind else 0
    end = heading.subject.start if heading.subject else start
    mark = _TITLE_NUMBER.search(text, start, end)
    cited = next(numbers.find(text, mark.end(), end + 1), None) if mark else None
    return Found(cited.written, cited.start, cited.end, "in the title", 0.95) if cited else None


def _symbol_of_blank(text: str, number: Found | None) -> Number | None:
    """The symbol behind a blank serial (`Số:    /KH-SCT`), as a number without one."""
    if number is None or number.value:
        return None
    found = re.search(
        r"[/-][^\w\n]{0,3}(?:20\d\d\s?/\s?)?([A-ZĐ][\w&./-]{1,30})", text[number.start : number.start + 100]
    )
    return Number("", None, numbers.legible(found[1])) if found else None


def _dateline(
    run: RunningText, number: Found | None, heading: title.Title, begin: int, end: int
) -> tuple[Found | None, Found | None]:
    """The date and the place of the dateline; else the date of the title or of adoption."""
    text, start, fallback = run.text, begin, None
    while dated := dates.dateline(text, start, end):
        place = _place(text, dated.start, number)
        if place:
            return _dated(dated, "dateline", 0.99) if dated.day else _date_over_blank(run, dated), place
        inside = heading.subject and heading.subject.start <= dated.start < heading.subject.end
        fallback = fallback or (None if inside else dated)
        start = dated.end
    if fallback and (heading.kind or heading.subject):
        return _dated(fallback, "dateline without a place", 0.9), None
    return _adoption(text, number), None


def _date_over_blank(run: RunningText, dated: dates.Dated) -> Found:
    """The dateline with the digits shown over its blanks; still blank where one is missing."""
    text = run.text[dated.start : dated.end]
    shown = None
    for blank in reversed(list(_BLANK_PART.finditer(text))):
        shown = overlay.at(run, dated.start + blank.start(), dated.start + blank.end())
        if shown is None:
            return Found(None, dated.start, dated.end, "dateline", 0.99)
        text = f"{text[: blank.start()]} {shown.digits} {text[blank.end() :]}"
    whole = dates.dateline(text)
    day = whole.day.isoformat() if whole and whole.day else None
    return Found(day, dated.start, dated.end, "over the blank of the dateline", 0.95, shown.mention if shown else None)


def _place(text: str, end: int, number: Found | None) -> Found | None:
    begin = max(0, end - 120)
    if number and begin < number.end <= end:
        begin = number.end
        line = text.find("\n", begin, end)
        blank = _BLANK.match(text, number.start) if number.value is None else None
        begin = blank.end() if blank and blank.end() <= end else line if line >= 0 and number.value is None else begin
    found = _PLACE.search("\n" + text[begin:end].lstrip(" "))
    if found is None or not _capitalised(found["place"]):
        return None
    at = text.index(found["place"], begin, end)
    name = " ".join(found["place"].split())
    return Found(name, at, at + len(found["place"]), "before the date", 0.99 if bodies.province(name) else 0.95)


def _capitalised(name: str) -> bool:
    words = [word for word in re.split(r"[\s–-]+", name) if word]
    return words[-1][0].isupper() and sum(word[0].isupper() for word in words) >= len(words) - 2


def _dated(dated: dates.Dated, rule: str, confidence: float) -> Found:
    return Found(dated.day.isoformat() if dated.day else None, dated.start, dated.end, rule, confidence)


def _adoption(text: str, number: Found | None) -> Found | None:
    if number:
        written = dates.following(text, number.end)
        if number.rule == "in the title" and written:
            return _dated(written, "in the title", 0.95)
    if number is None or not _ASSEMBLY.search(number.value or ""):
        return None  # whose law it is that was adopted, the text does not say
    adopted = None
    for found in _ADOPTED.finditer(text, max(0, len(text) - _ADOPTED_WITHIN)):
        adopted = dates.following(text, found.end()) or adopted
    return _dated(adopted, "adoption clause", 0.9) if adopted else None


def _kind(heading: title.Title, number: Found | None, parsed: Number | None) -> Found | None:
    """Without a title line: the kind that the symbol names, else a công văn where `V/v` or an issuer's symbol is."""
    named = kinds.of_symbol(parsed) if parsed else None
    where = number or heading.subject
    if where is None:
        return None
    if named:
        return Found(named, where.start, where.end, "symbol", 0.9)
    letter = heading.subject is not None or (
        parsed is not None and bodies.with_symbol(re.split(r"[-/]", parsed.symbol)[0])
    )
    return Found(kinds.LETTER, where.start, where.end, "no title line", 0.95) if letter else None
