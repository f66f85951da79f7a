"""The sentence a citation stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue.sentence import LONGEST, sentence

PAGE = """KẾ HOẠCH
Chuyển đổi số năm 2026

Căn cứ Luật Giao dịch điện tử ngày 22 tháng 6 năm 2023;
Căn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 01
năm 2026 của UBND tỉnh Sông Lam về chuyển đổi số;
Theo đề nghị của Sở Nội vụ tại Tờ trình số 7/TTr-SNV ngày 01.02.2026, UBND tỉnh ban hành kế hoạch sau:
I. MỤC ĐÍCH
1. Thực hiện Nghị quyết số 3-NQ/TU của Tỉnh ủy. Giao Sở Nội vụ (thay Quyết định số 9/QĐ-UBND) theo dõi.
2. TM. UBND ký Kế hoạch số 8/KH-UBND ngày 3/3/2026. Các sở phối hợp"""


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        ("Luật Giao dịch điện tử", "Căn cứ Luật Giao dịch điện tử ngày 22 tháng 6 năm 2023;"),
        (
            "Quyết định số 12/QĐ-UBND",
            "Căn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2026 của UBND tỉnh Sông Lam về chuyển đổi số;",
        ),
        (
            "Tờ trình số 7/TTr-SNV",
            "Theo đề nghị của Sở Nội vụ tại Tờ trình số 7/TTr-SNV ngày 01.02.2026, UBND tỉnh ban hành kế hoạch sau:",
        ),
        ("Nghị quyết số 3-NQ/TU", "Thực hiện Nghị quyết số 3-NQ/TU của Tỉnh ủy."),
        ("Quyết định số 9/QĐ-UBND", "Giao Sở Nội vụ (thay Quyết định số 9/QĐ-UBND) theo dõi."),
        ("Kế hoạch số 8/KH-UBND", "TM. UBND ký Kế hoạch số 8/KH-UBND ngày 3/3/2026."),
        ("Chuyển đổi số năm 2026", "Chuyển đổi số năm 2026"),
        ("phối hợp", "Các sở phối hợp"),
    ],
)
def test_the_sentence_around_a_mention(mention: str, expected: str) -> None:
    """A basis is one sentence, lines are joined, and neither dates, enumerators nor abbreviations end one."""
    start = PAGE.index(mention)
    assert sentence(PAGE, start, start + len(mention)) == expected


HEADER = """ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
Số: 28/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Lam, ngày 30 tháng 01 năm 2026
QUYẾT ĐỊNH
Sửa đổi Quy chế ban hành kèm theo Quyết định số 512/QĐ-UBND ngày 14 tháng 3 năm 2025
của UBND tỉnh
ỦY BAN NHÂN DÂN TỈNH SÔNG LAM
Thực hiện Nghị quyết số 3-NQ/TU, ngày 12 tháng 6 năm 2025
của Tỉnh ủy, giao các sở phối hợp."""


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        (
            "Quyết định số 512/QĐ-UBND",
            "Sửa đổi Quy chế ban hành kèm theo Quyết định số 512/QĐ-UBND ngày 14 tháng 3 năm 2025 của UBND tỉnh",
        ),
        (
            "Nghị quyết số 3-NQ/TU",
            "Thực hiện Nghị quyết số 3-NQ/TU, ngày 12 tháng 6 năm 2025 của Tỉnh ủy, giao các sở phối hợp.",
        ),
    ],
)
def test_what_stands_above_the_title_is_in_no_sentence(mention: str, expected: str) -> None:
    """The header and headings in capitals end without a mark; a wrapped line of the text does not."""
    start = HEADER.index(mention)
    assert sentence(HEADER, start, start + len(mention)) == expected


def test_a_long_sentence_is_cut_around_the_mention() -> None:
    """Of a sentence over the bound the words nearest the mention are kept whole, with an ellipsis on each side cut."""
    text = "đầu " * 200 + "Quyết định số 12/QĐ-UBND" + " cuối" * 200
    cut = sentence(text, 800, 824)
    assert cut.startswith("… đầu đầu ")
    assert cut.endswith(" cuối cuối …")
    assert "đầu Quyết định số 12/QĐ-UBND cuối" in cut
    assert LONGEST - 20 < len(cut) <= LONGEST + 4


def test_room_that_one_side_leaves_goes_to_the_other() -> None:
    """A mention at the start of a long sentence is followed by more of it."""
    text = "Quyết định số 12/QĐ-UBND" + " cuối" * 200
    assert len(sentence(text, 0, 24)) > LONGEST - 20


@given(st.text(alphabet="aĐ1.;\n -“”)", max_size=900), st.integers(0, 900), st.integers(0, 40))
def test_any_text_gives_a_line_with_the_mention(text: str, start: int, length: int) -> None:
    """Whatever the page says, the sentence is one line of bounded length that holds the mention."""
    start = min(start, len(text))
    end = min(start + length, len(text))
    cut = sentence(text, start, end)
    assert "\n" not in cut
    assert len(cut) <= LONGEST + 4
    assert " ".join(text[start:end].split()) in " ".join(cut.split())
