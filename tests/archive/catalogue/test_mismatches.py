"""What is cited otherwise than the archive has it: found as citations are settled, put away and taken back by staff."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive import citations
from archive.catalogue import queries
from archive.catalogue.facts import Mismatch
from archive.catalogue.models import Document, Event, Twin
from archive.citations import dismissing
from archive.errors import NotAllowed, Refused
from archive.workflow import CLERK, Role, State, Viewer
from tests.archive.catalogue import rows

READER = Viewer(None, "lan", Role.READER)
DAY, OTHER_DAY = date(2015, 10, 26), date(2015, 10, 25)
PRIME_MINISTER = "Thủ tướng Chính phủ"
DECISION = {"kind": "Quyết định", "issued_on": DAY, "issuer": PRIME_MINISTER}


def open_ones(session: Session, viewer: Viewer = CLERK) -> tuple[Mismatch, ...]:
    return queries.mismatches(session, viewer, None, 10)


def told(session: Session, viewer: Viewer = CLERK) -> list[tuple[str, object, object, int]]:
    return [(one.field, one.told, one.against, one.citers) for one in open_ones(session, viewer)]


def citing(session: Session, number: str = "1819/QĐ-TTg", *, state: State = State.PUBLIC, **said: object) -> int:
    document = rows.document(session, "20/KH-UBND", text=f"Căn cứ Quyết định số {number}.", state=state)
    rows.cite(session, document, number, **said)
    return document


def test_what_is_cited_otherwise_than_held_is_told_with_its_place(session: Session) -> None:
    """Day, kind and body, each with both values, how many cite so, and the sentence of one; spelling is nothing."""
    held = rows.document(session, "1819/QĐ-TTg", **DECISION)
    wrong = [citing(session, issued_on=OTHER_DAY, kind="quyết định", issuer="THỦ TƯỚNG CHÍNH PHỦ") for _ in range(2)]
    citing(session, issued_on=DAY, kind="Chỉ thị", issuer="Chính phủ")
    citing(session, issued_on=DAY, kind="Văn bản", issuer=PRIME_MINISTER)
    assert told(session) == [
        ("issued_on", OTHER_DAY, DAY, 2),
        ("kind", "Chỉ thị", "Quyết định", 1),
        ("issuer", "Chính phủ", PRIME_MINISTER, 1),
    ]
    day = open_ones(session)[0]
    assert day.document == queries.card(session, CLERK, held)
    assert day.citing
    assert day.citing.document.id in wrong
    assert day.citing.sentence == "Căn cứ Quyết định số 1819/QĐ-TTg."
    assert queries.mismatch_counts(session, CLERK) == {"issued_on": 1, "kind": 1, "issuer": 1}
    assert [one.field for one in queries.mismatches(session, CLERK, "kind", 10)] == ["kind"]
    assert queries.mismatches_of(session, CLERK, held) == open_ones(session)


def test_a_law_by_another_name(session: Session) -> None:
    """A number that is given with the name of another law; a year behind the name is no part of it."""
    rows.document(session, "24/2018/QH14", kind="Luật", subject="An ninh mạng", issuer="Quốc hội")
    citing(session, "24/2018/QH14", kind="Luật", name="Luật An ninh mạng năm 2018")
    assert told(session) == []
    citing(session, "24/2018/QH14", kind="Luật", name="Luật An toàn thông tin mạng")
    assert told(session) == [("name", "Luật An toàn thông tin mạng", "An ninh mạng", 1)]


def test_a_document_cited_with_the_subject_of_another(session: Session) -> None:
    """Shortened, told in other words, or telling nothing of its own, a subject is the document's; another is not."""
    held = rows.document(
        session, "1819/QĐ-TTg", subject="Phê duyệt Chương trình quốc gia về chuyển đổi số đến năm 2025"
    )
    citing(session, subject="Ban hành Chương trình Chuyển đổi số quốc gia, UBND tỉnh giao các sở lập kế hoạch")
    citing(session, subject="Sửa đổi, bổ sung một số điều")
    assert told(session) == []
    other = citing(session, subject="Giao chỉ tiêu biên chế công chức của các cơ quan")
    (found,) = open_ones(session)
    assert (found.field, found.told) == ("subject", "Giao chỉ tiêu biên chế công chức của các cơ quan")
    assert found.against == "Phê duyệt Chương trình quốc gia về chuyển đổi số đến năm 2025"
    assert found.citing
    assert found.citing.document.id == other
    (warned,) = queries.outgoing(session, CLERK, other)
    assert warned.warnings == (f"Trích yếu dẫn chiếu ({found.told}) khác trích yếu trong kho ({found.against})",)
    assert queries.mismatches_of(session, CLERK, held) == (found,)


