"""Whether documents are in force."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive import history
from archive.catalogue import queries
from archive.catalogue.facts import Force, Standing
from archive.catalogue.models import Document
from archive.history import Action
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Relation
from tests.archive.catalogue import rows

READER = Viewer(1, "lan", Role.READER)
CITED = {"issued_on": date(2024, 1, 5), "issuer": rows.HERE["issuer"]}


def old(session: Session) -> int:
    return rows.document(session, "12/QĐ-UBND", issued_on=date(2024, 1, 5))


def does(session: Session, relation: Relation, day: date, text: str = "", **fields: object) -> int:
    """A later document that does something to the old one."""
    citing = rows.document(session, f"{day.day}/QĐ-UBND", issued_on=day, text=text, **fields)
    rows.cite(session, citing, "12/QĐ-UBND", relation=relation, **CITED)
    return citing


def force(session: Session, document_id: int, viewer: Viewer = READER) -> Force | None:
    return queries.forces(session, viewer, [document_id]).get(document_id)


@pytest.mark.parametrize(
    ("relation", "standing", "ended"),
    [
        (Relation.REPLACES, Standing.REPLACED, True),
        (Relation.REPEALS, Standing.REPEALED, True),
        (Relation.SUSPENDS, Standing.SUSPENDED, False),
        (Relation.AMENDS, Standing.AMENDED, False),
    ],
)
def test_what_a_later_document_does(session: Session, relation: Relation, standing: Standing, ended: bool) -> None:
    """The standing, since when, and the sentence that says it."""
    held = old(session)
    assert force(session, held) is None
    text = "Quyết định này có hiệu lực từ ngày ký, xử lý Quyết định số 12/QĐ-UBND."
    citing = does(session, relation, date(2026, 2, 3), text)
    found = force(session, held)
    assert found
    assert (found.standing, found.since, found.ended) == (standing, date(2026, 2, 3), ended)
    (effect,) = found.effects
    assert (effect.document.id, effect.sentence, effect.page) == (citing, text, 1)


def test_an_effect_begins_when_the_document_says_that_it_is_in_force(session: Session) -> None:
    """Not on its day of issue; who cites the old one in between is right to."""
    held = old(session)
    text = "Quyết định này có hiệu lực kể từ ngày 01 tháng 4 năm 2026 và thay thế Quyết định số 12/QĐ-UBND."
    does(session, Relation.REPLACES, date(2026, 2, 3), text)
    between = does(session, Relation.LEGAL_BASIS, date(2026, 3, 4))
    after = does(session, Relation.LEGAL_BASIS, date(2026, 4, 5))
    found = force(session, held)
    assert found
    assert found.since == date(2026, 4, 1)
    assert [one.warnings for one in queries.outgoing(session, READER, between)] == [()]
    assert [len(one.warnings) for one in queries.outgoing(session, READER, after)] == [1]


def test_only_a_part(session: Session) -> None:
    """`Bãi bỏ khoản 2 Điều 5 của Quyết định …` leaves the rest in force."""
    held = old(session)
    does(session, Relation.REPEALS, date(2026, 2, 3), "Bãi bỏ khoản 2 Điều 5 của Quyết định số 12/QĐ-UBND.")
    found = force(session, held)
    assert found
    assert (found.standing, found.ended) == (Standing.PARTLY, False)
    does(session, Relation.REPEALS, date(2026, 3, 4), "Điều 2. Bãi bỏ Quyết định số 12/QĐ-UBND.")
    found = force(session, held)
    assert found
    assert (found.standing, found.since) == (Standing.REPEALED, date(2026, 3, 4))


def test_a_draft_does_nothing_and_is_not_told_of(session: Session) -> None:
    """What is not issued has no effect, for no one; what a viewer may not see is not hinted at."""
    held = old(session)
    does(session, Relation.REPEALS, date(2026, 2, 3), state=State.DRAFT)
    does(session, Relation.REPEALS, date(2026, 2, 4), state=State.WITHDRAWN)
    assert force(session, held) is force(session, held, CLERK) is None


def test_staff_have_their_own_word(session: Session) -> None:
    """A document that staff noted as expired is so, whatever is cited, with their reason."""
    held = old(session)
    detail = {"transition": "expire", "changes": {"state": ["public", "expired"]}, "reason": "Theo danh mục"}
    history.record(session, CLERK, held, Action.STATE, detail)
    session.get_one(Document, held).state = State.EXPIRED
    session.flush()
    found = force(session, held)
    assert found
    assert (found.standing, found.reason, found.ended) == (Standing.EXPIRED, "Theo danh mục", True)


def test_citing_what_staff_say_had_expired_is_flagged(session: Session) -> None:
    """From the day that they say, whenever they said it."""
    held = old(session)
    late = does(session, Relation.LEGAL_BASIS, date(2026, 3, 4))
    early = does(session, Relation.LEGAL_BASIS, date(2025, 3, 5))
    changes = {"state": ["public", "expired"]}
    detail = {"transition": "expire", "changes": changes, "reason": "Theo danh mục", "since": "2026-01-01"}
    history.record(session, CLERK, held, Action.STATE, detail)
    session.get_one(Document, held).state = State.EXPIRED
    session.flush()
    assert [one.warnings for one in queries.outgoing(session, READER, late)] == [
        ("Khi dẫn chiếu (04/03/2026), văn bản này đã hết hiệu lực (01/01/2026)",)
    ]
    assert [one.warnings for one in queries.outgoing(session, READER, early)] == [()]


def test_citing_what_was_replaced_already_is_flagged(session: Session) -> None:
    """With what replaced it and when; not before that day, and not in the document that replaced it."""
    old(session)
    replacing = does(session, Relation.REPLACES, date(2026, 2, 3))
    late = does(session, Relation.LEGAL_BASIS, date(2026, 3, 4))
    early = does(session, Relation.LEGAL_BASIS, date(2025, 3, 5))
    assert [one.warnings for one in queries.outgoing(session, READER, late)] == [
        ("Khi dẫn chiếu (04/03/2026), văn bản này đã được thay thế bởi 3/QĐ-UBND ngày 03/02/2026",)
    ]
    for unflagged in (replacing, early):
        (cited,) = queries.outgoing(session, READER, unflagged)
        assert cited.warnings == ()
        assert cited.force
        assert cited.force.standing == Standing.REPLACED
