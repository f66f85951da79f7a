"""Held documents, and who may know of them."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import queries
from archive.catalogue.facts import Card, FileFact, FileRole
from archive.catalogue.models import DocumentFile, FilePage
from archive.errors import NotHeld
from archive.workflow import CLERK, SEES, Role, State, Viewer
from ingest.record import Problem, Signer
from tests.archive.catalogue import rows

READER = Viewer(1, "lan", Role.READER)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", State)
def test_a_document_is_there_for_who_may_see_its_state(session: Session, role: Role, state: State) -> None:
    """Each question about a document answers whom its state may be opened by, each list whom it is seen by."""
    held = rows.document(session, "12/KH-UBND", state=state)
    viewer = Viewer(1, "lan", role)
    if state in viewer.opens:
        assert queries.card(session, viewer, held).id == held
        assert queries.document(session, viewer, held).card.state == state
        assert queries.file(session, viewer, held).name == f"{held}.pdf"
    else:
        incoming = partial(queries.incoming, each=10)
        for question in (queries.card, queries.document, queries.file, queries.outgoing, incoming):
            with pytest.raises(NotHeld):
                question(session, viewer, held)
    visible = [held] if state in SEES[role] else []
    assert list(queries.cards(session, viewer, [held, 404])) == visible
    assert [card.id for card in queries.numbered(session, viewer, "12")] == visible
    assert queries.totals(session, viewer).documents == len(visible)


def test_what_is_not_held_is_said_alike(session: Session) -> None:
    """A document that may not be seen and one that does not exist have the same message."""
    hidden = rows.document(session, state=State.DRAFT)
    said = set()
    for document_id in (hidden, 404):
        with pytest.raises(NotHeld) as refused:
            queries.document(session, READER, document_id)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_card_says_the_document_in_a_few_words(session: Session) -> None:
    """A card carries what lists show, and None for what the document does not tell."""
    full = rows.document(
        session, "12/KH-UBND", kind="Kế hoạch", issued_on=date(2026, 3, 1), subject="Chuyển đổi số", state="internal"
    )
    bare = rows.document(session, issuer=None, signers=[])
    assert queries.cards(session, READER, [full, bare]) == {
        full: Card(
            full, "internal", "12/KH-UBND", "Kế hoạch", "Ủy ban nhân dân tỉnh Sông Lam", date(2026, 3, 1),
            "Chuyển đổi số", ("Lê Thị Mai",), f"{full}.pdf",
        ),
        bare: Card(bare, "public", None, None, None, None, None, (), f"{bare}.pdf"),
    }  # fmt: skip


def test_a_document_carries_all_but_its_relations(session: Session) -> None:
    """The facts of a document hold its header, signers, files, the pages of its first file, and what was not read."""
    lan = rows.viewer(session, Role.CONTRIBUTOR, "lan")
    held = rows.document(session, text="trang một", recipients=["Như trên", "Lưu: VT"], created_by=lan.user_id)
    facts = queries.document(session, lan, held)
    assert facts.place == "Sông Lam"
    assert facts.signers == (Signer("Lê Thị Mai", "Chủ tịch", ("TM. UBND",)),)
    assert facts.recipients == ("Như trên", "Lưu: VT")
    assert facts.pages == ("trang một", "trang hai")
    assert facts.problems == (Problem("no_date", "Thiếu ngày.", 1),)
    assert facts.record["file"] == f"{held}.pdf"
    assert (facts.version, facts.created_at, facts.created_by) == (1, rows.NOON, "lan")
    assert facts.files == (queries.file(session, lan, held),)
    assert facts.files[0] == FileFact(
        FileRole.ORIGINAL, f"{held:064x}", f"{held}.pdf", "pdf", 1000 + held, 2, rows.NOON
    )


def test_a_file_has_as_many_pages_as_its_own_document(session: Session) -> None:
    """Whatever other documents there are: its original's pages are counted, for a rendition too."""
    rows.document(session)
    longer = rows.document(session)
    original = session.scalars(select(DocumentFile).where(DocumentFile.document_id == longer)).one()
    original.pages.append(FilePage(number=3, text="trang ba"))
    session.flush()
    assert queries.file(session, READER, longer).pages == 3
    assert [kept.pages for kept in queries.document(session, READER, longer).files] == [3]


def test_documents_of_one_serial(session: Session) -> None:
    """A serial finds every held document that has it, newest first, whatever else its number says."""
    old = rows.document(session, "12/KH-UBND", issued_on=date(2025, 2, 1))
    new = rows.document(session, "012/QĐ-UBND", issued_on=date(2026, 3, 1))
    undated = rows.document(session, "12/KH-SNV")
    rows.document(session, "120/KH-UBND")
    assert [card.id for card in queries.numbered(session, CLERK, "12")] == [new, old, undated]


def test_numbers_being_typed(session: Session) -> None:
    """The beginning of a number offers the documents whose number goes on from it; no letter of it is a pattern."""
    plan = rows.document(session, "12/KH-UBND", issued_on=date(2025, 2, 1))
    decision = rows.document(session, "12/QĐ-UBND", issued_on=date(2026, 3, 1))
    hidden = rows.document(session, "12/QĐ-SNV", state=State.DRAFT)

    def offered(viewer: Viewer, beginning: str, limit: int = 5) -> list[int]:
        return [card.id for card in queries.numbers_starting(session, viewer, beginning, limit)]

    assert offered(READER, "12/") == [decision, plan]
    assert offered(READER, "12/", 1) == [decision]
    assert offered(READER, "12/k") == [plan]
    assert offered(READER, "12/qd-snv") == []
    assert offered(CLERK, "12/qd-snv") == [hidden]
    assert offered(CLERK, "12_") == []


def test_texts_of_many(session: Session) -> None:
    """The pages of several documents come together, in their order, those of unseen documents not at all."""
    one, two = rows.document(session, text="một"), rows.document(session, text="hai")
    hidden = rows.document(session, text="ẩn", state=State.DRAFT)
    assert queries.texts(session, READER, [two, one, hidden, 404]) == {
        one: ("một", "trang hai"),
        two: ("hai", "trang hai"),
    }
