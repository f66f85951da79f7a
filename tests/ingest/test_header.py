from datetime import date

import pytest

from ingest import understand
from ingest.readers import Reading
from ingest.record import Page, Word
from tests.ingest.texts import LETTER, PLAN, record


def test_the_header_of_a_plan_is_read_field_by_field():
    """Number, date, place, issuer over two lines, kind, and a subject over two lines."""
    plan = record(PLAN)
    assert (plan.number, plan.issued_on, plan.place) == ("45/KH-UBND", date(2024, 3, 5), "An Bình")
    assert (plan.issuer, plan.superior) == ("Ủy ban nhân dân tỉnh An Bình", None)
    assert plan.kind == "Kế hoạch"
    assert plan.subject == "Chuyển đổi số trong cơ quan nhà nước trên địa bàn tỉnh An Bình năm 2024"


def test_the_header_of_a_letter_is_read_field_by_field():
    """A công văn names no kind; its subject stands behind V/v, and a citation there is not its own number or date."""
    letter = record(LETTER)
    assert (letter.number, letter.issued_on, letter.kind) == ("118/SXD-QLN", date(2024, 1, 15), "Công văn")
    assert (letter.issuer, letter.superior) == ("Sở Xây dựng tỉnh An Bình", "Ủy ban nhân dân tỉnh An Bình")
    assert letter.subject == ("thực hiện Quyết định số 20/QĐ-UBND ngày 02 tháng 01 năm 2024 của Ủy ban nhân dân tỉnh")


def test_interleaved_columns_are_told_apart():
    """A dump that runs the two halves of the header together, line by line, is read like the form."""
    text = PLAN.replace(
        "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 45/KH-UBND\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nAn Bình, ngày",
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH AN BÌNH Độc lập - Tự do - Hạnh phúc\nSố: 45/KH-UBND An Bình, ngày",
    )
    plan = record(text)
    assert (plan.number, plan.place, plan.issuer) == ("45/KH-UBND", "An Bình", "Ủy ban nhân dân tỉnh An Bình")
    assert plan.issued_on == date(2024, 3, 5)


def test_blank_number_and_day_are_nothing():
    """A draft's blanks are no number and no date, and a problem says so to staff."""
    text = PLAN.replace("45/KH-UBND\nCỘNG", "      /KH-UBND\nCỘNG").replace("ngày 05 tháng 3", "ngày      tháng 3")
    draft = record(text)
    assert (draft.number, draft.issued_on, draft.place) == (None, None, "An Bình")
    assert draft.kind == "Kế hoạch"
    assert {problem.code for problem in draft.problems} == {"no_number", "no_date"}


@pytest.mark.parametrize("symbol", ["/KH-UBND", "-KH/TU"])
def test_digits_shown_over_the_blanks_fill_them(symbol):
    """A signing program's digits, drawn over `Số:    /KH-UBND` and `ngày    tháng`, are the number and the day."""
    words = {
        "Số:": (80, 100, 100, 112),
        symbol: (140, 100, 200, 112),
        "ngày": (350, 100, 375, 112),
        "tháng": (400, 100, 425, 112),
        "45": (105, 101, 130, 113),
        "05": (380, 101, 394, 113),
    }
    text = f"ỦY BAN\nSố: {symbol}\nAn Bình, ngày tháng 3 năm 2024\nKẾ HOẠCH\nChuyển đổi số\n\n45\n05"
    placed = tuple(Word(text.rindex(word), text.rindex(word) + len(word), box) for word, box in words.items())
    page = Page(1, text, tuple(sorted(placed, key=lambda word: word.start)), 595, 842)
    plan = understand("a.pdf", "0" * 64, Reading("pdf", (page,)))
    assert (plan.number, plan.issued_on) == (f"45{symbol}", date(2024, 3, 5))
    shown = plan.evidence["number"]
    assert (text[shown.start : shown.end], shown.box) == ("45", (105, 101, 130, 113))


