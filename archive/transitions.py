"""Documents moved from state to state, along the ways of `workflow.TRANSITIONS`."""

import logging
from datetime import UTC, date

from sqlalchemy.orm import Session

from archive import citations, clock, history, indexing
from archive.catalogue import queries
from archive.catalogue.models import Document
from archive.errors import NotAllowed, Refused
from archive.instance import Instance
from archive.search import SearchIndexError
from archive.workflow import TRANSITIONS, State, Transition, Viewer

_WAYS = {way.name: way for way in TRANSITIONS}
_log = logging.getLogger(__name__)


def move(  # noqa: PLR0913, PLR0917 - what is said of a change of state
    instance: Instance, viewer: Viewer, document_id: int, name: str, reason: str = "", since: date | None = None
) -> State:
    """Take the document along the transition of that name and return the state it is in now; an event tells why.

    `since` is the day from which a document is no longer in force, today's where it is not known.

    Raises NotHeld, NotAllowed when the viewer's role may not, Refused when the document is not (or no more) in a state
    that the way leads from, or the reason is missing.
    """
    with instance.catalogue.session() as session:
        target = step(session, viewer, document_id, name, reason, since)
    reindex(instance, document_id)
    return target


def step(  # noqa: PLR0913, PLR0917 - as above
    session: Session, viewer: Viewer, document_id: int, name: str, reason: str = "", since: date | None = None
) -> State:
    """Do what `move` does in the caller's transaction; the caller calls `reindex` once it is committed."""
    queries.card(session, viewer, document_id)
    document = session.get_one(Document, document_id)
    way = _way(viewer, State(document.state), name, reason)
    target = way.target or _before(session, document)
    detail = {"transition": way.name, "changes": {"state": [document.state, target]}}
    said = {"reason": reason, "since": _begun(since)}
    told = detail | {name: value for name, value in said.items() if value}
    history.record(session, viewer, document_id, history.Action.STATE, told)
    document.state = target
    changed(session, document)
    return target


def changed(session: Session, document: Document) -> None:
    """Note, in the transaction that changes a document, that it is another version, and settle citations by it."""
    document.version += 1
    session.flush()
    citations.settle(session, [document.id])


def reindex(instance: Instance, *document_ids: int) -> None:
    """Have the index follow changes now; when it cannot, the worker has it follow within the minute."""
    try:
        indexing.index(instance, document_ids)
    except SearchIndexError:
        _log.exception("documents %s are not yet in the index as they are now", document_ids)


def _way(viewer: Viewer, state: State, name: str, reason: str) -> Transition:
    way = _WAYS.get(name)
    if way is None or state not in way.sources:
        raise Refused("Trạng thái của văn bản không cho làm việc này, có thể do vừa được đổi; hãy tải lại trang.")
    if not viewer.may(way.act):
        raise NotAllowed("Tài khoản này không có quyền đổi trạng thái như vậy; hãy nhờ người quản lý kho.")
    if way.reasoned and not reason:
        raise Refused("Việc này cần lý do, được giữ lại trong lịch sử của văn bản; hãy ghi lý do rồi làm lại.")
    return way


def _begun(since: date | None) -> str | None:
    if since and since > clock.now().replace(tzinfo=UTC).astimezone(clock.OFFICE).date():
        raise Refused("Ngày hết hiệu lực chưa tới; hãy ghi khi văn bản đã hết hiệu lực.")
    return since.isoformat() if since else None


def _before(session: Session, document: Document) -> State:
    state = State(document.state)
    return State(queries.entered(session, [document.id], state)[document.id].changes["state"][0])
