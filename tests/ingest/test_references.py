from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import Page, references
from ingest.record import Relation
from tests.ingest.texts import LETTER, PLAN, cited, record

PIECES = st.sampled_from(
    [
        *[
            "Căn cứ ",
            "Thực hiện ",
            "Quyết định số ",
            "12/QĐ-UBND",
            "05-NQ/TU",
            "64/2025/QH15",
            " ngày 02/01/2024",
            "; ",
        ],
        *[
            ";\n",
            ", ",
            " và ",
            "\n",
            "Luật Đất đai",
            " năm 2024",
            "các Công văn số 1/A-B, 2/A-B",
            "Kế hoạch này",
            "bãi bỏ ",
        ],
        *[
            "Quyết định nêu trên",
            "Nghị quyết số 5 ",
            "Số: 7/KH-X",
            "57/2021/TT-\nBTC",
            "- ",
            "1. ",
            "./.",
            " của UBND tỉnh",
        ],
        *["\n\n2\n\n", "Điều 1. ", "hết hiệu lực", "(Kèm theo ", "được sửa đổi bởi "],
    ]
)


def test_references_come_once_in_order_with_all_they_carry():
    """Each document once, in the order of first mention, with what is cited of it and the strongest relation."""
    found = record(PLAN).references
    assert [(one.number or one.name, one.kind, one.issued_on, one.issuer, one.relation.value) for one in found] == [
        ("Luật Giao dịch điện tử", "Luật", date(2023, 6, 22), None, "legal_basis"),
        ("749/QĐ-TTg", "Quyết định", date(2020, 6, 3), "Thủ tướng Chính phủ", "legal_basis"),
        ("05-NQ/TU", "Nghị quyết", date(2023, 1, 10), "Tỉnh ủy An Bình", "legal_basis"),
        ("12/TTr-STTTT", "Tờ trình", date(2024, 3, 1), "Giám đốc Sở Thông tin và Truyền thông", "proposed_by"),
        ("30/KH-UBND", "Kế hoạch", date(2023, 2, 15), "UBND tỉnh", "replaces"),
    ]
    assert len(found[1].mentions) == 2


def test_a_document_does_not_cite_itself():
    """Its own number, wherever it stands, is no reference."""
    text = f"{PLAN}\n(Kèm theo Kế hoạch số 45/KH-UBND ngày 05/3/2024 của UBND tỉnh)\n"
    assert "45/KH-UBND" not in cited(text)


def test_an_attached_regulation_is_attached_to_its_decision():
    """A text that only carries `Ban hành kèm theo` under its title belongs to that decision."""
    text = "QUY CHẾ\nLàm việc của Sở\n(Ban hành kèm theo Quyết định số 8/QĐ-SXD ngày 02/01/2024)\nĐiều 1. Phạm vi"
    assert cited(text) == {"8/QĐ-SXD": "attached_to"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("các Quyết định số 12/QĐ-UBND, 13/QĐ-UBND ngày 05/01/2024 của UBND tỉnh", {"12/QĐ-UBND", "13/QĐ-UBND"}),
        (
            "tại Công văn số 4/UBND-KT và Kế hoạch số 5/KH-UBND ngày 05/01/2024 của UBND tỉnh",
            {"4/UBND-KT", "5/KH-UBND"},
        ),
        ("Công văn số 4/UBND-KT ngày 05/01/2024; số 6/UBND-KT ngày 05/01/2024", {"4/UBND-KT", "6/UBND-KT"}),
    ],
)
def test_a_list_shares_its_kind_and_its_date(text, numbers):
    """What stands once for all members of a list belongs to each."""
    found = references.find([Page(1, f"Thực hiện {text}.")])
    assert {one.number for one in found} == numbers
    assert {one.issued_on for one in found} == {date(2024, 1, 5)}
    assert all(one.kind in ("Quyết định", "Công văn", "Kế hoạch") for one in found)


