"""One engine measured: built in one process, asked in another, so that each one's memory is its own."""

import gc
import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.search import corpus
from bench.search.engines import Engine, engine
from bench.search.questions import Question

ADDED = 5  # documents added one by one
ROUNDS = 3  # that the questions of a class are asked in, after the first time
PATIENCE = 20.0  # seconds of a class after which a slow engine is asked no further questions of it, but for
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Built:
    """What building took: seconds, seconds of processors, megabytes at most; bytes of the index and of its texts."""

    seconds: float
    processor_seconds: float
    memory: float
    size: int
    text: int


@dataclass(frozen=True, slots=True)
class Served:
    """What an opened index took. `times` are milliseconds of processor time per question, by class.

    They are in the order of the questions, round by round; `first` are those of the first time each was asked.
    `found` is for each class how many documents its questions find, the median. `memory` is the process's in megabytes
    once everything was asked, `own` what of it is not pages of mapped files. `adding` is the seconds from handing a
    document over until a search has found it.
    """

    opening: float
    first: dict[str, list[float]]
    times: dict[str, list[float]]
    found: dict[str, int]
    memory: float
    own: float
    adding: list[float]


def build(name: str, count: int, folder: Path) -> Built:
    """Build the engine's index of the first `count` documents in the folder, in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    built: Built = _alone(_build, name, count, folder)
    return built


def serve(name: str, folder: Path, questions: dict[str, list[Question]], spare: list[corpus.Document]) -> Served:
    """Ask the engine's index in the folder all questions, then add the spare documents, which it does not hold."""
    served: Served = _alone(_serve, name, folder, questions, spare)
    return served


def _alone(act: Callable[..., Any], *given: object) -> Any:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(act, *given).result()


def _build(name: str, count: int, folder: Path) -> Built:
    source = _Source(count)
    began, worked = time.perf_counter(), _processor_seconds()
    engine(name).build(folder, source.documents())
    seconds, processor_seconds = time.perf_counter() - began, _processor_seconds() - worked
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Built(
        seconds - source.seconds, processor_seconds - source.processor_seconds, _memory("VmHWM"), size, source.text
    )


class _Source:
    """The documents, and what it took to read them, which is not the engine's."""

    def __init__(self, count: int) -> None:
        self.seconds = self.processor_seconds = 0.0
        self.text = 0
        self._count = count

    def documents(self) -> Iterator[corpus.Document]:
        began, worked = time.perf_counter(), time.process_time()
        for document in corpus.documents(self._count):
            self.seconds += time.perf_counter() - began
            self.processor_seconds += time.process_time() - worked
            self.text += len(document.text.encode())
            yield document
            began, worked = time.perf_counter(), time.process_time()


def _serve(name: str, folder: Path, questions: dict[str, list[Question]], spare: list[corpus.Document]) -> Served:
    asked = engine(name)
    began = time.perf_counter()
    asked.open(folder)
    opening = time.perf_counter() - began
    _collect_seldom()
    found, first, times = {}, {}, {}
    for kind, each in questions.items():
        first[kind], totals, times[kind] = _asked(asked, each)
        found[kind] = round(median(totals))
    memory, own = _memory("VmRSS"), _memory("RssAnon")
    return Served(opening, first, times, found, memory, own, [_added(asked, document) for document in spare])


def _collect_seldom() -> None:
    """Look for garbage as seldom as the server does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _asked(asked: Engine, questions: list[Question]) -> tuple[list[float], list[int], list[float]]:
    """Return what each question takes the first time, how many documents it finds, and what it takes again."""
    end = time.monotonic() + PATIENCE
    first, totals, times = [], [], []
    for question in questions:
        if len(first) >= FEWEST and time.monotonic() > end:
            break
        first.append(_time(asked, question))
        totals.append(asked.total(question))
    for _ in range(ROUNDS):
        times += [_time(asked, question) for question in questions[: len(first)]]
        if time.monotonic() > end:
            break
    return first, totals, times


def _time(asked: Engine, question: Question) -> float:
    began = time.process_time()
    asked.ask(question)
    return (time.process_time() - began) * 1000


def _added(asked: Engine, document: corpus.Document) -> float:
    began = time.perf_counter()
    asked.add(document)
    if document.id not in asked.ask(Question(number=document.number)):
        raise SystemExit(f"{document.number} is not found after it was added")
    return time.perf_counter() - began


def _processor_seconds() -> float:
    mine, children = time.process_time(), os.times()
    return mine + children.children_user + children.children_system


def _memory(line: str) -> float:
    """Return megabytes of this process, as Linux tells them."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(row.split()[1]) / 1024 for row in status.splitlines() if row.startswith(f"{line}:"))
