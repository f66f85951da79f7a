"""What a document cites and what cites it, as each viewer may know it."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from archive.catalogue import queries
from archive.catalogue.facts import MissingDocument, Outgoing
from archive.catalogue.models import Twin
from archive.errors import NotHeld
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Mention, Relation
from tests.archive.catalogue import rows

READER = Viewer(1, "lan", Role.READER)
ISSUER = rows.HERE["issuer"]
BASES = "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2026;\nCăn cứ Nghị quyết số 7/NQ-HĐND của tỉnh."


def _only(session: Session, viewer: Viewer, document_id: int) -> Outgoing:
    (found,) = queries.outgoing(session, viewer, document_id)
    return found


def test_a_citation_of_a_held_document_is_resolved_on_both_sides(session: Session) -> None:
    """The citing document shows the cited one, and the cited one the sentence that cites it, with its page."""
    held = rows.document(session, "12/QĐ-UBND", issued_on=date(2026, 1, 5))
    citing = rows.document(session, "20/KH-UBND", text=BASES)
    rows.cite(session, citing, "12/QĐ-UBND", issued_on=date(2026, 1, 5), issuer=ISSUER, kind="Quyết định")
    found = _only(session, READER, citing)
    assert (found.status, found.target, found.candidates) == ("resolved", queries.card(session, READER, held), ())
    assert (found.number, found.kind, found.issued_on, found.issuer) == (
        "12/QĐ-UBND", "Quyết định", date(2026, 1, 5), ISSUER,
    )  # fmt: skip
    assert found.relation is Relation.CITES
    assert found.mentions == (Mention(1, 21, 31, "12/QĐ-UBND"),)
    assert found.warnings == ()
    (citer,) = queries.citing(session, READER, held, None, 10)
    assert citer.document == queries.card(session, READER, citing)
    assert citer.sentence == "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2026;"
    assert citer.page == 1


def test_a_date_cited_otherwise_is_said(session: Session) -> None:
    """When the cited date is not the held document's both are shown; a date that either lacks is no disagreement."""
    rows.document(session, "1819/QĐ-TTg", issued_on=date(2015, 10, 26))
    citing = rows.document(session, "20/KH-UBND")
    rows.cite(session, citing, "1819/QĐ-TTg", issued_on=date(2015, 10, 25))
    rows.cite(session, citing, "1819/QĐ-TTg")
    first, second = queries.outgoing(session, READER, citing)
    assert first.warnings == ("Ngày dẫn chiếu (25/10/2015) khác ngày trong kho (26/10/2015)",)
    assert second.warnings == ()


def test_an_old_document_cited_without_its_year_is_pointed_out(session: Session) -> None:
    """Numbers begin anew each year: one without its year is mostly of this year or the last."""
    rows.document(session, "15/QĐ-UBND", issued_on=date(2017, 5, 4))
    rows.document(session, "16/QĐ-UBND", issued_on=date(2025, 5, 4))
    citing = rows.document(session, "20/KH-UBND", issued_on=date(2026, 1, 5))
    for number in ("15/QĐ-UBND", "16/QĐ-UBND"):
        rows.cite(session, citing, number, issuer=ISSUER)
    old, new = queries.outgoing(session, READER, citing)
    assert old.status == new.status == "resolved"
    assert old.warnings == ("Dẫn chiếu không nêu năm; văn bản cùng số trong kho ban hành năm 2017",)
    assert new.warnings == ()


def test_what_may_be_one_with_some_other_document_is_still_in_doubt(session: Session) -> None:
    """Of two documents meant, one that may be the same as a third is not taken for the other."""
    third = rows.document(session, "9/QĐ-TTg", issued_on=date(2019, 1, 2))
    first = rows.document(session, "17/NQ-CP", issued_on=date(2019, 3, 7))
    second = rows.document(session, "17/NQ-CP", issued_on=date(2020, 3, 7))
    citing = rows.document(session, "20/KH-UBND", text=BASES)
    rows.cite(session, citing, "9/QĐ-TTg")
    session.add(Twin(document_id=second, other_id=third))
    rows.cite(session, citing, "17/NQ-CP")
    assert [one.status for one in queries.outgoing(session, READER, citing)] == ["resolved", "ambiguous"]
    assert queries.citing(session, READER, first, None, 10) == ()


