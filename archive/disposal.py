"""Tiêu hủy: documents deleted for good, out of the trash, by a manager who says why. Only their history stays.

The order is index, catalogue, store: at every moment what is left can be kept whole or deleted by the same words again.
Bytes go last, when nothing in the catalogue holds them; what a crash leaves of them `sweep` removes.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import CompoundSelect, delete, select, union, update
from sqlalchemy.orm import Session

from archive import citations, clock, history
from archive.catalogue import queries
from archive.catalogue.models import Deposit, Document, DocumentFile, Event, TextBand, Twin
from archive.errors import NotAllowed, NotHeld, Refused
from archive.instance import Instance
from archive.workflow import Act, State, Viewer

ERASED = "erased"
"""The state of a deposit whose document was deleted for good."""


def erasable_from(instance: Instance, trashed_at: datetime) -> datetime:
    """Return from when on a document that was put in the trash at that time may be deleted for good; UTC."""
    return trashed_at + timedelta(days=instance.settings.trash_days)


def erase(instance: Instance, viewer: Viewer, document_id: int, reason: str) -> tuple[str, ...]:
    """Delete the document for good and return the checksums of its files; an event keeps what it was, and the reason.

    Raises NotAllowed, NotHeld when it is not in the trash, Refused when its term has not passed or no reason is given.
    """
    if not viewer.may(Act.MANAGE):
        raise NotAllowed("Chỉ người quản lý được xóa hẳn văn bản; hãy nhờ người quản lý kho.")
    if not reason:
        raise Refused("Xóa hẳn cần lý do, được giữ lại trong lịch sử của kho; hãy ghi lý do rồi làm lại.")
    with instance.catalogue.session() as session:
        document = session.get(Document, document_id)
        if document is None or document.state != State.TRASHED:
            raise NotHeld("Văn bản này không còn trong thùng rác; hãy tải lại trang.")
        _check_term(instance, session, document_id)
        _check_parts(session, document_id)
        instance.index.write((), [document_id])  # where it still is when the index could not follow into the trash
        history.record(session, viewer, document_id, history.Action.ERASURE, _remembered(document) | {"reason": reason})
        digests = tuple(file.sha256 for file in document.files)
        _delete(session, document)
    sweep(instance)
    return digests


def sweep(instance: Instance) -> None:
    """Remove from the store the bytes of documents deleted for good, but for those that came in again."""
    with instance.catalogue.reading() as session:
        erased = session.scalars(select(Event.detail).where(Event.action == history.Action.ERASURE))
        digests = {file["sha256"] for detail in erased for file in detail["files"]}
    release(instance, digests)


def release(instance: Instance, digests: Collection[str]) -> None:
    """Remove from the store those of the bytes that nothing in the catalogue holds."""
    with instance.catalogue.session() as session:  # as long as it may write, no deposit comes to rest on these bytes
        for sha256 in set(digests) - set(session.scalars(held_digests())):
            instance.store.remove(sha256)


def held_digests() -> CompoundSelect[str]:
    """Return the question for the checksums of all bytes that the store has to hold."""
    brought = select(Deposit.sha256).where(Deposit.state != ERASED)
    return union(select(DocumentFile.sha256), brought)


def _check_term(instance: Instance, session: Session, document_id: int) -> None:
    trashed = queries.entered(session, [document_id], State.TRASHED)[document_id]
    if clock.now() < erasable_from(instance, trashed.at):
        raise Refused(
            f"Văn bản mới vào thùng rác, phải giữ đủ {instance.settings.trash_days} ngày; hãy xóa hẳn sau thời hạn đó."
        )


def _check_parts(session: Session, document_id: int) -> None:
    if session.scalar(select(Document.id).where(Document.merged_into == document_id)):
        raise Refused("Văn bản này còn giữ các tệp đã gộp vào; hãy tách các tệp ấy ra trước khi xóa hẳn.")


def _remembered(document: Document) -> dict[str, object]:
    said = {name: getattr(document, name) for name in ("number", "kind", "issuer", "subject")}
    issued_on = document.issued_on.isoformat() if document.issued_on else None
    files = [{"name": file.name, "sha256": file.sha256} for file in document.files]
    return {"document": said | {"issued_on": issued_on}, "files": files}


def _delete(session: Session, document: Document) -> None:
    citations.leave(session, [document.id])
    brought = update(Deposit).where(Deposit.document_id == document.id)
    session.execute(brought.values(document_id=None, state=ERASED))
    session.execute(delete(Twin).where((Twin.document_id == document.id) | (Twin.other_id == document.id)))
    session.execute(delete(TextBand).where(TextBand.document_id == document.id))
    session.delete(document)
