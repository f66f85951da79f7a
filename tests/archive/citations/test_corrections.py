"""Staff's corrections of references: laid over the reading, kept when it is read again, taken back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import citations, history
from archive.catalogue import queries
from archive.catalogue.facts import Outgoing
from archive.catalogue.models import DocumentFile
from archive.citations import correcting
from archive.citations.corrections import NONE_HELD
from archive.errors import NotAllowed, NotHeld, Refused
from archive.instance import Instance
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Mention, Reference, Relation
from tests.archive.catalogue import rows

READER = Viewer(None, "lan", Role.READER)
BODY = "Ủy ban nhân dân tỉnh Lam Sơn"
TEXT = "Căn cứ Quyết định số 12/QĐ-UBND;\nThực hiện Kế hoạch số 7/KH-UBND của tỉnh và Nghị định số 30/2020/NĐ-CP."
DECISION = Reference("12/QĐ-UBND", "Quyết định", None, BODY, Relation.CITES, (Mention(1, 21, 31, "12/QĐ-UBND"),))
PLAN = Reference("7/KH-UBND", "Kế hoạch", None, BODY, Relation.IMPLEMENTS, (Mention(1, 58, 67, "7/KH-UBND"),))


@pytest.fixture
def citing(keep: Callable[..., int]) -> int:
    """A document that was read to cite a decision and a plan."""
    return keep(TEXT, number="20/KH-UBND", issuer=BODY, references=(DECISION, PLAN))


@pytest.fixture
def session(instance: Instance) -> Iterator[Session]:
    with instance.catalogue.session() as session:
        yield session


def cited(session: Session, citing: int, viewer: Viewer = CLERK) -> dict[str | None, Outgoing]:
    return {one.number: one for one in queries.outgoing(session, viewer, citing)}


def test_a_changed_relation_holds_on_both_sides_until_it_is_undone(session: Session, citing: int) -> None:
    """The event says what it was and what it became."""
    correcting.change_relation(session, CLERK, citing, "1-21", Relation.AMENDS)
    assert cited(session, citing)["12/QĐ-UBND"].relation == Relation.AMENDS
    (made,) = queries.corrections(session, CLERK, citing)
    assert (made.change, made.text, made.relation) == ("relation", "12/QĐ-UBND", Relation.AMENDS)
    correcting.undo(session, CLERK, citing, made.id)
    assert cited(session, citing)["12/QĐ-UBND"].relation == Relation.CITES
    assert queries.corrections(session, CLERK, citing) == ()
    assert [list(event.changes.values()) for event in queries.history(session, CLERK, citing)][:2] == [
        [("amends", "cites")],
        [("cites", "amends")],
    ]
    assert history.first_broken(session) is None
    with pytest.raises(Refused, match="không còn hiệu lực"):
        correcting.undo(session, CLERK, citing, made.id)


def test_a_choice_among_several_is_remembered(session: Session, citing: int) -> None:
    """The reference then means the one chosen, which knows its citer; other documents' citations are left alone."""
    one, other = (
        rows.document(session, "12/QĐ-UBND", issuer=BODY, issued_on=date(year, 1, 5)) for year in (2024, 2025)
    )
    assert cited(session, citing)["12/QĐ-UBND"].status == "ambiguous"
    correcting.choose(session, CLERK, citing, "1-21", other)
    target = cited(session, citing)["12/QĐ-UBND"].target
    assert target
    assert target.id == other
    assert [citer.document.id for citer in queries.citing(session, CLERK, other, None, 9)] == [citing]
    assert queries.citing(session, CLERK, one, None, 9) == ()
    correcting.choose(session, CLERK, citing, "1-21", NONE_HELD)
    assert cited(session, citing)["12/QĐ-UBND"].status == "missing"


def test_a_choice_that_a_reader_may_not_see_tells_nothing(session: Session, citing: int) -> None:
    """What staff have chosen is, to who may not see it, a document that is not held; the history names it to no one."""
    draft = rows.document(session, "99/QĐ-UBND", issuer=BODY, state=State.DRAFT, subject="Bí mật")
    before = cited(session, citing, READER)["12/QĐ-UBND"]
    correcting.choose(session, CLERK, citing, "1-21", draft)
    assert cited(session, citing, READER)["12/QĐ-UBND"] == before
    (made,) = queries.corrections(session, READER, citing)
    assert made.target is None
    assert all("99" not in str(event.changes) for event in queries.history(session, CLERK, citing))


