"""What the Whoosh index does on disk: several at once, killed, damaged, outdated."""

import multiprocessing
import os
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.search import (
    Filters,
    IndexEntry,
    SearchIndexBusy,
    SearchIndexDamaged,
    SearchIndexError,
    SearchIndexOutdated,
    WhooshIndex,
    analysis,
    parse,
)
from tests.archive.search.conftest import PLANS, Found, entry

spawned = multiprocessing.get_context("spawn")


def test_an_absent_index_is_said(tmp_path: Path) -> None:
    """Where there is no index, searching says so and names the remedy."""
    index = WhooshIndex(tmp_path / "none")
    with pytest.raises(SearchIndexDamaged, match="archive reindex"):
        index.check()
    with pytest.raises(SearchIndexDamaged):
        index.write([])


def test_creating_again_keeps_what_is_there(whoosh: WhooshIndex) -> None:
    """Creating an index where there is one changes nothing."""
    whoosh.write(PLANS)
    whoosh.create()
    assert len(whoosh.versions()) == 4


def test_a_foreign_folder_is_refused_and_kept(tmp_path: Path) -> None:
    """A folder of other things is not made an index; a rebuild, asked for, leaves the other things alone."""
    (tmp_path / "thư.txt").write_text("quan trọng", encoding="utf-8")
    index = WhooshIndex(tmp_path)
    with pytest.raises(SearchIndexDamaged):
        index.create()
    assert index.rebuild(PLANS) == 4
    assert (tmp_path / "thư.txt").exists()
    assert Found(index).ids("") == [1, 2, 3, 4]
    index.close()


@pytest.mark.parametrize("seed", range(12))
def test_damage_is_said_and_mended_by_a_rebuild(whoosh: WhooshIndex, seed: int) -> None:
    """A file cut off, emptied, overwritten or gone gives an answer or a clear error; a rebuild mends it."""
    whoosh.write(PLANS)
    whoosh.close()
    chance = random.Random(seed)  # noqa: S311 - faults are drawn, not secrets
    files = sorted(path for path in whoosh._directory.rglob("*") if path.is_file())
    victim = chance.choice(files)
    content = victim.read_bytes()
    victim.write_bytes(content[: chance.randrange(len(content) + 1)] + chance.randbytes(chance.choice((0, 5))))
    try:
        Found(whoosh).results("chính quyền -hòa")
        whoosh.versions()
    except SearchIndexError as error:
        assert "archive reindex" in str(error)  # noqa: PT017 - some damage does no harm
    assert whoosh.rebuild(PLANS) == 4
    assert Found(whoosh).ids("chính quyền") == [1]


def test_a_byte_altered_anywhere_is_found_by_verifying(whoosh: WhooshIndex) -> None:
    """A search reads only what it needs; verifying reads all. What a killed writer left behind is no part of it."""
    whoosh.write(PLANS[:2])
    whoosh.write(PLANS[2:])
    (generation,) = whoosh._directory.glob("generation-*")
    (generation / "MAIN_left.postings").write_bytes(b"cut off")
    whoosh.verify()
    for victim in generation.glob("MAIN_*.*"):
        content = victim.read_bytes()
        middle = len(content) // 2
        victim.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        if victim.name != "MAIN_left.postings":
            with pytest.raises(SearchIndexDamaged, match="archive reindex"):
                whoosh.verify()
        victim.write_bytes(content)
    whoosh.verify()


