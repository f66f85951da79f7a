"""Cited documents that the viewer's archive does not hold: not there, or not to be known of; the two are told alike."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue.facts import MissingDocument
from archive.catalogue.models import Document, DocumentReference
from archive.catalogue.queries.documents import seen_by
from archive.citations import Status
from archive.errors import NotHeld
from archive.workflow import Viewer


def missing(session: Session, viewer: Viewer, cited_key: str) -> MissingDocument:
    """Return the missing document of that key. Raises NotHeld when no document that the viewer may see cites it."""
    found = _missing(session, viewer, DocumentReference.cited_key == cited_key)
    if not found:
        raise NotHeld("Không có văn bản nào được dẫn chiếu như vậy mà kho chưa có; hãy kiểm tra lại địa chỉ.")
    return found[0]


def most_missed(session: Session, viewer: Viewer, limit: int, offset: int = 0) -> tuple[MissingDocument, ...]:
    """Return the missing documents, those with most citers first, `limit` of them from `offset`."""
    return _missing(session, viewer, limit=limit, offset=offset)


def cited_numbered(session: Session, viewer: Viewer, serial: str) -> tuple[MissingDocument, ...]:
    """Return the missing documents cited with that serial (lower case, no leading zeros), most cited first."""
    return _missing(session, viewer, DocumentReference.number_key.startswith(f"{serial}/", autoescape=True))


def not_held(viewer: Viewer) -> ColumnElement[bool]:
    """Return the term that holds for the references whose document the viewer's archive does not hold.

    An ambiguous one counts as held while any document of its number may be seen.
    """
    held = aliased(Document)
    target = select(held.id).where(held.id == DocumentReference.target_id, seen_by(viewer, held)).exists()
    namesake = select(held.id).where(held.number_key == DocumentReference.number_key, seen_by(viewer, held)).exists()
    ambiguous = DocumentReference.status == Status.AMBIGUOUS
    return or_(and_(~ambiguous, ~target), and_(ambiguous, DocumentReference.number_key.is_not(None), ~namesake))


def _missing(
    session: Session, viewer: Viewer, *terms: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> tuple[MissingDocument, ...]:
    seen = (not_held(viewer), seen_by(viewer), *terms)
    citers = func.count(DocumentReference.document_id.distinct())
    ranked = session.execute(
        select(DocumentReference.cited_key, citers)
        .join(DocumentReference.document)
        .where(*seen)
        .group_by(DocumentReference.cited_key)
        .order_by(citers.desc(), DocumentReference.cited_key)
        .limit(limit)
        .offset(offset)
    ).all()
    ways = _ways(session, [key for key, _ in ranked], seen)
    return tuple(_described(key, count, ways[key]) for key, count in ranked)


_Way = Row[*tuple[Any, ...]]
_SAID = (
    DocumentReference.number,
    DocumentReference.kind,
    DocumentReference.name,
    DocumentReference.issued_on,
    DocumentReference.issuer,
)


def _ways(session: Session, keys: Sequence[str], seen: Sequence[ColumnElement[bool]]) -> dict[str, list[_Way]]:
    """The different ways in which each is cited, with how often."""
    ways: dict[str, list[_Way]] = defaultdict(list)
    for row in session.execute(
        select(DocumentReference.cited_key, func.count().label("times"), *_SAID)
        .join(DocumentReference.document)
        .where(DocumentReference.cited_key.in_(keys), *seen)
        .group_by(DocumentReference.cited_key, *_SAID)
        .order_by(*_SAID)
    ):
        ways[row.cited_key].append(row)
    return ways


def _described(cited_key: str, citers: int, ways: Sequence[_Way]) -> MissingDocument:
    def mostly(field: str) -> Any:
        said: Counter[Any] = Counter()
        for way in ways:
            if (value := getattr(way, field)) is not None:
                said[value] += way.times
        return max(said, key=said.__getitem__, default=None)

    return MissingDocument(
        cited_key=cited_key,
        number=mostly("number"),
        kind=mostly("kind"),
        name=mostly("name"),
        issued_on=mostly("issued_on"),
        issuer=mostly("issuer"),
        citers=citers,
    )
