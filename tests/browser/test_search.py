"""Searching with the keyboard, choosing years, and keeping a search, in a real browser."""

import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CONTRIBUTOR, arrived
from tests.browser.test_main_path import DEPARTMENT_PLAN, PLAN


def take_in(kept: Path, *files: Path) -> None:
    """Bring files on the command line, while the archive serves."""
    command = [sys.executable, "-m", "archive", "--instance", kept, "ingest", *files]
    run(command, check=True, capture_output=True)  # noqa: S603 - our own


def test_results_are_walked_and_opened_by_keys(visit: Callable[..., Page], samples: Path, tmp_path: Path) -> None:
    """Arrows go to the results and between them, "/" to the box, Escape leaves, Enter opens; Back leads back."""
    page = visit(CONTRIBUTOR)
    take_in(tmp_path / "kho", samples / PLAN, samples / DEPARTMENT_PLAN)
    page.keyboard.press("/")
    page.keyboard.type("chuyen doi so")
    page.keyboard.press("Enter")
    results = page.locator("a.open")
    arrived(page, results.nth(1))
    page.keyboard.press("ArrowDown")
    expect(results.nth(0)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Tìm văn bản")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Tìm văn bản")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(results.nth(0)).not_to_be_focused()
    results.nth(0).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("huyển đổi số")
    page.go_back()
    expect(results).to_have_count(2)


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)], ids=["with scripts", "without scripts"])
def test_a_search_is_kept_and_its_feed_read(
    visit: Callable[..., Page], samples: Path, tmp_path: Path, width: int, scripts: bool
) -> None:
    """Save it from its results, see what came since counted in the list, read the feed, delete, and take it back."""
    page = visit(CONTRIBUTOR, width, scripts=scripts)
    page.goto("/?q=chuyen+doi+so")
    page.get_by_text("Lưu tìm kiếm").click()
    page.get_by_label("Tên").fill("Chuyển đổi số")
    button = page.get_by_role("button", name="Lưu")
    edge = button.bounding_box()
    assert edge
    assert edge["x"] + edge["width"] <= width
    button.click()
    expect(page.get_by_role("link", name="Đã lưu: Chuyển đổi số")).to_be_visible()
    take_in(tmp_path / "kho", samples / PLAN)
    page.get_by_role("link", name="Đã lưu", exact=True).click()
    page.get_by_text("Theo dõi, đổi tên, xóa").click()
    feed = page.request.get(page.get_by_label("Địa chỉ theo dõi").input_value())
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "28/KH-UBND" in feed.text()
    page.get_by_role("link", name="1 văn bản mới").click()
    expect(page.locator("a.open")).to_have_count(1)
    page.get_by_role("link", name="Đã lưu", exact=True).click()
    expect(page.get_by_text("không có gì mới")).to_be_visible()
    page.get_by_text("Theo dõi, đổi tên, xóa").click()
    page.get_by_role("button", name="Xóa").click()
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.get_by_role("link", name="Chuyển đổi số")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width if scripts else True
