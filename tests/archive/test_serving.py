"""The server and its worker process, started and stopped together."""

import json
import os
import re
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from subprocess import PIPE, Popen
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from archive.cli import main
from tests.conftest import PATIENCE, until


@contextmanager
def _serving(kho: Path) -> Iterator[tuple[Popen[str], str]]:
    """Run `archive serve` on a free port; give the process and the address that it prints."""
    command = [sys.executable, "-m", "archive", "--instance", str(kho), "serve", "--port", "0"]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True, start_new_session=True) as process:  # noqa: S603 - our own
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().split()[4]
        finally:
            process.kill()


def _workers(kho: Path) -> list[int]:
    """The ids of the processes whose command line is that of this instance's worker."""
    words = ["--instance", str(kho), "work"]
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_text().split("\0")[-4:-1] == words:
                found.append(int(path.parent.name))
        except OSError:
            continue  # ended while we looked
    return found


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_server_and_worker_stop_together(kho: Path, stop: signal.Signals) -> None:
    """A printed address answers; Ctrl-C or SIGTERM ends the server and the worker with success."""
    with _serving(kho) as (process, address):
        with urlopen(f"{address}/healthz") as answer:  # noqa: S310 - our own
            assert answer.status == 200
        assert until(lambda: len(_workers(kho)) == 1)
        process.send_signal(stop)
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    assert _workers(kho) == []


def test_a_worker_that_dies_is_replaced(kho: Path) -> None:
    """When the worker process is killed another takes its place."""
    with _serving(kho) as (process, _):
        assert until(lambda: bool(_workers(kho)))
        (first,) = _workers(kho)
        os.kill(first, signal.SIGKILL)
        assert until(lambda: bool(_workers(kho)) and _workers(kho) != [first])
        process.terminate()
        assert process.wait(PATIENCE) == 0
    assert _workers(kho) == []


def test_a_killed_server_leaves_no_worker(kho: Path) -> None:
    """When the server is killed outright its worker ends by itself."""
    with _serving(kho) as (process, _):
        assert until(lambda: bool(_workers(kho)))
        process.kill()
    assert until(lambda: not _workers(kho))


def test_a_port_in_use_is_said(kho: Path) -> None:
    """A port that another program has is named, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = CliRunner().invoke(main, ["--instance", str(kho), "serve", "--port", str(port)])
    assert refused.exit_code == 1
    assert refused.stderr == f"Lỗi: Cổng {port} đang được chương trình khác dùng; hãy chọn cổng khác với --port.\n"


def test_what_the_server_itself_refuses_is_told_as_the_api_tells_it(kho: Path) -> None:
    """A body far over the limit is not taken in at all, and answered with problem+json."""
    with _serving(kho) as (process, address):
        sender = HTTPConnection(address.removeprefix("http://"))
        sender.putrequest("POST", "/api/v1/documents")
        sender.putheader("Content-Length", str(10**12))
        sender.endheaders()
        answer = sender.getresponse()
        assert (answer.status, answer.headers["Content-Type"]) == (413, "application/problem+json")
        assert json.load(answer)["title"] == "Tệp gửi lên quá lớn"
        sender.close()
        process.terminate()
        assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize("proxy", ["127.0.0.1", ""])
def test_failed_sign_ins_are_counted_by_where_the_proxy_says_they_come_from(kho: Path, proxy: str) -> None:
    """Behind a proxy that is named, one machine's do not hold up another; nobody else is believed."""
    settings = kho / "config.toml"
    settings.write_text(settings.read_text().replace('# proxy = ""', f'proxy = "{proxy}"'))
    with _serving(kho) as (process, address):
        asked = HTTPConnection(address.removeprefix("http://"))
        asked.request("GET", "/dang-nhap")
        form = asked.getresponse()
        cookie = form.headers["Set-Cookie"].partition(";")[0]
        token = re.search(r'name="csrf_token" value="([^"]+)"', form.read().decode())
        assert token

        def refused(name: str, machine: str) -> int:
            said = urlencode({"csrf_token": token[1], "name": name, "password": "sai"})
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": cookie,
                "X-Forwarded-For": machine,
            }
            asked.request("POST", "/dang-nhap", said, headers)
            answer = asked.getresponse()
            answer.read()
            return answer.status

        assert [refused(f"a{n}", "10.0.0.7") for n in range(21)] == [422] * 20 + [429]
        assert refused("b", "10.0.0.8") == (422 if proxy else 429)
        asked.close()
        process.terminate()
        assert process.wait(PATIENCE) == 0


def test_whoever_sends_slowly_holds_nobody_up(kho: Path) -> None:
    """With far more uploads begun than requests are served at once, none of them coming on, a page answers."""
    head = b"POST /tai-len HTTP/1.1\r\nHost: kho\r\nContent-Type: multipart/form-data\r\nContent-Length: 100000\r\n\r\n"
    with _serving(kho) as (process, address):
        host, port = address.removeprefix("http://").split(":")
        with ExitStack() as slow:
            for _ in range(200):
                sender = slow.enter_context(socket.create_connection((host, int(port))))
                sender.sendall(head + b"--x")
            with urlopen(f"{address}/healthz", timeout=50) as answer:  # noqa: S310 - sooner than they are hung up on
                assert answer.status == 200
        process.terminate()
        assert process.wait(PATIENCE) == 0
