"""What is offered where nothing, or nothing sure, was read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive import clock
from archive.catalogue.facts import Card, DocumentFacts
from archive.hints import hints
from ingest.record import Signature, SignatureRole

CARD = Card(1, "draft", None, None, None, None, None, (), "quet0001.pdf")
FRONT = "ỦY BAN NHÂN DÂN\nTỈNH LAM SƠN\nSố:      /UBND-KT\nLam Sơn, ngày     tháng 01 năm 2026\nKính gửi: các sở"
FACTS = DocumentFacts(
    card=CARD, place=None, superior=None, signers=(), recipients=(), files=(), pages=(FRONT,), problems=(),
    signatures=(), record={}, version=1, created_at=datetime(2026, 2, 2), created_by=None, body=None,
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22))


def named(name: str, front: str = FRONT) -> DocumentFacts:
    return replace(FACTS, card=replace(CARD, file_name=name), pages=(front,))


def test_digits_at_the_end_of_the_page_may_fill_its_blanks() -> None:
    """The serial before the symbol, the day before the printed month; what cannot be one is not offered."""
    overlaid = replace(FACTS, pages=(f"{FRONT}\n193\n10\n", "193"))
    assert hints(overlaid, "number") == ("193/UBND-KT", "10/UBND-KT", "/UBND-KT")
    assert hints(overlaid, "issued_on") == ("2026-01-10",)


def test_two_blanks_are_filled_in_the_order_of_the_digits() -> None:
    """Day before month."""
    front = f"{FRONT.replace('tháng 01', 'tháng   ')}\n453\n29\n4"
    assert hints(replace(FACTS, pages=(front,)), "issued_on") == ("2026-04-29",)


def test_of_a_table_at_the_end_of_the_page_only_the_last_digits_are_tried() -> None:
    """However long it is: what is laid over blanks comes last."""
    table = " ".join(map(str, range(5000, 6000)))
    front = FRONT.replace("tháng 01 năm 2026", "tháng     năm    ")
    overlaid = replace(FACTS, pages=(f"{front}\n{table}\n10\n01\n2026",))
    assert hints(overlaid, "issued_on") == ("2026-01-10",)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("28-KH-UBND.signed.pdf", "28/KH-UBND"),
        ("512-QD-UBND ban hanh Quy che.pdf", "512/QĐ-UBND"),
        ("19.KH-SNV so hoa tai lieu 2026.docx", "19/KH-SNV"),
    ],
)
def test_the_name_of_the_file_may_say_the_number(name: str, number: str) -> None:
    """Whatever stands for the slash, and with the bar of the letter Đ missing."""
    assert hints(named(name, "KẾ HOẠCH"), "number") == (number,)


def test_the_serial_of_a_file_name_goes_before_the_symbol_on_the_page() -> None:
    """A year or the count of a draft is none."""
    assert hints(named("CV 64 xin kinh phi 2026.pdf"), "number") == ("64/UBND-KT", "/UBND-KT")
    assert hints(named("Dự thảo (lần 2) năm 2027.pdf"), "number") == ("/UBND-KT",)


def test_days_come_from_signatures_and_file_names_too() -> None:
    """As the office dates them; the stamp of who received it, and a day to come, tell nothing."""
    late = datetime(2026, 1, 9, 20, tzinfo=UTC)  # in the office it is the tenth
    stamp = replace(Signature("dau", ""), role=SignatureRole.INCOMING_STAMP, signed_at=datetime(2026, 2, 1, tzinfo=UTC))
    signed = replace(
        named("van ban 5-1-2026.pdf", ""), signatures=(replace(Signature("ky", ""), signed_at=late), stamp)
    )
    assert hints(signed, "issued_on") == ("2026-01-10", "2026-01-05")
    assert hints(named("20260105 ban ky.pdf"), "issued_on") == ("2026-01-05",)
    assert hints(named("20271305.pdf"), "issued_on") == hints(named("2027-01-05.pdf"), "issued_on") == ()


def test_who_signed_digitally_may_be_the_signer_and_the_body() -> None:
    """The leader's name, and that of the first seal as documents write it."""
    leader = replace(Signature("ky", ""), role=SignatureRole.LEADER, signer="Lê Thị Mai")
    seals = tuple(replace(leader, role=SignatureRole.ORGANISATION, signer=name) for name in ("SỞ Y TẾ", "Công báo"))
    signed = replace(FACTS, signatures=(leader, *seals))
    assert hints(signed, "signers") == ("Lê Thị Mai",)
    assert hints(signed, "issuer") == ("Sở Y tế",)


def test_the_symbol_names_the_kind() -> None:
    """That of the number, or of one that may be it; of a subject nothing can be said."""
    assert hints(replace(FACTS, card=replace(CARD, number="3/KH-UBND")), "kind") == ("Kế hoạch",)
    assert hints(named("512-QD-UBND.pdf", ""), "kind") == ("Quyết định",)
    assert hints(FACTS, "subject") == ()
