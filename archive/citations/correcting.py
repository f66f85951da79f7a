"""What staff do about a document's references: each act an event, and what follows from it settled at once."""

import re
from dataclasses import replace

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import history
from archive.catalogue.models import Cited, Document, DocumentReference, Event, FilePage
from archive.catalogue.queries.documents import original, require
from archive.citations.corrections import NONE_HELD, Change, Correction, Place, not_undone
from archive.citations.resolution import settle
from archive.errors import NotAllowed, NotHeld, Refused
from archive.history import Action
from archive.workflow import CHANGEABLE, Act, Viewer
from ingest import references
from ingest.record import Mention, Page, Relation


def change_relation(session: Session, viewer: Viewer, document_id: int, mark: str, relation: Relation) -> None:
    """Say how the document stands to one it cites; `mark` is `facts.Outgoing.mark`, here and below.

    Raises NotHeld, NotAllowed, Refused; so do the others.
    """
    place, before, _ = _find(session, viewer, document_id, mark)
    correction = Correction(Change.RELATION, place, relation=relation)
    _correct(session, viewer, document_id, correction, before, relation)


def choose(session: Session, viewer: Viewer, document_id: int, mark: str, target_id: int) -> None:
    """Say which held document a reference means; NONE_HELD when none of them."""
    place, _, chosen = _find(session, viewer, document_id, mark)
    before = None if chosen is None else "chosen" if chosen else "none held"
    if target_id != NONE_HELD:
        require(session, viewer, target_id)
    if target_id == document_id:
        raise Refused("Một văn bản không dẫn chiếu chính nó; hãy chọn văn bản khác.")
    correction = Correction(Change.TARGET, place, target=target_id)
    # what was chosen stays out of what the history shows: not all who read that may know of it
    _correct(session, viewer, document_id, correction, before, "chosen" if target_id else "none held")


def reject(session: Session, viewer: Viewer, document_id: int, mark: str) -> None:
    """Say that what was read as a reference is none."""
    place, _, _ = _find(session, viewer, document_id, mark)
    _correct(session, viewer, document_id, Correction(Change.REJECT, place), place.text, None)


def add(session: Session, viewer: Viewer, document_id: int, text: str, relation: Relation) -> None:
    """Add a reference that was missed: `text` is what the document says to cite, with number or name, date and body."""
    _check(session, viewer, document_id)
    text = " ".join(text.split())
    found = references.find([Page(1, text)])
    if len(found) != 1:
        raise Refused(
            "Chưa nhận ra một văn bản được dẫn trong đoạn đã chép; hãy chép đúng một dẫn chiếu, gồm tên loại và số, "
            "ký hiệu (với luật là tên luật)."
        )
    mention = _mention(session, document_id, text)
    added = replace(found[0], relation=relation, mentions=(mention,))
    place = Place("", mention.page, mention.start, mention.text)
    _correct(session, viewer, document_id, Correction(Change.ADD, place, added=added), None, text)


def undo(session: Session, viewer: Viewer, document_id: int, event_id: int) -> None:
    """Take a correction back; what was read, and the corrections after it, hold again."""
    _check(session, viewer, document_id)
    made = select(Event).where(Event.document_id == document_id, Event.action == Action.REFERENCE).order_by(Event.id)
    events = {event.id: event for event in session.scalars(made)}
    if event_id not in dict(not_undone([(event.id, event.detail) for event in events.values()])):
        raise Refused("Việc sửa này không còn hiệu lực, có thể vừa được hoàn tác; hãy tải lại trang.")
    changes = {name: [after, before] for name, (before, after) in events[event_id].detail["changes"].items()}
    history.record(session, viewer, document_id, Action.REFERENCE, {"undoes": event_id, "changes": changes})
    settle(session, [document_id])


def _correct(  # noqa: PLR0913, PLR0917 - an event's parts
    session: Session, viewer: Viewer, document_id: int, correction: Correction, before: object, after: object
) -> None:
    told = msgspec.to_builtins(correction)
    changes = {f"{correction.change}: {correction.place.text}": [before, after]}
    history.record(session, viewer, document_id, Action.REFERENCE, {"correction": told, "changes": changes})
    settle(session, [document_id])


def _check(session: Session, viewer: Viewer, document_id: int) -> None:
    if not viewer.may(Act.EDIT):
        raise NotAllowed("Tài khoản này không có quyền sửa dẫn chiếu; hãy nhờ người biên tập.")
    require(session, viewer, document_id)
    if session.scalar(select(Document.state).where(Document.id == document_id)) not in CHANGEABLE:
        raise Refused("Trạng thái của văn bản không cho sửa; hãy đổi trạng thái trước.")


def _find(session: Session, viewer: Viewer, document_id: int, mark: str) -> tuple[Place, str, int | None]:
    """Return the place of the reference, its relation, and the document that staff have chosen for it."""
    _check(session, viewer, document_id)
    cites = select(DocumentReference.mentions, DocumentReference.relation, Cited.called, Cited.chosen_id)
    for row in session.execute(cites.join(DocumentReference.cited).where(DocumentReference.document_id == document_id)):
        first = Mention(**row.mentions[0])
        if f"{first.page}-{first.start}" == mark:
            return Place(row.called, first.page, first.start, first.text), row.relation, row.chosen_id
    raise NotHeld("Không còn dẫn chiếu này, có thể vừa có người sửa; hãy tải lại trang.")


def _mention(session: Session, document_id: int, text: str) -> Mention:
    """Return where the text stands, whatever its spacing; of a scan that carries no text its first page."""
    pages = select(FilePage.number, FilePage.text).where(FilePage.file_id == original(document_id))
    pattern = re.compile(r"\s+".join(map(re.escape, text.split())), re.IGNORECASE)
    empty = True
    for number, words in session.execute(pages.order_by(FilePage.number)):
        found = pattern.search(words)
        if found:
            return Mention(number, found.start(), found.end(), found.group())
        empty = empty and not words.strip()
    if not empty:
        raise Refused("Không thấy đoạn này trong nội dung văn bản; hãy chép nguyên một đoạn từ trang của văn bản.")
    return Mention(1, 0, 0, text)
