"""What code that took over the reading process could still do: nothing on the network, little on the machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.bounded import BoundedReader
from tests.conftest import ROOT, until
from tests.ingest import papers
from tests.ingest.test_bounded import child_of, processes

CONFINED = """
import os, socket, time
from ingest.bounded.confinement import confine
from ingest.bounded.limits import Limits
unbounded = confine(Limits(processes=20))
print(*unbounded, flush=True)
"""


@pytest.fixture
def confined(tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Run Python code in a confined process; return it, its output to be read. It ends with the test."""
    started: list[subprocess.Popen[str]] = []

    def confined(code: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, code from below
            [sys.executable, "-c", CONFINED + code],
            env={"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        if lacking := process.stdout.readline().strip():
            pytest.skip(f"this system permits no {lacking}")
        return process

    yield confined
    for process in started:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK"])
def test_no_socket_can_be_opened(confined, family):
    """There is no network of any kind, and no way to tell what there is of it."""
    process = confined(f"""
try:
    socket.socket(socket.{family})
except OSError as error:
    print(error.errno)
""")
    assert process.stdout.read() == "1\n"


def test_nobody_elses_local_socket_is_reached(confined, tmp_path):
    """A database or a desktop on this machine is as far away as another machine."""
    with socket.socket(socket.AF_UNIX) as theirs:
        theirs.bind(str(tmp_path / "socket"))
        theirs.listen()
        (tmp_path / "socket").chmod(0o777)
        process = confined(f"""
own = socket.socket(socket.AF_UNIX)
try:
    own.connect({str(tmp_path / "socket")!r})
except OSError as error:
    print(error.errno)
""")
        assert process.stdout.read() == "1\n"


def test_what_forks_without_end_comes_to_an_end(confined):
    """A process that only makes more of itself stops at the bound, and all of it dies with its group."""
    bomb = confined("""
while True:
    try:
        os.fork()
    except BlockingIOError:
        time.sleep(0.1)
""").pid

    def size() -> int:
        return sum(process.group == bomb and process.state not in "ZX" for process in processes())

    assert until(lambda: size() == 20)
    time.sleep(0.3)
    assert size() == 20
    os.killpg(bomb, signal.SIGKILL)
    assert until(lambda: size() == 0)


@pytest.mark.parametrize("call", ["os.setsid()", "os.setpgid(0, 0)"])
def test_nothing_leaves_the_group_with_which_it_ends(confined, call):
    """What the reading process starts cannot become a process of its own."""
    process = confined(f"""
if os.fork() == 0:
    try:
        {call}
    except OSError as error:
        print(error.errno, flush=True)
    os._exit(0)
os.wait()
""")
    assert process.stdout.read() == "1\n"


def test_the_reading_process_is_confined(confined, tmp_path):
    """A file is read under the filter, within the count, and not as root."""
    confined("")  # skips the test where the system permits no such bounds
    with BoundedReader() as reader:
        reader.read(papers.letter(tmp_path / "a.pdf"))
        about = Path("/proc") / str(child_of(reader))
        told = dict(line.split(":\t", 1) for line in (about / "status").read_text().splitlines())
        limits = (about / "limits").read_text()
    assert (told["Seccomp"], told["NoNewPrivs"]) == ("2", "1")
    assert "0" not in told["Uid"].split()
    assert limits.split("Max processes")[1].split()[:2] == ["256", "256"]
