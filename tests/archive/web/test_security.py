"""What every answer carries, and forms without a token."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.archive.web.conftest import send
from tests.archive.web.test_access import ROUTES

STATIC = Path(__file__).parents[3] / "archive" / "static"
TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.mark.parametrize("route", ROUTES)
def test_every_answer_is_guarded(anonymous: FlaskClient, route: str) -> None:
    """Pages, redirects, refusals and files all carry the content policy and its companions."""
    address = ROUTES[route][0].format(id=1)
    answer = anonymous.post(address) if route.startswith("POST") else anonymous.get(address)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith("POST")])
def test_a_form_without_its_token_is_refused(anonymous: FlaskClient, route: str) -> None:
    """No form of another site can act in someone's name."""
    answer = anonymous.post(ROUTES[route][0].format(id=1), data={"name": "admin"})
    assert answer.status_code == 400
    assert "Yêu cầu không hợp lệ" in answer.text


def test_every_form_carries_its_token() -> None:
    """A form that acts without one would be refused, to whoever fills it in."""
    for template in TEMPLATES.rglob("*.html"):
        forms = re.findall(r'<form[^>]*method="post".*?</form>', template.read_text(encoding="utf-8"), re.DOTALL)
        assert all("csrf()" in form for form in forms), template


def test_pages_are_not_kept_by_browsers(reader: FlaskClient) -> None:
    """What a signed-in person saw is not left on a shared computer."""
    assert reader.get("/").headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_as_long_as_their_bytes_are_the_same(anonymous: FlaskClient) -> None:
    """A page names its style sheet and scripts by their content; fonts are named by their version."""
    page = anonymous.get("/dang-nhap").text
    style = re.search(r'href="(/static/archive\.css\?v=[0-9a-f]{12})"', page)
    assert style
    assert "immutable" in anonymous.get(style.group(1)).headers["Cache-Control"]
    font = next((STATIC / "fonts").glob("*.woff2")).name
    assert "immutable" in anonymous.get(f"/static/fonts/{font}").headers["Cache-Control"]
    assert anonymous.get("/static/archive.css").headers["Cache-Control"] == "no-cache"


def test_every_file_that_a_page_asks_for_is_there(app: Flask, reader: FlaskClient) -> None:
    """Style sheets, scripts, icons and fonts of the pages are served from here."""
    page = reader.get("/").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) > 4
    css = (STATIC / "archive.css").read_text(encoding="utf-8")
    addresses += [f"/static/{name}" for name in re.findall(r'url\("([^"]+)"\)', css)]
    for address in addresses:
        assert reader.get(address).status_code == 200, address


def test_no_template_holds_a_script_or_a_style() -> None:
    """The content policy would stop them silently."""
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text), template


def test_no_template_switches_escaping_off() -> None:
    """Everything shown was read from files that anyone may have written."""
    for template in TEMPLATES.rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape", template.read_text(encoding="utf-8")), template


def test_what_browsers_load_stays_small() -> None:
    """The style sheet, and the scripts of every page with a page's own, are read in a moment on a slow line."""
    assert (STATIC / "archive.css").stat().st_size < 40_000
    sizes = {script.name: script.stat().st_size for script in STATIC.glob("*.js")}
    everywhere = sizes.pop("suggestions.js") + sizes.pop("keys.js")
    assert everywhere + max(sizes.values()) < 12_000


def test_a_request_too_large_is_refused_clearly(app: Flask, reader: FlaskClient) -> None:
    """The answer says what to do, not only that it failed."""
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = send(reader, "/dang-nhap", name="x" * 2000)
    assert answer.status_code == 413
    assert "Tệp gửi lên quá lớn" in answer.text