def test_an_unseen_target_is_shown_exactly_like_a_missing_one(session: Session) -> None:
    """To who may not see it, a held document is as missing as one that never came: every fact is the same."""
    citing = rows.document(session, "20/KH-UBND", text=BASES)
    rows.cite(session, citing, "12/QĐ-UBND", issued_on=date(2026, 1, 5), issuer=ISSUER)
    missing = _only(session, READER, citing)
    key = missing.cited_key
    page = queries.missing(session, READER, key), queries.missing_citers(session, READER, key, 10)
    assert missing.status == "missing"

    draft = rows.document(session, "12/QĐ-UBND", issued_on=date(2026, 1, 9), state=State.DRAFT)
    assert _only(session, CLERK, citing).target == queries.card(session, CLERK, draft)
    assert _only(session, READER, citing) == missing
    assert (queries.missing(session, READER, key), queries.missing_citers(session, READER, key, 10)) == page
    assert queries.totals(session, READER).missing == 1
    assert queries.totals(session, CLERK).missing == 0
    with pytest.raises(NotHeld):
        queries.missing(session, CLERK, key)


def test_several_that_may_be_meant_are_a_choice_among_the_seen(session: Session) -> None:
    """A citation is ambiguous among those a viewer may see: of two, one a draft, a reader is led to the other,
    and finds the citation there too.
    """
    one = rows.document(session, "12/QĐ-UBND", issued_on=date(2025, 1, 5))
    two = rows.document(session, "12/QĐ-UBND", issued_on=date(2026, 1, 5), state=State.DRAFT)
    citing = rows.document(session, "20/KH-UBND")
    rows.cite(session, citing, "12/QĐ-UBND", issuer=ISSUER)
    clerks, readers = _only(session, CLERK, citing), _only(session, READER, citing)
    assert (clerks.status, clerks.target) == ("ambiguous", None)
    assert {card.id for card in clerks.candidates} == {one, two}
    assert readers.status == "resolved"
    assert readers.target == queries.card(session, READER, one)
    assert readers.candidates == ()
    assert queries.arrived(session, READER, readers.cited_key) == readers.target
    assert queries.arrived(session, CLERK, clerks.cited_key) is None
    (citer,) = queries.citing(session, READER, one, None, 10)
    assert citer.document.id == citing
    assert queries.incoming(session, CLERK, one, 10) == queries.incoming(session, CLERK, two, 10) == ()
    assert queries.most_missed(session, READER, 10) == queries.most_missed(session, CLERK, 10) == ()


def test_unseen_citers_are_not_there(session: Session) -> None:
    """A draft's citations are counted and listed for those who may see drafts, and for no one else."""
    held = rows.document(session, "12/QĐ-UBND", issued_on=date(2026, 1, 5))
    draft = rows.document(session, "20/KH-UBND", state=State.DRAFT, text=BASES)
    rows.cite(session, draft, "12/QĐ-UBND", issued_on=date(2026, 1, 5), issuer=ISSUER)
    rows.cite(session, draft, "7/NQ-HĐND", issuer="HĐND tỉnh")
    (missed,) = queries.most_missed(session, CLERK, 10)
    key = missed.cited_key
    (held_by,), (missed_by,) = queries.incoming(session, CLERK, held, 9), queries.missing_citers(session, CLERK, key, 9)
    assert held_by.total == missed_by.total == 1
    assert queries.incoming(session, READER, held, 9) == queries.missing_citers(session, READER, key, 9) == ()
    assert queries.most_missed(session, READER, 10) == ()
    assert queries.cited_numbered(session, READER, "7") == ()
    assert queries.cited_numbered(session, CLERK, "7") == (missed,)
    assert queries.totals(session, READER).missing == 0
    with pytest.raises(NotHeld):
        queries.missing(session, READER, missed.cited_key)


