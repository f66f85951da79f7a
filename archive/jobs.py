"""Background work: huey hands deposits to the workers of one process; which deposits wait, the catalogue says.

So the queue may be lost whole: at its start, and whenever it is empty, the worker process fills it again from the
catalogue. Every minute it also indexes what a crash or a busy index has left unindexed, and empties the watched folder.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterable
from contextlib import closing

from huey import SqliteHuey, crontab
from huey.api import TaskWrapper

from archive import accession, citations, inbox, indexing
from archive.accession import Reader
from archive.instance import Instance
from ingest.bounded import BoundedReader, Limits
from ingest.signatures import unreadable_roots

_NOTICING = 0.5  # seconds until an idle worker looks again
_STOPPING = 10.0  # seconds that a reading has to end in when the process is asked to stop
_NICE = 5  # how far reading stands back behind those who search meanwhile
_log = logging.getLogger(__name__)


def enqueue(instance: Instance, deposit_ids: Iterable[int]) -> None:
    """Ask the worker process to take the deposits in, in this order; it may be started later."""
    queue = _queue(instance)
    with closing(queue.storage):
        task = _task(queue, lambda _deposit_id: None)  # run by the worker process only
        for deposit_id in deposit_ids:
            task(deposit_id)


def work(instance: Instance, workers: int = 1) -> None:
    """Take in what waits and what comes, until SIGTERM or SIGINT; what was begun then is done again at the next start.

    Needs the main thread of a process of its own. Each worker reads in a child process within the instance's bounds.
    """
    queue = _queue(instance)
    own = threading.local()

    @queue.on_startup()  # type: ignore[untyped-decorator]  # huey carries no types
    def open_reader() -> None:
        own.reader = BoundedReader(limits(instance), instance.trust)

    @queue.on_shutdown()  # type: ignore[untyped-decorator]  # likewise
    def close_reader() -> None:
        own.reader.close()

    read = _task(queue, lambda deposit_id: attempt(instance, own.reader, deposit_id))

    @queue.periodic_task(crontab())  # type: ignore[untyped-decorator]  # likewise; every minute, first at the start
    def level() -> None:
        inbox.collect(instance)
        if not queue.pending_count():
            for deposit_id in accession.waiting(instance):
                read(deposit_id)
        citations.catch_up(instance.catalogue)
        indexing.catch_up(instance)

    for problem in unreadable_roots(instance.trust):
        _log.warning("%s", problem.message)
    os.nice(_NICE)
    queue.flush()
    consumer = queue.create_consumer(
        workers=workers, max_delay=_NOTICING, shutdown_timeout=_STOPPING, graceful_signal="TERM"
    )
    consumer.run()


def attempt(instance: Instance, reader: Reader, deposit_id: int, *, wait: bool = False) -> None:
    """Take a deposit in, whatever happens: an unforeseen error is logged, fails this one, stops no other.

    `wait` as in `accession.take_in`.
    """
    try:
        accession.take_in(instance, reader, deposit_id, wait=wait)
    except Exception:  # noqa: BLE001 - the one place where a fault must not stop what comes after
        _log.exception("deposit %d could not be taken in", deposit_id)
        accession.fail(
            instance, deposit_id, "Lỗi ngoài dự kiến khi tiếp nhận tệp; tệp vẫn được giữ, hãy báo cho người quản trị."
        )


def limits(instance: Instance) -> Limits:
    """Return what the instance's settings allow the reading of one file to cost."""
    return Limits(seconds=instance.settings.reading_seconds, memory_mb=instance.settings.reading_megabytes)


def _queue(instance: Instance) -> SqliteHuey:
    return SqliteHuey("accession", filename=str(instance.directory / "jobs.sqlite"), results=False)


def _task(queue: SqliteHuey, run: Callable[[int], None]) -> TaskWrapper:
    return queue.task(name="take_in")(run)
