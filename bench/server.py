"""A server of its own for a measurement, and browsers that ask it over HTTP."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

PASSWORD = "mật khẩu của phép đo"
WAIT = 300.0  # seconds for anything to happen
CUT_OFF = (OSError, http.client.HTTPException)
"""What a browser sees of a server that is killed."""
_MARK = "----ranh-gioi"
_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Unexpected(Exception):
    """An answer that is not the one asked for."""


class Browser:
    """One person at one browser: a kept connection, a session cookie, and the API token of the same account, if any."""

    def __init__(self, port: int, token: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._token = {"Authorization": f"Bearer {token}"}
        self._cookie: dict[str, str] = {}
        self._form: dict[str, str] = {}  # what the form of uploads carries, once it was opened

    def get(self, path: str) -> bytes:
        """Return the body of a page that answers 200."""
        return self._ask("GET", path, None, self._cookie, {200})

    def get_json(self, path: str) -> dict[str, object]:
        """Return the JSON of an answer of the API."""
        answer: dict[str, object] = json.loads(self._ask("GET", path, None, self._token, {200}))
        return answer

    def sign_in(self, name: str = "admin") -> None:
        """Sign in through the form, as a person does."""
        form = urlencode({"csrf_token": self._csrf("/dang-nhap"), "name": name, "password": PASSWORD})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._ask("POST", "/dang-nhap", form.encode(), self._cookie | kind, {303})

    def upload(self, files: Iterable[tuple[str, bytes]]) -> str:
        """Send the files to the API in one request; return the job's id."""
        body, kind = _multipart({}, files)
        return str(json.loads(self._ask("POST", "/api/v1/documents", body, self._token | kind, {202}))["job"])

    def send(self, file: tuple[str, bytes], job: str | None) -> str:
        """Send a file as the page's script does, into the job or a new one; return the job's id."""
        self._form = self._form or {"csrf_token": self._csrf("/tai-len")}
        body, kind = _multipart(self._form | ({"job": job} if job else {}), [file])
        headers = self._cookie | kind | {"Accept": "application/json"}
        return str(json.loads(self._ask("POST", "/tai-len", body, headers, {201}))["job"])

    def submit(self, path: str, fields: dict[str, str]) -> None:
        """Send the form of a page, which carries its token, and take the address that the answer leads to for read."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._ask("POST", path, urlencode(fields).encode(), self._cookie | kind, {303})

    def _csrf(self, form: str) -> str:
        token = _CSRF.search(self.get(form).decode())
        return token.group(1) if token else ""

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str], wanted: set[int]) -> bytes:
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except CUT_OFF:
            self._connection.close()  # the next question opens another
            raise
        if answer.status not in wanted:
            raise Unexpected(f"{method} {path}: {answer.status} {content[:300].decode(errors='replace')}")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self._cookie = {"Cookie": cookie.split(";")[0]}
        return content


def _multipart(fields: dict[str, str], files: Iterable[tuple[str, bytes]]) -> tuple[bytes, dict[str, str]]:
    """Return the body of a form and the header that says how it is parted."""
    parts = [
        f'--{_MARK}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    parts += [
        f'--{_MARK}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + body + b"\r\n"
        for name, body in files
    ]
    return b"".join(parts) + f"--{_MARK}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={_MARK}"}


class Server:
    """An archive's server in a process of its own, killed and started anew as is wished."""

    def __init__(self, directory: Path, port: int = 0) -> None:
        self.port = port or _free_port()
        self._command = [sys.executable, "-m", "archive", "--instance", str(directory), "serve"]
        self._process = self._started()

    @property
    def pid(self) -> int:
        """The process that answers."""
        return self._process.pid

    def worker(self) -> int | None:
        """Return the process that takes files in; None while there is none."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return int(children[0]) if children else None

    def restart(self) -> None:
        """Kill the process in the midst of whatever it does, and start another."""
        self._process.kill()
        self._process.wait()
        self._process = self._started()

    def stop(self) -> None:
        """Ask the process to end, and wait until it has."""
        self._process.terminate()
        self._process.wait(30)

    def _started(self) -> subprocess.Popen[bytes]:
        command = [*self._command, "--port", str(self.port)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
        until(lambda: _answers(self.port))
        return process


@contextmanager
def served(directory: Path) -> Iterator[Server]:
    """Serve the archive meanwhile."""
    server = Server(directory)
    try:
        yield server
    finally:
        server.stop()


def processor_seconds(process: int) -> float:
    """Return what a process has worked so far."""
    user, system = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def megabytes(process: int) -> float:
    """Return the memory that a process has at present."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(row.split()[1]) / 1024 for row in status.splitlines() if row.startswith("VmRSS:"))


def until(happened: Callable[[], bool]) -> None:
    """Wait for something to happen, some minutes at most."""
    end = time.monotonic() + WAIT
    while not happened():
        if time.monotonic() > end:
            raise SystemExit("waited in vain")
        time.sleep(0.05)


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds the act takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