def test_citers_that_tell_a_missing_document_with_different_subjects(session: Session) -> None:
    """What is told in several wordings is one; most of the citers are believed, and name the document by it."""
    water = ("Phát triển cấp nước nông thôn", "Về phát triển cấp nước nông thôn đến năm 2030")
    for subject in (*water, "Giao chỉ tiêu biên chế công chức", "Giao chỉ tiêu biên chế công chức", water[0]):
        citing(session, subject=subject)
    citing(session, subject="Cấp nước nông thôn")
    (found,) = open_ones(session)
    assert (found.told, found.against, found.citers) == ("Giao chỉ tiêu biên chế công chức", water[0], 2)
    missing = queries.missing(session, CLERK, found.cited_key or "")
    assert (missing.subject, missing.citers) == (water[0], 6)


def test_who_acts_for_a_body_is_the_body(session: Session) -> None:
    """A circular is the ministry's, whether its minister is named or not."""
    rows.document(session, "8/2022/TT-BNV", issued_on=DAY, issuer="Bộ Nội vụ")
    citing(session, "8/2022/TT-BNV", issuer="Bộ trưởng Bộ Nội vụ")
    citing(session, "9/2022/TT-BNV", issuer="Bộ trưởng Bộ Nội vụ")
    citing(session, "9/2022/TT-BNV", issuer="Bộ Nội vụ")
    assert told(session) == []


def test_citers_of_a_missing_document_that_disagree(session: Session) -> None:
    """What fewer tell is set against what most tell; when the document arrives it is compared with that instead."""
    for day in (DAY, DAY, OTHER_DAY):
        citing(session, issued_on=day, issuer=PRIME_MINISTER)
    (found,) = open_ones(session)
    assert (found.told, found.against, found.citers, found.document) == (OTHER_DAY, DAY, 1, None)
    assert found.otherwise
    assert queries.missing(session, CLERK, found.cited_key or "").citers == 3
    held = rows.document(session, "1819/QĐ-TTg", **(DECISION | {"issued_on": OTHER_DAY}))
    (now,) = open_ones(session)
    assert (now.told, now.against, now.citers) == (DAY, OTHER_DAY, 2)
    assert now.document
    assert now.document.id == held


def test_only_what_the_viewer_may_see_is_told(session: Session) -> None:
    """Neither a draft that cites, nor a draft that is cited, is in a reader's list or counts."""
    rows.document(session, "1819/QĐ-TTg", **DECISION)
    citing(session, issued_on=OTHER_DAY, state=State.DRAFT)
    rows.document(session, "5/QĐ-TTg", state=State.DRAFT, **DECISION)
    citing(session, "5/QĐ-TTg", issued_on=OTHER_DAY)
    assert len(told(session)) == 2
    assert told(session, READER) == []
    assert queries.mismatch_counts(session, READER) == {}
    citing(session, issued_on=OTHER_DAY)
    assert told(session, READER) == [("issued_on", OTHER_DAY, DAY, 1)]
    assert told(session)[0] == ("issued_on", OTHER_DAY, DAY, 2)


