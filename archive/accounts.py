"""Accounts: names, passwords (argon2), roles, and the keys and tokens by which a person is known again.

Of a session's key and of a token only the SHA-256 is kept: whoever reads the catalogue cannot sign in with it.
"""

import hashlib
import re
import secrets
import unicodedata
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from archive import clock, history
from archive.catalogue.facts import Account, Key
from archive.catalogue.models import PasswordLink, SignIn, Token, User
from archive.errors import NotHeld, Refused
from archive.workflow import CLERK, Role, Viewer

MIN_PASSWORD = 10
_LEAST_DIFFERENT = 5
_LINK_LASTS = timedelta(hours=24)
_NAME = re.compile(r"[\w.@-]{1,64}")
_HASHER = PasswordHasher()


def check_password(name: str, password: str) -> None:
    """Raise Refused unless the password is long enough, not a few characters repeated, and does not hold the name."""
    if len(password) < MIN_PASSWORD:
        raise Refused(f"Mật khẩu quá ngắn; hãy chọn mật khẩu từ {MIN_PASSWORD} ký tự trở lên.")
    if len(set(password)) < _LEAST_DIFFERENT:
        raise Refused("Mật khẩu lặp lại vài ký tự; hãy chọn mật khẩu khó đoán hơn, như một câu ngắn.")
    if name.casefold() in password.casefold():
        raise Refused("Mật khẩu chứa tên đăng nhập; hãy chọn mật khẩu khác.")


def add_user(session: Session, name: str, password: str, role: Role, by: Viewer | None = None) -> Viewer:
    """Add an account and return its viewer; an event tells when someone did it, `by`, and not the program itself.

    Raises Refused for a malformed or taken name, or a weak password.
    """
    name = unicodedata.normalize("NFC", name.strip())
    if not _NAME.fullmatch(name):
        raise Refused("Tên đăng nhập chỉ gồm chữ, số và các dấu . _ @ -, dài không quá 64 ký tự; hãy chọn tên khác.")
    check_password(name, password)
    if session.scalar(select(User.id).where(User.name == name)) is not None:
        raise Refused(f"Đã có tài khoản {name}; hãy chọn tên khác.")
    user = User(name=name, role=role, password_hash=_hashed(password), created_at=clock.now())
    session.add(user)
    session.flush()
    if by:
        _tell(session, by, user, {"role": [None, role]})
    return _viewer(user)


def listed(session: Session) -> tuple[Account, ...]:
    """Return all accounts by name, the open ones first."""
    seen = select(func.max(SignIn.created_at)).where(SignIn.user_id == User.id).scalar_subquery()
    rows = session.execute(select(User, seen).order_by(User.active.desc(), User.name))
    return tuple(Account(row.id, row.name, row.role, row.active, row.created_at, at) for row, at in rows)


def name(session: Session, user_id: int) -> str:
    """Return the account's name. Raises NotHeld."""
    return _by_id(session, user_id).name


def drawn_password() -> str:
    """Return a password that nobody knows, for an account whose owner is sent a link."""
    return secrets.token_urlsafe(32)


def set_role(session: Session, by: Viewer, user_id: int, role: Role) -> None:
    """Give the account another role. Raises NotHeld, and Refused when no manager would be left."""
    user = _by_id(session, user_id)
    if user.role == role:
        return
    _tell(session, by, user, {"role": [user.role, role]})
    user.role = role
    _require_manager(session)


def close(session: Session, by: Viewer, name: str) -> None:
    """Close the account: its sessions end, its tokens and links are worth nothing. Raises NotHeld, Refused."""
    user = _user(session, name)
    if not user.active:
        return
    _tell(session, by, user, {"account": ["open", "closed"]})
    user.active = False
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    session.execute(delete(PasswordLink).where(PasswordLink.user_id == user.id))
    revoke_tokens(session, name)
    _require_manager(session)


