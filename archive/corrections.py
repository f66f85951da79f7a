"""What documents say of themselves, corrected by staff. The machine's reading stays beside it as it was.

Each correction is an event with the values before and after, and can be undone as long as nobody has gone on from it.
"""

import unicodedata
from dataclasses import fields, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from archive import cataloguing, clock, history
from archive.catalogue import queries
from archive.catalogue.facts import Description, DocumentFacts
from archive.catalogue.models import Document, Event
from archive.errors import NotAllowed, NotHeld, Refused
from archive.instance import Instance
from archive.transitions import changed, reindex
from archive.workflow import CHANGEABLE, Act, Viewer
from ingest import kinds, numbers
from ingest.record import Signer

FIELDS = tuple(field.name for field in fields(Description))
_LENGTHS = {"subject": 2000} | dict.fromkeys(("number", "kind", "place", "issuer", "superior"), 300)
_FIRST = date(1945, 9, 2)


def description(facts: DocumentFacts) -> Description:
    """Return what the document is said to be now."""
    card = facts.card
    return Description(
        card.number, card.kind, card.issued_on, facts.place, card.issuer, facts.superior, card.subject, facts.signers,
        facts.recipients,
    )  # fmt: skip


def tidied(said: Description) -> Description:
    """Return the description with its texts as the catalogue keeps them: NFC, single spaces, None for nothing.

    A kind gets its usual spelling, and who is nobody is left out of the signers and recipients.
    """
    texts: dict[str, Any] = {name: _text(getattr(said, name)) for name in _LENGTHS}
    texts["kind"] = kinds.named(texts["kind"] or "") or texts["kind"]
    signers = (Signer(_text(one.name), _text(one.position), _texts(one.authority)) for one in said.signers)
    named = tuple(one for one in signers if one.name or one.position)
    return replace(said, **texts, signers=named, recipients=_texts(said.recipients))


def faults(said: Description) -> dict[str, str]:
    """Return field → what is wrong with its value and what to do, a Vietnamese sentence; nothing when all is well."""
    found = {name: "Quá dài; hãy rút gọn." for name, most in _LENGTHS.items() if len(getattr(said, name) or "") > most}
    if said.number and numbers.parse(said.number) is None:
        found["number"] = "Không đúng dạng số, ký hiệu; hãy ghi như 28/KH-UBND, hoặc để trống."
    if said.kind and kinds.named(said.kind) is None:
        found["kind"] = "Không có tên loại này; hãy chọn trong danh sách gợi ý, hoặc để trống."
    if said.issued_on and not _FIRST <= said.issued_on <= clock.now().date().replace(month=12, day=31):
        found["issued_on"] = "Ngày ban hành phải từ 02/09/1945 đến hết năm nay; hãy xem lại."
    return found


def correctable(session: Session, viewer: Viewer, document_id: int) -> DocumentFacts:
    """Return the document, which the viewer may correct as it stands. Raises NotHeld, NotAllowed, Refused."""
    facts = queries.document(session, viewer, document_id)
    if not viewer.may(Act.EDIT):
        raise NotAllowed("Tài khoản này không có quyền sửa thông tin văn bản; hãy nhờ người biên tập.")
    if facts.card.state not in CHANGEABLE:
        raise Refused("Văn bản đang bị đóng băng, đã thu hồi hoặc ở trong thùng rác; hãy đổi trạng thái trước khi sửa.")
    return facts


def correct(instance: Instance, viewer: Viewer, document_id: int, said: Description, version: int) -> None:
    """Write what staff say of the document, made of its given version; an event tells what was changed.

    Raises NotHeld, NotAllowed, and Refused when a value is at fault, the document's state lets nothing be changed, or
    someone else has changed it since that version.
    """
    with instance.catalogue.session() as session:
        written = write(session, viewer, document_id, said, version)
    if written:
        reindex(instance, document_id)


def write(session: Session, viewer: Viewer, document_id: int, said: Description, version: int) -> bool:
    """Do what `correct` does in a transaction of the caller's; return whether there was anything to write."""
    said = tidied(said)
    if at_fault := faults(said):
        raise Refused(" ".join(at_fault.values()))
    facts = correctable(session, viewer, document_id)
    if facts.version != version:
        raise Refused("Văn bản vừa được người khác thay đổi; hãy tải lại trang rồi sửa trên bản mới.")
    return _write(session, viewer, facts, said, {})


def undo(instance: Instance, viewer: Viewer, document_id: int, event_id: int) -> None:
    """Give the fields that a correction changed the values of before; an event tells that, too.

    Raises NotHeld, NotAllowed, and Refused when the state lets nothing be changed or a field has been changed since.
    """
    with instance.catalogue.session() as session:
        facts = correctable(session, viewer, document_id)
        event = session.get(Event, event_id)
        if event is None or event.document_id != document_id or event.action != history.Action.EDIT:
            raise NotHeld("Lịch sử của văn bản này không có lần sửa đó; hãy tải lại trang.")
        now = to_json(description(facts))
        if any(now[name] != after for name, (_, after) in event.detail["changes"].items()):
            raise Refused("Các trường này đã được sửa tiếp sau lần sửa đó; hãy hoàn tác lần sửa sau trước.")
        before = {name: before for name, (before, _) in event.detail["changes"].items()}
        _write(session, viewer, facts, msgspec.convert(now | before, Description), {"undoes": event_id})
    reindex(instance, document_id)


def undoable(facts: DocumentFacts, changes: dict[str, tuple[Any, Any]]) -> bool:
    """Return whether the changes of a correction still stand in the document, and its state lets them be undone."""
    now = to_json(description(facts))
    return facts.card.state in CHANGEABLE and all(now[name] == after for name, (_, after) in changes.items())


def to_json(said: Description) -> dict[str, Any]:
    """Return field → value as events keep it."""
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(said))
    return values


def _write(session: Session, viewer: Viewer, facts: DocumentFacts, said: Description, more: dict[str, Any]) -> bool:
    """Write the description and its event; return whether anything was changed."""
    before, after = to_json(description(facts)), to_json(said)
    changes = {name: [before[name], after[name]] for name in FIELDS if before[name] != after[name]}
    if changes:
        history.record(session, viewer, facts.card.id, history.Action.EDIT, {"changes": changes, **more})
        document = session.get_one(Document, facts.card.id)
        cataloguing.describe(document, said)
        changed(session, document)
    return bool(changes)


def _text(written: str | None) -> str | None:
    return " ".join(unicodedata.normalize("NFC", written or "").split()) or None


def _texts(written: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for text in map(_text, written) if text)
