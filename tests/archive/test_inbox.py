"""The watched folder: what lies in it for a while goes into the archive, and nothing of it is lost."""

import os
import time
from pathlib import Path

import pytest

from archive import accession, inbox
from archive.catalogue import queries
from archive.errors import ArchiveError
from archive.instance import Instance
from archive.store import Store
from archive.workflow import CLERK
from tests.archive.conftest import Says, record


def lay(instance: Instance, name: str, content: bytes = b"abc", age: float = 2 * inbox.SETTLED) -> Path:
    """Lay a file in the folder that was last written `age` seconds ago."""
    path = instance.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


def names(instance: Instance) -> list[str]:
    with instance.catalogue.reading() as session:
        return [deposit.name for job in queries.jobs(session, CLERK, 9) for deposit in job.deposits]


def test_files_that_have_settled_are_taken_and_leave_the_folder(instance: Instance) -> None:
    """Those in folders below too, as drafts; their bytes are the store's from then on."""
    first, second = lay(instance, "quét 1.txt", b"one"), lay(instance, "tháng 8/quét 2.txt", b"two")
    job_id = inbox.collect(instance)
    assert names(instance) == ["quét 1.txt", "quét 2.txt"]
    assert not first.exists()
    assert not second.exists()
    for deposit_id in accession.waiting(instance, job_id):
        accession.take_in(instance, Says(record("x")), deposit_id)
    with instance.catalogue.reading() as session:
        assert [deposit.document.state for deposit in queries.job(session, CLERK, job_id).deposits] == ["draft"] * 2
    assert inbox.collect(instance) is None


@pytest.mark.parametrize("name", [".ẩn.pdf", "~$kế hoạch.docx", "tải về.pdf.crdownload", ".cache/a.pdf"])
def test_what_is_no_finished_document_stays(instance: Instance, name: str) -> None:
    """Hidden files, an office program's locks, and what a browser is still loading."""
    path = lay(instance, name)
    assert inbox.collect(instance) is None
    assert path.exists()


def test_a_file_still_being_written_is_left_for_the_next_time(instance: Instance) -> None:
    """It counts as written while it changed a moment ago."""
    lay(instance, "đang quét.pdf", age=0)
    assert inbox.collect(instance) is None


def test_a_link_leads_nowhere(instance: Instance, tmp_path: Path) -> None:
    """Whoever may write to the folder cannot have another's file read through it."""
    secret = tmp_path / "secret"
    secret.write_text("x", encoding="utf-8")
    os.utime(secret, (0, 0))
    (instance.inbox / "a.pdf").symlink_to(secret)
    assert inbox.collect(instance) is None


def test_what_cannot_be_kept_stays_in_the_folder(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk leaves the file where it is, for the next time."""

    def full(*_: object) -> None:
        raise ArchiveError("Ổ đĩa đã đầy; hãy dọn chỗ trống.")

    path = lay(instance, "a.txt")
    with monkeypatch.context() as disk:
        disk.setattr(Store, "put", full)
        with pytest.raises(ArchiveError):
            inbox.collect(instance)
    assert path.read_bytes() == b"abc"
    inbox.collect(instance)
    assert names(instance) == ["a.txt"]
