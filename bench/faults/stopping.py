"""An archive stopped while files go in: once what waits is finished, store, catalogue and index agree, nothing lost.

A process of its own brings files and takes them in, and is killed at a random moment. Then the archive is opened as at
a start; the person whose upload broke brings the files again; what waits is finished; and `archive check` is asked.
"""

import io
import multiprocessing
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import ingest
from archive import accession, consistency, indexing, jobs
from archive.instance import Instance, create, open_instance
from archive.search import Filters, parse
from archive.workflow import CLERK, State
from bench.documents import make
from ingest.readers import Progress
from ingest.record import Record

FILES = 24
TOGETHER = 6  # files brought at a time
SECONDS = 0.5  # within which an archive is stopped once it has taken so many files in
PASSWORD = "mật khẩu của phép đo"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many documents were in before the archive was stopped, and what was wrong after the next start."""

    documents: int
    faults: tuple[str, ...]


class Unbounded:
    """A reader in this process: the files are our own."""

    def read(self, path: Path, progress: Progress) -> Record:
        progress(1, 1)
        return ingest.read(path)

    def make_searchable(self, path: Path, record: Record) -> bytes:
        raise NotImplementedError(f"{path} is no scan: {record.format}")


def trial(folder: Path, seed: int) -> Outcome:
    """Stop an archive once; return what came of it."""
    create(folder, PASSWORD).close()
    taken = _stopped(folder, seed, random.Random(seed))
    with open_instance(folder) as instance:
        _bring(instance, seed, lambda _: None)
        indexing.catch_up(instance)
        faults = [f"{difference.code}: {difference.message}" for difference in consistency.check(instance)]
        held = _held(instance)
    if held != FILES:
        faults.append(f"{held} documents are found, not {FILES}")
    return Outcome(taken, tuple(faults))


def _stopped(folder: Path, seed: int, draw: random.Random) -> int:
    """Let a process take the files in, and kill it in the midst; return how many it had done."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.get_context("forkserver").Process(target=_work, args=(folder, seed, theirs))
    worker.start()
    theirs.close()
    done, last = 0, draw.randrange(FILES)
    try:
        while done < last:
            done = ours.recv()
        time.sleep(draw.uniform(0, SECONDS))
        worker.kill()
        worker.join()
        while ours.poll():
            done = ours.recv()
    except EOFError:  # it has come to its end
        pass
    worker.join()
    return done


def _work(folder: Path, seed: int, told: Connection) -> None:
    with open_instance(folder) as instance:
        _bring(instance, seed, told.send)


def _bring(instance: Instance, seed: int, done: Callable[[int], None]) -> None:
    """Bring all files, some at a time, and take in what waits; tell `done` how many deposits are finished."""
    reader, count = Unbounded(), 0
    texts = [document.text.encode() for document in make(FILES, seed)]
    for first in range(0, FILES, TOGETHER):
        files = ((f"{first + n}.txt", io.BytesIO(text)) for n, text in enumerate(texts[first : first + TOGETHER]))
        accession.deposit(instance, CLERK, files, State.PUBLIC)
        for waiting in accession.waiting(instance):
            jobs.attempt(instance, reader, waiting)
            count += 1
            done(count)


def _held(instance: Instance) -> int:
    return instance.index.search(parse(""), states=CLERK.sees, filters=Filters(), sort="newest", page=1, size=1).total
