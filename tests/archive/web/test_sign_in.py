"""Signing in and out, and where it leads."""

import html

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import accounts, create_app
from archive.instance import Instance
from tests.archive.conftest import PASSWORD
from tests.archive.web.conftest import send, token


def test_signing_in_leads_to_the_page_that_was_asked_for(anonymous: FlaskClient) -> None:
    """The address asked for survives the sign-in page, words of a search included."""
    asked = anonymous.get("/?q=chuyển+đổi+số&year=2024")
    assert asked.status_code == 303
    form = anonymous.get(asked.location).text
    wanted = html.unescape(form.split('name="next" value="')[1].split('"')[0])
    answer = send(anonymous, "/dang-nhap", name="admin", password=PASSWORD, next=wanted)
    assert answer.status_code == 303
    assert anonymous.get(answer.location).status_code == 200
    assert "year=2024" in answer.location


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.com/",
        "//example.com",
        "/\\example.com",
        "\\\\example.com",
        "/\t/example.com",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: phien=x",
        "///example.com",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(anonymous: FlaskClient, elsewhere: str) -> None:
    """Whatever `next` says, one lands on a page of the archive."""
    answer = send(anonymous, "/dang-nhap", name="admin", password=PASSWORD, next=elsewhere)
    assert answer.location == "/"


@pytest.mark.parametrize(("name", "password"), [("admin", "sai-mat-khau-roi"), ("khong-co-ai", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(anonymous: FlaskClient, name: str, password: str) -> None:
    """Neither says which of the two was wrong, and nobody is signed in."""
    answer = send(anonymous, "/dang-nhap", name=name, password=password)
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.text
    assert anonymous.get("/").status_code == 303


def test_a_name_tried_wrongly_five_times_has_to_wait(anonymous: FlaskClient) -> None:
    """The sixth try within a minute is turned away, even with the right password."""
    for _ in range(5):
        assert send(anonymous, "/dang-nhap", name="admin", password="sai-mat-khau-roi").status_code == 422
    answer = send(anonymous, "/dang-nhap", name="admin", password=PASSWORD)
    assert answer.status_code == 429
    assert "Hãy đợi một phút" in answer.text


def test_a_session_planted_before_signing_in_is_worth_nothing_after(anonymous: FlaskClient) -> None:
    """Signing in begins a new session with a new CSRF token."""
    before = token(anonymous)
    send(anonymous, "/dang-nhap", name="admin", password=PASSWORD)
    page = anonymous.get("/").text
    assert before not in page


def test_whoever_planted_a_session_is_not_signed_in_with_its_owner(app: Flask, anonymous: FlaskClient) -> None:
    """The cookie that a browser had before signing in stays what it was, and each sign-in has another."""
    token(anonymous)
    planted = anonymous.get_cookie("phien")
    assert planted is not None
    given = set()
    for _ in range(2):
        victim, thief = app.test_client(), app.test_client()
        for browser in (victim, thief):
            browser.set_cookie("phien", planted.value)
        send(victim, "/dang-nhap", name="admin", password=PASSWORD)
        cookie = victim.get_cookie("phien")
        assert cookie is not None
        given.add(cookie.value)
        assert thief.get("/").status_code == 303
    assert len({planted.value, *given}) == 3


def test_signing_out_ends_the_session(anonymous: FlaskClient) -> None:
    """After it the pages ask to sign in again."""
    send(anonymous, "/dang-nhap", name="admin", password=PASSWORD)
    page = anonymous.get("/").text
    answer = anonymous.post("/dang-xuat", data={"csrf_token": page.split('csrf_token" value="')[1].split('"')[0]})
    assert answer.location == "/dang-nhap"
    assert anonymous.get("/").status_code == 303


def test_a_copy_of_the_cookie_is_worth_nothing_after_signing_out(app: Flask, anonymous: FlaskClient) -> None:
    """Signing out ends the session itself, not only the browser's memory of it; other browsers stay signed in."""
    other = app.test_client()
    send(other, "/dang-nhap", name="admin", password=PASSWORD)
    send(anonymous, "/dang-nhap", name="admin", password=PASSWORD)
    copied = anonymous.get_cookie("phien")
    assert copied is not None
    send(anonymous, "/dang-xuat")
    anonymous.set_cookie("phien", copied.value)
    assert anonymous.get("/").status_code == 303
    assert other.get("/").status_code == 200


def test_a_new_password_ends_the_sessions_that_there_were(anonymous: FlaskClient, instance: Instance) -> None:
    """Whoever is signed in when the password changes has to sign in with the new one."""
    send(anonymous, "/dang-nhap", name="admin", password=PASSWORD)
    with instance.catalogue.session() as session:
        accounts.change_password(session, "admin", "Mot-mat-khau-khac-han")
    assert anonymous.get("/").status_code == 303


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(anonymous: FlaskClient) -> None:
    """HttpOnly and SameSite=Lax always."""
    cookie = send(anonymous, "/dang-nhap", name="admin", password=PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_session_cookie_is_secure(instance: Instance) -> None:
    """With the setting `https` the cookie never travels in the clear, and browsers remember to use HTTPS."""
    (instance.directory / "config.toml").write_text("https = true\n", encoding="utf-8")
    with Instance(instance.directory) as secure:
        answer = create_app(secure).test_client().get("/dang-nhap", base_url="https://kho.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age=" in answer.headers["Strict-Transport-Security"]


def test_whoever_is_signed_in_does_not_sign_in_again(app: Flask, anonymous: FlaskClient) -> None:
    """The sign-in page leads on."""
    send(anonymous, "/dang-nhap", name="admin", password=PASSWORD)
    assert anonymous.get("/dang-nhap?next=/chua-co").location == "/chua-co"
