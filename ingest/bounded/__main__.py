"""The child: reads one request a line, answers one reply a line, within bounds that it cannot lift again.

Programs that it starts to read a file (LibreOffice) live in its process group, which ends with it.
"""

import gc
import os
import resource
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import IO

import msgspec

import ingest
from ingest import rules
from ingest.bounded.confinement import confine
from ingest.bounded.limits import Limits, too_big, too_long
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
    Reply,
    Request,
)
from ingest.errors import DamagedFile, ReadingError
from ingest.render import render_page
from ingest.searchable import searchable

_NEW_OBJECTS = 50_000  # between two looks for garbage: words are made by the ten thousand, and kept


def main(limits: Limits, own_rules: str | None = None) -> None:
    """Answer requests from standard input until it ends, reading by the rules in the folder `own_rules` too."""
    replies = _own_output()
    if own_rules:
        rules.add(Path(own_rules))
    unbounded = confine(limits)
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
    _say(replies, Ready(unbounded))
    for line in sys.stdin.buffer:
        _say(replies, _reply(msgspec.json.decode(line, type=Request), limits, replies))


def _reply(request: Request, limits: Limits, replies: IO[bytes]) -> Reply:
    allowed = _spent_cpu() + limits.seconds
    _allow_cpu(allowed)

    def progress(page: int, total: int, *, recognising: bool = False) -> None:
        if total > limits.pages:
            raise too_long(limits, total)
        _allow_cpu(max(allowed, _spent_cpu() + limits.page_seconds))
        _say(replies, Progress(page, total, recognising))

    try:
        match request:
            case Read(path, trust):
                record = ingest.read(Path(os.fsdecode(path)), progress, Path(os.fsdecode(trust)) if trust else None)
                return HasRead(replace(record, file=""))
            case Render(path, page, width):
                return HasRendered(render_page(Path(os.fsdecode(path)), page, width))
            case MakeSearchable(path, record):
                return HasMade(searchable(Path(os.fsdecode(path)), record))
    except MemoryError:
        error: ReadingError = too_big(limits)
    except ReadingError as refused:
        error = refused
    except OSError as failed:
        error = DamagedFile("Không đọc được tệp từ ổ đĩa; hãy kiểm tra tệp rồi gửi lại.")
        error.__cause__ = failed
    return Failed(error.code, str(error), "".join(traceback.format_exception_only(error.__cause__)).strip())


def _say(replies: IO[bytes], reply: Reply) -> None:
    replies.write(msgspec.json.encode(reply) + b"\n")
    replies.flush()


def _own_output() -> IO[bytes]:
    """Return standard output for replies alone; what a library prints there goes nowhere."""
    replies = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    return replies


def _spent_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _allow_cpu(seconds: float) -> None:
    # The limit counts the whole life of the process, so each file gets its seconds on top of what is spent.
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, resource.RLIM_INFINITY))


main(msgspec.json.decode(sys.argv[1], type=Limits), *sys.argv[2:])
