"""Asking to be told when a missing document arrives: kept for each account, answered where the account signs in."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive import clock
from archive.catalogue import queries
from archive.catalogue.facts import Card
from archive.catalogue.models import Awaited
from archive.errors import Refused
from archive.workflow import Viewer

_MOST = 500  # documents that one account awaits


def await_document(session: Session, viewer: Viewer, cited_key: str) -> None:
    """Have the viewer told when the document of that key arrives.

    Raises NotHeld when no missing document has the key, Refused when the viewer awaits too many.
    """
    queries.missing(session, viewer, cited_key)
    held = session.scalars(select(Awaited.key).where(Awaited.user_id == viewer.user_id)).all()
    if len(held) >= _MOST:
        raise Refused(f"Mỗi người chờ được nhiều nhất {_MOST} văn bản; hãy thôi chờ bớt những văn bản không còn cần.")
    if viewer.user_id is not None and cited_key not in held:
        session.add(Awaited(user_id=viewer.user_id, key=cited_key, since=clock.now()))


def stop_awaiting(session: Session, viewer: Viewer, cited_key: str) -> None:
    """Take the document of that key from those the viewer awaits, whether it has arrived or not."""
    session.execute(delete(Awaited).where(Awaited.user_id == viewer.user_id, Awaited.key == cited_key))


def is_awaited(session: Session, viewer: Viewer, cited_key: str) -> bool:
    """Return whether the viewer has asked to be told of the document of that key."""
    return session.get(Awaited, (viewer.user_id, cited_key)) is not None


def arrivals(session: Session, viewer: Viewer) -> dict[str, Card]:
    """Return key → document for those that the viewer awaits and may now see, the longest awaited first."""
    keys = session.scalars(select(Awaited.key).where(Awaited.user_id == viewer.user_id).order_by(Awaited.since))
    found = {key: queries.arrived(session, viewer, key) for key in keys.all()}
    return {key: card for key, card in found.items() if card}
