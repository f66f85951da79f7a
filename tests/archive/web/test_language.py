"""The pages in English, for whoever chooses it."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from tests.archive.web.conftest import send

ROOT = Path(__file__).parents[3]
TRANSLATIONS = ROOT / "archive" / "translations"


def test_every_text_of_the_pages_is_in_the_catalogue() -> None:
    """`scripts/translations` brings the two level."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as lines:
        methods, _ = parse_mapping_cfg(lines)
    said = {found[2] for found in extract_from_dir(ROOT, methods)}
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as po:
        translated = {message.id for message in read_po(po) if message.id}
    assert said <= translated, sorted(said - translated)


def test_the_language_chosen_is_kept(reader: FlaskClient) -> None:
    """The choice leads back to the page it was made on, holds for all pages, and can be changed back."""
    assert '<html lang="vi">' in reader.get("/").text
    assert send(reader, "/ngon-ngu", language="en", next="/chua-co?page=1").location == "/chua-co?page=1"
    page = reader.get("/tim-da-luu").text
    assert '<html lang="en">' in page
    assert "<h1>Saved searches</h1>" in page
    assert "Not found" in reader.get("/khong-co").text
    send(reader, "/ngon-ngu", language="vi")
    assert "<h1>Tìm kiếm đã lưu</h1>" in reader.get("/tim-da-luu").text


def test_the_sign_in_page_can_be_english_too(anonymous: FlaskClient) -> None:
    """Whoever cannot read it yet can choose."""
    send(anonymous, "/ngon-ngu", language="en")
    assert "User name" in anonymous.get("/dang-nhap").text


@pytest.mark.parametrize("cookie", ["fr", "../vi", ""])
def test_another_language_is_vietnamese(reader: FlaskClient, cookie: str) -> None:
    """Whatever a browser sends."""
    reader.set_cookie("ngon-ngu", cookie)
    assert '<html lang="vi">' in reader.get("/").text


def test_no_page_of_another_site_is_gone_back_to(reader: FlaskClient) -> None:
    """The address to go back to comes from the browser."""
    assert send(reader, "/ngon-ngu", language="en", next="//elsewhere.example/").location == "/"
