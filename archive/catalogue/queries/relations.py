"""What a document cites, and what cites it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, union_all
from sqlalchemy.orm import Session

from archive.catalogue.facts import Card, Citers, Force, Incoming, Outgoing, Standing, Status
from archive.catalogue.models import NAMING, Cited, DocumentReference, FilePage
from archive.catalogue.queries.documents import require
from archive.catalogue.queries.force import forces
from archive.catalogue.queries.meanings import meaning_only, meanings
from archive.catalogue.queries.passages import NEWEST_FIRST, ON_PAGE, passages, sentence_of
from archive.citations import disagreements
from archive.workflow import Viewer
from ingest.record import Mention, Relation


def outgoing(session: Session, viewer: Viewer, document_id: int) -> tuple[Outgoing, ...]:
    """Return what the document cites, in reading order, as if the archive held only what the viewer may see.

    A reference that can mean one such document is resolved, several ambiguous, none missing. Raises NotHeld.
    """
    require(session, viewer, document_id)
    cites = _CITES.where(DocumentReference.document_id == document_id).order_by(DocumentReference.ordinal)
    references = session.execute(cites).all()
    meant = meanings(session, viewer, {reference.id for reference in references})
    stand = forces(session, viewer, {one.id for found in meant.values() for one in found})
    return tuple(
        _outgoing(reference, tuple(one for one in meant.get(reference.id, ()) if one.id != document_id), stand)
        for reference in references
    )


def incoming(session: Session, viewer: Viewer, document_id: int, each: int) -> tuple[Citers, ...]:
    """Return those that cite the document, of each relation the `each` newest; only what the viewer may see.

    Among them are those that can mean one of several documents, when the viewer may see no other of these. Raises
    NotHeld.
    """
    require(session, viewer, document_id)
    return citers(session, viewer, meaning_only(session, viewer, document_id), each)


def citing(  # noqa: PLR0913, PLR0917 - what a page of a list is asked, in the order it is said
    session: Session, viewer: Viewer, document_id: int, relation: Relation | None, limit: int, offset: int = 0
) -> tuple[Incoming, ...]:
    """Return `limit` of those that cite the document, in the one relation or in any, newest first. Raises NotHeld."""
    require(session, viewer, document_id)
    return citing_as(session, viewer, meaning_only(session, viewer, document_id), relation, limit, offset)


def citers(session: Session, viewer: Viewer, ways: Collection[int], each: int) -> tuple[Citers, ...]:
    """Return those that cite in one of the ways, given by id: of each relation the `each` newest."""
    counted = select(DocumentReference.relation, func.count()).where(*_from_seen(viewer, ways))
    totals = {Relation(relation): total for relation, total in session.execute(counted.group_by("relation"))}
    if not totals:
        return ()
    many = [relation for relation, total in totals.items() if total > each]
    few = _newest(viewer, ways, None).where(DocumentReference.relation.in_(totals.keys() - many))
    first = (_newest(viewer, ways, relation).limit(each) for relation in many)
    newest = union_all(*(select(some.subquery()) for some in (few, *first))) if many else few
    found = _incoming(session, viewer, session.scalars(newest).all())
    groups = {relation: tuple(one for one in found if one.relation == relation) for relation in totals}
    return tuple(Citers(relation, total, groups[relation]) for relation, total in totals.items())


def citing_as(  # noqa: PLR0913, PLR0917 - what a page of a list is asked, in the order it is said
    session: Session, viewer: Viewer, ways: Collection[int], relation: Relation | None, limit: int, offset: int = 0
) -> tuple[Incoming, ...]:
    """Return `limit` of those that cite in one of the ways, given by id, newest first."""
    return _incoming(
        session, viewer, session.scalars(_newest(viewer, ways, relation).limit(limit).offset(offset)).all()
    )


def one_citing(session: Session, viewer: Viewer, ways: Collection[int]) -> dict[int, Incoming]:
    """Return for each of the ways, given by id, one of those who cite so."""
    if not ways:
        return {}
    any_of = (select(DocumentReference.id).where(*_from_seen(viewer, [way])).limit(1).subquery() for way in ways)
    found = passages(session, viewer, session.scalars(union_all(*map(select, any_of))).all())
    return {reference.cited_id: _citer(reference, document) for reference, document in found}


_ENDED = {Relation.REPLACES: "được thay thế bởi", Relation.REPEALS: "bị bãi bỏ bởi"}

_CITES = (
    select(
        DocumentReference.document_id,
        DocumentReference.citing_day,
        DocumentReference.relation,
        DocumentReference.mentions,
        Cited.id,
        Cited.key,
        *NAMING,
        Cited.chosen_id,
        FilePage.text,
    )
    .join(DocumentReference.cited)
    .outerjoin(FilePage, ON_PAGE)
)


def _newest(viewer: Viewer, ways: Collection[int], relation: Relation | None) -> Select[int]:
    terms = _from_seen(viewer, ways)
    if relation:
        terms = (*terms, DocumentReference.relation == relation)
    return select(DocumentReference.id).where(*terms).order_by(*NEWEST_FIRST)


def _from_seen(viewer: Viewer, ways: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    # the states are the index's, so that a law's citers are counted within it; `cards` looks at the documents' own
    return DocumentReference.cited_id.in_(ways), DocumentReference.citing_state.in_(sorted(viewer.sees))


def _outgoing(reference: Row[*tuple[Any, ...]], meant: tuple[Card, ...], stand: Mapping[int, Force]) -> Outgoing:
    target = meant[0] if len(meant) == 1 else None
    force = stand.get(target.id) if target else None
    return Outgoing(
        number=reference.number,
        kind=reference.kind,
        name=reference.name,
        issued_on=reference.issued_on,
        issuer=reference.issuer,
        relation=Relation(reference.relation),
        status=Status.RESOLVED if target else Status.AMBIGUOUS if meant else Status.MISSING,
        cited_key=reference.key,
        target=target,
        candidates=() if target else meant,
        mentions=tuple(Mention(**mention) for mention in reference.mentions),
        sentence=sentence_of(reference),
        force=force,
        warnings=(
            *(_naming_warnings(reference, target) if target else ()),
            *(_force_warning(reference, force) if force else ()),
        ),
    )


def _naming_warnings(reference: Row[*tuple[Any, ...]], target: Card) -> tuple[str, ...]:
    naming, document = disagreements.cited(reference), disagreements.held(target)
    is_open = reference.citing_day and not reference.chosen_id
    undated = disagreements.undated(naming, document, reference.citing_day.year) if is_open else ()
    return (*disagreements.warnings(naming, document), *undated)


def _force_warning(reference: Row[*tuple[Any, ...]], force: Force) -> tuple[str, ...]:
    """Say that what is cited was no longer in force when it was cited, and what had replaced or repealed it."""
    if reference.citing_day is None or reference.relation in _ENDED:
        return ()
    when = f"Khi dẫn chiếu ({reference.citing_day:%d/%m/%Y}), văn bản này đã"
    if force.standing == Standing.EXPIRED and force.since and force.since <= reference.citing_day:
        return (f"{when} hết hiệu lực ({force.since:%d/%m/%Y})",)
    return tuple(
        f"{when} {_ENDED[effect.relation]} "
        f"{effect.document.number or effect.document.kind or 'văn bản khác'} ngày {effect.document.issued_on:%d/%m/%Y}"
        for effect in force.effects
        if effect.relation in _ENDED
        and not effect.partly
        and effect.document.id != reference.document_id
        and effect.since
        and effect.since <= reference.citing_day
    )


def _incoming(session: Session, viewer: Viewer, reference_ids: Collection[int]) -> tuple[Incoming, ...]:
    """The references of those ids as far as the viewer may see their documents, newest first."""
    return tuple(_citer(reference, document) for reference, document in passages(session, viewer, reference_ids))


def _citer(reference: Row[*tuple[Any, ...]], document: Card) -> Incoming:
    return Incoming(
        document=document,
        relation=Relation(reference.relation),
        sentence=sentence_of(reference),
        page=reference.mentions[0]["page"],
        ordinal=reference.ordinal,
    )
