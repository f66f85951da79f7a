"""Phần cuối văn bản: who signed, by what authority, and Nơi nhận (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 7a to 7c, 9b).

The block is the first run of lines in capitals that hold a position or an authority and lead to a person's name; what
annexes carry comes later and does not count. Where the two columns of the foot interleave, a recipient's line may end
with a part of the block.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest import kinds, positions
from ingest.finding import Found, evidence
from ingest.legibility import is_syllable
from ingest.orthography import LOWER, UPPER
from ingest.record import Evidence, Signer
from ingest.rules import any_of, load
from ingest.running_text import RunningText
from ingest.title import AUTHENTICATION, MOTTO

_RECIPIENTS = re.compile(r"Nơi\s+nhận\s*:?|V?[ơớ]i\s+nhận\s?:", re.IGNORECASE)
_ENTRY = re.compile(r"[-–+•*]\s*")
_FILED = re.compile(r"Lưu\b", re.IGNORECASE)
_SIGNED = re.compile(r"[(\[]?\s{0,3}đã\s{1,3}k[íý](?:\s.{0,20})?\s{0,3}[)\]]?", re.IGNORECASE)
_SYLLABLE = rf"[{UPPER}](?:[{LOWER}]{{1,6}}|['’][{UPPER}]?[{LOWER}]{{1,6}})?"
_NAME = re.compile(rf"{_SYLLABLE}(?:[\s-]{{1,3}}{_SYLLABLE}){{1,5}}")
_CAPITAL_NAME = re.compile(rf"[{UPPER}]{{2,7}}(?:\s{{1,2}}[{UPPER}]{{1,7}}){{1,4}}")
_RIGHT_HALF = re.compile(rf"\s(?P<right>(?:(?:T/?M|K/?T|T/?L|T/?U/?Q)\s?[./]\s?)?[{UPPER}][{UPPER},\s-]{{6,60}})$")
_RIGHT_NAME = re.compile(r"\s{4,}(?P<right>\S.{3,40})$")
_TITLE_LAST = re.compile(rf"(?<!\w)[{UPPER}]{{2,7}}(?:\s[{UPPER}]{{2,7}}){{1,5}}(?=\W{{0,4}}$)")
_SCRAPS_MOST = 14  # characters before a position
_BRACKETED = re.compile(r"[\[(<].{0,14}[\])>]")
_WORD = re.compile(r"[^\W\d_]+")
_STRUCTURE = frozenset(["Chương", "Điều", "Phần", "Mục", "Phụ", "Mẫu", "Nơi", "Bảng", "Kính", "Căn", "Xác"])
_NEIGHBOURS = 90  # lines between Nơi nhận and the signature: an annex's own list stands farther away
_ANNEX = re.compile(r"PHỤ LỤC|Phụ lục|MẪU SỐ|Mẫu số|BIỂU|DANH SÁCH|DANH MỤC")
_BETWEEN = 30  # lines of recipients that may stand between a position and the name
_NEXT_SIGNER = 14  # lines after one signer within which another may follow


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signed and to whom it goes, and where each was read."""

    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(slots=True)
class _Block:
    """Lines in capitals gathered until a name closes them: a small state of one pass over the lines."""

    lines: list[str] = field(default_factory=list)
    first: int = 0
    gap: int = 0


def read(run: RunningText, body: int) -> SignatureBlock:
    """Return the signature block and the recipients of the main document, whose body begins at `body` in the run."""
    start = run.line_at(body)
    found = list(_signers(run, start))
    entries = list(_recipients(run, start))
    if found and entries and abs(entries[0][1] - found[0][0]) > _NEIGHBOURS:
        entries = []
    if run.recognised and not found and entries:
        found = list(_alone(run, entries[-1][1]))
    facts = {}
    if found:
        facts["signers"] = evidence(run, "signers", _found(run, found[0][0], found[-1][1], "position above a name"))
    if entries:
        facts["recipients"] = evidence(run, "recipients", _found(run, entries[0][1], entries[-1][1], "below Nơi nhận"))
    return SignatureBlock(tuple(signer for _, _, signer in found), tuple(text for text, _ in entries), facts)


