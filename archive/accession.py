"""Tiếp nhận: taking files in. The store first, the catalogue in one transaction, the index last.

    deposit   bytes into the store and a row for each file: from then on nothing of it can be lost
    waiting   which of them still have to be taken in, a crash having interrupted some
    take_in   read one of them, catalogue it, settle citations, index it
    cancel    leave what is not yet taken in;  retry  try again what failed or was left

What a crash leaves catalogued but not indexed, `indexing.catch_up` finds.
"""

import logging
import secrets
import time
import unicodedata
from collections.abc import Collection, Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import accounts, cataloguing, citations, clock, disposal, history, indexing, renditions
from archive.catalogue.models import Deposit, DocumentFile, Job
from archive.catalogue.queries.deposits import WAITING, followed_by
from archive.errors import NotAllowed, NotHeld, Refused
from archive.instance import Instance
from archive.store import Kept
from archive.workflow import Act, State, Viewer
from ingest import searchable
from ingest.errors import ReadingError
from ingest.readers import Progress
from ingest.record import Record

_NAME_LENGTH = 255
_TELLING = 0.5  # seconds between two notes of how far a reading has come
_log = logging.getLogger(__name__)


class Cancelled(Exception):
    """The deposit being read is no longer wanted."""


class Reader(Protocol):
    """Reads one file: `ingest.bounded.BoundedReader` in service."""

    def read(self, path: Path, progress: Progress) -> Record:
        """Return what the file says, telling `progress` as pages are read; raise ReadingError."""
        ...

    def make_searchable(self, path: Path, record: Record) -> bytes:
        """Return the searchable rendition of a file that was recognised, a PDF; raise ReadingError."""
        ...


def deposit(
    instance: Instance, viewer: Viewer, files: Iterable[tuple[str, BinaryIO]], state: State, job_id: str | None = None
) -> str:
    """Keep the files, each a name and its bytes, to be taken in as documents of that state; return the job's id.

    `job_id` names a job that they are added to, whose state they then take. Bytes that the archive holds already make a
    deposit that is "held" at once. Raises NotAllowed, NotHeld when the viewer follows no such job, Refused when there
    is no file, and ArchiveError when the store cannot keep them.
    """
    if not viewer.may(Act.DEPOSIT):
        raise NotAllowed("Tài khoản này không có quyền đưa tệp vào kho; hãy nhờ người quản lý cấp quyền.")
    kept = [(shown_name(name), instance.store.put(stream)) for name, stream in files]
    if not kept:
        raise Refused("Chưa có tệp nào được chọn; hãy chọn ít nhất một tệp.")
    with instance.catalogue.session() as session:
        job = _followed(session, viewer, job_id) if job_id else _new_job(session, viewer, state)
        for name, file in kept:
            instance.store.require(file.sha256)
            holder = _holder(session, file.sha256)
            brought = Deposit(job_id=job.id, name=name, sha256=file.sha256, size=file.size, document_id=holder)
            brought.state = "held" if holder else "queued"
            session.add(brought)
        return job.id


def waiting(instance: Instance, job_id: str | None = None) -> tuple[int, ...]:
    """Return the ids of the deposits that still have to be taken in, the job's or all, in the order they were brought.

    Among them are those that a crash has interrupted.
    """
    with instance.catalogue.reading() as session:
        left = select(Deposit.id).where(Deposit.state.in_(WAITING)).order_by(Deposit.id)
        return tuple(session.scalars(left.where(Deposit.job_id == job_id) if job_id else left))


def take_in(instance: Instance, reader: Reader, deposit_id: int, *, wait: bool = False) -> None:
    """Make a document of a deposited file, or say in the deposit why not; a finished deposit is left as it is.

    So is one whose bytes another process is reading just now, unless to `wait` for that is asked.
    Whatever is raised (SearchIndexError, a full disk) has lost nothing: doing it again, or `indexing.catch_up` once the
    document is catalogued, goes on from there.
    """
    with instance.catalogue.reading() as session:
        sha256 = session.get_one(Deposit, deposit_id).sha256
    with instance.store.alone(sha256, wait=wait) as alone:
        if alone and _begin(instance, deposit_id):
            _read_in(instance, reader, deposit_id, instance.store.path(sha256))


def _read_in(instance: Instance, reader: Reader, deposit_id: int, path: Path) -> None:
    try:
        record = reader.read(path, _teller(instance, deposit_id))
    except Cancelled:
        return
    except ReadingError as error:
        _log.warning("deposit %d could not be read: %s", deposit_id, error, exc_info=error.__cause__)
        fail(instance, deposit_id, str(error))
        return
    rendition = _searchable(instance, reader, path, record)
    document_id = _catalogue(instance, deposit_id, record, rendition)
    if document_id:
        indexing.index(instance, [document_id])
    elif rendition:
        disposal.release(instance, [rendition.sha256])


