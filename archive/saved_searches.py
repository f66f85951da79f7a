"""The searches that a person keeps: saved, renamed, deleted and taken back, opened; and the token of each one's feed.

A feed's token is made of the instance's secret and the search's key: whoever reads the catalogue cannot read the feed.
"""

import hashlib
import hmac
import secrets
import unicodedata
import uuid
from datetime import timedelta

from sqlalchemy import delete as deletion
from sqlalchemy.orm import Session

from archive import clock
from archive.catalogue import models, queries
from archive.catalogue.facts import SavedSearch
from archive.catalogue.queries.saved_searches import own_search
from archive.errors import NotHeld, Refused
from archive.workflow import Viewer

MOST = 100  # of one person
LONGEST_NAME = 120
_TAKEN_BACK = timedelta(days=1)  # as long as a deleted search can be


def save(session: Session, viewer: Viewer, name: str, address: str) -> str:
    """Keep the search of that address and return its id; one that is kept already stays as it is.

    Raises Refused for a bad name, and when there are too many.
    """
    name = _checked(name)
    kept = queries.saved_as(session, viewer, address)
    if kept:
        return kept.id
    if len(queries.saved_searches(session, viewer)) >= MOST:
        raise Refused(f"Đã lưu {MOST} tìm kiếm, không lưu thêm được; hãy xóa bớt những tìm kiếm không còn dùng.")
    now = clock.now()
    row = models.SavedSearch(
        id=str(uuid.uuid4()),
        user_id=viewer.user_id,
        name=name,
        address=address,
        looked_at=now,
        feed_key=secrets.token_urlsafe(16),
        created_at=now,
    )
    session.add(row)
    return row.id


def rename(session: Session, viewer: Viewer, saved_id: str, name: str) -> None:
    """Give the viewer's search another name. Raises NotHeld, or Refused for a bad name."""
    row = own_search(session, viewer, saved_id)
    row.name = _checked(name)


def delete(session: Session, viewer: Viewer, saved_id: str) -> None:
    """Delete the viewer's search, so that it can be taken back for a day. Raises NotHeld."""
    now = clock.now()
    own_search(session, viewer, saved_id).deleted_at = now
    session.execute(deletion(models.SavedSearch).where(models.SavedSearch.deleted_at < now - _TAKEN_BACK))


def take_back(session: Session, viewer: Viewer, saved_id: str) -> None:
    """Keep a search again that was deleted. Raises NotHeld."""
    own_search(session, viewer, saved_id, deleted=True).deleted_at = None


def look(session: Session, viewer: Viewer, saved_id: str) -> None:
    """Remember that the viewer looks at the search now. Raises NotHeld."""
    own_search(session, viewer, saved_id).looked_at = clock.now()


def renew_feed(session: Session, viewer: Viewer, saved_id: str) -> None:
    """Give the search's feed another address; the old one ends. Raises NotHeld."""
    own_search(session, viewer, saved_id).feed_key = secrets.token_urlsafe(16)


def feed_token(secret_key: str, saved: SavedSearch) -> str:
    """Return the token without which the feed of the search cannot be read."""
    return hmac.new(secret_key.encode(), f"feed {saved.id} {saved.feed_key}".encode(), hashlib.sha256).hexdigest()


def subscriber(session: Session, secret_key: str, saved_id: str, token: str) -> tuple[SavedSearch, Viewer]:
    """Return the search whose feed the token opens, and its owner as the owner is now. Raises NotHeld."""
    saved, owner = queries.subscribed(session, saved_id)
    if not hmac.compare_digest(feed_token(secret_key, saved).encode(), token.encode()):
        raise NotHeld("Địa chỉ theo dõi này không còn dùng được; hãy lấy địa chỉ mới trong tìm kiếm đã lưu.")
    return saved, owner


def _checked(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name:
        raise Refused("Tìm kiếm cần một tên để lưu; hãy gõ tên.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Tên dài quá {LONGEST_NAME} ký tự; hãy gõ tên ngắn hơn.")
    return name
