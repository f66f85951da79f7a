"""Held documents: in a few words, whole, and by their number."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from archive.catalogue.facts import Card, DocumentFacts, EventFact, FileFact, FileRole, Tombstone
from archive.catalogue.models import Document, DocumentFile, DocumentSigner, FilePage, User
from archive.catalogue.queries import events
from archive.errors import Merged, NotHeld, Withdrawn
from archive.workflow import State, Viewer
from ingest.record import Problem, Signature, Signer


def seen_by(viewer: Viewer, documents: type[Document] = Document) -> ColumnElement[bool]:
    """Return the term that holds for the documents the viewer may know of; `documents` may be an alias of the table."""
    return documents.state.in_(sorted(viewer.sees))


def opened_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the term that holds for the documents the viewer may open, among them some that lists leave out."""
    return Document.state.in_(sorted(viewer.opens))


def require(session: Session, viewer: Viewer, document_id: int) -> None:
    """Raise NotHeld or Withdrawn unless the viewer may open the document."""
    if session.scalar(select(Document.id).where(Document.id == document_id, opened_by(viewer))) is None:
        raise _absent(session, viewer, document_id)


def card(session: Session, viewer: Viewer, document_id: int) -> Card:
    """Return the document in a few words. Raises NotHeld, Withdrawn."""
    return card_of(_held(session, viewer, document_id))


def cards(session: Session, viewer: Viewer, document_ids: Iterable[int]) -> dict[int, Card]:
    """Return id → card of those of the documents that are held for the viewer."""
    rows = session.execute(_IN_A_FEW_WORDS.where(seen_by(viewer), Document.id.in_(set(document_ids))))
    found = {row["id"]: row for row in rows.mappings()}
    signers = select(DocumentSigner.document_id, DocumentSigner.name).where(DocumentSigner.name.is_not(None))
    of_them = signers.where(DocumentSigner.document_id.in_(found)).order_by(DocumentSigner.ordinal)
    names: dict[int, tuple[str, ...]] = {}
    for document_id, name in session.execute(of_them) if found else ():
        names[document_id] = (*names.get(document_id, ()), name or "")
    return {id_: Card(**row, signers=names.get(id_, ())) for id_, row in found.items()}


def document(session: Session, viewer: Viewer, document_id: int) -> DocumentFacts:
    """Return all of the document but its relations; its text is the original's. Raises NotHeld, Withdrawn."""
    row = _held(session, viewer, document_id)
    reading = session.scalar(select(DocumentFile.reading).where(DocumentFile.id == original(document_id))) or {}
    pages = select(FilePage.text).where(FilePage.file_id == original(document_id)).order_by(FilePage.number)
    files = session.execute(_FILES.where(DocumentFile.document_id == document_id))
    return DocumentFacts(
        card=card_of(row),
        body=row.body_key,
        place=row.place,
        superior=row.superior,
        signers=tuple(Signer(signer.name, signer.position, tuple(signer.authority)) for signer in row.signers),
        recipients=tuple(row.recipients),
        files=tuple(_file_fact(values) for values in files),
        pages=tuple(session.scalars(pages)),
        problems=tuple(Problem(**problem) for problem in reading.get("problems", ())),
        signatures=msgspec.convert(reading.get("signatures", ()), tuple[Signature, ...]),
        record=reading,
        version=row.version,
        created_at=row.created_at,
        created_by=session.scalar(select(User.name).where(User.id == row.created_by)),
    )


def history(session: Session, viewer: Viewer, document_id: int) -> tuple[EventFact, ...]:
    """Return all that has been done to the document, latest first. Raises NotHeld, Withdrawn."""
    _held(session, viewer, document_id)
    return events.of_document(session, document_id)


def trash(session: Session) -> tuple[tuple[Card, EventFact], ...]:
    """Return what is in the trash, for those who may edit, each with the event that put it there; latest first."""
    rows = session.scalars(select(Document).where(Document.state == State.TRASHED).options(*FOR_CARD)).all()
    trashed = events.entered(session, [row.id for row in rows], State.TRASHED)
    return tuple((card_of(row), trashed[row.id]) for row in sorted(rows, key=lambda row: -trashed[row.id].id))


