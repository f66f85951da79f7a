"""Tên loại và trích yếu: kind and subject, and where the body begins (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 5a, 5b)."""

import re
from dataclasses import dataclass
from functools import cache

from ingest import bodies, dates, kinds, positions
from ingest.finding import Found
from ingest.rules import any_of
from ingest.running_text import RunningText

MOTTO = re.compile(
    r"[^\w\s]{0,2}C\w ?NG\s+H\w{2}\s+X\w\s+H\w{1,2}I.{0,40}"
    r"|[^\w\s]{0,2}[ĐD]\wc\s+l\wp\s{0,3}[-–—.,~]{1,3}\s{0,3}T\w\s+do.{0,30}"
    r"|Đ\wNG\s+C\wNG\s+S\wN\s+VI\wT\s+NAM",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"Kính\s+(?:gửi|thưa|trình)|KÍNH GỬI")
_LETTER_SUBJECT = re.compile(r"V\s?/\s?v\b[\s:.]*|Về việc[\s:]+", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"(?:Số|SỐ)\s?[:.]")
AUTHENTICATION = re.compile(r"XÁC\s+THỰC\s+VĂN\s+BẢN\s+HỢP\s+NHẤT", re.IGNORECASE)
_ISSUED_AS = re.compile(r"CỦA\s.{3,100}|SỐ:?\s+\d.{3,80}|NGÀY\s+\d.{5,40}", re.IGNORECASE)
_OPENS_ON = re.compile(
    r"(?:,|;|-|–|\b(?:của|và|về|do|tại|với|cho|từ|trên|theo|số|các|đối|bởi|là|ngày|tháng|năm|trưởng|tỉnh|phố|huyện|xã|phường))$",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:ban hành|xây dựng|báo cáo|tổ chức|thông báo|đề nghị|yêu cầu|kính|nhận được|phối hợp|trình)\b"
)
_RULE = re.compile(r"[_–—=-]{3,}|\*{3,}")
_DATELINE_PART = re.compile(r"(?:^|\s)[^\W\d_a-z][^,\n]{1,40},\s{0,20}ngày\s.{0,40}năm.{0,10}$")
_HEADER_LINES = 60
_SUBJECT_CHARS = 1500
_WIDTH = 65  # characters of a line across the sheet, at least
_PARAGRAPH = 160  # characters of a line that no title's line has, where a line is a paragraph


@dataclass(frozen=True, slots=True)
class Title:
    """Kind and subject, each where it was found; `top` and `body` are where the title begins and ends in the run."""

    kind: Found | None
    subject: Found | None
    top: int
    body: int


def read(run: RunningText) -> Title:
    """Return the title: below a line that names a kind, or behind `V/v` on a công văn."""
    end = min(len(run.lines), _HEADER_LINES)
    for i in range(end):
        line = run.lines[i].text
        if _ADDRESS.match(line):
            break
        if i and _body().match(line) and _below_number(run, i):
            break
        kind = kinds.titled(line)
        length = len(line)
        if kind is None and line.isupper() and (head := kinds.heading(line)) and _below_number(run, i):
            kind, length = head
        if kind:
            return _under_kind(run, i, kind, length)
    return _letter(run, end)


def _below_number(run: RunningText, i: int) -> bool:
    return any(_NUMBER_LINE.search(line.text) for line in run.lines[max(0, i - 25) : i])


def _under_kind(run: RunningText, i: int, kind: str, length: int) -> Title:
    start = run.starts[i]
    found = Found(kind, start, start + length, "title line", 0.99)
    first = i + 1
    while first < len(run.lines) and _skipped(run.lines[first].text):
        first += 1
    last = first
    while last < min(len(run.lines), first + 25) and not _ends(run, first, last):
        last += 1
    begin = start + length if length < len(run.lines[i].text) else run.begin(first)
    stop = run.end(last - 1 if last > first else i)
    text = one_line(run.text[begin:stop]) if stop > begin else ""
    subject = Found(text, begin, stop, "under the title line", 0.95) if text else None
    return Title(found, subject, start, run.begin(last))


def _skipped(line: str) -> bool:
    """A line between kind and subject that is neither: the motto, or `CỦA … SỐ … NGÀY …` in a law base's title."""
    return bool(MOTTO.match(line) or (line.isupper() and _ISSUED_AS.fullmatch(line)))


def _ends(run: RunningText, first: int, i: int) -> bool:
    line = run.lines[i].text
    if MOTTO.match(line) or _decides(run, first, i):
        return True
    if i == first:
        return bool(_ADDRESS.match(line) or line.lower().startswith("căn cứ"))
    if run.starts[i] - run.starts[first] > _SUBJECT_CHARS or _ruled_off(run, i):
        return True
    return bool(_body().match(line)) or _paragraph(run, first, i) or _opening_sentence(run, i) or _consolidates(run, i)


def _decides(run: RunningText, first: int, i: int) -> bool:
    """`BỘ TRƯỞNG BỘ XÂY DỰNG`: a line in capitals that says who decides; below capitals, only where those end."""
    line, above = run.lines[i].text, run.lines[i - 1].text
    goes_on = i > first and above.isupper() and _OPENS_ON.search(above)
    decides = _authority().match(line) is not None or positions.read(line) is not None
    return line.isupper() and decides and not goes_on


