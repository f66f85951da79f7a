"""Which held document a citation means: exactly one → resolved, several → ambiguous, none → missing.

A number alone identifies nothing: serials restart every year in every body. A citation means a document of the same
serial, symbol, year and body, as far as the citation tells them; a body named relatively (`UBND tỉnh`) is that of the
citing document's own province. Where neither the symbol nor the citation names a body, only a document of the same
province will do, and of the same day where both tell it. A law cited by name alone (`Luật An ninh mạng`) means the law
of that name.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from archive.bodies import Home, body_key, home, is_central, slug
from archive.catalogue.models import Document, DocumentReference
from ingest import numbers

LAWS = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
"""The kinds that are cited by name alone."""


class Status(StrEnum):
    """What is known of the document that a citation means; the value is what the catalogue keeps."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Citation:
    """What one document says of another to name it, and where the saying document comes from."""

    number: str | None
    kind: str | None
    name: str | None
    issued_on: date | None
    issuer: str | None
    citing: Home


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one document from all others, in comparable form, as far as it is known.

    `number_key` is `ingest.numbers.Number.key`; `title` the slug of kind and name, which counts for laws and where
    there is no number; `year` the one inside the number, else of issue; `body` and `province` are keys of
    `archive.bodies`.
    """

    number_key: str | None
    title: str
    year: int | None
    issued_on: date | None
    body: str | None
    province: str | None

    @property
    def called(self) -> str:
        """The number's key, or the title where there is no number."""
        return self.number_key or self.title


def cited(citation: Citation) -> Identity:
    """Return what the citation tells of the document it means."""
    number = numbers.parse(citation.number or "")
    title, year = _title_and_year(citation)
    if citation.issued_on:
        year = citation.issued_on.year
    if number and number.year:
        year = number.year
    body = body_key(citation.issuer, citation.citing)
    return Identity(number.key if number else None, title, year, citation.issued_on, body, citation.citing.province)


def cited_key(citation: Citation) -> str:
    """Return the address of the cited document while it is not held.

    One for all citations that surely mean the same, and what a citation leaves open stays out of it:
    `45-2016-qd-ttg`, `37-kh-ubnd-2016-ubnd-tien-giang`, `luat-an-ninh-mang-2018`.
    """
    told = cited(citation)
    local = told.body or told.province
    parts: list[object]
    if told.number_key:
        serial, *inside, symbol = told.number_key.split("/")
        parts = [serial, *inside, symbol, None if inside else told.year, None if is_central(symbol) else local]
    elif _is_law(told.title):
        parts = [told.title, told.year]
    else:
        parts = [told.title, told.issued_on or told.year, local]
    return slug(" ".join(str(part) for part in parts if part)) or "khong-ro"


def means(citation: Identity, held: Identity) -> bool:
    """Return whether the citation can mean the held document: all that both tell agrees, and it tells enough."""
    if citation.called not in {held.number_key, held.title} or not _agree(citation.year, held.year):
        return False
    if citation.number_key is None or is_central(citation.number_key.rpartition("/")[2]):
        return True
    if citation.body:
        return citation.body == held.body
    same_province = citation.province is not None and citation.province == held.province
    return same_province and _agree(citation.issued_on, held.issued_on)


def resolve(session: Session, document_id: int) -> None:
    """Settle the document's own citations, and those of others that mean it, may mean it, or meant it before a change.

    Call it in the transaction that wrote the document, its rows flushed. All is read by index: the cost grows with the
    number of these citations, not with the archive.
    """
    held = _documents(session, Document.id == document_id)[document_id]
    concerned = [DocumentReference.document_id == document_id, DocumentReference.target_id == document_id]
    if held.number_key:
        concerned.append(DocumentReference.number_key == held.number_key)
    if held.title:
        concerned.append(DocumentReference.cited_key.in_([held.title, f"{held.title}-{held.year}"]))
    _settle(session, _standings(session, or_(*concerned)))