def test_a_missing_header_is_read_from_symbol_place_and_words():
    """Without the lines above the number, the symbol, the place and the opening sentence together name the issuer."""
    text = """Số: 9/KH-STTTT
Cao Lãnh, ngày 02 tháng 5 năm 2023
KẾ HOẠCH
Tuyên truyền an toàn thông tin
Thực hiện Kế hoạch số 3/KH-UBND ngày 05/01/2023 của UBND tỉnh;
Sở Thông tin và Truyền thông xây dựng Kế hoạch như sau:"""
    assert record(text).issuer == "Sở Thông tin và Truyền thông tỉnh Đồng Tháp"
    assert record(text.replace("Sở Thông tin và Truyền thông xây dựng", "Đơn vị xây dựng")).issuer is None


@pytest.mark.parametrize(
    ("lines", "issuer", "superior"),
    [
        ("TỈNH ỦY AN BÌNH\nBAN TỔ CHỨC", "Ban Tổ chức Tỉnh ủy An Bình", "Tỉnh ủy An Bình"),
        ("BỘ CÔNG THƯƠNG\nCỤC HÓA CHẤT", "Cục Hóa chất", "Bộ Công Thương"),
        ("BỘ LAO ĐỘNG - THƯƠNG\nBINH VÀ XÃ HỘI", "Bộ Lao động - Thương binh và Xã hội", None),
        ("ỦY BAN THƯỜNG VỤ\nQUỐC HỘI", "Ủy ban Thường vụ Quốc hội", None),
        ("UBND TỈNH AN BÌNH\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh An Bình", "Ủy ban nhân dân tỉnh An Bình"),
        ("UBND HUYỆN HÒA THUẬN\nPHÒNG NỘI VỤ", "Phòng Nội vụ", "Ủy ban nhân dân huyện Hòa Thuận"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ", None),
    ],
)
def test_the_lines_above_the_number_name_issuer_and_superior(lines, issuer, superior):
    """The lowest name is the issuer, the one above the superior; a line that cannot begin a name goes on."""
    found = record(f"{lines}\nSố: 12/QĐ-XYZ\nAn Bình, ngày 01 tháng 02 năm 2024\nQUYẾT ĐỊNH\nVề việc khen thưởng")
    assert (found.issuer, found.superior) == (issuer, superior)


def test_a_running_header_and_a_stamp_are_no_header():
    """The gazette's own number and date, and a signature's visible text, are not the document's."""
    text = f"CÔNG BÁO/Số 327/Ngày 14-06-2026 108\nKý bởi: CỔNG THÔNG TIN\nThời gian ký: 07/01/2025 10:09:57\n{PLAN}"
    plan = record(text)
    assert (plan.number, plan.issued_on) == ("45/KH-UBND", date(2024, 3, 5))


def test_each_field_leads_back_to_where_it_was_read():
    """Evidence gives the page, the offsets, the rule and how sure the rule is."""
    plan = record(PLAN)
    for name in ("number", "place", "subject", "kind", "issuer", "issued_on", "signers", "recipients"):
        evidence = plan.evidence[name]
        assert plan.pages[evidence.page - 1].text[evidence.start : evidence.end].strip()
        assert evidence.rule
        assert 0 < evidence.confidence <= 1
    number = plan.evidence["number"]
    assert plan.pages[0].text[number.start : number.end] == plan.number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Một đoạn văn không phải văn bản hành chính.",
        "\n\n12\n",
        "Số:",
        "KẾ HOẠCH",
        "V/v",
        "Nơi nhận:",
        "HỘI NHÀ VĂN\nĐIỀU KHOẢN",
    ],
)
def test_a_text_that_is_no_document_gives_empty_fields(text):
    """Nothing is guessed where there is nothing to read."""
    found = record(text)
    assert (found.number, found.issued_on, found.issuer, found.signers) == (None, None, None, ())
