import pytest

from ingest import numbers

SHAPES = (
    "388/KH-STTTT 1338/UBND-KTTC 45/2016/QĐ-TTg 36a/NQ-CP 66.7/2025/NQ-CP 64/2025/QH15 351/2017/UBTVQH14 "
    "05-NQ/TU 12-CTr/HU "
    "02/2016/TTLT-BNV-BTC 652/QĐ-UB.ĐC 30.6/GĐN-ĐQ&V 167/QĐ-BNN-HTQT 04/QĐ-BCĐ138 787/C06-P3 36/HC-2010 158/UB 05/Cty"
)


@pytest.mark.parametrize("number", SHAPES.split())
def test_every_shape_of_a_number_is_found_whole(number):
    """The shapes that documents use, in a sentence, with nothing of the sentence."""
    text = f"Căn cứ Văn bản số {number} ngày 02/01/2024"
    assert [cited.written for cited in numbers.find(text)] == [number]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("57/2021/TT-\nBTC", "57/2021/TT-BTC"),
        ("779 /QĐ-UBND", "779/QĐ-UBND"),
        ("12/SCT - CN", "12/SCT-CN"),
        ("24/2026//NQ-CP", "24/2026/NQ-CP"),
        ("126/2024/NĐ-CP1", "126/2024/NĐ-CP"),
        ("42/2024/QH151", "42/2024/QH15"),
        ("78/\n2025/\nNĐ-CP", "78/2025/NĐ-CP"),
        ("26/2016/TT-BLĐTBX\nH", "26/2016/TT-BLĐTBXH"),
        ("12/QĐ_BKHCN", "12/QĐ-BKHCN"),
    ],
)
def test_blanks_line_ends_and_footnote_marks_are_no_part(printed, written):
    """A number is written without the blanks, breaks, doubled slashes and footnote marks that print puts into it."""
    assert [cited.written for cited in numbers.find(f"số {printed} của")] == [written]


@pytest.mark.parametrize(
    "text", ["tỷ lệ 3/4", "ngày 18/8/2017", "24/7", "100 học sinh/01 cuộc", "120 km/h", "số 165 Lý Thường Kiệt"]
)
def test_fractions_dates_and_addresses_are_no_numbers(text):
    """What only looks a little like a number is none."""
    assert list(numbers.find(text)) == []


def test_a_body_named_behind_a_dash_is_no_part():
    """`BKHCN - Bộ Khoa học` ends at the symbol, `SCT - CN` goes on."""
    assert next(numbers.find("12/QĐ-BKHCN - Bộ Khoa học và Công nghệ")).written == "12/QĐ-BKHCN"


@pytest.mark.parametrize("written", ["228/KH-UBND", "228/kh-ubnd", "0228/KH-UBND", "228 / KH - UBND"])
def test_spellings_of_one_number_share_a_key(written):
    """Case, blanks, and leading zeros do not make another number."""
    parsed = numbers.parse(written)
    assert parsed is not None
    assert parsed.key == "228/kh-ubnd"


@pytest.mark.parametrize(
    ("misread", "meant"), [("84/QĐĐ-UBND", "84/QĐ-UBND"), ("87/HĐĐĐND-VP", "87/HĐND-VP"), ("16/QLĐĐ-TH", "16/QLĐĐ-TH")]
)
def test_a_letter_seen_twice_is_one_where_the_symbol_is_known(misread, meant):
    """Recognition sees a bold Đ twice; a symbol that nobody knows keeps its letters."""
    assert [cited.written for cited in numbers.find(misread, misread=True)] == [meant]