def test_a_date_that_opens_the_sentence_belongs_to_what_was_issued():
    """`Ngày …, Sở Y tế ban hành Công văn số …`: the date stands before the number."""
    (one,) = references.find([Page(1, "Ngày 11/12/2023, Sở Y tế ban hành Công văn số 22/SYT-NVY về việc báo cáo.")])
    assert one.issued_on == date(2023, 12, 11)


def test_a_semicolon_list_shares_the_phrase_that_opens_it():
    """`Thực hiện A; B thực hiện C; D`: B and D follow the opening phrase, C its own."""
    text = (
        "Căn cứ Quyết định số 1/QĐ-UBND ngày 02/01/2024 của UBND tỉnh; "
        "Kế hoạch số 2/KH-UBND thực hiện Nghị quyết 3/NQ-CP; Quyết định số 4/QĐ-UBND."
    )
    assert cited(text) == {
        "1/QĐ-UBND": "legal_basis",
        "2/KH-UBND": "legal_basis",
        "3/NQ-CP": "implements",
        "4/QĐ-UBND": "legal_basis",
    }


def test_a_numbered_list_shares_the_phrase_of_the_line_above_it():
    """`Bãi bỏ các quyết định sau:` governs each item below it, and nothing after the list."""
    text = """Điều 2. Bãi bỏ các quyết định sau đây:
1. Quyết định số 1/2019/QĐ-UBND ngày 02/01/2019 của UBND tỉnh.
2. Quyết định số 2/2020/QĐ-UBND ngày 02/01/2020 của UBND tỉnh.
Điều 3. Sở Xây dựng báo cáo theo Quyết định số 3/QĐ-UBND."""
    assert cited(text) == {"1/2019/QĐ-UBND": "repeals", "2/2020/QĐ-UBND": "repeals", "3/QĐ-UBND": "cites"}


def test_what_another_document_did_is_only_cited():
    """An amendment told of a cited document is not an amendment by the citing one."""
    text = "Căn cứ Nghị định số 1/2020/NĐ-CP ngày 02/01/2020 được sửa đổi, bổ sung bởi Nghị định số 2/2021/NĐ-CP;"
    assert cited(text) == {"1/2020/NĐ-CP": "legal_basis", "2/2021/NĐ-CP": "cites"}


def test_what_is_only_asked_for_is_no_effect():
    """`trình sửa đổi Quyết định …` asks another to amend; the text itself amends nothing."""
    assert cited("Giao Sở Nội vụ rà soát, trình sửa đổi Quyết định số 5/QĐ-UBND.") == {"5/QĐ-UBND": "cites"}


def test_a_letter_answered_says_nothing_of_the_list_below_it():
    """`Trả lời Công văn …, ý kiến như sau:` governs its own citation, not those of the items."""
    text = """Trả lời Công văn số 7/SKHCN-VP ngày 30/3/2026, UBND tỉnh có ý kiến như sau:
1. Đồng ý điều chỉnh thời hạn giao tại Kế hoạch số 28/KH-UBND ngày 30/01/2026."""
    assert cited(text) == {"7/SKHCN-VP": "replies_to", "28/KH-UBND": "cites"}


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("theo đề nghị của Sở Y tế tại Công văn số 3/SYT-VP", ["Sở Y tế"]),
        ("Quyết định số 6/QĐ-TTg của Thủ tướng Chính phủ và Kế hoạch số 8/KH-X", ["Thủ tướng Chính phủ", None]),
        ("Quyết định số 5/QĐ-UBND của Ủy ban nhân dân tỉnh\nỦY BAN NHÂN DÂN TỈNH AN BÌNH", ["Ủy ban nhân dân tỉnh"]),
        (
            "Thông tư số 1/2011/TTLT-BTC-BTP của Bộ trưởng Bộ Tài chính và Bộ trưởng Bộ Tư pháp hướng dẫn",
            ["Bộ trưởng Bộ Tài chính và Bộ trưởng Bộ Tư pháp"],
        ),
        ("Kế hoạch số 9/KH-UBND của Ủy ban nhân dân (UBND) tỉnh An Bình", ["Ủy ban nhân dân (UBND) tỉnh An Bình"]),
    ],
)
def test_the_body_is_as_cited_to_the_end_of_its_name(text, bodies):
    """A name ends where another document, a title or a verb begins; two bodies that issue together are one name."""
    assert [one.issuer for one in references.find([Page(1, text)])] == bodies