def test_what_may_mean_several_is_compared_with_none(session: Session) -> None:
    """Until one of them goes; of two that may be one the older is meant."""
    first = rows.document(session, "17/NQ-CP", issued_on=DAY, issuer="Chính phủ")
    second = rows.document(session, "17/NQ-CP", issued_on=date(2015, 11, 1), issuer="Chính phủ")
    citing(session, "17/NQ-CP", issued_on=OTHER_DAY)
    assert told(session) == []
    session.add(Twin(document_id=second, other_id=first))
    session.flush()
    citations.settle(session, [second])
    assert told(session) == [("issued_on", OTHER_DAY, DAY, 1)]
    session.get_one(Document, first).state = State.TRASHED
    session.flush()
    citations.settle(session, [first])
    assert told(session) == [("issued_on", OTHER_DAY, date(2015, 11, 1), 1)]


def test_settling_all_anew_finds_the_same(session: Session) -> None:
    """Whatever way the documents came, and where as many cite in one way as in the other."""
    rows.document(session, "1819/QĐ-TTg", **DECISION)
    older, newer = (citing(session, issued_on=OTHER_DAY, kind="Chỉ thị") for _ in range(2))
    rows.cite(session, newer, "7/QĐ-TTg", issued_on=DAY)
    rows.cite(session, older, "7/QĐ-TTg", issued_on=OTHER_DAY)
    before = told(session)
    assert len(before) == 3
    citations.settle_all(session)
    assert told(session) == before


def test_what_is_put_away_stays_away_until_the_facts_change(session: Session) -> None:
    """Through settling anew, and with more citers of the same; another value in the archive brings it back."""
    held = rows.document(session, "1819/QĐ-TTg", **DECISION)
    citing(session, issued_on=OTHER_DAY)
    dismissing.dismiss(session, CLERK, open_ones(session)[0].mark, "Văn bản ký nhầm ngày")
    citing(session, issued_on=OTHER_DAY)
    citations.settle_all(session)
    assert open_ones(session) == ()
    (away,) = queries.mismatches(session, CLERK, None, 10, dismissed=True)
    assert away.dismissed
    assert (away.dismissed.document_id, away.dismissed.reason) == (held, "Văn bản ký nhầm ngày")
    session.get_one(Document, held).issued_on = date(2015, 10, 27)
    session.flush()
    citations.settle(session, [held])
    assert told(session) == [("issued_on", OTHER_DAY, date(2015, 10, 27), 2)]


def test_putting_away_can_be_taken_back(session: Session) -> None:
    """Each time an event says so; doing it twice does nothing more."""
    held = rows.document(session, "1819/QĐ-TTg", **DECISION)
    citing(session, issued_on=OTHER_DAY)
    (one,) = open_ones(session)
    for _ in range(2):
        dismissing.dismiss(session, CLERK, one.mark, "")
    assert open_ones(session) == ()
    for _ in range(2):
        dismissing.take_back(session, CLERK, one.mark)
    assert open_ones(session) == (one,)
    last, first = queries.history(session, CLERK, held)
    assert (first.action, first.changes) == ("mismatch", {"mismatch": (None, "issued_on")})
    assert (last.detail["undoes"], last.changes) == (first.id, {"mismatch": ("issued_on", None)})


def test_who_may_not_edit_puts_nothing_away(session: Session) -> None:
    """Nor can anyone put away what is not told."""
    rows.document(session, "1819/QĐ-TTg", **DECISION)
    citing(session, issued_on=OTHER_DAY)
    (one,) = open_ones(session, READER)
    with pytest.raises(NotAllowed):
        dismissing.dismiss(session, READER, one.mark, "")
    with pytest.raises(Refused):
        dismissing.dismiss(session, CLERK, "van-ban/0 issued_on 2015-10-25 2015-10-26", "")
    assert session.query(Event).count() == 0
