"""Taking files in: nothing is lost, nothing is taken in twice, and a crash is made good."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from archive import accession, consistency, indexing
from archive.catalogue import queries
from archive.catalogue.facts import JobFacts
from archive.catalogue.models import Document, DocumentFile, Event
from archive.errors import NotAllowed, NotHeld, Refused
from archive.instance import Instance
from archive.search import Filters, parse
from archive.workflow import CLERK, Role, State, Viewer
from ingest.bounded import BoundedReader
from ingest.errors import DamagedFile
from ingest.readers import Progress
from ingest.record import Mention, Page, Problem, Record, Reference, Relation, Signer, Word
from tests.archive.conftest import Says, record

PLAN = record(
    "Căn cứ Nghị quyết số 17/NQ-CP", number="228/KH-UBND", issued_on=date(2017, 8, 18), kind="Kế hoạch",
    issuer="Ủy ban nhân dân tỉnh Lam Sơn", subject="Phát triển thư viện", signers=(Signer("Lê Minh Khôi", None),),
    references=(Reference("17/NQ-CP", "Nghị quyết", None, None, Relation.LEGAL_BASIS, (Mention(1, 7, 29, "x"),)),),
)  # fmt: skip


class Unreadable:
    """A reader to whom every file is damaged."""

    def read(self, *_: object) -> Record:
        raise DamagedFile("Tệp bị hỏng; hãy gửi lại tệp gốc.")


def brought(instance: Instance, *files: tuple[str, bytes], state: State = State.INTERNAL) -> tuple[str, list[int]]:
    job_id = accession.deposit(instance, CLERK, [(name, io.BytesIO(content)) for name, content in files], state)
    return job_id, list(accession.waiting(instance, job_id))


def job(instance: Instance, job_id: str) -> JobFacts:
    with instance.catalogue.reading() as session:
        return queries.job(session, CLERK, job_id)


def found(instance: Instance, words: str) -> list[int]:
    results = instance.index.search(
        parse(words), states=CLERK.sees, filters=Filters(), sort="relevance", page=1, size=10
    )
    return [hit.id for hit in results.hits]


def count(instance: Instance, table: type[Document] | type[DocumentFile] | type[Event]) -> int:
    with instance.catalogue.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_file_becomes_a_document(instance: Instance) -> None:
    """What was read is catalogued under the job's state, can be found, and the event says who brought which file."""
    job_id, (deposit_id,) = brought(instance, ("ke-hoach.txt", b"abc"), state=State.DRAFT)
    accession.take_in(instance, Says(PLAN), deposit_id)
    (deposit,) = job(instance, job_id).deposits
    assert deposit.state == "done"
    assert deposit.document
    with instance.catalogue.reading() as session:
        facts = queries.document(session, CLERK, deposit.document.id)
        event = session.scalars(select(Event)).one()
    assert (facts.card.number, facts.card.state, facts.card.signers) == ("228/KH-UBND", "draft", ("Lê Minh Khôi",))
    assert facts.files[0].name == "ke-hoach.txt"
    assert found(instance, "thu vien") == [deposit.document.id]
    assert (event.action, event.user_id, event.detail["file"]) == ("accession", None, "ke-hoach.txt")


def test_taken_in_twice_is_one_document(instance: Instance) -> None:
    """Taking the same deposit in again changes nothing."""
    _, (deposit_id,) = brought(instance, ("a.txt", b"abc"))
    for _ in range(2):
        accession.take_in(instance, Says(PLAN), deposit_id)
    assert (count(instance, Document), count(instance, Event)) == (1, 1)


def test_same_bytes_again_lead_to_the_holder(instance: Instance) -> None:
    """Bytes that the archive holds are not read again; the deposit names the document that has them."""
    first, (deposit_id,) = brought(instance, ("a.txt", b"abc"))
    accession.take_in(instance, Says(PLAN), deposit_id)
    again, waiting = brought(instance, ("b.txt", b"abc"))
    assert waiting == []
    assert job(instance, again).deposits[0].state == "held"
    assert job(instance, again).deposits[0].document == job(instance, first).deposits[0].document


