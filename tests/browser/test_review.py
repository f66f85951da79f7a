"""Reviewing with the keyboard, beside the page, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import EDITOR, arrived, before_scripts

PLAN = "28-KH-UBND.signed.pdf"
OTHER = "12-TTr-SKHCN.pdf"
DRAFT = "Dự thảo KH chuyển đổi số 2027 (lần 2).docx"


def bring(page: Page, *files: Path) -> None:
    """Upload the files as drafts, and wait until all are read."""
    page.goto("/tai-len")
    page.get_by_label("Chọn tệp").set_input_files(list(files))
    page.get_by_label("Nháp").check()
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible()


def open_first(page: Page) -> None:
    """Open the queue, and with a key the first document of it."""
    page.goto("/duyet")
    expect(page.locator("a.open").first).to_be_focused()
    page.keyboard.press("Enter")
    arrived(page, page.locator("#review"))


def test_a_clean_document_is_accepted_in_three_key_presses(visit: Callable[..., Page], samples: Path) -> None:
    """Two in truth: Enter opens the first of the queue, Enter accepts it; the next is there with its way back."""
    page = visit(EDITOR)
    bring(page, samples / PLAN, samples / OTHER)
    open_first(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("28/KH-UBND")
    expect(page.get_by_role("img", name="Ảnh trang 1")).to_be_visible()
    expect(page.get_by_role("button", name="Duyệt", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã duyệt 28/KH-UBND")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("12/TTr-SKHCN")
    page.goto("/?q=28/KH-UBND")
    expect(page.get_by_text("Lưu hành nội bộ").first).to_be_visible()


def test_a_field_at_hand_shows_where_it_was_read(visit: Callable[..., Page], samples: Path) -> None:
    """Tab moves; the pane goes to the place, also on another page, and the window stays where it is."""
    page = visit(EDITOR)
    bring(page, samples / PLAN)
    open_first(page)
    page.get_by_role("textbox", name="Số, ký hiệu").focus()
    expect(page.locator("#doc-number")).to_have_class("evidence at-hand")
    page.keyboard.press("Tab")
    expect(page.locator("#doc-number")).to_have_class("evidence")
    page.get_by_role("textbox", name="Họ tên").focus()
    expect(page.locator("#doc-signers")).to_be_in_viewport()


def test_enter_goes_through_what_wants_a_look(visit: Callable[..., Page], samples: Path) -> None:
    """The first such field is at hand; from the last Enter goes to the button that accepts. Leaving is asked about."""
    page = visit(EDITOR)
    bring(page, samples / DRAFT)
    open_first(page)
    number = page.get_by_role("textbox", name="Số, ký hiệu")
    expect(number).to_be_focused()
    number.fill("9/KH-UBND")
    page.once("dialog", lambda asked: asked.dismiss())
    page.get_by_role("link", name="Duyệt văn bản").click()
    expect(number).to_have_value("9/KH-UBND")
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#issued_on")).to_be_focused()
    page.locator("#issued_on").fill("2026-11-02")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Họ tên")).to_be_focused()
    page.keyboard.type("Lê Thị Minh Hằng")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Duyệt", exact=True)).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã duyệt 9/KH-UBND")).to_be_visible()


def test_what_was_typed_before_the_scripts_came_is_not_lost(visit: Callable[..., Page], samples: Path) -> None:
    """Leaving is asked about also when the text is older than the page's script."""
    page = visit(EDITOR)
    bring(page, samples / DRAFT)
    open_first(page)
    number = page.get_by_role("textbox", name="Số, ký hiệu")
    with before_scripts(page, page.url):
        number.fill("9/KH-UBND")
    page.once("dialog", lambda asked: asked.dismiss())
    page.get_by_role("link", name="Duyệt văn bản").click()
    expect(number).to_have_value("9/KH-UBND")


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts_all_of_it_works(visit: Callable[..., Page], samples: Path, width: int) -> None:
    """Enter in a field saves and accepts nothing; a link shows the place; the button accepts."""
    page = visit(EDITOR, width, scripts=False)
    bring(page, samples / PLAN)
    page.goto("/duyet")
    page.get_by_role("link", name="Chuyển đổi số tỉnh Lam Sơn năm 2026").click()
    page.get_by_role("textbox", name="Địa danh").fill("Thành phố Lam Sơn")
    with page.expect_navigation():
        page.get_by_role("textbox", name="Địa danh").press("Enter")
    expect(page.get_by_role("textbox", name="Địa danh")).to_have_value("Thành phố Lam Sơn")
    page.get_by_role("link", name="đọc ở trang 1").first.click()
    expect(page.locator("#doc-number:target")).to_be_in_viewport()
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_text("Đã duyệt 28/KH-UBND")).to_be_visible()
