"""The child process as the parent holds it: its pipes, its end, and what it said last."""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from ingest import rules
from ingest.bounded.limits import Limits
from ingest.bounded.messages import Reply, Request

_ROOT = Path(__file__).parents[2]
_CHUNK = 1 << 18
_REPLY_MOST = 1 << 28  # bytes; no record is that long
_LAST_WORDS = 2000  # bytes of the child's standard error that go to the log
_encode = msgspec.json.Encoder().encode
_decode: Callable[[bytes], Reply] = msgspec.json.Decoder(Reply).decode


class Gone(Exception):
    """The child has closed its end: it died or was killed."""


class Late(Exception):
    """The child has not answered in time."""


class Child:
    """A running child; holds the process and all that it started, its pipes, its temporary files until `end`."""

    def __init__(self, limits: Limits) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._scratch = tempfile.TemporaryDirectory(prefix="ingest-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "ingest.bounded", _encode(limits), *_own_rules()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "PATH": os.defpath, "TMPDIR": self._scratch.name},
            start_new_session=True,  # Ctrl-C in a terminal is for the parent; and what it starts can be killed with it
            bufsize=0,
        )
        self._replies = _open(self._process.stdout)
        self._requests = _open(self._process.stdin)
        self._unread = b""

    def send(self, request: Request) -> None:
        """Send a request. Raises Gone when nobody is there to take it."""
        try:
            self._requests.write(_encode(request) + b"\n")
        except BrokenPipeError as error:
            raise Gone from error

    def receive(self, deadline: float) -> Reply:
        """Return the next reply. Raises Late at `deadline` (of time.monotonic), Gone when none will come."""
        chunks = [self._unread]
        size = len(self._unread)
        with selectors.DefaultSelector() as selector:
            selector.register(self._replies, selectors.EVENT_READ)
            while b"\n" not in chunks[-1]:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise Late
                chunks.append(os.read(self._replies.fileno(), _CHUNK))
                size += len(chunks[-1])
                if not chunks[-1] or size > _REPLY_MOST:
                    raise Gone
        line, self._unread = b"".join(chunks).split(b"\n", 1)
        try:
            return _decode(line)
        except msgspec.MsgspecError as error:
            raise Gone from error

    def is_alive(self) -> bool:
        """Say whether the child still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Kill the child and what it started, from any thread; it is still to be ended."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self, patience: float = 0.0) -> tuple[int, str]:
        """End the child, by force when it has not gone by itself after `patience` seconds, and close all that is held.

        Returns how it ended, as subprocess counts it, and its last words.
        """
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self.kill()  # what it started outlives it otherwise
        status = self._process.wait()
        self._requests.close()
        self._replies.close()
        self._scratch.cleanup()
        with self._errors as errors:
            errors.seek(max(0, errors.seek(0, os.SEEK_END) - _LAST_WORDS))
            return status, errors.read().decode(errors="replace")


def _own_rules() -> list[str]:
    folder = rules.folder()
    return [str(folder.absolute())] if folder else []


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise TypeError("a pipe was asked for")
    return pipe
