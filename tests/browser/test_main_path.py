"""What staff do all day, from signing in to tracing a citation, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CONTRIBUTOR, EDITOR, READER, arrived, before_scripts, held_up, sign_in
from tests.conftest import until

PLAN = "28-KH-UBND.signed.pdf"
DEPARTMENT_PLAN = "KH 64 - thuc hien KH chuyen doi so 2026.pdf"


def upload(page: Page, *files: Path) -> None:
    """Bring files as a person does, and wait until all are read."""
    page.get_by_role("link", name="Tải lên", exact=True).click()
    page.get_by_label("Chọn tệp").set_input_files(list(files))
    page.get_by_role("button", name="Tải lên").click()
    arrived(page, page.get_by_role("heading", name="Đã xong"))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_plan_is_brought_found_and_traced_both_ways(
    visit: Callable[..., Page], samples: Path, width: int, scripts: bool
) -> None:
    """Sign in, upload two PDFs, find one without accents, follow its citation, and see it from the other side."""
    page = visit(CONTRIBUTOR, width, scripts=scripts)
    upload(page, samples / PLAN, samples / DEPARTMENT_PLAN)
    expect(page.get_by_text("64/KH-SKHCN")).to_be_visible()

    page.get_by_label("Tìm văn bản").fill("so khoa hoc cong nghe thuc hien chuyen doi so")
    page.get_by_label("Tìm văn bản").press("Enter")
    page.get_by_role("link", name="Thực hiện Kế hoạch chuyển đổi số").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thực hiện Kế hoạch chuyển đổi số")

    page.locator("article a", has_text="28/KH-UBND").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chuyển đổi số tỉnh Lam Sơn năm 2026")
    citers = page.locator("#duoc-dan-chieu")
    expect(citers.get_by_role("link", name="64/KH-SKHCN").first).to_be_visible()
    citers.get_by_role("link", name="64/KH-SKHCN").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thực hiện Kế hoạch chuyển đổi số")


def test_a_citation_of_a_missing_document_leads_to_it_once_it_arrives(
    visit: Callable[..., Page], samples: Path
) -> None:
    """The page of a missing document names its citers, and is the document's own once that is uploaded."""
    page = visit(CONTRIBUTOR)
    upload(page, samples / DEPARTMENT_PLAN)
    page.get_by_role("link", name="Chưa có trong kho").click()
    page.get_by_role("link", name="28/KH-UBND").click()
    expect(page.get_by_role("link", name="64/KH-SKHCN").first).to_be_visible()
    missing = page.url
    upload(page, samples / PLAN)
    page.goto(missing)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chuyển đổi số tỉnh Lam Sơn năm 2026")


def test_a_number_opens_its_document_and_the_original_is_shown(visit: Callable[..., Page], samples: Path) -> None:
    """A number typed in another shape goes straight to the document, whose pages can be looked at as they are."""
    page = visit(CONTRIBUTOR)
    upload(page, samples / PLAN)
    page.keyboard.press("/")
    expect(page.get_by_label("Tìm văn bản")).to_be_focused()
    page.keyboard.type("28 kh ubnd")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chuyển đổi số tỉnh Lam Sơn năm 2026")
    page.get_by_role("link", name="Bản gốc").click()
    image = page.get_by_role("img", name="Trang 1").first
    expect(image).to_be_visible()
    assert until(lambda: image.evaluate("image => image.naturalWidth") > 800)


def test_files_chosen_before_the_scripts_came_are_taken_too(visit: Callable[..., Page], samples: Path) -> None:
    """Over a slow line a file can be chosen before the page's script is there: it is sent all the same."""
    page = visit(CONTRIBUTOR)
    with before_scripts(page, "/tai-len"):
        page.get_by_label("Chọn tệp").set_input_files(samples / PLAN)
    expect(page.locator("#chosen")).to_contain_text(PLAN)
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible()