def _found(run: RunningText, first: int, last: int, rule: str) -> Found:
    return Found(None, run.starts[first], run.starts[last] + len(run.lines[last].text), rule, 0.97)


def _signers(run: RunningText, start: int) -> Iterator[tuple[int, int, Signer]]:
    """Yield first line, last line and signer of each block; several only where one follows the other closely."""
    block, last, listing, over = _Block(), -1, False, False
    for i in range(start, len(run.lines)):
        line = _SIGNED.sub("", run.lines[i].text).strip()
        line = _without_scraps(line) if run.recognised else line
        listing = (listing and not _ANNEX.match(line)) or _RECIPIENTS.match(line) is not None
        over = over or listing or line.endswith("./.")
        left, right = _halves(line)
        name = person(right or left)
        if (last >= 0 and i > last + _NEXT_SIGNER) or (_ANNEX.match(line) and (last >= 0 or (over and block.lines))):
            break
        if over and MOTTO.match(line) and not _authenticates(run, i):
            break  # another document's header: what was sent along
        if right and (_opens(right) or (block.lines and _goes_on(right))) and not name:
            block = block if block.lines else _Block(first=i)
            block.lines.append(right)
            block.gap = 0
        elif block.lines and (name or (over and _misread_name(line))):
            yield block.first, i, _signer(block.lines, name if not run.recognised or _whole(name) else None)
            block, last = _Block(), i
        elif block.lines:
            block.gap += 1
            noise = listing or left or _scrawl(line) or _BRACKETED.fullmatch(line)
            if block.gap > (_BETWEEN if noise else 0):
                block = _Block()
    if last < 0 and over and block.lines:
        yield block.first, block.first + len(block.lines) - 1, _signer(block.lines, None)  # a draft, not yet signed


def _alone(run: RunningText, end: int) -> Iterator[tuple[int, int, Signer]]:
    """Yield the signer whose position a seal hides: a whole name below the recipients, scraps of the seal between."""
    below = range(end, min(len(run.lines), end + _NEXT_SIGNER))
    i = next((i for i in below if not _scrawl(run.lines[i].text) and not _ENTRY.match(run.lines[i].text)), None)
    if i is not None and _whole(name := person(run.lines[i].text)):
        yield i, i, Signer(name, None)


def _authenticates(run: RunningText, i: int) -> bool:
    """Say whether a header is that of a consolidated text's authentication, which stands at its end."""
    return any(AUTHENTICATION.match(line.text) for line in run.lines[i : i + 8])


def _halves(line: str) -> tuple[str, str]:
    """A recipient's line, and the part of the signature block beside it; any other line is all right half."""
    if not _ENTRY.match(line) and not _RECIPIENTS.match(line):
        return "", line
    found = _RIGHT_HALF.search(line)
    if found and _opens(found["right"].strip()):
        return line[: found.start()], found["right"].strip()
    found = _RIGHT_NAME.search(line)
    if found and person(found["right"]):
        return line[: found.start()], found["right"]
    return line, ""


def _without_scraps(line: str) -> str:
    """Return the position that a recognised line ends with, without what was read before it out of a seal."""
    found = None if line.isupper() else _TITLE_LAST.search(line)
    return found.group() if found and found.start() < _SCRAPS_MOST and positions.read(found.group()) else line


def _opens(text: str) -> bool:
    return positions.is_authority(text) or positions.read(text) is not None


def _goes_on(text: str) -> bool:
    return text.isupper() and len(text) < 60 and not (kinds.titled(text) or _ANNEX.match(text) or _scrawl(text))


def _scrawl(line: str) -> bool:
    """Say whether a line is what recognition makes of a stamp or of a signature: hardly a syllable in it."""
    words = _WORD.findall(line)
    return sum(map(len, words)) < 4 or sum(map(is_syllable, words)) * 2 < len(words)


