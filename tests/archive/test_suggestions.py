"""What the text being typed may become."""

from collections.abc import Callable
from datetime import date

import pytest

from archive.instance import Instance
from archive.suggestions import suggest
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Signer

Keep = Callable[..., int]
READER = Viewer(None, "lan", Role.READER)


def offered(instance: Instance, typed: str, viewer: Viewer = CLERK) -> list[tuple[str, str]]:
    return [(offer.kind, offer.text) for offer in suggest(instance, viewer, typed)]


@pytest.mark.parametrize(
    "typed",
    ["12/", "12/k", "12 kh", "số 12/KH-U", "012/kh ubnd", "12 / KH - UBND", "so 12", "kh 12", "Kế hoạch số 12"],
)
def test_a_number_is_offered_however_it_is_begun(instance: Instance, keep: Keep, typed: str) -> None:
    """It names the document, so that choosing it opens that."""
    plan = keep("…", number="12/KH-UBND", subject="Chuyển đổi số")
    keep("…", number="120/KH-UBND")
    (offer,) = suggest(instance, CLERK, typed)
    assert (offer.kind, offer.text, offer.document_id) == ("number", "12/KH-UBND", plan)


def test_a_subject_of_every_year_is_offered_once(instance: Instance, keep: Keep) -> None:
    """The newest document stands for it; what goes on as typed comes before what only has the words."""
    keep("một", subject="Chuyển đổi số", issued_on=date(2024, 1, 1))
    newest = keep("hai", subject="Chuyển đổi số", issued_on=date(2025, 1, 1))
    keep("ba", subject="Đổi mới chuyển giao công nghệ số", issued_on=date(2026, 1, 1))
    offers = suggest(instance, CLERK, "chuyen")
    assert [offer.text for offer in offers] == ["Đổi mới chuyển giao công nghệ số", "Chuyển đổi số"]
    assert offers[1].document_id == newest
    assert offered(instance, "chuyen doi s") == [("subject", "Chuyển đổi số")]
    keep("bốn", subject="Sổ tay chuyển đổi", issued_on=date(2026, 2, 1))
    assert offered(instance, "chuyen doi s") == [("subject", "Chuyển đổi số"), ("subject", "Sổ tay chuyển đổi")]


def test_numbers_subjects_bodies_and_signers_in_that_order(instance: Instance, keep: Keep) -> None:
    """Each says what it is."""
    keep(
        "…",
        number="5/QĐ-SNV",
        subject="An toàn lao động",
        issuer="Sở Lao động",
        signers=(Signer("Lê Lao", "Giám đốc"),),
    )
    assert offered(instance, "lao") == [
        ("subject", "An toàn lao động"),
        ("issuer", "Sở Lao động"),
        ("signer", "Lê Lao"),
    ]


def test_drafts_are_offered_to_nobody_who_may_not_see_them(instance: Instance, keep: Keep) -> None:
    """Neither number nor subject, body, signer."""
    facts = {"number": "12/KH-UBND", "subject": "Bí mật", "issuer": "Sở Mật", "signers": (Signer("Lê Mật", None),)}
    keep("…", state=State.DRAFT, **facts)
    for typed in ("12/", "bí", "mật"):
        assert offered(instance, typed, READER) == []
        assert offered(instance, typed)


@pytest.mark.parametrize("typed", ["", "k", " a ", "???", "0/", "x" * 3000, "12/%", "\x00\x1e", "a\u0323\u0302"])
def test_nothing_is_offered_for_what_begins_nothing(instance: Instance, keep: Keep, typed: str) -> None:
    """Whatever is typed, there is an answer."""
    keep("…", number="12/KH-UBND", subject="Kế hoạch")
    assert offered(instance, typed) == []
