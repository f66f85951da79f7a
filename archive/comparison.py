"""Two texts side by side: which paragraphs are the same, changed (and in which words), moved, or in one text only."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from ingest.orthography import canonical, fold

Part = tuple[str, bool]
"""A piece of a paragraph, and whether the other text has it otherwise or not at all."""

_ALIKE = 0.5  # of their words that two paragraphs share at least to be one that was changed
_MOST_PAIRS = 40_000  # of paragraphs to weigh against each other; in more, too little is the same to be worth it
_FEWEST_MOVED = 2  # words; a line like "Điều 3" stands in many places
_ENUMERATOR = re.compile(
    r"(?:(?:điều|chương|mục|phần|phụ lục)\s+)?(?:[ivxlc]+|\d+(?:\.\d+)*|[a-zđ])\s*[.):]\s+", re.IGNORECASE
)
_MARK_OR_WORD = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w+|[^\w\s]|\s+")


class Change(StrEnum):
    """How a row stands: `moved` is a paragraph that the other text has elsewhere, word for word but for its number."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph of one text: its number there, from 0, and its pieces; they join to the paragraph itself."""

    paragraph: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side. A moved paragraph makes a row in each place, each with one side.

    `elsewhere` is then its number in the other text.
    """

    change: Change
    left: Side | None
    right: Side | None
    elsewhere: int | None = None


def compare(left: Sequence[str], right: Sequence[str]) -> tuple[Row, ...]:
    """Return the paragraphs of both texts, each once and in its order, in rows.

    Case, accents' placement and spacing do not make a difference, but any other letter or mark does.
    """
    ours, theirs = [_key(one) for one in left], [_key(one) for one in right]
    rows: list[Row] = []
    for same, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if same == "equal":
            rows += [_same(left, i, right, j) for i, j in zip(range(a, b), range(c, d), strict=True)]
        else:
            rows += _unlike(left, right, range(a, b), range(c, d))
    return tuple(_with_moves(rows, [_key(_bare(one)) for one in left], [_key(_bare(one)) for one in right]))


def likeness(left: str, right: str) -> float:
    """Return the share of their words, accents and order aside, that two texts have in common: 0 to 1."""
    return _shared(_bag(left), _bag(right))


def _unlike(left: Sequence[str], right: Sequence[str], ours: range, theirs: range) -> Iterator[Row]:
    """Yield rows of a stretch in which nothing is the same: paragraphs much alike are one that was changed."""
    i, j = ours.start, theirs.start
    for a, b in [*_pairs(left, right, ours, theirs), (ours.stop, theirs.stop)]:
        yield from (Row(Change.REMOVED, Side(n, ((left[n], True),)), None) for n in range(i, a))
        yield from (Row(Change.ADDED, None, Side(n, ((right[n], True),))) for n in range(j, b))
        if a < ours.stop:
            yield _changed(left, a, right, b)
        i, j = a + 1, b + 1


def _pairs(left: Sequence[str], right: Sequence[str], ours: range, theirs: range) -> list[tuple[int, int]]:
    """Return which paragraphs belong together, in order in both texts, their likeness in sum the greatest."""
    if not ours or not theirs or len(ours) * len(theirs) > _MOST_PAIRS:
        return []
    bags, others = [_bag(left[i]) for i in ours], [_bag(right[j]) for j in theirs]
    best = [[0.0] * (len(theirs) + 1)]  # [i][j]: of the first i of ours and the first j of theirs
    for bag in bags:
        above, row = best[-1], [0.0]
        for j, other in enumerate(others):
            row.append(max(above[j + 1], row[j], above[j] + _worth(bag, other)))
        best.append(row)
    found = []
    i, j = len(ours), len(theirs)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append((ours[i], theirs[j]))
    return found[::-1]


def _worth(one: Counter[str], other: Counter[str]) -> float:
    """What it is worth to take two paragraphs for one that was changed; nothing when they are too unlike."""
    alike = _shared(one, other)
    return alike if alike >= _ALIKE else 0.0


def _with_moves(rows: Sequence[Row], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Row]:
    """Yield the rows, a paragraph that was removed here and added there, once each, being moved."""
    removed = [row.left.paragraph for row in rows if row.left and not row.right]
    added = [row.right.paragraph for row in rows if row.right and not row.left]
    gone, come = _once({n: ours[n] for n in removed}), _once({n: theirs[n] for n in added})
    moved = {key for key in gone.keys() & come.keys() if sum(map(str.isalpha, key.split())) >= _FEWEST_MOVED}
    for row in rows:
        if row.left and not row.right and ours[row.left.paragraph] in moved:
            yield replace(row, change=Change.MOVED, elsewhere=come[ours[row.left.paragraph]])
        elif row.right and not row.left and theirs[row.right.paragraph] in moved:
            yield replace(row, change=Change.MOVED, elsewhere=gone[theirs[row.right.paragraph]])
        else:
            yield row


def _once(keys: Mapping[int, str]) -> Mapping[str, int]:
    """The keys that one paragraph alone has → its number."""
    times = Counter(keys.values())
    return {key: number for number, key in keys.items() if times[key] == 1}


def _changed(left: Sequence[str], i: int, right: Sequence[str], j: int) -> Row:
    """The row of a paragraph that was changed, the words marked that are not in both."""
    ours, theirs = _WORD.findall(left[i]), _WORD.findall(right[j])
    keys, others = [_key(word) for word in ours], [_key(word) for word in theirs]
    ours_parts: list[Part] = []
    theirs_parts: list[Part] = []
    for same, a, b, c, d in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        ours_parts.append(("".join(ours[a:b]), same != "equal"))
        theirs_parts.append(("".join(theirs[c:d]), same != "equal"))
    return Row(Change.CHANGED, Side(i, _filled(ours_parts)), Side(j, _filled(theirs_parts)))


def _same(left: Sequence[str], i: int, right: Sequence[str], j: int) -> Row:
    return Row(Change.SAME, Side(i, ((left[i], False),)), Side(j, ((right[j], False),)))


def _filled(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part[0])


def _key(text: str) -> str:
    """What two paragraphs, or two words, are the same by."""
    return " ".join(canonical(word) for word in _MARK_OR_WORD.findall(text.casefold()))


def _bare(text: str) -> str:
    """The paragraph without the number that it bears where it stands: `II. MỤC TIÊU` → `MỤC TIÊU`."""
    return text[found.end() :] if (found := _ENUMERATOR.match(text)) else text


def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", fold(_bare(text)).lower()))


def _shared(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
