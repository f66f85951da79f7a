"""Numbers typed and pasted in every shape."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import NumberQuery, find_number
from ingest import numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("228/KH-UBND", NumberQuery("228", "kh-ubnd")),
        (" 0228/kh-ubnd. ", NumberQuery("228", "kh-ubnd")),
        ("228 / KH - UBND", NumberQuery("228", "kh-ubnd")),
        ("228 KH UBND", NumberQuery("228", "kh-ubnd")),
        ("228/KH", NumberQuery("228", "kh")),
        ("1338 UBND KTTC", NumberQuery("1338", "ubnd-kttc")),
        ("1338/UBND-KTTC", NumberQuery("1338", "ubnd-kttc")),
        ("KH 228", NumberQuery("228", "kh")),
        ("kh-228", NumberQuery("228", "kh")),
        ("số 228", NumberQuery("228")),
        ("Số: 228/KH-UBND", NumberQuery("228", "kh-ubnd")),
        ("số 228/KH-UBND ngày 18/8/2017", NumberQuery("228", "kh-ubnd", None, 2017, date(2017, 8, 18))),
        ("228/KH-UBND ngày 18 tháng 8 năm 2017", NumberQuery("228", "kh-ubnd", None, 2017, date(2017, 8, 18))),
        ("Kế hoạch 228 năm 2017", NumberQuery("228", "", "Kế hoạch", 2017)),
        ("ke hoach so 228", NumberQuery("228", "", "Kế hoạch")),
        ("Kế hoạch số 228/KH-UBND", NumberQuery("228", "kh-ubnd", "Kế hoạch")),
        ("228/KH-UBND năm 2017", NumberQuery("228", "kh-ubnd", None, 2017)),
        ("45/2016/QD-TTg", NumberQuery("45", "qd-ttg", None, 2016)),
        ("Nghị định 30/2020", NumberQuery("30", "", "Nghị định", 2020)),
        ("15-NQ/TU", NumberQuery("15", "nq-tu")),
        ("36a/NQ-CP?", NumberQuery("36a", "nq-cp")),
        ("66.7/2025/NQ-CP", NumberQuery("66.7", "nq-cp", None, 2025)),
        ("64/2025/QH15", NumberQuery("64", "qh15", None, 2025)),
        ("“02/2016/TTLT-BNV-BTC”", NumberQuery("2", "ttlt-bnv-btc", None, 2016)),
    ],
)
def test_shapes(text: str, number: NumberQuery) -> None:
    """Each shape yields what was typed, and no more."""
    assert find_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "228", "2017", "18/8/2017", "ngày 18/8/2017", "kế hoạch", "kế hoạch 2017", "Kế hoạch năm 2017",
     "kế hoạch 5 năm", "228 người", "chính quyền điện tử", "228/KH-UBND chính quyền điện tử của tỉnh", "12 tháng 8",
     "KH-UBND"],
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    """Words, years, days and counts are no numbers."""
    assert find_number(text) is None


@pytest.mark.parametrize(
    ("query", "number", "issued_on", "fits"),
    [
        ("228/KH-UBND", "228/KH-UBND", None, True),
        ("228/kh", "228/KH-UBND", None, True),
        ("228/K", "228/KH-UBND", None, False),
        ("Kế hoạch 228 năm 2017", "228/KH-UBND", date(2017, 8, 18), True),
        ("Kế hoạch 228 năm 2016", "228/KH-UBND", date(2017, 8, 18), False),
        ("Kế hoạch 228 năm 2016", "228/KH-UBND", None, True),
        ("Quyết định 228", "228/KH-UBND", None, False),
        ("Công văn 1338", "1338/UBND-KTTC", None, True),
        ("45/QĐ-TTg năm 2016", "45/2016/QĐ-TTg", None, True),
        ("số 228/KH-UBND ngày 17/8/2017", "228/KH-UBND", date(2017, 8, 18), True),
        ("15/NQ-TU", "15-NQ/TU", None, True),
    ],
)
def test_fits(query: str, number: str, issued_on: date | None, fits: bool) -> None:
    """A document fits when nothing that was typed speaks against it; of a date the year decides."""
    typed, held = find_number(query), numbers.parse(number)
    assert typed is not None
    assert held is not None
    assert typed.fits(held, issued_on) is fits


@given(st.text(alphabet="kh228/-. năốqđ\x00", max_size=30))
def test_any_text_is_a_number_or_not(text: str) -> None:
    """Any text is answered."""
    found = find_number(text)
    assert found is None or found.serial[-1:].isalnum()
