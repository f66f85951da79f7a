"""The index's folder: one generation of the index answers while the next is made.

index.json        which generation answers, and the versions it was made with; replaced atomically
generation-N/     the files of one
write.lock        held by whoever writes
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from whoosh.util.filelock import FileLock, try_for

from archive.search.errors import SearchIndexBusy, SearchIndexDamaged

_POINTER = "index.json"
_TICK = 5_000_000_000  # nanoseconds that two changes of a folder may lie apart and bear the same time


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation: its folder's name, and the versions of the schema and of the analysis it was made with."""

    folder: str
    schema: int
    analysis: int


def current(directory: Path) -> Generation:
    """Return the generation that answers. Raise SearchIndexDamaged when the folder does not tell."""
    try:
        pointer = f"{directory}/{_POINTER}"
        stamp = os.stat(pointer)  # noqa: PTH116 - asked at each search, where making a Path costs more than asking
        return _named(pointer, stamp.st_ino, stamp.st_mtime_ns)
    except (OSError, ValueError, TypeError) as fault:
        raise damaged(directory) from fault


@lru_cache(maxsize=8)
def _named(pointer: str, inode: int, modified: int) -> Generation:  # noqa: ARG001 - another file when these are others
    return Generation(**json.loads(Path(pointer).read_bytes()))


def commits(directory: Path, generation: Generation) -> frozenset[str]:
    """Return Whoosh's tables of contents in the generation's folder, which every commit changes.

    Raise FileNotFoundError when there is no such folder.
    """
    folder = f"{directory}/{generation.folder}"
    modified = os.stat(folder).st_mtime_ns  # noqa: PTH116 - as above
    settled = time.time_ns() - modified > _TICK
    return _remembered_tables(folder, modified) if settled else _tables(folder, modified)


def _tables(folder: str, modified: int) -> frozenset[str]:  # noqa: ARG001 - others when this is another
    return frozenset(name for name in os.listdir(folder) if name.endswith(".toc"))  # noqa: PTH208 - as above


_remembered_tables = lru_cache(maxsize=8)(_tables)


def damaged(directory: Path) -> SearchIndexDamaged:
    """Return the error for a folder that holds no index that can be read."""
    return SearchIndexDamaged(
        f"Không đọc được chỉ mục tìm kiếm: thư mục “{directory.name}” của kho thiếu, hỏng hoặc không phải là chỉ mục. "
        "Các văn bản vẫn còn nguyên; người quản trị hãy chạy `archive reindex` để lập lại chỉ mục."
    )


def following(directory: Path) -> str:
    """Return the name of the folder for the next generation."""
    numbers = [int(folder.name.removeprefix("generation-")) for folder in _generations(directory)]
    return f"generation-{max(numbers, default=0) + 1}"


def switch(directory: Path, generation: Generation) -> None:
    """Let the generation answer from now on, and remove every other."""
    pointer = directory / _POINTER
    draft = pointer.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(generation), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(pointer)
    for folder in _generations(directory):
        if folder.name != generation.folder:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def turn(directory: Path, patience: float) -> Iterator[None]:
    """Hold the right to write. Raise SearchIndexBusy when another still holds it after `patience` seconds."""
    if not directory.is_dir():
        raise damaged(directory)
    lock = FileLock(str(directory / "write.lock"))
    if not try_for(lock.acquire, timeout=patience, delay=0.05):
        raise SearchIndexBusy("Chỉ mục tìm kiếm đang được ghi bởi một việc khác. Hãy thử lại sau ít phút.")
    try:
        yield
    finally:
        lock.release()


def _generations(directory: Path) -> list[Path]:
    folders = directory.glob("generation-*")
    return [folder for folder in folders if folder.name.removeprefix("generation-").isdecimal()]
