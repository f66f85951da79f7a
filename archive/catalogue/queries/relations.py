"""What a document cites, and what cites it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.facts import Card, Incoming, Outgoing
from archive.catalogue.models import Document, DocumentReference, FilePage
from archive.catalogue.queries.documents import NEWEST_FIRST, card, card_of, cards, first_file, seen_by
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
    meant = _meant(session, references)
    seen = cards(session, viewer, {target for targets in meant.values() for target in targets})
    return tuple(
        _outgoing(reference, tuple(seen[target] for target in meant[reference.id] if target in seen))
        for reference in references
    )


def incoming(session: Session, viewer: Viewer, document_id: int) -> tuple[Incoming, ...]:
    """Return the references to the document from those the viewer may see, newest citer first. Raises NotHeld."""
    card(session, viewer, document_id)
    return _incoming(session, viewer, DocumentReference.target_id == document_id)


def citers(session: Session, viewer: Viewer, cited_key: str) -> tuple[Incoming, ...]:
    """Return the references to a missing document from those the viewer may see, newest citer first."""
    return _incoming(session, viewer, and_(DocumentReference.cited_key == cited_key, not_held(viewer)))


def _meant(session: Session, references: Sequence[DocumentReference]) -> Mapping[int, tuple[int, ...]]:
    """Reference id → ids of the held documents that it can mean, whoever may see them."""
    open_ones = candidates(session, [row.id for row in references if row.status == Status.AMBIGUOUS])
    return {row.id: (row.target_id,) if row.target_id else open_ones.get(row.id, ()) for row in references}


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
        .outerjoin(FilePage, and_(FilePage.file_id == first_file(Document.id), FilePage.number == page))
        .where(term, seen_by(viewer))
        .options(selectinload(Document.signers))
        .order_by(*NEWEST_FIRST, DocumentReference.ordinal)
    )
    return tuple(
        Incoming(card_of(citing), Relation(relation), _sentence(text, Mention(**mentions[0])), mentions[0]["page"])
        for citing, relation, mentions, text in rows
    )


def _sentence(text: str | None, mention: Mention) -> str:
    return sentence(text, mention.start, mention.end) if text else mention.text
