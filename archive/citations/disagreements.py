"""Where a document is cited otherwise than it is, or otherwise than others cite it.

Compared are its day, kind, body, name and subject. What one of the two does not tell is no difference, nor is spelling.
Bodies are compared where the number alone tells the document, for that of any other has been compared when the citation
was found to mean it. Laws are cited with a name; subjects are shortened and told in other words, so that they differ
only where most of their words do.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from archive.bodies import Home, body_key, is_central, slug
from archive.catalogue.facts import Card, Disagreement, MissingDocument, Way
from archive.citations.identity import LAWS, cited_title
from ingest import numbers

_NOWHERE = Home(None, None)
_OLD = 2  # years after which a document is hardly meant by its number without a year
_ANY_KIND = "van-ban"  # `Văn bản số 12/UBND-NC` tells no kind
_FEWEST = 3  # words that tell what a document is about
# What subjects hold whatever they are about, in the form of a slug
_OF_ANY = re.compile(
    "-(?:sua-doi|bo-sung|mot-so(?:-dieu)?|quy-dinh|chi-tiet|huong-dan|thi-hanh|ban-hanh|phe-duyet|thuc-hien|trien-khai|"
    "dieu-chinh|ve-viec|ve|viec|va|cua|cac|cho|trong|tren-dia-ban|giai-doan|nam)(?=-)"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What names a document, as written."""

    number: str | None
    kind: str | None
    name: str | None
    issued_on: date | None
    issuer: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact told in two ways, in comparable form. `field` is `issued_on`, `kind`, `issuer`, `name` or `subject`."""

    field: str
    told: str
    against: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What some ways of citing a document tell of it, in comparable form; `way` is the place of the first of them."""

    value: str
    citers: int
    way: int


def cited(way: Way | MissingDocument | Row[*tuple[Any, ...]]) -> Naming:
    """Return what names the document cited in the way, in most ways, or in that of a row with the same columns."""
    return Naming(way.number, way.kind, way.name, way.issued_on, way.issuer, way.subject)


def held(document: Card | Row[*tuple[Any, ...]]) -> Naming:
    """Return what names a held document, given as its card or as a row with the same columns."""
    name, subject = (document.subject, None) if document.kind in LAWS else (None, document.subject)
    return Naming(document.number, document.kind, name, document.issued_on, document.issuer, subject)


def differences(cited: Naming, document: Naming) -> Iterator[Difference]:
    """Yield what is cited otherwise than it is of the document that is meant."""
    for field, comparable in _COMPARED.items():
        if getattr(cited, field) != getattr(document, field):
            told, against = comparable(cited), comparable(document)
            if told and against and not _same(field, told, against):
                yield Difference(field, told, against)


def warnings(cited: Naming, document: Naming, where: str = "trong kho") -> tuple[str, ...]:
    """Return the same as Vietnamese sentences, each with what is cited and what else is told `where`."""
    return tuple(
        f"{_WORDS[one.field]} dẫn chiếu ({_written(cited, one.field)}) khác {_WORDS[one.field].lower()} {where} "
        f"({_written(document, one.field)})"
        for one in differences(cited, document)
    )


def undated(cited: Naming, document: Naming, year: int) -> tuple[str, ...]:
    """Return as a sentence that a number is cited in that year without its own, and the document meant is older.

    Numbers begin anew each year, and whoever leaves the year out mostly means one of this year or the last.
    """
    number = numbers.parse(cited.number or "")
    if number is None or number.year or cited.issued_on or document.issued_on is None:
        return ()
    if year - document.issued_on.year < _OLD:
        return ()
    return (f"Dẫn chiếu không nêu năm; văn bản cùng số trong kho ban hành năm {document.issued_on.year}",)


def tellings(ways: Sequence[tuple[Naming, int]]) -> Iterator[tuple[str, tuple[Telling, ...]]]:
    """Yield each fact that is told differently in the ways of citing one document, with what is told of it.

    Of each way it is given how many cite so; what most tell comes first, of equals what comes first in the ways.
    """
    for field in _COMPARED:
        told = _told(field, ways)
        if len(told) > 1:
            yield field, told


def _told(field: str, ways: Sequence[tuple[Naming, int]]) -> tuple[Telling, ...]:
    told: dict[str, Telling] = {}
    told_as: dict[str, str] = {}  # many tell a value that is the same as another in the same words
    for place, (naming, citers) in enumerate(ways):
        if written := _COMPARED[field](naming):
            if written not in told_as:
                told_as[written] = next((other for other in told if _same(field, other, written)), written)
            value = told_as[written]
            known = told.get(value, Telling(value, 0, place))
            told[value] = Telling(value, known.citers + citers, known.way)
    return tuple(sorted(told.values(), key=lambda one: -one.citers))


def mostly_about(ways: Sequence[Way]) -> str | None:
    """Return the subject with which most cite a document, in its most frequent wording; `ways` as `disagreements`."""
    told = _told("subject", [(cited(way), way.citers) for way in ways])
    return ways[told[0].way].subject if told else None


def disagreements(ways: Iterable[Way]) -> tuple[Disagreement, ...]:
    """Return for each fact that the ways of citing a document tell differently what is told, the most frequent first.

    `ways` come with the most frequent first.
    """
    told = [(cited(way), way.citers) for way in ways]
    return tuple(
        Disagreement(field, tuple((getattr(told[one.way][0], field), one.citers) for one in found))
        for field, found in tellings(told)
    )


def _issuer(naming: Naming) -> str | None:
    number = numbers.parse(naming.number or "")
    central = number is not None and is_central(number.symbol_key)
    return body_key(naming.issuer, _NOWHERE) if central else None


def _kind(naming: Naming) -> str | None:
    kind = slug(naming.kind or "")
    return None if kind == _ANY_KIND else kind


def _day(naming: Naming) -> str | None:
    return naming.issued_on.isoformat() if naming.issued_on else None


def _name(naming: Naming) -> str | None:
    return cited_title(naming.kind, naming.name) if naming.name else None


def _subject(naming: Naming) -> str | None:
    return _about(naming.subject) if naming.subject else None


@lru_cache(maxsize=20_000)  # many cite one document with one subject
def _about(subject: str) -> str:
    return " ".join(sorted({*_OF_ANY.sub("", f"-{slug(subject)}-").split("-")})).strip()


def _same(field: str, one: str, other: str) -> bool:
    """Say whether two comparable values tell the same; subjects do when half the words of the shorter are in both."""
    if one == other or field != "subject":
        return one == other
    words, others = _words(one), _words(other)
    shorter = min(len(words), len(others))
    return shorter < _FEWEST or 2 * len(words & others) >= shorter


@lru_cache(maxsize=20_000)  # each is compared with many
def _words(about: str) -> frozenset[str]:
    return frozenset(about.split())


def _written(naming: Naming, field: str) -> str:
    value = getattr(naming, field)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


_COMPARED: dict[str, Callable[[Naming], str | None]] = {
    "issued_on": _day,
    "kind": _kind,
    "issuer": _issuer,
    "name": _name,
    "subject": _subject,
}
_WORDS = {"issued_on": "Ngày", "kind": "Tên loại", "issuer": "Cơ quan", "name": "Tên", "subject": "Trích yếu"}
