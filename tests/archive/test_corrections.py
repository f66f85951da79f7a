"""What documents say of themselves, corrected by staff, and corrections undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from archive import corrections, history, transitions
from archive.catalogue import queries
from archive.catalogue.facts import Description, DocumentFacts
from archive.catalogue.models import Event
from archive.consistency import check
from archive.errors import NotAllowed, NotHeld, Refused
from archive.finding import find
from archive.instance import Instance
from archive.search import Filters
from archive.workflow import CHANGEABLE, CLERK, Role, State, Viewer
from ingest.record import Mention, Reference, Relation, Signer
from tests.archive.conftest import PATHS

BODY = "Ủy ban nhân dân tỉnh Lam Sơn"
CITING = Reference("5/QĐ-UBND", "Quyết định", None, BODY, Relation.LEGAL_BASIS, (Mention(1, 0, 9, "5/QĐ-UBND"),))


@pytest.fixture
def misread(keep: Callable[..., int]) -> int:
    """A decision whose number lost a digit when it was read."""
    return keep(
        "QUYẾT ĐỊNH", number="51/QĐ-UBND", kind="Quyết định", issuer=BODY, place="Lam Sơn",
        subject="Về việc trồng rừng",
        issued_on=date(2026, 3, 2), signers=(Signer("Lê Thị Mai", "Chủ tịch", ()),), recipients=("Như Điều 3",),
    )  # fmt: skip


def facts(instance: Instance, document_id: int) -> DocumentFacts:
    with instance.catalogue.reading() as session:
        return queries.document(session, CLERK, document_id)


def correct(instance: Instance, document_id: int, viewer: Viewer = CLERK, **changed: object) -> None:
    now = facts(instance, document_id)
    said = replace(corrections.description(now), **changed)
    corrections.correct(instance, viewer, document_id, said, now.version)


def events(instance: Instance, document_id: int) -> list[Event]:
    with instance.catalogue.reading() as session:
        found = select(Event).where(Event.document_id == document_id, Event.action == history.Action.EDIT)
        return list(session.scalars(found.order_by(Event.id)))


def test_a_correction_is_seen_found_and_told(instance: Instance, misread: int) -> None:
    """On the page, in the search and in the history, while the machine's reading stays as it was."""
    correct(instance, misread, number=" 5/QĐ-UBND ", kind="QUYẾT ĐỊNH", subject="Về việc\ntrồng  rừng ngập mặn")
    now = facts(instance, misread)
    assert (now.card.number, now.card.kind, now.card.subject) == (
        "5/QĐ-UBND",
        "Quyết định",
        "Về việc trồng rừng ngập mặn",
    )
    assert now.record["number"] == "51/QĐ-UBND"
    assert find(instance, CLERK, "ngập mặn", Filters(), "relevance", 1, 10).total == 1
    (event,) = events(instance, misread)
    assert event.detail["changes"] == {
        "number": ["51/QĐ-UBND", "5/QĐ-UBND"],
        "subject": ["Về việc trồng rừng", "Về việc trồng rừng ngập mặn"],
    }
    assert check(instance) == ()


def test_citations_follow_a_corrected_number(instance: Instance, keep: Callable[..., int], misread: int) -> None:
    """What was missing because of a misread digit is found, and missed again when the correction is undone."""
    citing = keep("5/QĐ-UBND", issuer=BODY, place="Lam Sơn", references=(CITING,))

    def target() -> int | None:
        with instance.catalogue.reading() as session:
            (reference,) = queries.outgoing(session, CLERK, citing)
            return reference.target.id if reference.target else None

    assert target() is None
    correct(instance, misread, number="5/QĐ-UBND")
    assert target() == misread
    corrections.undo(instance, CLERK, misread, events(instance, misread)[-1].id)
    assert target() is None


def test_people_and_days_are_corrected_and_undone_too(instance: Instance, misread: int) -> None:
    """Whatever the field, an undo gives back exactly what was there, and is an event of its own."""
    before = corrections.description(facts(instance, misread))
    signers = (Signer("Trần Văn Hải", "Phó Chủ tịch", ("TM. UBND", "KT. CHỦ TỊCH")), Signer(None, " ", ()))
    correct(instance, misread, signers=signers, recipients=("Như Điều 3", "", "Lưu: VT"), issued_on=None, place="")
    now = corrections.description(facts(instance, misread))
    assert now == replace(before, signers=signers[:1], recipients=("Như Điều 3", "Lưu: VT"), issued_on=None, place=None)
    (edit,) = events(instance, misread)
    corrections.undo(instance, CLERK, misread, edit.id)
    assert corrections.description(facts(instance, misread)) == before
    assert events(instance, misread)[-1].detail["undoes"] == edit.id


def test_what_was_changed_again_is_not_undone(instance: Instance, misread: int) -> None:
    """The later correction has to be undone first; one that touched other fields is no hindrance."""
    correct(instance, misread, number="5/QĐ-UBND")
    correct(instance, misread, number="15/QĐ-UBND")
    correct(instance, misread, place="Thành phố Lam Sơn")
    first, second, _ = events(instance, misread)
    with pytest.raises(Refused, match="hoàn tác lần sửa sau trước"):
        corrections.undo(instance, CLERK, misread, first.id)
    corrections.undo(instance, CLERK, misread, second.id)
    corrections.undo(instance, CLERK, misread, first.id)
    assert facts(instance, misread).card.number == "51/QĐ-UBND"


def test_nothing_changed_is_no_event(instance: Instance, misread: int) -> None:
    """Saving the form as it was leaves history and version alone."""
    version = facts(instance, misread).version
    correct(instance, misread)
    assert facts(instance, misread).version == version
    assert events(instance, misread) == []


def test_a_form_of_an_older_version_is_refused(instance: Instance, misread: int) -> None:
    """Two people at once lose nothing of each other's."""
    old = facts(instance, misread)
    correct(instance, misread, place="Bến Cát")
    said = replace(corrections.description(old), number="5/QĐ-UBND")
    with pytest.raises(Refused, match="người khác thay đổi"):
        corrections.correct(instance, CLERK, misread, said, old.version)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("number", "năm mươi mốt", "28/KH-UBND"),
        ("kind", "Thư ngỏ lạ", "danh sách"),
        ("issued_on", date(1900, 1, 1), "02/09/1945"),
        ("issued_on", date(2999, 1, 1), "hết năm nay"),
        ("subject", "a" * 2001, "rút gọn"),
    ],
)
def test_values_at_fault_are_refused(field: str, value: object, said: str) -> None:
    """With what to write instead; an empty description has no fault."""
    assert said in corrections.faults(replace(Description(), **{field: value}))[field]
    assert corrections.faults(Description()) == {}


def test_what_may_not_be_changed(instance: Instance, brought: Callable[[State], int]) -> None:
    """Not by who may not edit, not in a state that keeps a document as it is, and no event of another document."""
    for state in PATHS:
        held = brought(state)
        if state in CHANGEABLE:
            correct(instance, held, place="Lam Sơn")
            with pytest.raises(NotAllowed):
                correct(instance, held, Viewer(1, "lan", Role.CONTRIBUTOR), place="Bến Cát")
        else:
            with pytest.raises(Refused, match="đổi trạng thái trước"):
                correct(instance, held, place="Lam Sơn")
    transitions.move(instance, CLERK, brought(State.INTERNAL), "freeze", "Thanh tra")
    with pytest.raises(NotHeld):
        corrections.undo(instance, CLERK, brought(State.DRAFT), 1)