def test_a_rejected_reference_is_gone_from_everywhere(session: Session, citing: int) -> None:
    """From the document, from the missing ones and from their counts; undone, it is back."""
    correcting.reject(session, CLERK, citing, "1-58")
    assert list(cited(session, citing)) == ["12/QĐ-UBND"]
    assert [one.number for one in queries.most_missed(session, READER, 9)] == ["12/QĐ-UBND"]
    correcting.undo(session, CLERK, citing, queries.corrections(session, CLERK, citing)[0].id)
    assert list(cited(session, citing)) == ["12/QĐ-UBND", "7/KH-UBND"]


def test_a_missed_reference_is_added_where_it_stands(session: Session, citing: int) -> None:
    """From the words of the document; what is no citation, or is not in the document, is refused with the remedy."""
    correcting.add(session, CLERK, citing, "Nghị định số  30/2020/NĐ-CP", Relation.LEGAL_BASIS)
    added = cited(session, citing)["30/2020/NĐ-CP"]
    assert (added.relation, added.kind, added.cited_key) == (Relation.LEGAL_BASIS, "Nghị định", "30-2020-nd-cp")
    (mention,) = added.mentions
    assert TEXT[mention.start : mention.end] == mention.text == "Nghị định số 30/2020/NĐ-CP"
    with pytest.raises(Refused, match="chép đúng một dẫn chiếu"):
        correcting.add(session, CLERK, citing, "Căn cứ tình hình", Relation.LEGAL_BASIS)
    with pytest.raises(Refused, match="Không thấy đoạn này"):
        correcting.add(session, CLERK, citing, "Nghị định số 99/2020/NĐ-CP", Relation.LEGAL_BASIS)


def test_corrections_survive_a_better_reading(session: Session, citing: int) -> None:
    """Read again with the day of one, its place moved, and one more before it, every correction still holds."""
    correcting.change_relation(session, CLERK, citing, "1-21", Relation.REPLACES)
    correcting.reject(session, CLERK, citing, "1-58")
    correcting.add(session, CLERK, citing, "Nghị định số 30/2020/NĐ-CP", Relation.LEGAL_BASIS)
    reread = (
        Reference("5/QĐ-UBND", None, None, BODY, Relation.CITES, (Mention(1, 2, 4, "5/QĐ-UBND"),)),
        replace(DECISION, issued_on=date(2026, 1, 5), mentions=(Mention(1, 25, 35, "12/QĐ-UBND"),)),
        replace(PLAN, mentions=(Mention(2, 3, 12, "7/KH-UBND"),)),
    )
    file = session.scalars(select(DocumentFile).where(DocumentFile.document_id == citing)).one()
    file.reading = {**file.reading, "references": msgspec.to_builtins(reread)}
    session.flush()
    citations.settle(session, [citing])
    again = cited(session, citing)
    assert list(again) == ["5/QĐ-UBND", "12/QĐ-UBND", "30/2020/NĐ-CP"]
    assert again["12/QĐ-UBND"].relation == Relation.REPLACES
    assert again["5/QĐ-UBND"].relation == Relation.CITES


def test_who_may_not_and_what_may_not(session: Session, citing: int) -> None:
    """Only editors, only what may be changed, only what is there, and never a document as its own source."""
    contributor = Viewer(None, "mai", Role.CONTRIBUTOR)
    with pytest.raises(NotAllowed):
        correcting.reject(session, contributor, citing, "1-21")
    with pytest.raises(NotHeld):
        correcting.reject(session, CLERK, citing, "1-22")
    with pytest.raises(NotHeld):
        correcting.choose(session, CLERK, citing, "1-21", 404)
    with pytest.raises(Refused, match="chính nó"):
        correcting.choose(session, CLERK, citing, "1-21", citing)
    frozen = rows.document(session, state=State.FROZEN)
    rows.cite(session, frozen, "12/QĐ-UBND")
    with pytest.raises(Refused, match="Trạng thái"):
        correcting.reject(session, CLERK, frozen, "1-0")
