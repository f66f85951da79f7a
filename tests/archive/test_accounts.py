"""Accounts: passwords, sessions, tokens."""

import shutil
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import accounts, clock
from archive.catalogue.database import Catalogue
from archive.catalogue.models import Event, SignIn, Token, User
from archive.errors import NotHeld, Refused
from archive.workflow import CLERK, Role, Viewer

PASSWORD = "mùa xuân ở Bến Tre"
IN_USE = accounts._HASHER  # which the tests replace by a cheap one


@pytest.fixture
def session(made_catalogue: Path, tmp_path: Path) -> Iterator[Session]:
    catalogue = Catalogue(f"sqlite:///{shutil.copy(made_catalogue, tmp_path / 'archive.sqlite')}")
    with catalogue.session() as session:
        yield session
    catalogue.close()


@pytest.fixture
def lan(session: Session) -> Viewer:
    return accounts.add_user(session, "lan", PASSWORD, Role.EDITOR)


def _row(session: Session) -> User:
    return session.scalars(select(User)).one()


def test_the_right_password_signs_in(session: Session, lan: Viewer) -> None:
    """The name and password that an account was added with give its viewer, with its role."""
    assert accounts.verify_password(session, "lan", PASSWORD) == lan == Viewer(lan.user_id, "lan", Role.EDITOR)


def test_a_session_is_its_viewer_until_it_ends(session: Session, lan: Viewer) -> None:
    """A session's key gives its viewer, is not kept itself, and means nothing once ended; another session goes on."""
    key, other = (accounts.begin_session(session, lan, 12) for _ in range(2))
    assert accounts.viewer_of_session(session, key) == lan
    assert key not in session.scalars(select(SignIn.digest)).all()
    accounts.end_session(session, key)
    assert accounts.viewer_of_session(session, key) is None
    assert accounts.viewer_of_session(session, other) == lan