def test_bodies_without_end_are_read_to_some_end():
    """A sentence that joins thousands of bodies is read, too; all that is lost is where the name ends."""
    (found,) = references.find([Page(1, f"Theo Quyết định số 12/QĐ-UBND của {'Bộ Tài chính và ' * 2000}")])
    assert found.number == "12/QĐ-UBND"
    assert found.issuer.startswith("Bộ Tài chính và Bộ Tài chính")


def test_a_faculty_of_law_is_no_law():
    """`Trường Đại học Luật Hà Nội` cites nothing."""
    assert references.find([Page(1, "của Trường Đại học Luật Hà Nội năm 2024;")]) == ()


def test_a_short_form_is_taken_for_the_one_document_that_fits():
    """`Quyết định nêu trên` and `Kế hoạch số 30` are mentions; where two documents fit, neither gets it."""
    (first, _) = record(LETTER).references
    assert [mention.text for mention in first.mentions][-1] == "Quyết định nêu trên"
    text = "Thực hiện Kế hoạch số 30/KH-UBND ngày 02/01/2024 của UBND tỉnh. Theo Kế hoạch số 30, các sở báo cáo."
    assert [mention.text for mention in references.find([Page(1, text)])[0].mentions] == [
        "Kế hoạch số 30/KH-UBND",
        "Kế hoạch số 30",
    ]
    two = "Thực hiện Quyết định số 1/QĐ-UBND; Quyết định số 2/QĐ-UBND. Quyết định nêu trên có hiệu lực."
    assert [len(one.mentions) for one in references.find([Page(1, two)])] == [1, 1]


def test_one_number_in_two_years_is_two_documents():
    """Serials restart every year: the same number with dates of different years is cited twice."""
    text = "Thực hiện Chỉ thị số 11/CT-UBND ngày 02/01/2021 và Chỉ thị số 11/CT-UBND ngày 05/3/2024 của UBND tỉnh"
    assert [one.issued_on for one in references.find([Page(1, text)])] == [date(2021, 1, 2), date(2024, 3, 5)]


def test_a_law_is_one_document_with_its_number_and_by_its_name():
    """A law cited with its number and again by its name alone is one reference."""
    text = "Căn cứ Luật Đất đai số 31/2024/QH15; theo quy định của Luật Đất đai và Luật Nhà ở năm 2023."
    found = references.find([Page(1, text)])
    assert [(one.number, one.name) for one in found] == [("31/2024/QH15", None), (None, "Luật Nhà ở")]
    assert [mention.text for mention in found[0].mentions] == ["Luật Đất đai số 31/2024/QH15", "Luật Đất đai"]


def test_a_reference_broken_over_two_pages_is_read_whole():
    """The number goes on behind the page break and the page number; the mention is the longer part, on its page."""
    first = "Căn cứ Quyết định số 57/2021/QĐ-"
    second = "2\nUBND ngày 02/01/2021 của UBND tỉnh;"
    (one,) = references.find([Page(1, first), Page(2, second)])
    assert (one.number, one.issued_on) == ("57/2021/QĐ-UBND", date(2021, 1, 2))
    assert one.mentions[0].page == 1
    assert one.mentions[0].text == "Quyết định số 57/2021/QĐ-"


@settings(max_examples=300)
@given(st.lists(st.lists(PIECES, max_size=25).map("".join), min_size=1, max_size=3))
def test_a_mention_is_the_text_of_its_page(texts):
    """Whatever the text, each mention's offsets give its text on its page, and each reference has a mention."""
    pages = [Page(number, text) for number, text in enumerate(texts, start=1)]
    for one in references.find(pages):
        assert one.mentions
        assert one.relation in Relation
        for mention in one.mentions:
            assert mention.text == pages[mention.page - 1].text[mention.start : mention.end]
            assert mention.text
