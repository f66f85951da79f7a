"""The asking side: one child at a time, reused from file to file, replaced when it passes a bound or dies."""

import logging
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self, TypeVar

from ingest.bounded.child import Child, Gone, Late
from ingest.bounded.limits import Limits, page_too_slow, too_big, too_slow
from ingest.bounded.messages import (
    Failed,
    HasMade,
    HasRead,
    HasRendered,
    MakeSearchable,
    Progress,
    Read,
    Ready,
    Render,
    Request,
)
from ingest.errors import DamagedFile, EmptyFile, EncryptedFile, ReadingError, TooLarge, UnknownFormat
from ingest.readers.reading import Progress as OnProgress
from ingest.record import Record

log = logging.getLogger(__name__)

_START_SECONDS = 60.0
_DYING_SECONDS = 2.0
_ERRORS = {error.code: error for error in (EmptyFile, UnknownFormat, DamagedFile, EncryptedFile, TooLarge)}
# How PDFium and C++ end the process when the system refuses them memory.
_REFUSED_MEMORY = (-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL)
_Answer = TypeVar("_Answer", HasRead, HasRendered, HasMade)


class BoundedReader:
    """Reads files and draws pages in a child process, within limits; holds at most one child.

    `trust` is a folder of certificates that may vouch for digital signatures.
    The child starts with the first file and lives until `close`. One thread at a time may ask; any thread may close,
    and then whoever waits for an answer gets a ReadingError.
    """

    def __init__(self, limits: Limits | None = None, trust: Path | None = None) -> None:
        self.limits = limits or Limits()
        self._trust = os.fsencode(trust.absolute()) if trust else None
        self._child: Child | None = None
        self._unbounded: tuple[str, ...] = ()
        self._is_closed = False
        self._asking = RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, path: Path, progress: OnProgress | None = None) -> Record:
        """Return what the file says; `progress` is called as pages are read, and what it raises stops it.

        Raises a ReadingError, TooLarge naming the bound that was passed; OSError when the file cannot be opened.
        """
        answer = self._ask(Read(_openable(path), self._trust), HasRead, progress)
        return replace(answer.record, file=str(path))

    def render_page(self, path: Path, page: int, width: int) -> bytes:
        """Return page `page` (from 1) of a PDF as a WebP image `width` pixels wide. Raises as `read` does."""
        return self._ask(Render(_openable(path), page, width), HasRendered).image

    def make_searchable(self, path: Path, record: Record) -> bytes:
        """Return the searchable rendition of a file that was read into the record, a PDF. Raises as `read` does."""
        return self._ask(MakeSearchable(_openable(path), record), HasMade).pdf

    def unbounded(self) -> tuple[str, ...]:
        """Return the bounds, in English and with the reason, that the system does not let a child have here."""
        with self._asking:
            self._living_child()
            return self._unbounded

    def close(self) -> None:
        """End the child, whatever it does; nothing can be asked any more. Closing twice does nothing."""
        self._is_closed = True
        if child := self._child:
            child.kill()
        with self._asking:
            self._end_child()

    def _ask(self, request: Request, kind: type[_Answer], progress: OnProgress | None = None) -> _Answer:
        with self._asking:
            if self._is_closed:
                raise ReadingError("Bộ đọc đã đóng; hãy mở lại rồi đọc tệp.")
            reply: _Answer | Failed | None = None
            try:
                reply = self._reply(request, kind, progress)
            except Gone as error:
                raise self._post_mortem() from error
            finally:
                if reply is None or _has_filled_memory(reply):
                    self._end_child()
        if isinstance(reply, Failed):
            log.info("a file could not be read: %s (%s)", reply.message, reply.cause)
            raise _ERRORS.get(reply.code, ReadingError)(reply.message)
        return reply

    def _reply(self, request: Request, kind: type[_Answer], progress: OnProgress | None) -> _Answer | Failed:
        """Return what the child says in the end. Raises TooLarge when it takes too long, Gone, what progress raises."""
        child = self._living_child()
        child.send(request)
        deadline, late = time.monotonic() + self.limits.seconds, too_slow(self.limits)
        while True:
            try:
                reply = child.receive(deadline)
            except Late as error:
                raise late from error
            match reply:
                case Progress(page, total, recognising):
                    longer = time.monotonic() + self.limits.page_seconds
                    if self.limits.page_seconds and longer > deadline:
                        deadline = longer
                        late = page_too_slow(self.limits, page + 1) if page < total else too_slow(self.limits)
                    if progress:
                        progress(page, total, recognising=recognising)
                case Failed():
                    return reply
                case _ if isinstance(reply, kind):
                    return reply

    def _living_child(self) -> Child:
        if self._child and self._child.is_alive():
            return self._child
        self._end_child()
        self._child = child = Child(self.limits)
        try:
            ready = child.receive(time.monotonic() + _START_SECONDS)
        except (Gone, Late) as error:
            status, last_words = self._end_child(_DYING_SECONDS)
            raise RuntimeError(f"the reading process does not start (status {status}): {last_words}") from error
        self._unbounded = ready.unbounded if isinstance(ready, Ready) else ()
        if self._unbounded:
            log.warning("files are read without %s", ", without ".join(self._unbounded))
        return child

    def _end_child(self, patience: float = 0.0) -> tuple[int, str]:
        child, self._child = self._child, None
        return child.end(patience) if child else (0, "")

    def _post_mortem(self) -> ReadingError:
        status, last_words = self._end_child(_DYING_SECONDS)
        if self._is_closed:
            return ReadingError("Việc đọc tệp đã bị dừng; hãy đọc lại khi cần.")
        log.warning("the reading process ended with status %s: %s", status, last_words)
        if status == -signal.SIGXCPU:
            return too_slow(self.limits)
        if status in _REFUSED_MEMORY:
            return too_big(self.limits)
        return DamagedFile("Tệp làm bộ đọc dừng đột ngột, có thể đã bị hỏng; hãy xuất lại tệp từ bản gốc.")


def _has_filled_memory(reply: object) -> bool:
    return isinstance(reply, Failed) and reply.code == TooLarge.code


def _openable(path: Path) -> bytes:
    with path.open("rb"):
        return os.fsencode(path.absolute())
