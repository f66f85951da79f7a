"""A file of the index spoilt: the index says that it is damaged, or answers as if nothing had happened."""

import multiprocessing
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from archive.search import SearchIndexError, WhooshIndex
from bench.faults.killing import ask, entry, mark

DOCUMENTS = 120
WRITES = 4  # that the documents are written in, so that there are several segments
PATIENCE = 30.0  # seconds until an index that does not answer counts as hanging
QUERIES = (
    "", "kế hoạch", "dich vu cong", '"thủ tục hành chính"', "an toàn -mạng", "năm:2020", "17/KH-UBND", "trích yếu:nước",
    'người ký:"Trần Thu Hà"', mark(5, 1), "từ:2019 đến:2021 quản lý", "không có từ này",
)  # fmt: skip

Spoil = Callable[[random.Random, bytes], bytes | None]  # None: the file is removed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one spoilt file: `said` in a word or two, and `why` it is a fault, if it is."""

    how: str
    said: str
    why: str = ""


def flip(draw: random.Random, content: bytes) -> bytes:
    at = draw.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << draw.randrange(8)]) + content[at + 1 :]


def cut(draw: random.Random, content: bytes) -> bytes:
    return content[: draw.randrange(len(content))]


def blank(draw: random.Random, content: bytes) -> bytes:
    at, length = draw.randrange(len(content)), draw.choice((8, 64, 512))
    return content[:at] + bytes(min(length, len(content) - at)) + content[at + length :]


def overwrite(draw: random.Random, content: bytes) -> bytes:
    at, rubbish = draw.randrange(len(content)), draw.randbytes(draw.choice((4, 32, 256)))
    return content[:at] + rubbish[: len(content) - at] + content[at + len(rubbish) :]


def remove(_draw: random.Random, _content: bytes) -> None:
    return None


WAYS: tuple[Spoil, ...] = (flip, flip, cut, blank, overwrite, remove)


def trials(folder: Path, times: int, seed: int) -> Iterator[Outcome]:
    """Spoil a file of an index `times` times; yield what becomes of each."""
    whole = folder / "whole"
    index = WhooshIndex(whole)
    index.create()
    for first in range(1, WRITES + 1):
        index.write(entry(id_, 1) for id_ in range(first, DOCUMENTS + 1, WRITES))
    right = answers(index)
    index.close()
    draw = random.Random(seed)
    for _ in range(times):
        spoilt = folder / "spoilt"
        shutil.copytree(whole, spoilt)
        how = _spoil(spoilt, draw)
        said, why = _asked_elsewhere(spoilt, right)
        yield Outcome(how, said, why)
        shutil.rmtree(spoilt)


def answers(index: WhooshIndex) -> list[Any]:
    results = (ask(index, query) for query in QUERIES)
    counted = (replace(one, facets={facet: tuple(counts) for facet, counts in one.facets.items()}) for one in results)
    return [index.versions(), *counted]


def _spoil(folder: Path, draw: random.Random) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    path, way = draw.choice(files), draw.choice(WAYS)
    content = way(draw, path.read_bytes())
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    return f"{way.__name__} {path.relative_to(folder)}"


def _asked_elsewhere(folder: Path, right: list[Any]) -> tuple[str, str]:
    """Ask the index in another process, which may hang or die of it."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    asker = multiprocessing.get_context("forkserver").Process(target=_ask, args=(folder, right, theirs))
    asker.start()
    theirs.close()
    try:
        told: tuple[str, str] = ours.recv() if ours.poll(PATIENCE) else ("hang", f"no answer in {PATIENCE:.0f} s")
    except EOFError:
        told = ("crash", "the process died")
    asker.kill()
    asker.join()
    return told


def _ask(folder: Path, right: list[Any], told: Connection) -> None:
    told.send(_asked(folder, right))


def _asked(folder: Path, right: list[Any]) -> tuple[str, str]:
    index = WhooshIndex(folder)
    said = "said when opened"
    try:
        index.check()
        said = "said when asked"
        if answers(index) == right:
            return "answered right", ""
    except SearchIndexError:
        index.rebuild(entry(id_, 1) for id_ in range(1, DOCUMENTS + 1))
        return (said, "") if index.versions() == right[0] else ("not rebuilt", "a rebuild does not mend it")
    except Exception as error:  # noqa: BLE001 - whatever else is raised is a finding
        return "another error", f"{error!r}"
    return "answered wrong", "answers differ from those before"