def test_old_sessions_are_forgotten(session: Session, lan: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session begun longer ago than sessions last is gone at the next sign-in."""
    old = accounts.begin_session(session, lan, 12)
    later = clock.now() + timedelta(hours=13)
    monkeypatch.setattr(clock, "now", lambda: later)
    accounts.begin_session(session, lan, 12)
    assert accounts.viewer_of_session(session, old) is None


def test_a_password_is_the_same_however_it_is_composed(session: Session, lan: Viewer) -> None:
    """Letters composed or decomposed by the keyboard are the same password."""
    assert accounts.verify_password(session, "lan", unicodedata.normalize("NFD", PASSWORD)) is not None


@pytest.mark.parametrize(("name", "password"), [("lan", "mua xuan o Ben Tre"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_or_password_does_not(session: Session, lan: Viewer, name: str, password: str) -> None:
    """A wrong password and an unknown name are answered alike."""
    assert accounts.verify_password(session, name, password) is None


def test_a_closed_account_does_not_sign_in(session: Session, lan: Viewer) -> None:
    """A closed account has no password, session or token any more."""
    key, token = accounts.begin_session(session, lan, 12), accounts.issue_token(session, "lan")
    _row(session).active = False
    assert accounts.verify_password(session, "lan", PASSWORD) is None
    assert accounts.viewer_of_session(session, key) is None
    assert accounts.viewer_of_token(session, token) is None


def test_an_unknown_name_costs_a_verification(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that nobody has is checked against a hash too, so that time does not tell who has an account."""
    checked: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002 - argon2's own name
            checked.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(accounts, "_HASHER", Counting())
    assert accounts.verify_password(session, "nobody", PASSWORD) is None
    assert len(checked) == 1


def test_an_older_hash_is_renewed(session: Session, lan: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash made with weaker parameters is made anew, as strong as argon2 advises, when its owner signs in."""
    monkeypatch.setattr(accounts, "_HASHER", IN_USE)
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(unicodedata.normalize("NFC", PASSWORD))
    _row(session).password_hash = weak
    assert accounts.verify_password(session, "lan", PASSWORD) is not None
    assert not PasswordHasher().check_needs_rehash(_row(session).password_hash)
    assert accounts.verify_password(session, "lan", PASSWORD) is not None


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("lan", PASSWORD, "Đã có tài khoản lan"),
        (" lan ", PASSWORD, "Đã có tài khoản lan"),
        ("", PASSWORD, "Tên đăng nhập"),
        ("lan anh", PASSWORD, "Tên đăng nhập"),
        ("a" * 65, PASSWORD, "Tên đăng nhập"),
        ("minh", "chin ky tu"[:9], "quá ngắn"),
        ("minh", "Minh-2026-Minh", "chứa tên đăng nhập"),
        ("minh", "aaaabbbbaaaa", "lặp lại vài ký tự"),
    ],
)
def test_what_is_refused(session: Session, lan: Viewer, name: str, password: str, said: str) -> None:
    """A taken or malformed name and a weak password are refused, with what to do."""
    with pytest.raises(Refused, match=f"{said}.*hãy"):
        accounts.add_user(session, name, password, Role.READER)


def test_a_new_password_ends_every_session(session: Session, lan: Viewer) -> None:
    """After a change only the new password holds, and whoever was signed in has to sign in with it."""
    old = accounts.begin_session(session, lan, 12)
    accounts.change_password(session, "lan", "một mật khẩu khác")
    assert accounts.viewer_of_session(session, old) is None
    assert accounts.verify_password(session, "lan", PASSWORD) is None
    assert accounts.verify_password(session, "lan", "một mật khẩu khác") == lan


def test_a_token_is_its_owner_until_revoked(session: Session, lan: Viewer) -> None:
    """A token gives its owner's viewer, is not kept itself, and means nothing once revoked."""
    token = accounts.issue_token(session, "lan")
    assert accounts.viewer_of_token(session, token) == lan
    assert token not in session.scalars(select(Token.digest)).one()
    assert accounts.revoke_tokens(session, "lan") == 1
    assert accounts.viewer_of_token(session, token) is None
    assert accounts.revoke_tokens(session, "lan") == 0


def test_closing_ends_everything_and_reopening_gives_the_account_back(session: Session, lan: Viewer) -> None:
    """Sessions, tokens and links are worth nothing afterwards; the password is, once the account is open again."""
    accounts.add_user(session, "minh", PASSWORD, Role.MANAGER)
    key, token = accounts.begin_session(session, lan, 12), accounts.issue_token(session, "lan")
    secret = accounts.offer_link(session, CLERK, lan.user_id or 0)
    accounts.close(session, CLERK, "lan")
    accounts.close(session, CLERK, "lan")
    with pytest.raises(Refused, match="mở lại"):
        accounts.offer_link(session, CLERK, lan.user_id or 0)
    accounts.reopen(session, CLERK, "lan")
    assert accounts.viewer_of_session(session, key) is None
    assert accounts.viewer_of_token(session, token) is None
    with pytest.raises(NotHeld):
        accounts.name_of_link(session, secret)
    assert accounts.verify_password(session, "lan", PASSWORD) == lan
    told = [event.detail["changes"] for event in session.scalars(select(Event).order_by(Event.id))]
    assert told == [{"password": [None, "link"]}, {"account": ["open", "closed"]}, {"account": ["closed", "open"]}]


def test_the_last_manager_stays(session: Session, lan: Viewer) -> None:
    """Neither closed nor given another role while nobody else could undo it."""
    minh = accounts.add_user(session, "minh", PASSWORD, Role.MANAGER)
    for act in (
        lambda: accounts.close(session, CLERK, "minh"),
        lambda: accounts.set_role(session, CLERK, minh.user_id or 0, Role.READER),
    ):
        with pytest.raises(Refused, match="quản lý cuối cùng"), session.begin_nested():
            act()
    accounts.set_role(session, minh, lan.user_id or 0, Role.MANAGER)
    accounts.close(session, CLERK, "minh")
    assert [(one.name, one.active) for one in accounts.listed(session)] == [("lan", True), ("minh", False)]


def test_a_link_sets_the_password_once(session: Session, lan: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a day; a new link ends the one before, and a weak password does not use it up."""
    old = accounts.offer_link(session, CLERK, lan.user_id or 0)
    secret = accounts.offer_link(session, CLERK, lan.user_id or 0)
    assert accounts.name_of_link(session, secret) == "lan"
    with pytest.raises(Refused):
        accounts.use_link(session, secret, "ngắn")
    accounts.use_link(session, secret, "một mật khẩu mới")
    assert accounts.verify_password(session, "lan", "một mật khẩu mới") == lan
    late = accounts.offer_link(session, CLERK, lan.user_id or 0)
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    for worthless in (old, secret, late, ""):
        with pytest.raises(NotHeld, match="liên kết mới"):
            accounts.use_link(session, worthless, "một mật khẩu khác")


def test_sessions_and_tokens_are_known_again_and_ended_one_by_one(session: Session, lan: Viewer) -> None:
    """Each by what it calls itself; nobody ends another's."""
    here, there, third = (accounts.begin_session(session, lan, 12, name) for name in ("Firefox", "Chrome", "Edge"))
    listed = accounts.sessions(session, lan, here)
    assert {(key.name, own) for key, own in listed} == {("Firefox", True), ("Chrome", False), ("Edge", False)}
    (of_there,) = [key.id for key, _ in listed if key.name == "Chrome"]
    minh = accounts.add_user(session, "minh", PASSWORD, Role.MANAGER)
    accounts.end_sessions(session, minh, of_there)
    assert accounts.viewer_of_session(session, there) == lan
    accounts.end_sessions(session, lan, of_there)
    assert accounts.viewer_of_session(session, there) is None
    accounts.end_sessions(session, lan, but=here)
    assert accounts.viewer_of_session(session, third) is None
    assert accounts.viewer_of_session(session, here) == lan

    token = accounts.issue_token(session, "lan", "máy quét phòng văn thư")
    (key,) = accounts.tokens(session, lan)
    assert key.name == "máy quét phòng văn thư"
    accounts.revoke_token(session, minh, key.id)
    assert accounts.viewer_of_token(session, token) == lan
    accounts.revoke_token(session, lan, key.id)
    assert accounts.viewer_of_token(session, token) is None
    assert accounts.tokens(session, lan) == ()


def test_no_one_is_nobody(session: Session) -> None:
    """Tokens, sessions and accounts that do not exist are not found."""
    assert accounts.viewer_of_token(session, "") is None
    assert accounts.viewer_of_session(session, "") is None
    with pytest.raises(NotHeld, match="Không có tài khoản minh"):
        accounts.issue_token(session, "minh")