def reopen(session: Session, by: Viewer, name: str) -> None:
    """Let the account sign in again, with the password it had. Raises NotHeld."""
    user = _user(session, name)
    if not user.active:
        _tell(session, by, user, {"account": ["closed", "open"]})
        user.active = True


def offer_link(session: Session, by: Viewer, user_id: int) -> str:
    """Return the secret of a link by which the account's owner sets its password, once, within a day.

    A link offered before is worth nothing any more. Raises NotHeld, and Refused for a closed account.
    """
    user = _by_id(session, user_id)
    if not user.active:
        raise Refused(f"Tài khoản {user.name} đã đóng; hãy mở lại trước.")
    _tell(session, by, user, {"password": [None, "link"]})
    secret = secrets.token_urlsafe(32)
    session.merge(PasswordLink(user_id=user.id, digest=_digest(secret), created_at=clock.now()))
    return secret


def name_of_link(session: Session, secret: str) -> str:
    """Return the name of the account whose password the link sets. Raises NotHeld when it has been used or is old."""
    valid = (PasswordLink.digest == _digest(secret), PasswordLink.created_at > clock.now() - _LINK_LASTS, User.active)
    name = session.scalar(select(User.name).join(PasswordLink).where(*valid))
    if name is None:
        raise NotHeld("Liên kết này đã được dùng hoặc đã quá hạn; hãy xin người quản lý kho một liên kết mới.")
    return name


def use_link(session: Session, secret: str, password: str) -> None:
    """Set the password of the account whose link it is; the link ends. Raises NotHeld, Refused."""
    name = name_of_link(session, secret)
    change_password(session, name, password)
    session.execute(delete(PasswordLink).where(PasswordLink.digest == _digest(secret)))


def change_password(session: Session, name: str, password: str) -> None:
    """Give the account a new password; every session it had ends. Raises NotHeld, or Refused for a weak password."""
    user = _user(session, name)
    check_password(user.name, password)
    user.password_hash = _hashed(password)
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))


def replace_password(session: Session, viewer: Viewer, present: str, password: str) -> None:
    """Give the viewer a new password; every session ends. Raises Refused for a wrong present one or a weak new one."""
    if verify_password(session, viewer.name, present) is None:
        raise Refused("Mật khẩu hiện tại không đúng; hãy nhập lại.")
    change_password(session, viewer.name, password)


def verify_password(session: Session, name: str, password: str) -> Viewer | None:
    """Return the viewer of the active account of this name and password, or None; an unknown name takes as long.

    The session must be one that may write: a hash made with older parameters is renewed.
    """
    name = unicodedata.normalize("NFC", name.strip())
    user = session.scalar(select(User).where(User.name == name, User.active))
    try:
        _HASHER.verify(user.password_hash if user else _nobody(), _composed(password))
    except VerifyMismatchError:
        return None
    if user is None:
        return None
    if _HASHER.check_needs_rehash(user.password_hash):
        user.password_hash = _hashed(password)
    return _viewer(user)


def viewer(session: Session, user_id: int | None) -> Viewer:
    """Return the viewer of the account, active or closed; of no account the command line's."""
    return _viewer(session.get_one(User, user_id)) if user_id else CLERK


def begin_session(session: Session, viewer: Viewer, hours: int, browser: str = "") -> str:
    """Return the key of a new session of the viewer, and forget those begun more than `hours` ago."""
    now = clock.now()
    session.execute(delete(SignIn).where(SignIn.created_at < now - timedelta(hours=hours)))
    key = secrets.token_urlsafe(32)
    session.add(SignIn(user_id=viewer.user_id, digest=_digest(key), created_at=now, browser=browser[:300]))
    return key


def end_session(session: Session, key: str) -> None:
    """End the session of that key; whoever has copied its cookie is signed out too."""
    session.execute(delete(SignIn).where(SignIn.digest == _digest(key)))