def test_same_bytes_twice_in_one_job(instance: Instance) -> None:
    """Of two equal files brought together one becomes a document, the other is held by it."""
    job_id, deposit_ids = brought(instance, ("a.txt", b"abc"), ("b.txt", b"abc"))
    for deposit_id in deposit_ids:
        accession.take_in(instance, Says(PLAN), deposit_id)
    assert [deposit.state for deposit in job(instance, job_id).deposits] == ["done", "held"]
    assert count(instance, Document) == 1


def test_same_bytes_read_at_one_time(instance: Instance) -> None:
    """While one process reads the bytes no other does; the other's deposit is then held by the one's document."""
    job_id, (one, other) = brought(instance, ("a.txt", b"abc"), ("b.txt", b"abc"))

    class Unread(Says):
        def read(self, _path: Path, _progress: Progress) -> Record:
            pytest.fail("read twice")

    class Slow(Says):
        def read(self, path: Path, progress: Progress) -> Record:
            accession.take_in(instance, Unread(PLAN), one)
            accession.take_in(instance, Unread(PLAN), other)
            return super().read(path, progress)

    accession.take_in(instance, Slow(PLAN), one)
    assert accession.waiting(instance, job_id) == (other,)
    accession.take_in(instance, Unread(PLAN), other, wait=True)
    deposits = job(instance, job_id).deposits
    assert [deposit.state for deposit in deposits] == ["done", "held"]
    assert deposits[0].document == deposits[1].document
    assert count(instance, DocumentFile) == 1


def test_a_file_that_cannot_be_read(instance: Instance) -> None:
    """It fails with its reason, its bytes stay in the store, and the files beside it are taken in."""
    job_id, (bad, good) = brought(instance, ("hong.pdf", b"%PDF"), ("tot.txt", b"abc"))
    accession.take_in(instance, Unreadable(), bad)
    accession.take_in(instance, Says(PLAN), good)
    failed, done = job(instance, job_id).deposits
    assert (failed.state, failed.message) == ("failed", "Tệp bị hỏng; hãy gửi lại tệp gốc.")
    assert done.state == "done"
    assert len(list(instance.store.digests())) == 2


def test_a_file_that_failed_may_be_brought_again(instance: Instance) -> None:
    """A later try with the same bytes is read anew."""
    _, (bad,) = brought(instance, ("a.txt", b"abc"))
    accession.take_in(instance, Unreadable(), bad)
    job_id, (again,) = brought(instance, ("a.txt", b"abc"))
    accession.take_in(instance, Says(PLAN), again)
    assert job(instance, job_id).deposits[0].state == "done"


def test_a_file_can_be_added_to_a_job(instance: Instance) -> None:
    """It takes the job's state, and nobody adds to a job that they do not follow."""
    job_id, _ = brought(instance, ("a.txt", b"abc"), state=State.DRAFT)
    accession.deposit(instance, CLERK, [("b.txt", io.BytesIO(b"def"))], State.INTERNAL, job_id)
    assert [deposit.name for deposit in job(instance, job_id).deposits] == ["a.txt", "b.txt"]
    stranger = Viewer(None, "ngoài", Role.CONTRIBUTOR)
    with pytest.raises(NotHeld):
        accession.deposit(instance, stranger, [("c.txt", io.BytesIO(b"ghi"))], State.INTERNAL, job_id)


def test_a_file_waiting_can_be_left_and_taken_up_again(instance: Instance) -> None:
    """Left, it is not read; tried again, it becomes a document as if nothing had been."""
    job_id, (first, second) = brought(instance, ("a.txt", b"abc"), ("b.txt", b"def"))
    assert accession.cancel(instance, CLERK, job_id, first) == 1
    accession.take_in(instance, Says(PLAN), first)
    assert [deposit.state for deposit in job(instance, job_id).deposits] == ["cancelled", "queued"]
    assert accession.waiting(instance, job_id) == (second,)
    assert accession.retry(instance, CLERK, job_id) == 1
    accession.take_in(instance, Says(PLAN), first)
    assert [deposit.state for deposit in job(instance, job_id).deposits] == ["done", "queued"]