def cancel(instance: Instance, viewer: Viewer, job_id: str, deposit_id: int | None = None) -> int:
    """Leave a deposit of the job, or all, where it is not yet taken in; return how many. Their bytes stay in the store.

    Reading that has begun stops at its next page. Raises NotHeld when the viewer follows no such job.
    """
    return _move(instance, viewer, job_id, deposit_id, WAITING, "cancelled")


def retry(instance: Instance, viewer: Viewer, job_id: str, deposit_id: int | None = None) -> int:
    """Let a deposit of the job, or all, wait again where it failed or was left; return how many. Raises NotHeld."""
    return _move(instance, viewer, job_id, deposit_id, ("failed", "cancelled"), "queued")


def fail(instance: Instance, deposit_id: int, message: str) -> None:
    """Note why a deposit could not be taken in; one that is finished stays what it is."""
    with instance.catalogue.session() as session:
        row = session.get_one(Deposit, deposit_id)
        if row.state in WAITING:
            row.state, row.message = "failed", message


def shown_name(name: str) -> str:
    """Return a file's name for showing, never a path: NFC, the last part, printable, at most 255 characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    printable = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()
    stem, dot, ending = printable.rpartition(".")
    if len(printable) > _NAME_LENGTH and dot and len(ending) <= 10:
        return f"{stem[: _NAME_LENGTH - len(ending) - 2]}….{ending}"
    return printable[:_NAME_LENGTH] if printable.strip(".") else "không tên"


def _new_job(session: Session, viewer: Viewer, state: State) -> Job:
    job = Job(id=secrets.token_urlsafe(16), created_at=clock.now(), created_by=viewer.user_id, document_state=state)
    session.add(job)
    session.flush()
    return job


def _followed(session: Session, viewer: Viewer, job_id: str) -> Job:
    job = session.scalar(select(Job).where(Job.id == job_id, followed_by(viewer)))
    if job is None:
        raise NotHeld("Không có lần tiếp nhận này, hoặc bạn chưa được xem; hãy kiểm tra lại địa chỉ.")
    return job


def _move(  # noqa: PLR0913, PLR0917 - whose, which, from and to
    instance: Instance, viewer: Viewer, job_id: str, deposit_id: int | None, standing: Collection[str], state: str
) -> int:
    with instance.catalogue.session() as session:
        moved = [
            row
            for row in _followed(session, viewer, job_id).deposits
            if row.state in standing and deposit_id in {None, row.id}
        ]
        for row in moved:
            row.state, row.message, row.page, row.pages = state, None, 0, 0
        return len(moved)


def _begin(instance: Instance, deposit_id: int) -> bool:
    """Note that the deposit is being read; say whether anything is left to do."""
    with instance.catalogue.session() as session:
        row = session.get_one(Deposit, deposit_id)
        if row.state not in WAITING:
            return False
        holder = _holder(session, row.sha256)
        if holder:
            row.state, row.document_id = "held", holder
            return False
        row.state = "reading"
        return True


def _holder(session: Session, sha256: str) -> int | None:
    return session.scalar(select(DocumentFile.document_id).where(DocumentFile.sha256 == sha256))


def _teller(instance: Instance, deposit_id: int) -> Progress:
    told, state = 0.0, "reading"

    def tell(page: int, total: int, *, recognising: bool = False) -> None:
        nonlocal told, state
        now = "recognising" if recognising else "reading"
        if now == state and time.monotonic() - told < _TELLING:
            return
        with instance.catalogue.session() as session:
            row = session.get_one(Deposit, deposit_id)
            if row.state not in WAITING:
                raise Cancelled
            row.state, row.page, row.pages = now, page, total
        told, state = time.monotonic(), now

    return tell


def _searchable(instance: Instance, reader: Reader, path: Path, record: Record) -> Kept | None:
    """Keep the searchable rendition of what was recognised; a document can be without."""
    if not searchable.is_wanted(record):
        return None
    try:
        made = reader.make_searchable(path, record)
    except ReadingError as error:
        _log.warning("no searchable rendition of %s: %s", path.name, error, exc_info=error.__cause__)
        return None
    return instance.store.put(BytesIO(made))


def _catalogue(instance: Instance, deposit_id: int, record: Record, rendition: Kept | None) -> int | None:
    """Return the id of the document made of the deposit; None when it was cancelled."""
    with instance.catalogue.session() as session:
        row = session.get_one(Deposit, deposit_id)
        if row.state not in WAITING:
            return None
        is_new = rendition and not _holder(session, rendition.sha256)  # another archive may have sent it
        document = cataloguing.document(record, row, rendition if is_new else None)
        session.add(document)
        session.flush()
        citations.settle(session, [document.id])
        renditions.propose(session, document)
        row.state, row.document_id = "done", document.id
        row.page = row.pages = len(record.pages)
        detail = {"file": row.name, "sha256": row.sha256, "job": row.job_id}
        by = accounts.viewer(session, row.job.created_by)
        history.record(session, by, document.id, history.Action.ACCESSION, detail)
        return document.id
