"""What may belong where nothing, or nothing sure, was read: offered to a reviewer, never filled in.

A document is numbered and dated as it is signed: the digits lie over the blanks as texts of their own, with which a
page's text ends (see `ingest.overlay`, which takes them where their place on the paper says what they are). What else
may tell is the name of the file and who signed it digitally.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import combinations, islice, takewhile
from pathlib import PurePath

from archive import clock
from archive.catalogue.facts import DocumentFacts
from ingest import bodies, dates, kinds, numbers
from ingest.record import SignatureRole

_MOST = 4  # hints a field
_MOST_DIGITS = 8  # texts laid over blanks: a number, a day and what else is stamped on a first page
_DIGITS = re.compile(r"\d{1,6}[a-zđ]?")
_BLANK_NUMBER = re.compile(r"(?:Số|SỐ)\s{0,3}:?[\s.…_]{0,60}(?P<symbol>[/-]\s?(?:20\d\d\s?/\s?)?[A-ZĐ][\w&./-]{1,30})")
_BLANK_PART = re.compile(r"(?<=ngày)[\s.…_]+(?=tháng)|(?<=tháng)[\s.…_]+(?=năm)|(?<=năm)[\s.…_]+$", re.IGNORECASE)
_IN_NAME = re.compile(
    r"(?<![^\W_])(?P<serial>\d{1,6}[a-zđ]?)[-_. ]{1,3}"
    r"(?P<symbol>(?:[A-ZĐ][A-Za-zĐđ]{0,7}[-_. ])+[A-ZĐ][A-Za-zĐđ]{1,11})(?![^\W_])"
)
_SERIAL_IN_NAME = re.compile(r"(?:[^\W\d_]{2,4}[-_. ]{1,3})?(\d{1,4}[a-zđ]?)(?![^\W_])")  # `64 ke hoach`, `KH 64`
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)")


def hints(facts: DocumentFacts, field: str) -> tuple[str, ...]:
    """Return what may belong in the field, likeliest first: days as ISO dates, of signers the names."""
    offered = _OFFERS.get(field, _nothing)(facts)
    return tuple(islice(dict.fromkeys(offered), _MOST))


def _nothing(_facts: DocumentFacts) -> Iterator[str]:
    yield from ()


def _numbers(facts: DocumentFacts) -> Iterator[str]:
    blank = _BLANK_NUMBER.search(_front(facts))
    symbol = re.sub(r"\s+", "", blank["symbol"]) if blank else None
    if symbol:
        written = (f"{digits}{symbol}" for digits in (*_last_digits(facts), *_digits_of_name(facts)))
        yield from (number for number in written if numbers.parse(number))
    yield from _numbers_of_name(facts, at_all=blank is None)
    if symbol:
        yield symbol  # the digits before it are for the reviewer to type


def _numbers_of_name(facts: DocumentFacts, *, at_all: bool) -> Iterator[str]:
    """Numbers in the file's name: those that say their kind, or `at_all`."""
    for serial, symbol in _IN_NAME.findall(_stem(facts)):
        said = numbers.Number(serial, None, numbers.legible(re.sub(r"[_. ]", "-", symbol)))
        if at_all or kinds.of_symbol(said):
            yield f"{serial}/{said.symbol}"


def _days(facts: DocumentFacts) -> Iterator[str]:
    found = (*_days_over_blanks(facts), *_days_of_signatures(facts), *_days_of_name(facts))
    return (day.isoformat() for day in found if day <= clock.now().date())


def _days_over_blanks(facts: DocumentFacts) -> Iterator[date]:
    front = _front(facts)
    line = dates.dateline(front)
    if line is None or line.day:
        return
    text = front[line.start : line.end]
    blanks = list(_BLANK_PART.finditer(text))
    for digits in combinations(_last_digits(facts), len(blanks)):
        filled = text
        for blank, digit in reversed(list(zip(blanks, digits, strict=True))):
            filled = f"{filled[: blank.start()]} {digit} {filled[blank.end() :]}"
        dated = dates.dateline(filled)
        if dated and dated.day:
            yield dated.day


def _days_of_signatures(facts: DocumentFacts) -> Iterator[date]:
    stamped = [one for one in facts.signatures if one.role != SignatureRole.INCOMING_STAMP]
    times: Iterable[datetime | None] = (one.time_stamp or one.signed_at for one in stamped)
    return (time.astimezone(clock.OFFICE).date() for time in times if time)


def _days_of_name(facts: DocumentFacts) -> Iterator[date]:
    for year, month, day in _ISO.findall(_stem(facts)):
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue
    dated = dates.find(_stem(facts))
    if dated and dated.day:
        yield dated.day


def _signers(facts: DocumentFacts) -> Iterator[str]:
    leaders = [one for one in facts.signatures if one.role in {SignatureRole.LEADER, None}]
    return (one.signer for one in leaders if one.signer)


def _issuers(facts: DocumentFacts) -> Iterator[str]:
    """Whose seal is on it; who puts it there later only passes it on."""
    seals = (one.signer for one in facts.signatures if one.role == SignatureRole.ORGANISATION and one.signer)
    return (bodies.proper(name, _front(facts)) if name.isupper() else name for name in islice(seals, 1))


def _kinds(facts: DocumentFacts) -> Iterator[str]:
    said = next(filter(None, map(numbers.parse, (facts.card.number or "", *_numbers(facts)))), None)
    kind = kinds.of_symbol(said) if said else None
    return iter((kind,) if kind else ())


def _front(facts: DocumentFacts) -> str:
    return facts.pages[0] if facts.pages else ""


def _last_digits(facts: DocumentFacts) -> tuple[str, ...]:
    """The digits with which the text of the first page ends; of many, as of a table, the last few."""
    words = _front(facts).rsplit(maxsplit=_MOST_DIGITS)[-_MOST_DIGITS:]
    return tuple(takewhile(_DIGITS.fullmatch, reversed(words)))[::-1]


def _stem(facts: DocumentFacts) -> str:
    return PurePath(facts.card.file_name).stem


def _digits_of_name(facts: DocumentFacts) -> tuple[str, ...]:
    """The serial with which the name of the file begins."""
    found = _SERIAL_IN_NAME.match(_stem(facts))
    return (found[1],) if found else ()


_OFFERS: dict[str, Callable[[DocumentFacts], Iterator[str]]] = {
    "number": _numbers,
    "issued_on": _days,
    "signers": _signers,
    "issuer": _issuers,
    "kind": _kinds,
}
