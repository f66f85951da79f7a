"""`python -m ingest FILE...`: one JSON object a line on standard output, in the order of the arguments.

Exit status 0 when every file was read, 1 when some file could not be (its line carries the error), 2 for wrong usage.
"""

import argparse
import gettext
import json
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from ingest import rules
from ingest.bounded import BoundedReader, Limits
from ingest.contract import to_json
from ingest.errors import ReadingError, WrongRule

_Number = TypeVar("_Number", int, float)

MEMORY_LEAST = 128  # megabytes; the reader itself takes about half of it


def main(arguments: list[str] | None = None) -> int:
    """Read the files that the arguments name; return the exit status."""
    _speak_vietnamese()
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.rules:
        try:
            rules.add(options.rules)
        except WrongRule as error:
            parser.error(str(error))
    limits = Limits(memory_mb=options.memory)
    if options.timeout is not None:  # a bound on the whole file, however many pages are recognised
        limits = Limits(seconds=options.timeout, page_seconds=0, memory_mb=options.memory)
    failed = False
    try:
        for line in _lines(options.files, options.jobs, limits, options.trust):
            failed = failed or "error" in line
            sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever read the lines has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 1 if failed else 0


def _speak_vietnamese() -> None:
    """Have what argparse itself says translated as argparse has it: through gettext's domain."""
    gettext.bindtextdomain("argparse", str(Path(__file__).parent / "translations"))
    gettext.textdomain("argparse")
    os.environ["LANGUAGE"] = "vi"


def _lines(files: list[str], jobs: int, limits: Limits, trust: Path | None) -> Iterator[dict[str, Any]]:
    idle: SimpleQueue[BoundedReader] = SimpleQueue()

    def line(file: str) -> dict[str, Any]:
        reader = idle.get()
        try:
            return _line(reader, file)
        finally:
            idle.put(reader)

    with ThreadPoolExecutor(jobs) as pool, ExitStack() as readers:
        for _ in range(jobs):
            idle.put(readers.enter_context(BoundedReader(limits, trust)))
        yield from pool.map(line, files)


def _line(reader: BoundedReader, file: str) -> dict[str, Any]:
    # A name is bytes, in whatever locale; what of it is no UTF-8 is shown as U+FFFD.
    name = os.fsencode(file).decode("utf-8", "replace")
    try:
        return to_json(reader.read(Path(file))) | {"file": name}
    except ReadingError as error:
        return _failure(name, error.code, str(error))
    except FileNotFoundError:
        return _failure(name, ReadingError.code, "Không có tệp này; hãy kiểm tra đường dẫn.")
    except OSError as error:
        reason = f"Không mở được tệp ({error.strerror}); hãy kiểm tra đường dẫn và quyền đọc."
        return _failure(name, ReadingError.code, reason)


def _failure(name: str, code: str, message: str) -> dict[str, Any]:
    return {"file": name, "error": {"code": code, "message": message}}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Đọc văn bản, in mỗi tệp một dòng JSON.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="tệp cần đọc")
    parser.add_argument(
        "--jobs", type=_at_least(1, int), default=1, metavar="N", help="số tệp đọc cùng lúc (mặc định 1)"
    )
    parser.set_defaults(memory=Limits().memory_mb)
    parser.add_argument("--trust", type=_folder, metavar="DIR", help="thư mục chứng thư được tin cậy (chữ ký số)")
    parser.add_argument("--rules", type=Path, metavar="DIR", help="thư mục quy tắc riêng của cơ quan")
    parser.add_argument("--timeout", type=_at_least(0.001, float), metavar="S", help="số giây nhiều nhất cho một tệp")
    parser.add_argument("--memory", type=_at_least(MEMORY_LEAST, int), metavar="MB", help="bộ nhớ nhiều nhất (MB)")
    return parser


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} không phải là thư mục")
    return path


def _at_least(least: _Number, kind: Callable[[str], _Number]) -> Callable[[str], _Number]:
    def parsed(text: str) -> _Number:
        number = kind(text)
        if not number >= least:
            raise argparse.ArgumentTypeError(f"phải từ {least} trở lên")
        return number

    parsed.__name__ = kind.__name__  # argparse names it when the text is no number
    return parsed


if __name__ == "__main__":
    sys.exit(main())