def _paragraph(run: RunningText, first: int, i: int) -> bool:
    """A line below a subject in capitals that is not in capitals, or a whole paragraph on one line, is the text."""
    line = run.lines[i].text
    if run.lines[first].text.isupper() and not line.isupper():
        return not line.startswith("(")
    if not line[0].isupper():
        return False
    return (len(line) > _PARAGRAPH and line.endswith((".", ":", ";"))) or _full_width(run, i)


def _full_width(run: RunningText, i: int) -> bool:
    """Say whether a line as wide as text is begins a sentence below a shorter one: `Cơn bão số 3 vừa qua đã gây …`."""
    above, line = run.lines[i - 1].text, run.lines[i].text
    below = run.lines[i + 1].text if i + 1 < len(run.lines) else ""
    wide = len(line) >= _WIDTH and len(below) >= _WIDTH and len(above) <= 0.8 * len(line)
    return wide and not _OPENS_ON.search(above) and not _named().match(line)


def _opening_sentence(run: RunningText, i: int) -> bool:
    """`Sở Xây dựng báo cáo …`: a body's name that begins a line and goes on to act begins the text, not the subject."""
    if _OPENS_ON.search(run.lines[i - 1].text):
        return False
    start = run.starts[i]
    end = bodies.cited_at(run.text, start)
    return end > start and _SPEAKS.search(run.text, end, end + 40) is not None


def _consolidates(run: RunningText, i: int) -> bool:
    """`Thông tư số … có hiệu lực từ ngày …, được sửa đổi bởi:` opens a consolidated text (văn bản hợp nhất)."""
    start = run.starts[i]
    return _consolidated().match(run.text, start, start + 900) is not None


def _ruled_off(run: RunningText, i: int) -> bool:
    """Say whether a rule is drawn between line i and the one above: in the official form it closes the subject."""
    above, line = run.lines[i - 1], run.lines[i]
    return above.page == line.page and _RULE.search(run.pages[line.page - 1].text, above.end, line.start) is not None


def _letter(run: RunningText, end: int) -> Title:
    address = next((i for i in range(end) if _ADDRESS.match(run.lines[i].text)), None)
    body = run.begin(end if address is None else address)
    for i in range(address if address is not None else end):
        mark = _LETTER_SUBJECT.match(run.lines[i].text)
        if mark:
            return Title(None, _letter_subject(run, i, mark.end(), body), run.starts[i], body)
    return Title(None, None, body, body)


def _letter_subject(run: RunningText, i: int, mark: int, body: int) -> Found | None:
    begin = run.starts[i] + mark
    parts, stop = [], begin
    for j in range(i, min(len(run.lines), i + 15)):
        line = run.lines[j].text
        if j > i and (
            run.starts[j] >= body
            or MOTTO.match(line)
            or _NUMBER_LINE.match(line)
            or _is_dateline(line)
            or _body().match(line)
        ):
            break
        if j > i and ((line.isupper() and kinds.titled(line) is None and len(line) < 12) or _ruled_off(run, j)):
            break
        text = line[mark:] if j == i else line
        parts.append(_DATELINE_PART.sub("", MOTTO.sub("", text)))
        stop = run.starts[j] + len(line)
    subject = one_line("\n".join(parts))
    return Found(subject, begin, stop, "behind V/v", 0.95) if subject else None


def _is_dateline(line: str) -> bool:
    found = dates.dateline(line)
    return found is not None and found.start < 45 and found.end > len(line) - 6 and "," in line[: found.start]


def one_line(text: str) -> str:
    """Return the text on one line, without `V/v` before it and without closing punctuation."""
    joined = re.sub(r"(?<=[A-ZĐa-z])-\n(?=[A-ZĐ]{2})", "-", text.strip())
    joined = _RULE.sub(" ", re.sub(r"^V\s?/\s?v\b[\s:.]*", "", joined, flags=re.IGNORECASE))
    return " ".join(joined.split()).strip(" .:;,*|/")


@cache
def _body() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of('openings', 'opening')})(?!\w)"
        r"|Ngày\s\d|(?:Điều|Chương|Phần|Mục)\s(?:\d|[IVX]|thứ)|[IVX]{1,4}\s?[.-]|1\s?[.-]\s|A\s?[.-]\s"
    )


@cache
def _authority() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of('heads', 'office', upper=True)}|THỦ TƯỚNG|[ỦU][YỶ] BAN|HỘI ĐỒNG|BỘ CHÍNH TRỊ"
        r"|BAN (?:CHẤP HÀNH|THƯỜNG VỤ|BÍ THƯ))(?!\w)"
        r"|(?:CHÍNH PHỦ|QUỐC HỘI)$|QUYẾT (?:ĐỊNH|NGHỊ)\s?:"
    )


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('kinds', 'kind', key='name')}|{any_of('heads', 'body')})(?!\w)")


@cache
def _consolidated() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{kinds.alternatives()})\s+số\s[^;]{{20,800}}?có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+ngày"
    )