def texts(session: Session, viewer: Viewer, document_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return id → the texts of the pages, in order, of those of the documents that are held for the viewer."""
    pages: dict[int, list[str]] = {}
    if document_ids:
        held = select(Document.id, FilePage.text).where(seen_by(viewer), Document.id.in_(document_ids))
        of_originals = held.join(FilePage, FilePage.file_id == original(Document.id))
        for document_id, text in session.execute(of_originals.order_by(FilePage.file_id, FilePage.number)):
            pages.setdefault(document_id, []).append(text)
    return {document_id: tuple(of_it) for document_id, of_it in pages.items()}


def file(session: Session, viewer: Viewer, document_id: int, role: FileRole = FileRole.ORIGINAL) -> FileFact:
    """Return the document's file of that role. Raises NotHeld, Withdrawn."""
    found = _FILES.join(DocumentFile.document).where(Document.id == document_id, DocumentFile.role == role)
    values = session.execute(found.where(opened_by(viewer))).one_or_none()
    if values is None:
        raise _absent(session, viewer, document_id)
    return _file_fact(values)


def numbered(session: Session, viewer: Viewer, serial: str) -> tuple[Card, ...]:
    """Return the held documents of that serial (lower case, no leading zeros) whatever the symbol, newest first."""
    found = _documents(viewer).where(Document.serial == serial)
    return tuple(card_of(row) for row in session.scalars(found.order_by(*NEWEST_FIRST)))


def numbers_starting(session: Session, viewer: Viewer, beginning: str, limit: int) -> tuple[Card, ...]:
    """Return held documents whose number, in its comparable form, begins so: `45/2016/qd` or `22`; newest first."""
    serial = beginning.partition("/")[0]  # it alone leads through an index to the few numbers that may be meant
    alike = _documents(viewer).where(
        Document.serial == serial, Document.number_key.startswith(beginning, autoescape=True)
    )
    return tuple(card_of(row) for row in session.scalars(alike.order_by(*NEWEST_FIRST).limit(limit)))


def original(document_id: Any) -> ColumnElement[int]:
    """Return the id, as SQL, of the file that the document was made from; offsets in its text are of this file's."""
    kept = aliased(DocumentFile)
    of_it = select(kept.id).where(kept.document_id == document_id, kept.role == FileRole.ORIGINAL)
    return of_it.correlate_except(kept).scalar_subquery()  # `document_id` may be a column of any query around


_IN_A_FEW_WORDS = select(  # columns, not rows of the ORM: lists load hundreds
    Document.id,
    Document.state,
    Document.number,
    Document.kind,
    Document.issuer,
    Document.issued_on,
    Document.subject,
    select(DocumentFile.name)
    .where(DocumentFile.document_id == Document.id)
    .order_by(DocumentFile.id)
    .limit(1)
    .scalar_subquery()
    .label("file_name"),
)
# What is told to who could see a document until it came into the state, and can no more.
_TAKEN_AWAY = {
    State.WITHDRAWN: "Văn bản này đã được thu hồi; hãy liên hệ người quản lý kho nếu cần dùng.",
    State.EXPIRED: "Văn bản này đã hết hiệu lực, không còn được công khai; hãy liên hệ cơ quan nếu cần dùng.",
    State.PENDING: "Văn bản này đang được soát lại; hãy mở lại địa chỉ này sau.",
}
FOR_CARD = (selectinload(Document.signers), selectinload(Document.files).load_only(DocumentFile.name))
NEWEST_FIRST = (Document.issued_on.desc().nulls_last(), Document.id.desc())

_FILES = select(
    DocumentFile.role,
    DocumentFile.sha256,
    DocumentFile.name,
    DocumentFile.format,
    DocumentFile.size,
    select(func.count())
    .where(FilePage.file_id == original(DocumentFile.document_id))
    .scalar_subquery(),  # renditions have as many
    DocumentFile.added_at,
).order_by(DocumentFile.id)


def card_of(row: Document) -> Card:
    """Return the card of a row loaded with FOR_CARD."""
    return Card(
        id=row.id,
        state=row.state,
        number=row.number,
        kind=row.kind,
        issuer=row.issuer,
        issued_on=row.issued_on,
        subject=row.subject,
        signers=tuple(signer.name for signer in row.signers if signer.name),
        file_name=row.files[0].name,
    )


def _file_fact(values: Sequence[Any]) -> FileFact:
    return FileFact(FileRole(values[0]), *values[1:])


def _documents(viewer: Viewer) -> Select[Document]:
    return select(Document).where(seen_by(viewer)).options(*FOR_CARD)


def _held(session: Session, viewer: Viewer, document_id: int) -> Document:
    found = select(Document).where(Document.id == document_id, opened_by(viewer)).options(*FOR_CARD)
    row = session.scalar(found)
    if row is None:
        raise _absent(session, viewer, document_id)
    return row


def _absent(session: Session, viewer: Viewer, document_id: int) -> NotHeld:
    """Return what to raise for a document that the viewer may not open; who could see it is told what became of it."""
    row = session.get(Document, document_id)
    if row and row.merged_into and events.state_before_merging(session, document_id) in viewer.sees:
        whole = session.scalar(_documents(viewer).where(Document.id == row.merged_into))
        if whole:
            return Merged("Tệp này nay là một phần của văn bản khác; hãy mở văn bản ấy.", whole.id)
    if row and row.state in _TAKEN_AWAY and row.state not in viewer.opens:
        state = State(row.state)
        taken = events.entered(session, [document_id], state).get(document_id)
        if taken and taken.changes["state"][0] in viewer.sees:
            return Withdrawn(_TAKEN_AWAY[state], Tombstone(card_of(row), taken))
    return NotHeld("Kho không có văn bản này, hoặc bạn chưa được xem; hãy kiểm tra lại địa chỉ.")