def test_a_file_left_while_it_is_read_makes_no_document(instance: Instance) -> None:
    """Reading stops at the next page that it tells of; when it ends without telling, what was read is not kept."""
    job_id, (first, second) = brought(instance, ("a.txt", b"abc"), ("b.txt", b"def"))

    @dataclass(frozen=True)
    class Slow(Says):
        tells: bool

        def read(self, _path: Path, progress: Progress) -> Record:
            accession.cancel(instance, CLERK, job_id)
            if self.tells:
                progress(1, 9)
                pytest.fail("reading went on")
            return PLAN

    accession.take_in(instance, Slow(PLAN, tells=True), first)
    accession.retry(instance, CLERK, job_id, second)
    accession.take_in(instance, Slow(PLAN, tells=False), second)
    assert [deposit.state for deposit in job(instance, job_id).deposits] == ["cancelled", "cancelled"]
    assert count(instance, Document) == 0


def test_a_scan_whose_rendition_was_brought_before_it(instance: Instance) -> None:
    """Another archive may have made it and sent it: the scan becomes a document all the same, without it."""
    made = b"the scan with its words"

    class Made(Says):
        def make_searchable(self, _path: Path, _record: Record) -> bytes:
            return made

    scan = record("quet.pdf", pages=(Page(1, "Sở", (Word(0, 2, (1, 2, 3, 4)),), 600, 850, recognised=True),))
    for content in (made, b"scan"):
        job_id, (deposit_id,) = brought(instance, ("quet.pdf", content))
        accession.take_in(instance, Made(scan if content == b"scan" else PLAN), deposit_id)
        assert job(instance, job_id).deposits[0].state == "done"
    assert count(instance, DocumentFile) == 2
    assert consistency.check(instance) == ()


def test_the_rendition_of_a_scan_that_is_left_goes(instance: Instance) -> None:
    """What was made of a file that was left meanwhile is not kept; the file itself is."""
    job_id, (deposit_id,) = brought(instance, ("quet.pdf", b"scan"))
    word = Word(0, 2, (10, 10, 20, 20))

    class Left(Says):
        def make_searchable(self, _path: Path, _record: Record) -> bytes:
            accession.cancel(instance, CLERK, job_id)
            return b"the scan with its words"

    scan = record("quet.pdf", pages=(Page(1, "Sở", (word,), 600, 850, recognised=True),))
    accession.take_in(instance, Left(scan), deposit_id)
    assert count(instance, Document) == 0
    assert consistency.check(instance) == ()


def test_a_page_that_is_recognised_is_told_of(instance: Instance) -> None:
    """While a page that is an image is recognised the file's state says so, and how many pages are done."""
    job_id, (deposit_id,) = brought(instance, ("quet.pdf", b"scan"))
    seen: list[tuple[str, int, int]] = []

    class Scanned(Says):
        def read(self, path: Path, progress: Progress) -> Record:
            for page in range(2):
                progress(page, 2, recognising=True)
                deposit = job(instance, job_id).deposits[0]
                seen.append((deposit.state, deposit.page, deposit.pages))
                progress(page + 1, 2)
            return super().read(path, progress)

    accession.take_in(instance, Scanned(PLAN), deposit_id)
    assert seen == [("recognising", 0, 2), ("recognising", 1, 2)]


def test_what_is_done_is_neither_left_nor_read_again(instance: Instance) -> None:
    """Cancelling and trying again touch only what they can mean."""
    job_id, (deposit_id,) = brought(instance, ("a.txt", b"abc"))
    accession.take_in(instance, Says(PLAN), deposit_id)
    assert (accession.cancel(instance, CLERK, job_id), accession.retry(instance, CLERK, job_id)) == (0, 0)


def test_a_document_without_text(instance: Instance) -> None:
    """A file none of whose pages could be read is kept as a document that tells its problem."""
    scan = record("", problems=(Problem("no_text", "Chưa đọc được, cần nhận dạng.", 1),))
    job_id, (deposit_id,) = brought(instance, ("quet.pdf", b"scan"))
    accession.take_in(instance, Says(scan), deposit_id)
    document = job(instance, job_id).deposits[0].document
    assert document
    with instance.catalogue.reading() as session:
        assert queries.document(session, CLERK, document.id).problems == scan.problems


class PowerCut(BaseException):
    """The end of the process, at a place of the test's choice."""


def cut() -> None:
    raise PowerCut