def _signer(lines: Sequence[str], name: str | None) -> Signer:
    """The position is the first line without a prefix behind the last with one (KT., TL., …); what follows goes on."""
    prefixed = max((i for i, line in enumerate(lines) if positions.is_authority(line)), default=-1)
    own = next((i for i in range(prefixed + 1, len(lines)) if positions.read(lines[i])), None)
    if own is None:
        return Signer(name, positions.deputy(lines[prefixed]) if prefixed >= 0 else None, tuple(lines))
    if not lines[own].startswith("PHÓ ") and any(line.startswith("PHÓ ") for line in lines[own + 1 :]):
        return Signer(name, positions.deputy(f"KT. {lines[own]}"), tuple(lines[: own + 1]))  # KT. by hand, not seen
    whole = lines[own]
    for line in lines[own + 1 :]:
        if positions.read(line) or not _body_head().match(line):
            break
        whole = f"{whole} {line}"
    return Signer(name, positions.read(whole), tuple(lines[:own]))


def person(line: str) -> str | None:
    """Return the name of a person that the whole line is, rank and title before it left out; None when it is none."""
    text = re.sub(r"[\s\d.,;]+$", "", line.strip(" ._*|[]:;\"'“”‘’`´~ˆ"))
    while rank := _rank().match(text):
        if rank.end() == len(text):
            return None
        text = text[rank.end() :]
    named = _NAME.fullmatch(text) and text.split()[0] not in _STRUCTURE
    capital = _CAPITAL_NAME.fullmatch(text) and text.split()[0] in _family_names()
    if not (named or capital) or _misread(text) or positions.read(text.upper()):
        return None
    return " ".join(word.capitalize() for word in text.split()) if text.isupper() else " ".join(text.split())


def _whole(name: str | None) -> bool:
    """Say whether a recognised name has lost nothing that shows: it begins with a family name and has three words."""
    words = (name or "").split()
    return len(words) > 2 and words[0].upper() in _family_names()


def _misread_name(line: str) -> bool:
    """Say whether a line can only be a name with a letter misread: a known family's, and all words with a capital."""
    words = line.split()
    named = 1 < len(words) < 6 and words[0].upper() in _family_names()
    return named and all(word[0].isupper() and word.isalpha() for word in words) and not line.isupper()


def _misread(name: str) -> bool:
    """Say whether a known family's name holds what is no syllable: a letter of it was misread, nobody knows which."""
    family, *given = _WORD.findall(name)
    return family.upper() in _family_names() and is_syllable(family) and not all(map(is_syllable, given))


def _recipients(run: RunningText, start: int) -> Iterator[tuple[str, int]]:
    """Yield each entry below Nơi nhận with its last line; `Lưu` is the last."""
    first = next((i for i in range(start, len(run.lines)) if _RECIPIENTS.match(run.lines[i].text)), None)
    if first is None:
        return
    entry = _halves(run.lines[first].text)[0] or run.lines[first].text
    entry = _RECIPIENTS.sub("", entry).strip()
    for i in range(first + 1, min(len(run.lines), first + 60)):
        line = run.lines[i].text
        left, right = _halves(line)
        text = left or ("" if _opens(right) or person(right) or _SIGNED.fullmatch(right) else right)
        if _ends_list(entry, text, line):
            break
        if _ENTRY.match(text):
            if entry:
                yield _tidy(entry), i - 1
            entry = text
        elif text:
            entry = f"{entry} {text}"
    if entry:
        yield _tidy(entry), i


def _ends_list(entry: str, text: str, line: str) -> bool:
    if _ANNEX.match(line):
        return True
    filed = _FILED.match(_ENTRY.sub("", entry))
    if not filed:
        return bool(text) and text.isupper() and not _ENTRY.match(text) and len(text) > 12
    return not text or (
        _ENTRY.match(text) is None
        and (entry.endswith(".") or len(text) > 40 or text.isupper())
        and not text.startswith("(")
    )


def _tidy(entry: str) -> str:
    return " ".join(_ENTRY.sub("", entry, count=1).split()).strip(" ;.,/")


@cache
def _body_head() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('heads', 'body', upper=True)})(?!\w)")


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('names', 'rank')})(?!\w)[.,]?\s{{0,2}}")


@cache
def _family_names() -> frozenset[str]:
    return frozenset(name.upper() for row in load("names")["family"] for name in row["names"])
