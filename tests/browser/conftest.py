"""A served archive and a real browser: Debian's Chromium, driven as a person uses it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from archive import accounts
from archive.instance import create
from archive.workflow import Role

PASSWORD = "Hoa-ban-trang-2026"
CONTRIBUTOR = "lan"
READER = "minh"
EDITOR = "thu"


@pytest.fixture(scope="module")  # no longer: while Playwright runs, nothing else can run an event loop, as pyHanko does
def chromium() -> Iterator[Browser]:
    """The browser; without it these tests are skipped, saying so."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root; the pages it opens here are our own
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of `archive serve` over a new instance with a contributor, a reader and an editor."""
    with create(tmp_path / "kho", PASSWORD) as instance, instance.catalogue.session() as session:
        accounts.add_user(session, CONTRIBUTOR, PASSWORD, Role.CONTRIBUTOR)
        accounts.add_user(session, READER, PASSWORD, Role.READER)
        accounts.add_user(session, EDITOR, PASSWORD, Role.EDITOR)
    command = [sys.executable, "-m", "archive", "--instance", str(tmp_path / "kho"), "serve", "--port", "0"]
    with Popen(command, stdout=PIPE, text=True) as server:  # noqa: S603 - our own
        assert server.stdout is not None
        yield server.stdout.readline().split()[4]
        server.terminate()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open the archive in a fresh window and sign in; a page that scripts fail on fails the test."""
    contexts = []
    faults: list[str] = []

    def visit(name: str, width: int = 1280, *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(name)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults
