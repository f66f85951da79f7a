"""The search box completing what is typed, and what was found shown on the pages, in a real browser."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import CONTRIBUTOR, before_scripts, held_up
from tests.browser.test_main_path import DEPARTMENT_PLAN, PLAN, upload


def test_the_box_completes_what_is_typed(visit: Callable[..., Page], samples: Path) -> None:
    """What was typed before the scripts came, too. Arrows go through the list, Escape closes it and nothing moves;
    Enter on a subject opens its document.
    """
    page = visit(CONTRIBUTOR)
    upload(page, samples / PLAN, samples / DEPARTMENT_PLAN)
    with before_scripts(page, "/"):
        page.get_by_label("Tìm văn bản").press_sequentially("chuyen")
    box = page.get_by_role("combobox", name="Tìm văn bản")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.goto("/")
    below = page.locator("dl.totals")
    before = below.bounding_box()
    box.press_sequentially("chuyen doi")
    expect(options.first).to_contain_text("huyển đổi số")
    assert below.bounding_box() == before
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_be_focused()
    box.press_sequentially(" so")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "goi-y-1")
    expect(options.first).to_have_attribute("aria-selected", "true")
    chosen = options.first.locator("span").first.inner_text()
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(chosen)


def test_a_hit_leads_to_its_place_on_the_image_and_keys_to_the_next(visit: Callable[..., Page], samples: Path) -> None:
    """The words that matched lie under rectangles of the page's image; n and p go through them. Who types while the
    image still comes goes on typing.
    """
    page = visit(CONTRIBUTOR)
    upload(page, samples / PLAN)
    page.goto("/?q=chuyen+doi+so")
    page.locator(".snippet a").first.click()
    focused = page.locator(".found:focus")
    expect(focused).to_have_count(1)
    place = focused.get_attribute("id") or ""
    image, rectangle = page.locator(".sheet img").first.bounding_box(), focused.locator("rect").first.bounding_box()
    assert image
    assert rectangle
    assert image["x"] < rectangle["x"] < rectangle["x"] + rectangle["width"] < image["x"] + image["width"]
    page.keyboard.press("n")
    expect(page.locator(f"#{place}:focus")).to_have_count(0)
    page.keyboard.press("p")
    expect(page.locator(f"#{place}:focus")).to_have_count(1)
    with held_up(page, "**/trang/*"):
        page.reload(wait_until="domcontentloaded")
        page.keyboard.press("/")
    page.wait_for_load_state()
    expect(page.get_by_label("Tìm văn bản")).to_be_focused()
