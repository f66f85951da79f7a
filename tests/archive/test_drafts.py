"""A draft is checked against the archive, and leaves no trace in it."""

import io
from collections.abc import Callable
from datetime import date

import pytest

from archive import drafts
from archive.drafts import Checked
from archive.errors import Refused
from archive.instance import Instance
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Mention, Reference, Relation

READER = Viewer(None, "lan", Role.READER)
BODY = "Ủy ban nhân dân tỉnh Lam Sơn"
DRAFT = """Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;
Thực hiện Kế hoạch số 28/KH-UBND ngày 31/01/2026 của UBND tỉnh về chuyển đổi số;"""
PLAN = {
    "number": "28/KH-UBND",
    "kind": "Kế hoạch",
    "issued_on": date(2026, 1, 30),
    "issuer": BODY,
    "subject": "Chuyển đổi số năm 2026",
}
Keep = Callable[..., int]


def check(instance: Instance, text: str, viewer: Viewer = READER) -> dict[str | None, Checked]:
    with instance.catalogue.reading() as session:
        return {one.reference.number: one for one in drafts.check_text(session, viewer, text)}


def test_each_citation_has_its_verdict_and_the_full_form_to_paste(instance: Instance, keep: Keep) -> None:
    """`UBND tỉnh` in a text without a header is that of the archive's own province."""
    held = keep(**PLAN)
    found = check(instance, DRAFT)
    plan, decree = found["28/KH-UBND"], found["30/2020/NĐ-CP"]
    assert plan.reference.target
    assert plan.reference.target.id == held
    assert plan.reference.relation == Relation.IMPLEMENTS
    assert plan.reference.warnings == ("Ngày dẫn chiếu (31/01/2026) khác ngày trong kho (30/01/2026)",)
    assert plan.full == (
        "Kế hoạch số 28/KH-UBND ngày 30 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Lam Sơn về chuyển đổi số năm 2026"
    )
    (mention,) = plan.reference.mentions
    assert DRAFT[mention.start : mention.end] == "Kế hoạch số 28/KH-UBND"
    assert (decree.reference.status, decree.full) == ("missing", None)


def test_what_is_wrong_is_said(instance: Instance, keep: Keep) -> None:
    """Another kind, and force that has ended, with what ended it."""
    keep(**PLAN)
    cited = Reference("28/KH-UBND", "Kế hoạch", date(2026, 1, 30), BODY, Relation.REPLACES, (Mention(1, 0, 9, "28"),))
    keep("Thay thế", number="90/KH-UBND", issued_on=date(2026, 5, 6), issuer=BODY, references=(cited,))
    found = check(instance, "Theo Quyết định số 28/KH-UBND ngày 30/01/2026 của UBND tỉnh Lam Sơn.")["28/KH-UBND"]
    assert found.reference.warnings == (
        "Tên loại dẫn chiếu (Quyết định) khác tên loại trong kho (Kế hoạch)",
        "Văn bản này hết hiệu lực từ ngày 06/05/2026, xem 90/KH-UBND",
    )


def test_what_is_not_held_is_compared_with_what_others_cite(instance: Instance, keep: Keep) -> None:
    """A decree that the archive lacks is cited by its documents; a draft that dates it otherwise is told so."""
    day = date(2020, 3, 5)
    cited = Reference("30/2020/NĐ-CP", "Nghị định", day, "Chính phủ", Relation.CITES, (Mention(1, 0, 9, "30"),))
    keep("Theo", number="9/KH-UBND", issued_on=date(2026, 5, 6), issuer=BODY, references=(cited,))
    keep("Theo", number="8/KH-UBND", issued_on=date(2026, 5, 6), issuer=BODY, references=(cited,), state=State.DRAFT)
    (found,) = check(instance, "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 06/3/2020 của Chính phủ;").values()
    assert (found.reference.status, found.citers) == ("missing", 1)
    assert found.reference.warnings == ("Ngày dẫn chiếu (06/03/2020) khác ngày mà văn bản trong kho dẫn (05/03/2020)",)
    (unknown,) = check(instance, "Căn cứ Nghị định số 31/2020/NĐ-CP của Chính phủ;").values()
    assert (unknown.citers, unknown.reference.warnings) == (0, ())


def test_files_that_may_be_one_document_leave_no_choice(instance: Instance, keep: Keep) -> None:
    """As on the pages of documents, the older is meant for as long as nobody has decided."""
    older = keep("bản Word", **PLAN)
    keep("bản quét", **PLAN)
    target = check(instance, "Kế hoạch số 28/KH-UBND ngày 30/01/2026 của UBND tỉnh")["28/KH-UBND"].reference.target
    assert target
    assert target.id == older


def test_what_the_viewer_may_not_see_is_missing(instance: Instance, keep: Keep) -> None:
    """A draft held is told to no reader, nor where most drafts come from."""
    keep(state=State.DRAFT, **PLAN)
    text = "Kế hoạch số 28/KH-UBND ngày 30/01/2026 của UBND tỉnh Lam Sơn"
    assert check(instance, text)["28/KH-UBND"].reference.status == "missing"
    assert check(instance, text, CLERK)["28/KH-UBND"].reference.status == "resolved"


def test_a_law_is_cited_in_full_without_its_number(instance: Instance, keep: Keep) -> None:
    """Luật and Pháp lệnh are cited by kind, name and day (Nghị định 30/2020/NĐ-CP)."""
    keep(number="24/2018/QH14", kind="Luật", subject="An ninh mạng", issued_on=date(2018, 6, 12), issuer="Quốc hội")
    (found,) = check(instance, "Căn cứ Luật An ninh mạng năm 2018;").values()
    assert found.full == "Luật An ninh mạng ngày 12 tháng 6 năm 2018"


def test_a_file_is_read_and_forgotten(instance: Instance, keep: Keep) -> None:
    """Neither store nor catalogue holds anything of it; what cannot be read is refused with the reason."""
    keep(**PLAN)
    before = sorted(instance.directory.rglob("*"))
    found = drafts.check_file(instance, READER, "dự thảo.txt", io.BytesIO(DRAFT.encode()))
    assert [one.reference.number for one in found] == ["30/2020/NĐ-CP", "28/KH-UBND"]
    assert sorted(instance.directory.rglob("*")) == before
    with pytest.raises(Refused):
        drafts.check_file(instance, READER, "hỏng.pdf", io.BytesIO(b"%PDF-1.4 broken"))
    with pytest.raises(Refused, match="quá dài"):
        check(instance, "x" * (drafts.LONGEST + 1))
