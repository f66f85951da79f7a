"""Days, moments, numbers and sizes as Vietnamese offices write them, and words for every value."""

from datetime import datetime

import pytest

from archive.review import Need
from archive.web import wording
from archive.workflow import TRANSITIONS, Role, State
from ingest.record import Relation


def test_moments_are_shown_in_office_time() -> None:
    """The catalogue keeps UTC; Vietnam is seven hours ahead."""
    assert wording.moment(datetime(2026, 11, 22, 20, 5)) == "03:05 23/11/2026"


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 byte"), (34_816, "34 KB"), (1_572_864, "1,5 MB"), (200 * 1024**2, "200 MB")]
)
def test_sizes_are_short(size: int, words: str) -> None:
    """With a decimal comma."""
    assert wording.size(size) == words


def test_what_was_changed_is_told_in_words() -> None:
    """Fields and references as events keep them; which document another was merged into is not told."""
    assert wording.changed("number") == "Số, ký hiệu"
    assert wording.changed("relation: 5/QĐ-UBND") == "Đổi quan hệ: 5/QĐ-UBND"
    assert wording.told("relation: 5/QĐ-UBND", "cites") == "Dẫn chiếu"
    assert wording.told("target: 5/QĐ-UBND", "none held") == "không văn bản nào trong kho"
    assert wording.told("issued_on", "2026-02-05") == "05/02/2026"
    assert wording.told("state", "frozen") == "Đóng băng"
    assert wording.told("signers", [{"name": "Lê Thị Mai", "position": None, "authority": ["TM. UBND"]}]) == (
        "Lê Thị Mai · TM. UBND"
    )
    assert wording.told("merged_into", 7) == "một văn bản khác"
    assert wording.told("subject", None) == ""


def test_every_value_has_its_words() -> None:
    """A relation, state or role added to the code is missed here."""
    assert set(wording.RELATIONS) == set(Relation)
    assert set(wording.STATES) == set(State)
    assert set(wording.ROLES) == set(Role) - {Role.VISITOR}  # which no account has
    assert set(wording.NEEDS) == set(Need)
    assert set(wording.WAYS) == {way.name for way in TRANSITIONS}
    assert wording.count(12345) == "12.345"
