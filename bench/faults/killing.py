"""The index's writer killed in the midst of its work: after that the index holds one state that was committed, whole.

A writer in a process of its own writes batch after batch: documents put in, replaced and removed, now and then a whole
rebuild. It says when it begins and when it is done, and is killed at a random moment; meanwhile this process searches.
"""

import multiprocessing
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from archive.search import Filters, IndexEntry, Results, SearchIndexError, WhooshIndex, parse
from bench.documents import ACTS, KINDS, SIGNERS, THINGS

IDS = 600
PUT_MOST, REMOVED_MOST = 40, 4
REBUILDS = 12  # one in so many writes is a rebuild
WRITES = 6.0  # a writer is killed within the time that so many writes take
LOOKED_AT = 12  # documents searched for after each kill
PUBLIC = frozenset({"public"})

Versions = dict[int, int]  # id → version: what an index holds


def entry(id_: int, version: int) -> IndexEntry:
    """Return a document that is the same for the same id and version; its word `mark(id_, version)` is its own."""
    draw = random.Random(f"{id_} {version}")
    _, code, kind = draw.choice(KINDS)
    words = " ".join(f"{draw.choice(ACTS)} {draw.choice(THINGS)}," for _ in range(30))
    return IndexEntry(
        id=id_, version=version, state="public", number=f"{id_}/{code}-UBND", kind=kind,
        issuer=f"Sở thứ {id_ % 7}", subject=f"{draw.choice(ACTS)} {draw.choice(THINGS)}".capitalize(),
        issued_on=date(2018, 1, 1) + timedelta(days=draw.randrange(3000)), signers=(draw.choice(SIGNERS),),
        text=f"{words} {mark(id_, version)}",
    )  # fmt: skip


def mark(id_: int, version: int) -> str:
    return f"so{id_}ban{version}"


def ask(index: WhooshIndex, text: str, size: int = 20) -> Results:
    return index.search(parse(text), states=PUBLIC, filters=Filters(), sort="relevance", page=1, size=size)


class Trials:
    """One index, killed again and again: what it should hold, what it may hold besides, and what was found wrong."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.seed = seed
        self.held: Versions = {}
        self.done = 0
        self.faults: list[str] = []
        self.answered = 0
        self._folder = folder
        self._draw = random.Random(seed)
        self._long_lived = WhooshIndex(folder)
        self._long_lived.create()
        self._write_seconds = 0.2

    def run(self, times: int) -> Iterator[int]:
        """Kill a writer so many times; yield after each the number of faults so far."""
        for _ in range(times):
            begun = self._kill_a_writer()
            self._verify(begun)
            yield len(self.faults)
        self._long_lived.close()

    def rebuild(self) -> None:
        """Make the index anew of what it should hold."""
        index = WhooshIndex(self._folder)
        index.rebuild(entry(*one) for one in self.held.items())

    def _kill_a_writer(self) -> int:
        """Return the last write that was begun; `self.done` is then the last that was done, `self.held` its state."""
        ours, theirs = multiprocessing.Pipe(duplex=False)
        writer = multiprocessing.get_context("forkserver").Process(
            target=_write_on, args=(self._folder, self.seed, self.done, self.held, theirs)
        )
        writer.start()
        theirs.close()
        begun, done, first = self.done, self.done, time.monotonic()
        end = first + 30
        while time.monotonic() < end:
            for said, number in _said(ours):
                if said == "begun" and begun == self.done:
                    first = time.monotonic()
                    end = first + self._draw.uniform(0, WRITES * self._write_seconds)
                begun, done = (number, done) if said == "begun" else (begun, number)
            if begun > self.done:
                self._ask_meanwhile(done)
        writer.kill()
        writer.join()
        for said, number in _said(ours):
            begun, done = (number, done) if said == "begun" else (begun, number)
        if done > self.done:
            self._write_seconds = (self._write_seconds + (time.monotonic() - first) / (done - self.done)) / 2
        self.held = self._state(done)
        self.done = done
        return begun

    def _ask_meanwhile(self, done: int) -> None:
        """Search while the other process writes: the answer is that of a state committed since."""
        try:
            total = ask(self._long_lived, "").total
        except SearchIndexError as error:
            self.faults.append(f"while write {done + 1} ran, a search failed: {error!r} from {error.__cause__!r}")
            return
        self.answered += 1
        possible = {len(self._state(done + more)) for more in range(4)}
        if total not in possible:
            self.faults.append(f"while write {done + 1} ran, a search found {total}, not one of {sorted(possible)}")

    def _verify(self, begun: int) -> None:
        allowed = [self._state(number) for number in range(self.done, begun + 1)]
        for name, index in (("opened anew", WhooshIndex(self._folder)), ("kept open", self._long_lived)):
            try:
                self.faults += [f"after write {begun} was cut, {name}: {what}" for what in self._wrong(index, allowed)]
            except Exception as error:  # noqa: BLE001 - whatever is raised is a finding
                self.faults.append(f"after write {begun} was cut, {name}: {error!r} from {error.__cause__!r}")
            if index is not self._long_lived:
                index.close()

    def _wrong(self, index: WhooshIndex, allowed: list[Versions]) -> Iterator[str]:
        holds = index.versions()
        if holds not in allowed:
            lost, more = allowed[0].items() - holds.items(), holds.items() - allowed[-1].items()
            yield f"lost {sorted(lost)[:5]} of {len(lost)}, unexpected {sorted(more)[:5]} of {len(more)}"
            return
        self.held, self.done = holds, self.done + allowed.index(holds)
        if ask(index, "").total != len(holds):
            yield f"everything is {ask(index, '').total} documents, not {len(holds)}"
        for id_ in self._draw.sample(sorted(holds), min(LOOKED_AT, len(holds))):
            found = [hit.id for hit in ask(index, mark(id_, holds[id_])).hits]
            if found != [id_]:
                yield f"document {id_} is found as {found}"

    def _state(self, number: int) -> Versions:
        """Return what the index holds when write `number` is done."""
        held = dict(self.held)
        for n in range(self.done + 1, number + 1):
            put, removed = batch(self.seed, n)
            held |= dict.fromkeys(put, n)
            held = {id_: version for id_, version in held.items() if id_ not in removed}
        return held


def batch(seed: int, number: int) -> tuple[list[int], list[int]]:
    """Return the ids that write `number` puts in, their version being the number, and those it removes."""
    draw = random.Random(f"{seed} {number}")
    if not number % REBUILDS:
        return [], []
    ids = draw.sample(range(1, IDS + 1), draw.randint(1, PUT_MOST) + REMOVED_MOST)
    return ids[REMOVED_MOST:], ids[: draw.randrange(REMOVED_MOST)]


def _write_on(folder: Path, seed: int, done: int, held: Versions, told: Connection) -> None:
    """Write until killed, from the write after `done` on."""
    index = WhooshIndex(folder)
    number = done
    while True:
        number += 1
        put, removed = batch(seed, number)
        told.send(("begun", number))
        if put:
            index.write([entry(id_, number) for id_ in put], removed)
            held = {id_: version for id_, version in held.items() if id_ not in removed} | dict.fromkeys(put, number)
        else:
            index.rebuild(entry(*one) for one in held.items())
        told.send(("done", number))


def _said(told: Connection) -> Iterator[tuple[str, int]]:
    try:
        while told.poll():
            yield told.recv()
    except EOFError:
        return