def candidates(session: Session, reference_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return, for each citation's id, the ids of the held documents that it can mean, whoever may see them."""
    standings = _standings(session, DocumentReference.id.in_(reference_ids))
    held = _called(session, {standing.identity.called for standing in standings})
    return {standing.id: tuple(_meant(standing, held)) for standing in standings}


@dataclass(frozen=True, slots=True)
class _Standing:
    """A citation as the catalogue has it."""

    id: int
    document_id: int
    identity: Identity
    status: str
    target_id: int | None


def _settle(session: Session, standings: list[_Standing]) -> None:
    held = _called(session, {standing.identity.called for standing in standings})
    changes = []
    for standing in standings:
        status, target = _verdict(_meant(standing, held))
        if (status, target) != (standing.status, standing.target_id):
            changes.append({"id": standing.id, "status": status.value, "target_id": target})
    if changes:
        session.execute(update(DocumentReference), changes)


def _meant(standing: _Standing, held: dict[str, dict[int, Identity]]) -> list[int]:
    return [
        id_
        for id_, identity in held[standing.identity.called].items()
        if id_ != standing.document_id and means(standing.identity, identity)
    ]


def _verdict(meant: list[int]) -> tuple[Status, int | None]:
    if len(meant) == 1:
        return Status.RESOLVED, meant[0]
    return (Status.AMBIGUOUS if meant else Status.MISSING), None


def _standings(session: Session, which: ColumnElement[bool]) -> list[_Standing]:
    rows = session.execute(
        select(
            DocumentReference.id,
            DocumentReference.document_id,
            DocumentReference.number,
            DocumentReference.kind,
            DocumentReference.name,
            DocumentReference.issued_on,
            DocumentReference.issuer,
            DocumentReference.status,
            DocumentReference.target_id,
            Document.issuer.label("citing"),
            Document.superior,
            Document.place,
        )
        .join(DocumentReference.document)
        .where(which)
    )
    return [
        _Standing(
            row.id,
            row.document_id,
            cited(
                Citation(
                    row.number, row.kind, row.name, row.issued_on, row.issuer, home(row.citing, row.superior, row.place)
                )
            ),
            row.status,
            row.target_id,
        )
        for row in rows
    ]


def _called(session: Session, names: set[str]) -> dict[str, dict[int, Identity]]:
    """Return number key or title → the held documents called so, by id."""
    found: dict[str, dict[int, Identity]] = defaultdict(dict)
    for which in _terms(names):
        for id_, identity in _documents(session, which).items():
            for name in {identity.number_key, identity.title} - {None, ""}:
                found[str(name)][id_] = identity
    return found


def _terms(names: set[str]) -> Iterator[ColumnElement[bool]]:
    numbered = sorted(name for name in names if "/" in name)
    for start in range(0, len(numbered), 500):  # SQLite bounds the values of one statement
        yield Document.number_key.in_(numbered[start : start + 500])
    if any(_is_law(name) for name in names):
        yield Document.kind.in_(LAWS)


def _documents(session: Session, which: ColumnElement[bool]) -> dict[int, Identity]:
    header = (Document.issuer, Document.superior, Document.place)
    named = (Document.number_key, Document.kind, Document.subject, Document.year, Document.issued_on)
    identities = {}
    for row in session.execute(select(Document.id, *named, *header).where(which)):
        origin = home(row.issuer, row.superior, row.place)
        title = _titled(row.kind, row.subject or "") if row.kind in LAWS else ""
        identities[row.id] = Identity(row.number_key, title, row.year, row.issued_on, origin.body, origin.province)
    return identities


def _title_and_year(citation: Citation) -> tuple[str, int | None]:
    title = _titled(citation.kind, citation.name or citation.number or "")
    ending = re.search(r"(?:-nam)?-((?:19|20)\d\d)$", title)
    return (title[: ending.start()], int(ending[1])) if ending else (title, None)


def _titled(kind: str | None, name: str) -> str:
    title, prefix = slug(name), slug(kind or "")
    return title if f"{title}-".startswith(f"{prefix}-") else f"{prefix}-{title}".strip("-")


def _is_law(title: str) -> bool:
    return title.startswith(tuple(f"{slug(kind)}-" for kind in LAWS))


def _agree(one: date | int | None, other: date | int | None) -> bool:
    return one is None or other is None or one == other
