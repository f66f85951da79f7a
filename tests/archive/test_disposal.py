"""Documents deleted for good: by whom, when, what stays, and what a crash between two steps leaves."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from archive import accession, clock, disposal, history, transitions
from archive.catalogue import queries
from archive.catalogue.models import Deposit, Document, Event, FilePage, PageGeometry, Twin
from archive.consistency import check
from archive.errors import NotAllowed, NotHeld, Refused, StoreDamaged
from archive.instance import Instance
from archive.store import Store
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Mention, Page, Reference, Relation, Word
from tests.archive.conftest import Says, record

BODY = "Ủy ban nhân dân tỉnh Lam Sơn"
CITING = Reference("5/QĐ-UBND", "Quyết định", None, BODY, Relation.LEGAL_BASIS, (Mention(1, 0, 9, "5/QĐ-UBND"),))


@pytest.fixture
def trashed(instance: Instance, keep: Callable[..., int]) -> int:
    """A document in the trash."""
    page = Page(1, "Văn bản nhầm", (Word(0, 3, (72, 60, 95, 75)),), 595, 842)
    held = keep(pages=(page,), state=State.DRAFT, number="5/QĐ-UBND", issuer=BODY, references=(CITING,))
    transitions.move(instance, CLERK, held, "trash")
    return held


@pytest.fixture
def later(trashed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The term of what is in the trash has passed."""
    now = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.mark.usefixtures("later")
def test_nothing_but_its_history_stays(instance: Instance, keep: Callable[..., int], trashed: int) -> None:
    """Rows, index and bytes are gone, all still agree, and the event says what it was, who deleted it and why."""
    citing = keep("Căn cứ 5/QĐ-UBND", references=(CITING,))
    (digest,) = disposal.erase(instance, CLERK, trashed, "Tệp của cơ quan khác")
    assert not instance.store.path(digest).exists()
    assert check(instance) == ()
    with instance.catalogue.reading() as session:
        assert session.get(Document, trashed) is None
        assert session.scalar(select(func.count()).select_from(FilePage)) == 1
        (cited,) = queries.outgoing(session, CLERK, citing)
        assert (cited.number, cited.status) == ("5/QĐ-UBND", "missing")
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert history.first_broken(session) is None
    assert event is not None
    assert (event.action, event.document_id, event.detail["reason"]) == ("erasure", trashed, "Tệp của cơ quan khác")
    assert event.detail["document"]["number"] == "5/QĐ-UBND"
    assert event.detail["files"] == [{"name": "văn bản.txt", "sha256": digest}]


@pytest.mark.usefixtures("later")
def test_what_is_known_about_a_document_goes_with_it(
    instance: Instance, keep: Callable[..., int], trashed: int
) -> None:
    """Where its words stand, and which others may be the same."""
    twin = keep("Văn bản khác")
    with instance.catalogue.session() as session:
        page = session.scalars(select(FilePage)).first()
        assert page is not None
        page.geometry = PageGeometry(width=595, height=842, words=b"")
        session.add_all([Twin(document_id=trashed, other_id=twin), Twin(document_id=twin, other_id=trashed)])
    disposal.erase(instance, CLERK, trashed, "Nhầm")
    with instance.catalogue.reading() as session:
        assert session.scalars(select(Document.id)).all() == [twin]
        assert session.scalars(select(PageGeometry)).all() == session.scalars(select(Twin)).all() == []


@pytest.mark.usefixtures("later")
def test_the_number_of_a_deleted_document_is_never_anothers(
    instance: Instance, keep: Callable[..., int], trashed: int
) -> None:
    """An address that once led to it leads nowhere, and its history is no other document's."""
    disposal.erase(instance, CLERK, trashed, "Nhầm")
    assert keep("Văn bản sau") > trashed


def test_within_the_term_nothing_is_deleted(instance: Instance, trashed: int) -> None:
    """Not even by a manager; restoring ends the matter."""
    with pytest.raises(Refused, match="30 ngày"):
        disposal.erase(instance, CLERK, trashed, "Nhầm")
    assert transitions.move(instance, CLERK, trashed, "restore") == State.DRAFT
    assert check(instance) == ()


@pytest.mark.usefixtures("later")
def test_who_may_not_and_what_may_not(instance: Instance, keep: Callable[..., int], trashed: int) -> None:
    """Only a manager, only with a reason, only what is in the trash."""
    with pytest.raises(NotAllowed):
        disposal.erase(instance, Viewer(1, "bien-tap", Role.EDITOR), trashed, "Nhầm")
    with pytest.raises(Refused, match="cần lý do"):
        disposal.erase(instance, CLERK, trashed, "")
    held = keep("Văn bản đang dùng")
    with pytest.raises(NotHeld):
        disposal.erase(instance, CLERK, held, "Nhầm")
    assert check(instance) == ()


@pytest.mark.usefixtures("later")
def test_bytes_that_something_else_holds_stay(instance: Instance, keep: Callable[..., int], trashed: int) -> None:
    """A file that once could not be read, and may be tried again, is still there afterwards."""
    with instance.catalogue.reading() as session:
        path = instance.store.path(queries.file(session, CLERK, trashed).sha256)
    job = accession.deposit(instance, CLERK, [("lần hai.txt", io.BytesIO(path.read_bytes()))], State.DRAFT)
    with instance.catalogue.session() as session:
        deposit = session.scalars(select(Deposit).where(Deposit.job_id == job)).one()
        deposit.state, deposit.document_id = "failed", None
    disposal.erase(instance, CLERK, trashed, "Nhầm")
    assert path.exists()
    assert check(instance) == ()


@pytest.mark.usefixtures("later")
def test_the_same_file_may_come_in_again(instance: Instance, trashed: int) -> None:
    """What was deleted is a new document when it is brought again, and no sweep takes its bytes away."""
    with instance.catalogue.reading() as session:
        content = instance.store.path(queries.file(session, CLERK, trashed).sha256).read_bytes()
    disposal.erase(instance, CLERK, trashed, "Nhầm")
    job = accession.deposit(instance, CLERK, [("lần hai.txt", io.BytesIO(content))], State.DRAFT)
    (deposit_id,) = accession.waiting(instance, job)
    accession.take_in(instance, Says(record("Văn bản nhầm")), deposit_id)
    disposal.sweep(instance)
    assert check(instance) == ()


@pytest.mark.usefixtures("later")
def test_what_a_crash_leaves_of_the_bytes_is_swept(
    instance: Instance, trashed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the catalogue has let go, the next start removes what is left in the store."""

    def crash(store: Store, sha256: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Store, "remove", crash)
        with pytest.raises(KeyboardInterrupt):
            disposal.erase(instance, CLERK, trashed, "Nhầm")
    assert [difference.code for difference in check(instance)] == ["file_unknown"]
    disposal.sweep(instance)
    assert check(instance) == ()


def test_bytes_swept_while_they_are_brought_again_are_asked_for_again(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deposit is never acknowledged when its bytes went in the moment between store and catalogue."""
    put = Store.put
    monkeypatch.setattr(Store, "put", lambda store, stream: (kept := put(store, stream), store.remove(kept.sha256))[0])
    with pytest.raises(StoreDamaged, match="gửi lại"):
        accession.deposit(instance, CLERK, [("a.txt", io.BytesIO(b"a"))], State.DRAFT)
    with instance.catalogue.reading() as session:
        assert session.scalars(select(Deposit)).all() == []