def sessions(session: Session, viewer: Viewer, key: str) -> tuple[tuple[Key, bool], ...]:
    """Return the viewer's sessions, latest first, and of each whether it is the one with the key."""
    rows = session.scalars(select(SignIn).where(SignIn.user_id == viewer.user_id).order_by(SignIn.created_at.desc()))
    return tuple((Key(row.id, row.browser, row.created_at), row.digest == _digest(key)) for row in rows)


def end_sessions(session: Session, viewer: Viewer, session_id: int | None = None, but: str = "") -> None:
    """End the viewer's session of that id, or all but the one whose key is `but`."""
    chosen = SignIn.id == session_id if session_id is not None else SignIn.digest != _digest(but)
    session.execute(delete(SignIn).where(SignIn.user_id == viewer.user_id, chosen))


def viewer_of_session(session: Session, key: str) -> Viewer | None:
    """Return the viewer whose session has the key, or None when it has ended or the account is closed."""
    user = session.scalar(select(User).join(SignIn).where(SignIn.digest == _digest(key), User.active))
    return _viewer(user) if user else None


def issue_token(session: Session, name: str, purpose: str = "") -> str:
    """Return a new API token of the account, which is kept nowhere. Raises NotHeld."""
    token = secrets.token_urlsafe(32)
    user_id = _user(session, name).id
    session.add(Token(user_id=user_id, name=purpose[:100], digest=_digest(token), created_at=clock.now()))
    return token


def tokens(session: Session, viewer: Viewer) -> tuple[Key, ...]:
    """Return the viewer's valid tokens, latest first."""
    valid = (Token.user_id == viewer.user_id, Token.revoked_at.is_(None))
    rows = session.scalars(select(Token).where(*valid).order_by(Token.id.desc()))
    return tuple(Key(row.id, row.name, row.created_at) for row in rows)


def revoke_token(session: Session, viewer: Viewer, token_id: int) -> None:
    """End the viewer's token of that id, if there is one."""
    own = (Token.id == token_id, Token.user_id == viewer.user_id, Token.revoked_at.is_(None))
    session.execute(update(Token).where(*own).values(revoked_at=clock.now()))


def revoke_tokens(session: Session, name: str) -> int:
    """End every token of the account; return how many there were. Raises NotHeld."""
    valid = (Token.user_id == _user(session, name).id, Token.revoked_at.is_(None))
    ended = session.scalars(update(Token).where(*valid).values(revoked_at=clock.now()).returning(Token.id))
    return len(ended.all())


def viewer_of_token(session: Session, token: str) -> Viewer | None:
    """Return the viewer whose API token it is, or None when it is unknown, revoked, or the account is closed."""
    user = session.scalar(
        select(User).join(Token).where(Token.digest == _digest(token), Token.revoked_at.is_(None), User.active)
    )
    return _viewer(user) if user else None


def _user(session: Session, name: str) -> User:
    user = session.scalar(select(User).where(User.name == unicodedata.normalize("NFC", name.strip())))
    if user is None:
        raise NotHeld(f"Không có tài khoản {name}; hãy kiểm tra lại tên đăng nhập.")
    return user


def _by_id(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotHeld("Không có tài khoản này; hãy tải lại trang.")
    return user


def _require_manager(session: Session) -> None:
    session.flush()
    if session.scalar(select(User.id).where(User.active, User.role == Role.MANAGER)) is None:
        raise Refused("Đây là người quản lý cuối cùng của kho; hãy giao vai trò Quản lý cho người khác trước.")


def _tell(session: Session, by: Viewer, user: User, changes: dict[str, list[str | None]]) -> None:
    history.record(session, by, None, history.Action.ACCOUNT, {"user": user.name, "changes": changes})


def _viewer(user: User) -> Viewer:
    return Viewer(user.id, user.name, Role(user.role))


def _composed(password: str) -> str:
    # Vietnamese keyboards differ in whether they compose accents, and no one can see it in a password
    return unicodedata.normalize("NFC", password)


def _hashed(password: str) -> str:
    return _HASHER.hash(_composed(password))


@cache
def _nobody() -> str:
    return _hashed(secrets.token_urlsafe())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
