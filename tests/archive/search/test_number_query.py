"""Numbers typed and pasted in every shape."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import NumberQuery, cited_numbers, find_number
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
        ("KH 64 SKHCN", NumberQuery("64", "kh-skhcn")),
        ("KH 64/SKHCN", NumberQuery("64", "kh-skhcn")),
        ("NQ 21 HĐND", NumberQuery("21", "nq-hdnd")),
        ("QĐ số 208/QĐ-UBND", NumberQuery("208", "qd-ubnd")),
        ("Kế hoạch 64 SKHCN", NumberQuery("64", "skhcn", "Kế hoạch")),
        ("CV 815", NumberQuery("815", "", "Công văn")),
        ("cv 815/UBND-KSTT", NumberQuery("815", "ubnd-kstt", "Công văn")),
        ("64 kh skhcn 2026", NumberQuery("64", "kh-skhcn", None, 2026)),
        ("64/KH-SKHCN/2026", NumberQuery("64", "kh-skhcn", None, 2026)),
        ("KH 37 2025", NumberQuery("37", "kh", None, 2025)),
        ("28/kh-ubnd của UBND tỉnh", NumberQuery("28", "kh-ubnd", issuer="ubnd tinh")),
        ("KH 28 UBND tỉnh", NumberQuery("28", "kh-ubnd", issuer="tinh")),
        ("28 kh ubnd tinh lam son 2026", NumberQuery("28", "kh-ubnd", None, 2026, issuer="tinh lam son")),
        ("Kế hoạch số 28 năm 2026 của UBND tỉnh", NumberQuery("28", "", "Kế hoạch", 2026, issuer="ubnd tinh")),
        ("Kế hoạch 28 của UBND tỉnh năm 2026", NumberQuery("28", "", "Kế hoạch", 2026, issuer="ubnd tinh")),
        ("28/KH-UBND tỉnh Lam Sơn, năm 2026", NumberQuery("28", "kh-ubnd", None, 2026, issuer="tinh lam son")),
        (
            "Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ",
            NumberQuery("749", "qd-ttg", "Quyết định", 2020, date(2020, 6, 3), "thu tuong chinh phu"),
        ),
    ],
)
def test_shapes(text: str, number: NumberQuery) -> None:
    """Each shape yields what was typed, and no more."""
    assert find_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "228", "2017", "18/8/2017", "ngày 18/8/2017", "kế hoạch", "kế hoạch 2017", "Kế hoạch năm 2017",
     "kế hoạch 5 năm", "228 người", "chính quyền điện tử", "228/KH-UBND chính quyền điện tử của tỉnh", "12 tháng 8",
     "KH-UBND", "CT 135 giai đoạn 2021", "kế hoạch 5 năm 2021 - 2025", "Luật số hóa"],
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
        ("228/UBND", "228/KH-UBND", None, True),
        ("Kế hoạch 64 SKHCN", "64/KH-SKHCN", None, True),
        ("Kế hoạch 64 SKHCN", "64/BC-SKHCN", None, False),
        ("CV 815", "815/UBND-KSTT", None, True),
        ("CV 815", "815/KH-UBND", None, False),
    ],
)
def test_fits(query: str, number: str, issued_on: date | None, fits: bool) -> None:
    """A document fits when nothing that was typed speaks against it; of a date the year decides."""
    typed, held = find_number(query), numbers.parse(number)
    assert typed is not None
    assert held is not None
    assert typed.fits(held, issued_on, None) is fits


def test_numbers_cited() -> None:
    """A pasted sentence cites numbers, each with its kind, day and body; a text that is a number is that."""
    pasted = "Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ về việc ấy; Kế hoạch số 9/KH-UBND"
    assert cited_numbers(pasted) == (
        NumberQuery("749", "qd-ttg", "Quyết định", 2020, date(2020, 6, 3), "Thủ tướng Chính phủ"),
        NumberQuery("9", "kh-ubnd", "Kế hoạch"),
    )
    assert cited_numbers("KH 228") == (NumberQuery("228", "kh"),)
    assert cited_numbers("chuyển đổi số 2026") == ()


@pytest.mark.parametrize(
    ("query", "issuer", "fits"),
    [
        ("28/KH-UBND của UBND tỉnh", "Ủy ban nhân dân tỉnh Lam Sơn", True),
        ("28 kh ubnd tinh lam son", "Ủy ban nhân dân tỉnh Lam Sơn", True),
        ("28/KH-UBND của UBND tỉnh", "Ủy ban nhân dân huyện Mường Khoài", False),
        ("28/KH-UBND của UBND tỉnh", None, True),
        ("28/KH-UBND của Chủ tịch UBND tỉnh", "Ủy ban nhân dân tỉnh Lam Sơn", True),
        ("28/KH-UBND của Chủ tịch UBND tỉnh", "Ủy ban nhân dân huyện Mường Khoài", False),
        ("28/KH-UBND của tôi", "Ủy ban nhân dân tỉnh Lam Sơn", False),
    ],
)
def test_a_body_typed_behind_the_number_is_part_of_the_issuers_name(query: str, issuer: str | None, fits: bool) -> None:
    """Abbreviations are written out, marks do not count, nor who acts; a document without a body may be meant."""
    typed, held = find_number(query), numbers.parse("28/KH-UBND")
    assert typed is not None
    assert held is not None
    assert typed.fits(held, None, issuer) is fits


@given(st.text(alphabet="kh228/-. năốqđ\x00", max_size=30))
def test_any_text_is_a_number_or_not(text: str) -> None:
    """Any text is answered."""
    found = find_number(text)
    assert found is None or found.serial[-1:].isalnum()