def test_an_outdated_analysis_is_reported(whoosh: WhooshIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index analysed in another way still answers, is not written, and asks to be rebuilt."""
    whoosh.write(PLANS)
    assert not whoosh.needs_rebuild
    monkeypatch.setattr(analysis, "VERSION", analysis.VERSION + 1)
    assert whoosh.needs_rebuild
    assert Found(whoosh).ids("chính quyền") == [1]
    with pytest.raises(SearchIndexOutdated, match="archive reindex"):
        whoosh.write([])
    whoosh.rebuild(PLANS)
    assert not whoosh.needs_rebuild


def test_a_rebuild_leaves_one_generation(whoosh: WhooshIndex) -> None:
    """After a rebuild, and after one that failed before it, one generation is left on disk."""

    def broken() -> Iterator[IndexEntry]:
        yield entry(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        whoosh.rebuild(broken())
    whoosh.rebuild(PLANS)
    assert len(list(whoosh._directory.glob("generation-*"))) == 1


def test_another_index_on_the_folder_sees_each_commit(whoosh: WhooshIndex) -> None:
    """What one writes or rebuilds, another that has the folder open finds with its next search."""
    other = WhooshIndex(whoosh._directory)
    assert Found(other).ids("") == []
    whoosh.write(PLANS)
    assert Found(other).ids("") == [1, 2, 3, 4]
    whoosh.rebuild(PLANS[:1])
    assert Found(other).ids("") == [1]
    whoosh.write([entry(5)])
    assert Found(other).ids("") == [1, 5]
    other.close()


def test_a_commit_after_a_quiet_time_is_seen(whoosh: WhooshIndex) -> None:
    """An index that nobody has written for long shows the next commit at once, and the next rebuild."""
    whoosh.write(PLANS[:1])
    for write, expected in ((whoosh.write, [1, 2]), (whoosh.rebuild, [2])):
        for folder in whoosh._directory.glob("generation-*"):
            os.utime(folder, (0, 0))
        assert 1 in Found(whoosh).ids("")
        write(PLANS[1:2])
        assert Found(whoosh).ids("") == expected


def test_readers_see_whole_commits_while_it_is_written_and_rebuilt(whoosh: WhooshIndex) -> None:
    """Searches in several threads see all of a commit or none of it, never an error, while others write and rebuild."""
    whoosh.write([entry(n, "một") for n in range(10)])
    totals: set[int] = set()
    faults: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                totals.add(Found(whoosh).results("một").total)
            except BaseException as fault:  # noqa: BLE001 - a thread's fault is the test's finding
                faults.append(fault)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(8):
        whoosh.write([entry(n, "một") for n in range(10, 20)])
        whoosh.rebuild([entry(n, "một") for n in range(20)])
        whoosh.write([], removed=range(10, 20))
    done.set()
    for reader in readers:
        reader.join()
    assert not faults
    assert totals <= {10, 20}


def _write_many(directory: Path, first: int) -> None:
    index = WhooshIndex(directory)
    for number in range(first, first + 10):
        index.write([entry(number, "hai người cùng ghi")])


def test_two_writers_both_succeed(whoosh: WhooshIndex) -> None:
    """Two processes that write at once wait for each other; nothing of either is lost."""
    writers = [spawned.Process(target=_write_many, args=(whoosh._directory, first)) for first in (1, 101)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert sorted(whoosh.versions()) == [*range(1, 11), *range(101, 111)]


def test_a_writer_does_not_wait_for_ever(whoosh: WhooshIndex) -> None:
    """While another writes for longer than our patience, a writer says that the index is busy."""

    def slow() -> Iterator[IndexEntry]:
        yield entry(1)
        with pytest.raises(SearchIndexBusy):
            WhooshIndex(whoosh._directory, patience=0.01).write([entry(2)])

    whoosh.rebuild(slow())
    assert whoosh.versions() == {1: 1}


def _die_while_rebuilding(directory: Path) -> None:
    def entries() -> Iterator[IndexEntry]:
        yield entry(8, "dở dang")
        os._exit(9)

    WhooshIndex(directory).rebuild(entries())


def _die_before_commit(directory: Path) -> None:
    class Deadly(tuple[str, ...]):
        """Ends the process when the entry's signers are read: the writer is open, an entry is in it."""

        __slots__ = ()

        def __iter__(self) -> Iterator[str]:
            os._exit(9)

    WhooshIndex(directory).write([entry(8, "dở dang"), entry(9, signers=Deadly())])


@pytest.mark.parametrize("death", [_die_before_commit, _die_while_rebuilding])
def test_a_killed_writer_leaves_the_last_commit(whoosh: WhooshIndex, death: object) -> None:
    """A process that dies while it writes leaves what was committed before, and no lock."""
    whoosh.write(PLANS)
    writer = spawned.Process(target=death, args=(whoosh._directory,))  # type: ignore[arg-type]  # one of the two above
    writer.start()
    writer.join()
    assert writer.exitcode == 9
    fresh = WhooshIndex(whoosh._directory, patience=0)
    assert fresh.search(
        parse("chính quyền"), states=frozenset({"public"}), filters=Filters(), sort="relevance", page=1, size=5
    ).total == 1  # fmt: skip
    fresh.write([entry(8, "xong")])
    assert sorted(fresh.versions()) == [1, 2, 3, 4, 8]
    fresh.close()
