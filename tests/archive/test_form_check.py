"""What of the prescribed form a document shows."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from archive.catalogue.facts import Card, DocumentFacts
from archive.form_check import Component, remarks
from ingest.record import Changes, Signature, Signer, Trust

BODY = "Ủy ban nhân dân tỉnh Lam Sơn"
CARD = Card(1, "internal", "28/KH-UBND", "Kế hoạch", BODY, date(2026, 1, 30), "Chuyển đổi số", (), "a.pdf")
PAGE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTổ chức thực hiện trước ngày 10/3/2026./."
WHOLE = DocumentFacts(
    card=CARD, place="Lam Sơn", superior=None, signers=(Signer("Lê Thị Minh Hằng", "Phó Chủ tịch"),),
    recipients=("Lưu: VT",), files=(), pages=(PAGE,), problems=(), signatures=(), record={}, version=1,
    created_at=datetime(2026, 2, 2), created_by=None, body=None,
)  # fmt: skip

SIGNED = Signature(
    "Signature1", "nguyên vẹn", signer="Lê Thị Minh Hằng", organisation=BODY,
    intact=True, changes=Changes.NOTHING, trust=Trust.TRUSTED,
)  # fmt: skip


def lacking(facts: DocumentFacts, *alike: Card) -> list[str]:
    return [remark.component for remark in remarks(facts, alike)]


def test_a_document_in_form_is_left_alone() -> None:
    """All nine components can be seen, or cannot be asked for."""
    assert remarks(WHOLE, ()) == ()


@pytest.mark.parametrize(
    ("changed", "component"),
    [
        ({"pages": (PAGE.replace("CỘNG HÒA", "CỘNG"),)}, Component.NATION),
        ({"pages": (PAGE.replace("Độc lập", ""),)}, Component.NATION),
        ({"card": replace(CARD, issuer=None)}, Component.BODY),
        ({"card": replace(CARD, number=None)}, Component.NUMBER),
        ({"card": replace(CARD, number="28/QĐ-UBND")}, Component.NUMBER),
        ({"place": None}, Component.PLACE_AND_DATE),
        ({"card": replace(CARD, issued_on=None)}, Component.PLACE_AND_DATE),
        ({"card": replace(CARD, issued_on=date(2026, 2, 3))}, Component.PLACE_AND_DATE),
        ({"card": replace(CARD, kind=None)}, Component.TITLE),
        ({"card": replace(CARD, subject=None)}, Component.TITLE),
        ({"pages": (PAGE.removesuffix("./."),)}, Component.CONTENT),
        ({"signers": ()}, Component.SIGNATORY),
        ({"signers": (Signer("Lê Thị Minh Hằng", None),)}, Component.SIGNATORY),
        ({"signatures": (replace(SIGNED, organisation=None),)}, Component.SEAL),
        ({"signatures": (replace(SIGNED, changes=Changes.CONTENT),)}, Component.SEAL),
        ({"signatures": (replace(SIGNED, trust=Trust.UNKNOWN),)}, Component.SEAL),
        ({"recipients": ()}, Component.RECIPIENTS),
    ],
)
def test_what_is_lacking_is_named(changed: dict[str, object], component: Component) -> None:
    """One remark for one fault."""
    assert lacking(replace(WHOLE, **changed)) == [component]


def test_a_number_used_twice_is_said() -> None:
    """With what the other document is about."""
    (remark,) = remarks(WHOLE, [replace(CARD, id=2, subject="Trồng rừng")])
    assert remark.component == Component.NUMBER
    assert "Trồng rừng" in remark.message


def test_the_party_has_a_heading_of_its_own() -> None:
    """Its documents bear neither the nation's name nor the motto."""
    party = replace(WHOLE, card=replace(CARD, number="15-KH/TU"), pages=("ĐẢNG CỘNG SẢN VIỆT NAM\nthực hiện./.",))
    assert remarks(party, ()) == ()
