"""The worker process: it takes in what waits, stops when asked, and after a kill goes on where it was."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive import accession, jobs
from archive.catalogue import queries
from archive.catalogue.facts import JobFacts
from archive.instance import Instance
from archive.search import SearchIndexBusy, WhooshIndex
from archive.workflow import CLERK, State
from ingest.bounded import BoundedReader
from ingest.readers import Progress
from ingest.record import Record
from tests.conftest import PATIENCE, until

WORKER = """
import sys
from pathlib import Path
from archive import jobs
from archive.instance import open_instance
with open_instance(Path(sys.argv[1])) as instance:
    jobs.work(instance)
"""
PLAN = """ỦY BAN NHÂN DÂN
TỈNH LAM SƠN
Số: {serial}/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Sơn, ngày 18 tháng 8 năm 2017

KẾ HOẠCH
Phát triển thư viện xã
"""


@contextmanager
def worker(instance: Instance) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", WORKER, str(instance.directory)])  # noqa: S603 - our own program
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def brought(instance: Instance, serial: int, more: str = "") -> str:
    files = [(f"{serial}.txt", io.BytesIO((PLAN.format(serial=serial) + more).encode()))]
    job_id = accession.deposit(instance, CLERK, files, State.PUBLIC)
    jobs.enqueue(instance, accession.waiting(instance, job_id))
    return job_id


def job(instance: Instance, job_id: str) -> JobFacts:
    with instance.catalogue.reading() as session:
        return queries.job(session, CLERK, job_id)


def reached(instance: Instance, job_id: str, *states: str) -> JobFacts:
    """Wait until a deposit of the job is in one of the states."""
    assert until(lambda: any(deposit.state in states for deposit in job(instance, job_id).deposits))
    return job(instance, job_id)


def numbers(instance: Instance) -> list[str | None]:
    with instance.catalogue.reading() as session:
        return sorted(str(card.number) for card in queries.cards(session, CLERK, range(1, 10)).values())


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_takes_in_what_waits_and_what_comes(instance: Instance, asked: signal.Signals) -> None:
    """Files brought before its start and while it runs become documents; asked to stop, it ends cleanly."""
    first = brought(instance, 1)
    with worker(instance) as process:
        reached(instance, first, "done")
        reached(instance, brought(instance, 2), "done")
        process.send_signal(asked)
        assert process.wait(PATIENCE) == 0
    assert numbers(instance) == ["1/KH-UBND", "2/KH-UBND"]


def test_killed_in_mid_reading(instance: Instance) -> None:
    """A worker that is killed while it reads leaves a deposit that the next one takes in, once."""
    job_id = brought(instance, 1, more="Mua sách, mở cửa buổi tối cho học sinh.\n" * 5000)  # it is read for a second
    with worker(instance) as process:
        reached(instance, job_id, "reading")
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert accession.waiting(instance, job_id) != ()
    with worker(instance) as process:
        facts = reached(instance, job_id, "done")
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    assert facts.state == "done"
    assert numbers(instance) == ["1/KH-UBND"]
    assert accession.waiting(instance) == ()


def test_unforeseen_fault(instance: Instance, caplog: pytest.LogCaptureFixture) -> None:
    """A fault that nobody foresaw fails its own deposit, with a sentence for people and its cause in the log."""

    class Faulty:
        def read(self, path: Path, progress: Progress) -> Record:  # noqa: ARG002 - it never gets there
            raise ZeroDivisionError("a fault")

    job_id = brought(instance, 1)
    for deposit_id in accession.waiting(instance, job_id):
        jobs.attempt(instance, Faulty(), deposit_id)
    (deposit,) = reached(instance, job_id, "failed").deposits
    assert deposit.message
    assert deposit.message.startswith("Lỗi ngoài dự kiến")
    assert "a fault" in caplog.text


def test_index_that_was_busy(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that the index could not take at once is kept, and the worker process indexes it later."""

    def busy(*_: object) -> None:
        raise SearchIndexBusy("Chỉ mục đang bận; hãy thử lại.")

    job_id = brought(instance, 1)
    monkeypatch.setattr(WhooshIndex, "write", busy)
    with BoundedReader() as reader:
        for deposit_id in accession.waiting(instance, job_id):
            jobs.attempt(instance, reader, deposit_id)
    assert reached(instance, job_id, "done")
    assert instance.index.versions() == {}
    with worker(instance):
        assert until(lambda: bool(instance.index.versions()))


def test_takes_what_lies_in_the_watched_folder(instance: Instance) -> None:
    """At its start, and every minute after, the worker process brings in what has settled there."""
    path = instance.inbox / "quét.txt"
    path.write_text(PLAN.format(serial=7), encoding="utf-8")
    os.utime(path, (0, 0))
    with worker(instance):
        assert until(lambda: numbers(instance) == ["7/KH-UBND"])
    assert not path.exists()