@pytest.mark.parametrize(
    "step", ["archive.cataloguing.document", "archive.citations.settle", "archive.search.WhooshIndex.write"]
)
def test_a_crash_between_two_steps(instance: Instance, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Whichever step the process dies in, catching up leaves one document, searchable, and nothing to do."""
    _, (deposit_id,) = brought(instance, ("a.txt", b"abc"))
    monkeypatch.setattr(step, lambda *_: cut())
    with pytest.raises(PowerCut):
        accession.take_in(instance, Says(PLAN), deposit_id)
    monkeypatch.undo()
    for left in accession.waiting(instance):
        accession.take_in(instance, Says(PLAN), left)
    indexing.catch_up(instance)
    assert count(instance, Document) == 1
    assert len(found(instance, "thư viện")) == 1
    assert accession.waiting(instance) == ()


def test_only_who_may_deposit(instance: Instance) -> None:
    """A reader's files are not taken."""
    with pytest.raises(NotAllowed):
        accession.deposit(instance, Viewer(1, "lan", Role.READER), [("a.txt", io.BytesIO(b"abc"))], State.PUBLIC)


def test_no_file_at_all(instance: Instance) -> None:
    """A job needs a file."""
    with pytest.raises(Refused):
        accession.deposit(instance, CLERK, [], State.PUBLIC)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Tài liệu\\kế hoạch.pdf", "kế hoạch.pdf"),
        ("ke\u0302\u0301 hoa\u0323ch.pdf", "kế hoạch.pdf"),
        ("a\x00b\r\n\u202ec.pdf", "abc.pdf"),
        ("\"dấu' nháy.pdf", "\"dấu' nháy.pdf"),
        ("", "không tên"),
        ("../", "không tên"),
    ],
)
def test_name_of_a_file(name: str, shown: str) -> None:
    """A file's name is shown without folders and signs that cannot be seen."""
    assert accession.shown_name(name) == shown


def test_very_long_name() -> None:
    """A name over 255 characters is cut, its ending kept."""
    shown = accession.shown_name("ă" * 300 + ".pdf")
    assert len(shown) == 255
    assert shown.endswith("….pdf")


HEADER = """ỦY BAN NHÂN DÂN
TỈNH LAM SƠN
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Sơn, ngày {day} tháng 8 năm 2017

KẾ HOẠCH
{subject}

"""
LIBRARIES = HEADER.format(number="228/KH-UBND", day=18, subject="Phát triển thư viện xã")
BOOKS = HEADER.format(number="301/KH-UBND", day=25, subject="Luân chuyển sách") + (
    "Thực hiện Kế hoạch số 228/KH-UBND ngày 18 tháng 8 năm 2017 của UBND tỉnh về phát triển thư viện xã;\n"
    "Căn cứ Nghị quyết số 17/NQ-CP ngày 07 tháng 3 năm 2019 của Chính phủ;\n"
)


def test_real_files(instance: Instance) -> None:
    """A citing file and later the cited one lead to each other; bad files brought between them do no harm."""
    files = [("sach.txt", BOOKS.encode()), ("rong.txt", b""), ("gia.pdf", b"\x00\x01\x02 no PDF"),
             ("thu-vien.txt", LIBRARIES.encode())]  # fmt: skip
    job_id, deposit_ids = brought(instance, *files)
    with BoundedReader() as reader:
        for deposit_id in deposit_ids:
            accession.take_in(instance, reader, deposit_id)
    books, empty, fake, libraries = job(instance, job_id).deposits
    assert [deposit.state for deposit in (books, empty, fake, libraries)] == ["done", "failed", "failed", "done"]
    assert all(deposit.message for deposit in (empty, fake))
    assert books.document
    assert libraries.document
    with instance.catalogue.reading() as session:
        resolved, missing = queries.outgoing(session, CLERK, books.document.id)
        (incoming,) = queries.citing(session, CLERK, libraries.document.id, None, 10)
    assert (resolved.target, resolved.relation) == (libraries.document, Relation.IMPLEMENTS)
    assert (missing.status, missing.cited_key) == ("missing", "17-nq-cp-2019")
    assert incoming.document == books.document
    assert incoming.sentence.startswith("Thực hiện Kế hoạch số 228/KH-UBND")
