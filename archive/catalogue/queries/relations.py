"""What a document cites, and what cites it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.facts import Card, Incoming, Outgoing
from archive.catalogue.models import Document, DocumentReference, FilePage
from archive.catalogue.queries.documents import FOR_CARD, NEWEST_FIRST, card, card_of, cards, original, seen_by
from archive.catalogue.queries.missing_documents import not_held
from archive.catalogue.sentence import sentence
from archive.citations import Status, candidates
from archive.workflow import Viewer
from ingest.record import Mention, Relation


def outgoing(session: Session, viewer: Viewer, document_id: int) -> tuple[Outgoing, ...]:
    """Return what the document cites, in reading order, as if the archive held only what the viewer may see.

    A reference that can mean one such document is resolved, several ambiguous, none missing. Raises NotHeld.
    """
    card(session, viewer, document_id)
    cited = DocumentReference.document_id == document_id
    references = session.scalars(select(DocumentReference).where(cited).order_by(DocumentReference.ordinal)).all()
    meant = _meant(session, viewer, references)
    return tuple(_outgoing(reference, meant[reference.id]) for reference in references)


def incoming(session: Session, viewer: Viewer, document_id: int) -> tuple[Incoming, ...]:
    """Return the references to the document from those the viewer may see, newest citer first. Raises NotHeld.

    Among them are those that mean one of several documents, when the viewer may see no other of these.
    """
    card(session, viewer, document_id)
    alone = DocumentReference.id.in_(_meaning_only(session, viewer, document_id))
    return _incoming(session, viewer, or_(DocumentReference.target_id == document_id, alone))


def citers(session: Session, viewer: Viewer, cited_key: str) -> tuple[Incoming, ...]:
    """Return the references to a missing document from those the viewer may see, newest citer first."""
    return _incoming(session, viewer, and_(DocumentReference.cited_key == cited_key, not_held(viewer)))


def arrived(session: Session, viewer: Viewer, cited_key: str) -> Card | None:
    """Return the held document that citations of that key have turned out to mean; None while it is missing."""
    cited = DocumentReference.cited_key == cited_key, seen_by(viewer)
    references = session.scalars(select(DocumentReference).join(DocumentReference.document).where(*cited)).all()
    alone = [found[0] for found in _meant(session, viewer, references).values() if len(found) == 1]
    return min(alone, key=lambda found: found.id, default=None)


def _meant(session: Session, viewer: Viewer, references: Sequence[DocumentReference]) -> Mapping[int, tuple[Card, ...]]:
    """Reference id → the held documents that it can mean, as far as the viewer may see them."""
    open_ones = candidates(session, [row.id for row in references if row.status == Status.AMBIGUOUS])
    meant = {row.id: (row.target_id,) if row.target_id else open_ones.get(row.id, ()) for row in references}
    seen = cards(session, viewer, {target for targets in meant.values() for target in targets})
    return {id_: tuple(seen[target] for target in targets if target in seen) for id_, targets in meant.items()}


def _meaning_only(session: Session, viewer: Viewer, document_id: int) -> list[int]:
    """The ambiguous references that can mean no document the viewer may see but this one."""
    number_key = select(Document.number_key).where(Document.id == document_id).scalar_subquery()
    alike = or_(DocumentReference.number_key == number_key, DocumentReference.number_key.is_(None))
    ambiguous = select(DocumentReference).where(DocumentReference.status == Status.AMBIGUOUS, alike)
    references = session.scalars(ambiguous).all()
    meant = _meant(session, viewer, references) if references else {}  # mostly there are none
    return [id_ for id_, found in meant.items() if [one.id for one in found] == [document_id]]


def _outgoing(reference: DocumentReference, meant: tuple[Card, ...]) -> Outgoing:
    target = meant[0] if len(meant) == 1 else None
    return Outgoing(
        number=reference.number,
        kind=reference.kind,
        name=reference.name,
        issued_on=reference.issued_on,
        issuer=reference.issuer,
        relation=Relation(reference.relation),
        status=Status.RESOLVED if target else Status.AMBIGUOUS if meant else Status.MISSING,
        cited_key=reference.cited_key,
        target=target,
        candidates=() if target else meant,
        mentions=tuple(Mention(**mention) for mention in reference.mentions),
        warnings=_date_warning(reference.issued_on, target.issued_on) if target else (),
    )


def _date_warning(cited: date | None, held: date | None) -> tuple[str, ...]:
    if cited is None or held is None or cited == held:
        return ()
    return (f"Ngày dẫn chiếu ({cited:%d/%m/%Y}) khác ngày trong kho ({held:%d/%m/%Y})",)


def _incoming(session: Session, viewer: Viewer, term: ColumnElement[bool]) -> tuple[Incoming, ...]:
    page = DocumentReference.mentions[(0, "page")].as_integer()
    rows = session.execute(
        select(Document, DocumentReference.relation, DocumentReference.mentions, FilePage.text)
        .join(DocumentReference.document)
        .outerjoin(FilePage, and_(FilePage.file_id == original(Document.id), FilePage.number == page))
        .where(term, seen_by(viewer))
        .options(*FOR_CARD)
        .order_by(*NEWEST_FIRST, DocumentReference.ordinal)
    )
    return tuple(
        Incoming(card_of(citing), Relation(relation), _sentence(text, Mention(**mentions[0])), mentions[0]["page"])
        for citing, relation, mentions, text in rows
    )


def _sentence(text: str | None, mention: Mention) -> str:
    return sentence(text, mention.start, mention.end) if text else mention.text
