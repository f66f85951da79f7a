"""The production server: waitress for the pages and, started and stopped with it, the process that takes files in."""

import errno
import gc
import logging
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType

import waitress
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from archive import create_app, disposal
from archive.errors import ArchiveError
from archive.instance import Instance
from archive.web.errors import problem, words

_PAUSE = 1.0  # seconds before a worker that died is replaced
_PATIENCE = 15.0  # seconds that a worker asked to stop may take
_CONNECTIONS_MOST = 500  # a browser holds six, and whoever sends slowly one; each is an open file, of 1,024 by default
_SILENCE_MOST = 60  # seconds before a connection on which nothing comes is closed
_log = logging.getLogger(__name__)


class _Refusal(ErrorTask):  # type: ignore[misc]  # waitress carries no types
    """What waitress itself refuses, a body far too large above all, told as the API tells it."""

    def execute(self) -> None:
        """Write the answer and close the connection."""
        error = self.request.error
        answer = problem(error.code, words(error.code)[1])
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(answer.headers.items())
        self.set_close_on_finish()
        self.write(answer.get_data())


class _Channel(HTTPChannel):  # type: ignore[misc]  # likewise
    error_task_class = _Refusal


class Worker:
    """The process that takes deposited files in; one that dies is replaced, until `close`.

    It also ends by itself when this process is gone, however that came: its standard input ends then.
    """

    def __init__(self, directory: Path) -> None:
        self._command = [sys.executable, "-m", "archive", "--instance", str(directory), "work"]
        self._stopping = threading.Event()
        self._changing = threading.Lock()
        self._process = self._start()
        self._watch = threading.Thread(target=self._keep, daemon=True)
        self._watch.start()

    def close(self) -> None:
        """Stop the process: what it was reading is read again at the next start."""
        with self._changing:
            self._stopping.set()
            self._process.terminate()
        self._watch.join(_PATIENCE)
        self._process.kill()
        self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        # in a session of its own, for a Ctrl-C in the terminal is the server's to hear
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own

    def _keep(self) -> None:
        while True:
            status = self._process.wait()
            if self._stopping.wait(_PAUSE):
                return
            _log.error("the worker process ended with status %d; another is started", status)
            with self._changing:
                if self._stopping.is_set():
                    return
                self._process = self._start()


def serve(instance: Instance, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the instance until Ctrl-C or SIGTERM; `announce` is called with each address once it answers.

    Needs the main thread. Raises ArchiveError when the address cannot be had.
    """
    settings = instance.settings
    disposal.sweep(instance)
    with closing(_listening(host, port)) as listening:
        server = waitress.create_server(
            create_app(instance),
            sockets=[listening],
            threads=settings.threads,
            url_scheme="https" if settings.https else "http",
            trusted_proxy=settings.proxy,
            trusted_proxy_headers={"x-forwarded-for"} if settings.proxy else set(),
            # waitress hangs up on more, and a browser then shows no answer: what is a little too large gets the pages'
            max_request_body_size=2 * settings.upload_megabytes << 20,
            connection_limit=_CONNECTIONS_MOST,
            channel_timeout=_SILENCE_MOST,
            asyncore_use_poll=True,
            ident=None,
        )
        server.channel_class = _Channel
        for stop in (signal.SIGINT, signal.SIGTERM):  # both, for a script's background job starts with Ctrl-C ignored
            signal.signal(stop, _end)
        with closing(server), closing(Worker(instance.directory)):
            for address in _addresses(host, listening.getsockname()[1]):
                announce(address)
            _spare_from_collection()
            server.run()


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"Cổng {port} đang được chương trình khác dùng; hãy chọn cổng khác với --port."
        else:
            message = f"Không mở được {host}, cổng {port} ({error.strerror}); hãy chọn lại với --host, --port."
        raise ArchiveError(message) from error


def _addresses(host: str, port: int) -> list[str]:
    hosts = ["127.0.0.1", socket.gethostname()] if host in {"0.0.0.0", "::"} else [host]  # noqa: S104 - only compared
    return [f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}" for host in hosts]


def _spare_from_collection() -> None:
    """Never look for garbage among what is there from the start: a page in seventy waited 100 ms for that."""
    gc.collect()
    gc.freeze()


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