def test_the_most_missed_come_first_as_most_often_cited(session: Session) -> None:
    """Missing documents are ranked by their citers, each described as most citations describe it."""
    for ordinal, kind in enumerate(["Nghị quyết", "Nghị quyết", "Nghi quyet"]):
        citing = rows.document(session, f"{20 + ordinal}/KH-UBND")
        rows.cite(session, citing, "57-NQ/TW", kind=kind, issued_on=date(2024, 12, 22), issuer="Bộ Chính trị")
    rows.cite(session, citing, None, kind="Luật", name="An ninh mạng")
    most, least = queries.most_missed(session, READER, 10)
    assert most == MissingDocument(
        most.cited_key, "57-NQ/TW", "Nghị quyết", None, date(2024, 12, 22), "Bộ Chính trị", None, 3, most.ways
    )
    assert [(way.kind, way.citers) for way in most.ways] == [("Nghị quyết", 2), ("Nghi quyet", 1)]
    assert (least.number, least.name, least.citers) == (None, "An ninh mạng", 1)
    assert queries.most_missed(session, READER, 1) == (most,)
    assert queries.most_missed(session, READER, 1, 1) == (least,)
    assert queries.missing(session, READER, most.cited_key) == most


def test_missing_documents_of_one_serial(session: Session) -> None:
    """A serial finds the missing documents cited by it, whatever else their number says."""
    citing = rows.document(session, "20/KH-UBND")
    for number in ("45/2016/QĐ-TTg", "45/KH-UBND", "145/KH-UBND"):
        rows.cite(session, citing, number)
    assert {one.number for one in queries.cited_numbered(session, READER, "45")} == {"45/2016/QĐ-TTg", "45/KH-UBND"}
    assert queries.cited_numbered(session, READER, "%") == ()


def test_the_key_of_a_missing_document_leads_to_it_when_it_arrives(session: Session) -> None:
    """Once a cited document is held its key leads to it, for those who may see it."""
    citing = rows.document(session, "20/KH-UBND")
    rows.cite(session, citing, "12/QĐ-UBND", issued_on=date(2026, 1, 5), issuer=ISSUER)
    key = _only(session, READER, citing).cited_key
    assert queries.arrived(session, CLERK, key) is None
    draft = rows.document(session, "12/QĐ-UBND", issued_on=date(2026, 1, 5), state=State.DRAFT)
    assert queries.arrived(session, CLERK, key) == queries.card(session, CLERK, draft)
    assert queries.arrived(session, READER, key) is None


def test_relations_take_the_same_few_statements_however_many(session: Session) -> None:
    """A document page asks the database as often for a hundred relations as for one."""
    hub = rows.document(session, "12/QĐ-UBND", issued_on=date(2026, 1, 5))

    def asked() -> int:
        statements: list[str] = []
        connection = session.connection()
        session.expire_all()
        event.listen(connection, "before_cursor_execute", lambda *args: statements.append(args[2]))
        queries.document(session, READER, hub)
        queries.outgoing(session, READER, hub)
        queries.incoming(session, READER, hub, 10)
        queries.most_missed(session, READER, 100)
        return len(statements)

    def connect(serial: int) -> None:
        other = rows.document(session, f"{serial}/KH-UBND", issued_on=date(2026, 2, 1), text=BASES)
        rows.document(session, f"{serial}/KH-UBND", issued_on=date(2026, 3, 1))
        rows.cite(session, other, "12/QĐ-UBND", issued_on=date(2026, 1, 5), issuer=ISSUER)
        rows.cite(session, hub, f"{serial}/KH-UBND", issuer=ISSUER)  # ambiguous
        rows.cite(session, hub, f"{serial}/KH-UBND", issued_on=date(2026, 2, 1), issuer=ISSUER)
        rows.cite(session, hub, f"{serial}/NQ-HĐND", issuer="HĐND tỉnh")

    connect(100)
    few = asked()
    for serial in range(101, 130):
        connect(serial)
    assert len(queries.outgoing(session, READER, hub)) == 90
    assert asked() == few <= 26
