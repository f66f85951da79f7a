"""The sentence that a citation stands in, cut from the text of its page."""

import re
from collections.abc import Iterator

LONGEST = 300  # code points that are shown of a longer sentence

_BOUND = re.compile(
    r"""
      (?=[;\n.!?…])  # looked for first: at any other place nothing else need be tried
      (?:
        ;(?=\s)                     # a list of bases: each is one
      | \n\s*\n                     # an empty line
      | \n\s*(?=(?:[-+•*]|[a-zđ]\)|[IVX]{1,5}\.|\d+(?:\.\d+)*[.)])\s)  # a line that opens an item
      | \n\s*(?=(?:Điều\s\d|Căn\scứ|Xét|Thực\shiện|Tiếp\stheo|Theo\sđề\snghị)\s)
      | (?<!\bTM)(?<!\bKT)(?<!\bTL)(?<!\bTUQ)(?<!\bT[Pp])(?<!\bQ)  # not an abbreviation (NĐ 30, Phụ lục I)
        [.!?…]+[”")]?(?=\s+(?P<next>\S))
      )
    """,
    re.VERBOSE,
)

_LINE_END = re.compile(r"\n(?=(?P<following>[^\n]*))")
_OF_THE_HEADER = re.compile(r"^Số\s?:|Hạnh phúc$|^[^\d,]{2,40},\s+ngày[\s\d]+tháng[\s\d]+năm\s+\d{4}$")


def sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around text[start:end], on one line; of a longer one the words nearest, "…" for the rest."""
    bounds = list(_bounds(text, max(0, start - LONGEST), end + LONGEST))
    first = max((bound for bound in bounds if bound <= start), default=0)
    last = min((bound for bound in bounds if bound >= end), default=len(text))
    before, mention, after = _spaced(text[first:start]), _spaced(text[start:end]), _spaced(text[end:last])
    room = max(0, LONGEST - len(mention))
    before = _last_words(before, max(room // 2, room - len(after)))
    after = _first_words(after, room - len(before))
    return f"{before}{mention}{after}".strip()


def _bounds(text: str, first: int, last: int) -> Iterator[int]:
    for found in _BOUND.finditer(text, first, last):
        if found["next"] is None or found["next"].isupper() or found["next"] in {"“", '"'}:
            yield found.end()
    for found in _LINE_END.finditer(text, first, last):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if _stands_apart(line.strip(), found["following"].strip()):
            yield found.start() + 1


def _stands_apart(line: str, following: str) -> bool:
    """Whether the line ends without a mark: as a heading or before one, or in the header."""
    header = _OF_THE_HEADER.search(line) and following[:1].isupper()
    return bool(header) or _is_heading(line) != _is_heading(following)


def _is_heading(line: str) -> bool:
    return line.isupper() and " " in line and not any(map(str.isdigit, line))


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _last_words(text: str, room: int) -> str:
    return text if len(text) <= room else f"… {text[len(text) - room :].partition(' ')[2]}"


def _first_words(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: max(0, room)].rpartition(' ')[0]} …"
