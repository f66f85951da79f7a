"""What a person waits for: the pages of a running server over an archive of made-up documents, asked for over HTTP.

.venv/bin/python -m bench.serving [--documents 1000] [--requests 200] [--instance FOLDER]

The documents are written straight into catalogue and index; an archive that FOLDER holds from an earlier run is served
as it is. Prints for the search page, the JSON search, the suggestions and the document page the median and the 95th
percentile, and what the server works for one; the memory of the server; then how long a 10-page PDF takes from upload
to being found, and 100 text files of 10 KB from upload to the last being read.
"""

import argparse
import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, urlencode

from archive import accounts
from archive.instance import Instance, create, open_instance
from bench.documents import ACTS, THINGS, WHO, make
from bench.filling import fill
from bench.pdf import pdf
from ingest.orthography import fold

PASSWORD = "mật khẩu của phép đo"
WAIT = 300.0  # seconds for anything to happen


class Browser:
    """One person at one browser: a kept connection, a session cookie, and the API token of the same account."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._token = {"Authorization": f"Bearer {token}"}
        self._cookie: dict[str, str] = {}

    def get(self, path: str) -> bytes:
        """Return the body of a page that answers 200."""
        return self._ask("GET", path, None, self._cookie, {200})

    def get_json(self, path: str) -> dict[str, object]:
        """Return the JSON of an answer of the API."""
        answer: dict[str, object] = json.loads(self._ask("GET", path, None, self._token, {200}))
        return answer

    def sign_in(self) -> None:
        """Sign in through the form, as a person does."""
        page = self.get("/dang-nhap").decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        form = urlencode({"csrf_token": token.group(1) if token else "", "name": "admin", "password": PASSWORD})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._ask("POST", "/dang-nhap", form.encode(), self._cookie | kind, {303})

    def upload(self, files: Iterable[tuple[str, bytes]]) -> str:
        """Send the files to the API in one request; return the job's id."""
        mark = "----ranh-gioi"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
            + body
            + b"\r\n"
            for name, body in files
        ]
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        answer = json.loads(self._ask("POST", "/api/v1/documents", body, self._token | kind, {202}))
        return str(answer["job"])

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str], wanted: set[int]) -> bytes:
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status not in wanted:
            raise SystemExit(f"{method} {path}: {answer.status} {content[:300].decode(errors='replace')}")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self._cookie = {"Cookie": cookie.split(";")[0]}
        return content


def main() -> None:
    """Fill an archive, serve it, ask it, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=200, help="of each kind of page")
    parser.add_argument("--instance", type=Path, help="where the archive is kept for another run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        directory = options.instance or Path(folder) / "kho"
        if not directory.exists():
            _filled(directory, options.documents)
        with open_instance(directory) as instance:
            _measure(instance, options.documents, options.requests)


def _filled(directory: Path, documents: int) -> None:
    with create(directory, PASSWORD) as instance:
        seconds = _timed(lambda: fill(instance, documents))
    print(f"{documents} documents written: {seconds:.0f} s, {documents / seconds:.0f} a second")


def _measure(instance: Instance, documents: int, requests: int) -> None:
    with instance.catalogue.session() as session:
        token = accounts.issue_token(session, "admin")
    with _served(instance) as (port, process):
        browser = Browser(port, token)
        browser.sign_in()
        _measure_pages(browser, process, documents, requests)
        print(f"memory of the server: {_megabytes(process):.0f} MB")
        fresh = time.time_ns()  # an archive that is kept holds the files of earlier runs
        _measure_upload(browser, "a 10-page PDF", [("ke-hoach.pdf", pdf(pages=10, seed=fresh))])
        texts = [(f"{n}.txt", document.text.encode()) for n, document in enumerate(make(100, seed=fresh))]
        _measure_upload(browser, "100 text files in one request", texts)


@contextmanager
def _served(instance: Instance) -> Iterator[tuple[int, int]]:
    """Serve the archive meanwhile; yield the port and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "archive", "--instance", str(instance.directory), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        _until(lambda: _answers(port))
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _measure_pages(browser: Browser, process: int, documents: int, requests: int) -> None:
    draw = random.Random(3)
    searches = [f"q={quote(_typed(draw))}" for _ in range(requests)]
    beginnings = [f"q={quote(_typed(draw)[: draw.randint(2, 12)])}" for _ in range(requests)]
    numbers = [draw.randrange(1, documents + 1) for _ in range(requests)]

    def report(what: str, acts: Iterable[Callable[[], object]]) -> None:
        before = _processor_seconds(process)
        seconds = [_timed(act) for act in acts]
        spent = (_processor_seconds(process) - before) / len(seconds)
        print(
            f"{what}: median {median(seconds) * 1000:.0f} ms, p95 {quantiles(seconds, n=20)[18] * 1000:.0f} ms, "
            f"{spent * 1000:.0f} ms of a processor, {len(seconds)} requests"
        )

    report("search page", [partial(browser.get, f"/?{q}") for q in searches])
    report("search page, second of the results", [partial(browser.get, f"/?{q}&page=2") for q in searches])
    report("JSON search", [partial(browser.get_json, f"/api/v1/search?{q}") for q in searches])
    report("suggestions", [partial(browser.get_json, f"/api/v1/suggest?{q}") for q in beginnings])
    report("document page", [partial(browser.get, f"/van-ban/{number}") for number in numbers])


def _processor_seconds(process: int) -> float:
    user, system = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(row.split()[1]) / 1024 for row in status.splitlines() if row.startswith("VmRSS:"))


def _typed(draw: random.Random) -> str:
    """What staff type: two or three things, half of them without accents, some as a phrase."""
    words = f"{draw.choice(ACTS)} {draw.choice(THINGS)}"
    shapes = (words, fold(words), f'"{draw.choice(THINGS)}" {draw.choice(WHO)}', fold(draw.choice(THINGS)))
    return draw.choice(shapes)


def _measure_upload(browser: Browser, what: str, files: list[tuple[str, bytes]]) -> None:
    def bring() -> None:
        job = browser.upload(files)
        _until(lambda: browser.get_json(f"/api/v1/jobs/{job}")["state"] not in {"queued", "running"})

    print(f"{what}, from upload to searchable: {_timed(bring):.2f} s")


def _until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT
    while not happened():
        if time.monotonic() > end:
            raise SystemExit("waited in vain")
        time.sleep(0.05)


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
