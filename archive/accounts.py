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
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from archive import clock
from archive.catalogue.models import SignIn, Token, User
from archive.errors import NotHeld, Refused
from archive.workflow import CLERK, Role, Viewer

MIN_PASSWORD = 10
_NAME = re.compile(r"[\w.@-]{1,64}")
_HASHER = PasswordHasher()


def check_password(name: str, password: str) -> None:
    """Raise Refused unless the password is good enough for the account of that name."""
    if len(password) < MIN_PASSWORD:
        raise Refused(f"Mật khẩu quá ngắn; hãy chọn mật khẩu từ {MIN_PASSWORD} ký tự trở lên.")
    if name.casefold() in password.casefold():
        raise Refused("Mật khẩu chứa tên đăng nhập; hãy chọn mật khẩu khác.")


def add_user(session: Session, name: str, password: str, role: Role) -> Viewer:
    """Add an account and return its viewer. Raises Refused for a malformed or taken name, or a weak password."""
    name = unicodedata.normalize("NFC", name.strip())
    if not _NAME.fullmatch(name):
        raise Refused("Tên đăng nhập chỉ gồm chữ, số và các dấu . _ @ -, dài không quá 64 ký tự; hãy chọn tên khác.")
    check_password(name, password)
    if session.scalar(select(User.id).where(User.name == name)) is not None:
        raise Refused(f"Đã có tài khoản {name}; hãy chọn tên khác.")
    user = User(name=name, role=role, password_hash=_hashed(password), created_at=clock.now())
    session.add(user)
    session.flush()
    return _viewer(user)


def change_password(session: Session, name: str, password: str) -> None:
    """Give the account a new password; every session it had ends. Raises NotHeld, or Refused for a weak password."""
    user = _user(session, name)
    check_password(user.name, password)
    user.password_hash = _hashed(password)
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))


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


def begin_session(session: Session, viewer: Viewer, hours: int) -> str:
    """Return the key of a new session of the viewer, and forget those begun more than `hours` ago."""
    now = clock.now()
    session.execute(delete(SignIn).where(SignIn.created_at < now - timedelta(hours=hours)))
    key = secrets.token_urlsafe(32)
    session.add(SignIn(user_id=viewer.user_id, digest=_digest(key), created_at=now))
    return key


def end_session(session: Session, key: str) -> None:
    """End the session of that key; whoever has copied its cookie is signed out too."""
    session.execute(delete(SignIn).where(SignIn.digest == _digest(key)))


def viewer_of_session(session: Session, key: str) -> Viewer | None:
    """Return the viewer whose session has the key, or None when it has ended or the account is closed."""
    user = session.scalar(select(User).join(SignIn).where(SignIn.digest == _digest(key), User.active))
    return _viewer(user) if user else None


def issue_token(session: Session, name: str) -> str:
    """Return a new API token of the account, which is kept nowhere. Raises NotHeld."""
    token = secrets.token_urlsafe(32)
    session.add(Token(user_id=_user(session, name).id, digest=_digest(token), created_at=clock.now()))
    return token


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
