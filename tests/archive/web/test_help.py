"""Help where one stands: an empty page says what to do, and the first upload has a guide."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from archive.workflow import Role
from tests.archive.web.conftest import send
from tests.archive.web.test_uploads import upload

# Page of an empty archive → what it says, and where that leads.
EMPTY = {
    "/": ("Hãy tải lên những văn bản đầu tiên", "/tai-len"),
    "/?q=chuyen+doi+so": ("Kho chưa có văn bản nào", "/tai-len"),
    "/?kind=X&page=9": ("Kho chưa có văn bản nào", "/tai-len"),
    "/chua-co": ("sẽ hiện ở đây", "/dan-chieu-khac"),
    "/tim-da-luu": ("Hãy tìm, rồi bấm “Lưu tìm kiếm”", "/"),
    "/thung-rac": ("bỏ được vào đây, từ trang của văn bản", "/"),
    "/lich-su": ("những việc đầu tiên được ghi lại", "/tai-len"),
    "/duyet": ("sẽ hiện ở đây", "/tai-len"),
    "/dan-chieu-khac": ("Mọi dẫn chiếu đều khớp với kho", "/"),
    "/tai-khoan": ("Chưa có mã nào", "/"),
}


@pytest.mark.parametrize("address", EMPTY)
def test_an_empty_page_says_what_to_do(signed_in: Callable[[Role], FlaskClient], address: str) -> None:
    """Nothing there is said as such, with the way to the first of it."""
    said, way = EMPTY[address]
    page = signed_in(Role.MANAGER).get(address, follow_redirects=True).text.split("<main")[1]
    assert said in page
    assert way == "/" or f'href="{way}"' in page


def test_whoever_may_bring_nothing_is_led_to_no_upload(reader: FlaskClient) -> None:
    """A reader of an empty archive is told to wait, wherever there is nothing."""
    for address in ("/", "/?q=chuyen+doi+so"):
        page = reader.get(address).text
        assert "Khi có văn bản đầu tiên" in page
        assert "/tai-len" not in page


def test_the_guide_stands_open_before_the_first_upload(contributor: FlaskClient) -> None:
    """Afterwards it is folded, and still there."""
    assert '<details class="guide" open>' in contributor.get("/tai-len").text
    upload(contributor, ("a.txt", b"a"))
    page = contributor.get("/tai-len").text
    assert '<details class="guide">' in page
    assert "Lần đầu tải lên?" in page


def test_a_search_without_an_answer_in_a_full_archive_offers_other_words(
    reader: FlaskClient, keep: Callable[..., int]
) -> None:
    """What is empty is the answer, not the archive."""
    keep("Trồng rừng")
    assert "Hãy thử từ khác" in reader.get("/?q=xyzw").text
    assert send(reader, "/tim-da-luu", name="x", search="q=xyzw").status_code == 303