def test_while_files_are_sent_no_others_are_chosen(visit: Callable[..., Page], samples: Path) -> None:
    """What was chosen meanwhile would be listed and left behind."""
    page = visit(CONTRIBUTOR)
    page.goto("/tai-len")
    page.get_by_label("Chọn tệp").set_input_files(samples / PLAN)
    with held_up(page, "**/tai-len"):
        page.get_by_role("button", name="Tải lên").click()
        expect(page.get_by_label("Chọn tệp")).to_be_disabled()
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible()


def test_files_are_added_to_those_chosen_and_taken_out_again(visit: Callable[..., Page], samples: Path) -> None:
    """Whoever chooses in two goes sends what was chosen in both, but for what was taken out of the list."""
    page = visit(CONTRIBUTOR)
    page.goto("/tai-len")
    chosen = page.locator("#chosen li")
    page.get_by_label("Chọn tệp").set_input_files(samples / PLAN)
    expect(chosen).to_have_count(1)
    page.get_by_label("Chọn tệp").set_input_files([samples / DEPARTMENT_PLAN, samples / "815-UBND-KSTT.pdf"])
    expect(chosen).to_have_count(3)
    page.get_by_role("button", name="Bỏ: 815-UBND-KSTT.pdf").click()
    expect(chosen).to_have_count(2)
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible()
    expect(page.locator(".files > li")).to_have_count(2)


def test_whoever_is_signed_out_meanwhile_signs_in_again_and_goes_on(visit: Callable[..., Page], samples: Path) -> None:
    """The page says so and keeps what was chosen, which is sent once another tab has signed in."""
    page = visit(CONTRIBUTOR)
    page.goto("/tai-len")
    page.get_by_label("Chọn tệp").set_input_files([samples / PLAN, samples / DEPARTMENT_PLAN])
    elsewhere = visit(CONTRIBUTOR)
    elsewhere.goto("/tai-khoan")
    others = elsewhere.get_by_role("button", name="Kết thúc mọi phiên khác")
    others.click()
    expect(others).to_have_count(0)

    page.get_by_role("button", name="Tải lên").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Phiên đăng nhập đã hết")
    expect(page.get_by_role("button", name=f"Bỏ: {PLAN}")).to_be_enabled()
    with page.context.expect_page() as opened:
        notice.get_by_role("link", name="Đăng nhập").click()
    sign_in(opened.value, CONTRIBUTOR)
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible()
    expect(page.locator(".files > li")).to_have_count(2)


def test_the_same_file_again_leads_to_its_holder(visit: Callable[..., Page], samples: Path) -> None:
    """Uploading the same bytes twice makes no second document and says where the first is."""
    page = visit(CONTRIBUTOR)
    upload(page, samples / PLAN)
    upload(page, samples / PLAN)
    expect(page.get_by_text("Đã có trong kho").first).to_be_visible()
    page.get_by_role("link", name="Chuyển đổi số tỉnh Lam Sơn năm 2026").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chuyển đổi số tỉnh Lam Sơn năm 2026")


def test_a_bad_file_is_refused_readably_and_harms_no_other(
    visit: Callable[..., Page], samples: Path, tmp_path: Path
) -> None:
    """Of two files the broken one says why it could not be read, and the other is taken in."""
    broken = tmp_path / "Kế hoạch 'hỏng'.pdf"
    broken.write_bytes((samples / PLAN).read_bytes()[:5000])
    page = visit(CONTRIBUTOR)
    upload(page, broken, samples / PLAN)
    expect(page.get_by_text("Tệp PDF bị cắt mất phần cuối")).to_be_visible()
    expect(page.get_by_text("28/KH-UBND").first).to_be_visible()


def test_a_reader_reads_and_is_offered_no_upload(visit: Callable[..., Page], samples: Path) -> None:
    """Someone who may only read sees the documents and no way to bring any."""
    page = visit(EDITOR)
    page.get_by_role("link", name="Tải lên", exact=True).click()
    page.get_by_label("Lưu hành nội bộ").check()
    page.get_by_label("Chọn tệp").set_input_files(samples / PLAN)
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible()
    page = visit(READER)
    expect(page.get_by_role("link", name="Tải lên", exact=True)).to_have_count(0)
    expect(page.get_by_text("28/KH-UBND")).to_be_visible()
