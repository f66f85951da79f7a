"""One's own account, everyone's, and the link by which a password is set, on the pages."""

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import accounts
from archive.instance import Instance
from archive.workflow import Role
from tests.archive.web.conftest import PASSWORD, send, token

NEW = "Mot-mat-khau-khac-han"


@pytest.fixture
def manager(signed_in: Callable[[Role], FlaskClient]) -> FlaskClient:
    return signed_in(Role.MANAGER)


def link_on(page: str) -> str:
    found = re.search(r"http://localhost(/dat-mat-khau/[\w-]+)", page)
    assert found
    return found.group(1)


def test_a_new_colleague_chooses_a_password_by_the_link(manager: FlaskClient, anonymous: FlaskClient) -> None:
    """The manager sees no password, the link works once, and then the colleague signs in."""
    made = send(manager, "/nguoi-dung", name="lan", role="editor")
    assert "lan" in manager.get("/nguoi-dung").text
    link = link_on(made.text)
    assert "lan" in anonymous.get(link).text
    assert "không giống nhau" in send(anonymous, link, new=NEW, again="khác").text
    assert "quá ngắn" in send(anonymous, link, new="ngắn", again="ngắn").text
    assert send(anonymous, link, new=NEW, again=NEW).location == "/dang-nhap"
    assert anonymous.get(link).status_code == 404
    assert send(anonymous, "/dang-nhap", name="lan", password=NEW).status_code == 303


def test_a_name_taken_or_no_role_is_said(manager: FlaskClient) -> None:
    """And nobody is added."""
    assert "Đã có tài khoản admin" in send(manager, "/nguoi-dung", name="admin", role="reader").text
    assert "chọn một vai trò" in send(manager, "/nguoi-dung", name="minh", role="god").text
    assert "minh" not in manager.get("/nguoi-dung").text


def test_a_manager_changes_roles_and_closes_accounts(
    manager: FlaskClient, reader: FlaskClient, instance: Instance
) -> None:
    """At once: who is signed in may do what the new role may, and a closed account nothing until it is open again."""
    with instance.catalogue.reading() as session:
        of_reader = next(one.id for one in accounts.listed(session) if one.name == "nguoi-reader")
    assert reader.get("/tai-len").status_code == 403
    send(manager, f"/nguoi-dung/{of_reader}/vai-tro", role="contributor")
    assert reader.get("/tai-len").status_code == 200
    send(manager, f"/nguoi-dung/{of_reader}/dong")
    assert reader.get("/").status_code == 303
    assert "đã đóng" in manager.get("/nguoi-dung").text
    send(manager, f"/nguoi-dung/{of_reader}/mo")
    assert send(reader, "/dang-nhap", name="nguoi-reader", password=PASSWORD).status_code == 303
    assert link_on(send(manager, f"/nguoi-dung/{of_reader}/lien-ket").text)
    told = html.unescape(manager.get("/lich-su").text)
    for shown in ("nguoi-reader", "Người nộp", "đã đóng", "liên kết đặt mật khẩu"):
        assert shown in told


def test_ones_password_is_changed_by_who_knows_it(reader: FlaskClient) -> None:
    """A wrong present one, two that differ and a weak one are said; then every session ends."""
    for given, said in (
        ({"password": "sai", "new": NEW, "again": NEW}, "hiện tại không đúng"),
        ({"password": PASSWORD, "new": NEW, "again": "khác"}, "không giống nhau"),
        ({"password": PASSWORD, "new": "a" * 12, "again": "a" * 12}, "lặp lại"),
    ):
        refused = send(reader, "/tai-khoan/mat-khau", **given)
        assert refused.status_code == 422
        assert said in refused.text
    assert send(reader, "/tai-khoan/mat-khau", password=PASSWORD, new=NEW, again=NEW).status_code == 303
    assert reader.get("/").status_code == 303
    assert send(reader, "/dang-nhap", name="nguoi-reader", password=NEW).status_code == 303


def test_guessing_the_present_password_has_to_wait(reader: FlaskClient) -> None:
    """As at the sign-in page."""
    for _ in range(5):
        assert send(reader, "/tai-khoan/mat-khau", password="sai", new=NEW, again=NEW).status_code == 422
    assert send(reader, "/tai-khoan/mat-khau", password=PASSWORD, new=NEW, again=NEW).status_code == 429


def test_other_sessions_are_seen_and_ended(app: Flask, reader: FlaskClient) -> None:
    """By the browser they are in; the one that asks goes on, and what names no session ends none."""
    other = app.test_client()
    other.post(
        "/dang-nhap",
        data={"csrf_token": token(other), "name": "nguoi-reader", "password": PASSWORD},
        headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"},
    )
    page = reader.get("/tai-khoan").text
    assert "Firefox, Windows" in page
    assert page.count("phiên này") == 1
    for none in ("0", "khong-co"):
        send(reader, "/tai-khoan/phien", session=none)
    assert other.get("/").status_code == 200
    send(reader, "/tai-khoan/phien")
    assert other.get("/").status_code == 303
    assert reader.get("/").status_code == 200


def test_a_token_is_shown_once_and_revoked(app: Flask, reader: FlaskClient) -> None:
    """It opens the API until then, and no account's page: it could make others."""
    page = send(reader, "/tai-khoan/ma", purpose="Máy quét <b>").text
    made = page.split('<code class="secret">')[1].split("<")[0]
    page = reader.get("/tai-khoan").text
    assert made not in page
    assert "Máy quét &lt;b&gt;" in page
    bearer = {"Authorization": f"Bearer {made}"}
    program = app.test_client()
    assert program.get("/api/v1/search?q=x", headers=bearer).status_code == 200
    for method, address in (("GET", "/tai-khoan"), ("POST", "/tai-khoan/ma"), ("POST", "/tai-khoan/phien")):
        assert program.open(address, method=method, headers=bearer).status_code == 403
    send(reader, page.split('action="/tai-khoan/ma/')[1].split('"')[0].join(("/tai-khoan/ma/", "")))
    assert program.get("/api/v1/search?q=x", headers=bearer).status_code == 401
