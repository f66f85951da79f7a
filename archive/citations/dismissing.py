"""Mismatches put away by editors, and taken back: each act an event. What is told or held anew is another mismatch."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import history
from archive.catalogue.models import Dismissal, Mismatch
from archive.errors import NotAllowed, Refused
from archive.history import Action
from archive.workflow import Act, Viewer


def dismiss(session: Session, viewer: Viewer, mark: str, reason: str) -> None:
    """Put the mismatch away, for everyone; `mark` is `facts.Mismatch.mark`. Raises NotAllowed, Refused."""
    found = _find(session, viewer, mark)
    if session.get(Dismissal, mark) is None:
        detail = {"mismatch": mark, "changes": {"mismatch": [None, found.field]}}
        event = history.record(
            session, viewer, found.document_id, Action.MISMATCH, detail | ({"reason": reason} if reason else {})
        )
        session.add(Dismissal(mark=mark, event_id=event.id))


def take_back(session: Session, viewer: Viewer, mark: str) -> None:
    """Have the mismatch in the list again. Raises NotAllowed, Refused."""
    found = _find(session, viewer, mark)
    dismissal = session.get(Dismissal, mark)
    if dismissal:
        detail = {"undoes": dismissal.event_id, "changes": {"mismatch": [found.field, None]}}
        history.record(session, viewer, found.document_id, Action.MISMATCH, detail)
        session.delete(dismissal)


def _find(session: Session, viewer: Viewer, mark: str) -> Mismatch:
    if not viewer.may(Act.EDIT):
        raise NotAllowed("Tài khoản này không có quyền bỏ qua điểm khác; hãy nhờ người biên tập.")
    found = session.scalar(select(Mismatch).where(Mismatch.mark == mark, Mismatch.clearance == viewer.clearance))
    if found is None:
        raise Refused("Điểm khác này không còn, có thể vừa có người sửa; hãy tải lại trang.")
    return found
