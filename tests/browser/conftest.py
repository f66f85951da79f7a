"""A served archive and a real browser: Debian's Chromium, driven as a person uses it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

from archive import accounts
from archive.instance import create
from archive.workflow import Role
from tests.conftest import PATIENCE

PASSWORD = "Hoa-ban-trang-2026"
CONTRIBUTOR = "lan"
READER = "minh"
EDITOR = "thu"

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="module")  # no longer: while Playwright runs, nothing else can run an event loop, as pyHanko does
def chromium() -> Iterator[Browser]:
    """The browser; without it these tests are skipped, saying so."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root; the pages it opens here are our own
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=options, timeout=1000 * PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an instance with a contributor, a reader and an editor, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "kho"
    with create(folder, PASSWORD) as instance, instance.catalogue.session() as session:
        accounts.add_user(session, CONTRIBUTOR, PASSWORD, Role.CONTRIBUTOR)
        accounts.add_user(session, READER, PASSWORD, Role.READER)
        accounts.add_user(session, EDITOR, PASSWORD, Role.EDITOR)
    return folder


@pytest.fixture
def address(made: Path, tmp_path: Path) -> Iterator[str]:
    """The address of `archive serve` over an instance of the test's own."""
    kho = shutil.copytree(made, tmp_path / "kho")
    command = [sys.executable, "-m", "archive", "--instance", str(kho), "serve", "--port", "0"]
    with Popen(command, stdout=PIPE, text=True) as server:  # noqa: S603 - our own
        assert server.stdout is not None
        yield server.stdout.readline().split()[4]
        server.terminate()


def arrived(page: Page, mark: Locator) -> None:
    """Wait for the page that the mark is on, and for its scripts, which come after what they work on."""
    expect(mark).to_be_visible()
    page.wait_for_load_state()


def sign_in(page: Page, name: str) -> None:
    """Sign in on the page that asks for it, and wait for the page that was wanted."""
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    arrived(page, page.get_by_role("button", name="Đăng xuất"))


@contextmanager
def held_up(page: Page, pattern: str) -> Iterator[None]:
    """Keep what the page asks for at such addresses from it until the block ends, as a slow line does."""
    held: list[Route] = []
    holding = True

    def hold(route: Route) -> None:
        if holding:
            held.append(route)
        else:  # asked for while those held are let go
            route.continue_()

    page.route(pattern, hold)
    yield
    holding = False
    for route in held:
        route.continue_()
    page.unroute(pattern)


@contextmanager
def before_scripts(page: Page, path: str) -> Iterator[None]:
    """Open a page on which the block acts before its scripts come; after it they are there."""
    with held_up(page, "**/*.js*"):
        page.goto(path, wait_until="commit")
        yield
    page.wait_for_load_state()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open the archive in a fresh window and sign in; a page that scripts fail on fails the test."""
    contexts = []
    faults: list[str] = []

    def visit(name: str, width: int = 1280, *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto("/")
        sign_in(page, name)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults
