"""Make the README's picture of the search page: python -m scripts.screenshot [ADDRESS] [QUERY]

The archive must be running at ADDRESS with the sample documents in it; ARCHIVE_ADMIN_PASSWORD is admin's password.
"""

import os
import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parents[1] / "docs" / "search.png"
VIEW = {"width": 1280, "height": 860}


def main(address: str = "http://127.0.0.1:8000", query: str = "chuyen doi so") -> None:
    """Sign in, search, and keep what is seen in docs/search.png."""
    PICTURE.parent.mkdir(exist_ok=True)
    # the sandbox of Chromium does not start under root
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = browser.new_page(viewport=VIEW, locale="vi-VN", device_scale_factor=1.5)
        page.goto(f"{address}/dang-nhap")
        page.fill("#name", "admin")
        page.fill("#password", os.environ["ARCHIVE_ADMIN_PASSWORD"])
        page.press("#password", "Enter")
        page.wait_for_url(f"{address}/")
        page.goto(f"{address}/?{urlencode({'q': query})}")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=PICTURE)
        browser.close()
    sys.stderr.write(f"{PICTURE}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
