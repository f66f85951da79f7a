"""Text set for reading."""

from hypothesis import given
from hypothesis import strategies as st

from archive.search import Span
from archive.web.typesetting import Cited, paragraphs, parts

PLAN = """ỦY BAN NHÂN DÂN
TỈNH SÔNG TIỀN
Số: 12/KH-UBND

KẾ HOẠCH
Tuyên truyền dịch vụ công trực tuyến

Thực hiện Quyết định số 1819/QĐ-TTg ngày 26 tháng 10 năm 2015 của Thủ tướng Chính
phủ phê duyệt Chương trình quốc gia về ứng dụng công nghệ thông tin trong hoạt động
của cơ quan nhà nước; Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
- Tạo điều kiện thuận lợi cho tổ chức, công dân trong thực hiện thủ tục hành chính.
- Nâng cao nhận thức.
"""


def flat(text: str, **marks: object) -> list[str]:
    return ["".join(part for run in one.runs for part, _ in run.parts) for one in paragraphs(text, **marks)]


def test_lines_of_one_paragraph_are_joined_and_headings_and_items_stand_alone() -> None:
    """Full lines run on; short lines, capitals and list items end a paragraph or begin one."""
    set_text = flat(PLAN)
    assert set_text[0] == "ỦY BAN NHÂN DÂN\nTỈNH SÔNG TIỀN"
    assert set_text[2] == "KẾ HOẠCH"
    assert set_text[4].startswith("Thực hiện")
    assert set_text[4].endswith("như sau:")
    assert set_text[5:] == [
        "I. MỤC ĐÍCH",
        "- Tạo điều kiện thuận lợi cho tổ chức, công dân trong thực hiện thủ tục hành chính.",
        "- Nâng cao nhận thức.",
    ]
    assert [one.style for one in paragraphs(PLAN)][:3] == ["heading", "flow", "heading"]


def test_a_text_of_one_line_a_paragraph_keeps_them_apart() -> None:
    """DOCX and text files have no lines of paper; each line is a paragraph whatever its length."""
    long = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành " * 5
    assert flat(f"{long.strip()}\n{long.strip()}") == [long.strip()] * 2


def test_a_citation_over_two_paragraphs_is_linked_in_both_with_one_anchor() -> None:
    """An id stands once on a page."""
    text = "Kế hoạch\nsố 12/KH-UBND"
    runs = [run for one in paragraphs(text, [Cited(0, len(text), 0, "a")]) for run in one.runs]
    assert [run.cited.anchor for run in runs if run.cited] == ["a", ""]


def test_of_overlapping_citations_the_first_and_longest_is_kept() -> None:
    """Links never nest, and offsets outside the text link nothing."""
    text = "Quyết định số 1819/QĐ-TTg"
    cited = [
        Cited(14, 25, 1, "b"),
        Cited(0, 25, 0, "a"),
        Cited(20, 99, 2, "c"),
        Cited(-4, 3, 3, "d"),
        Cited(5, 5, 4, "e"),
    ]
    (paragraph,) = paragraphs(text, cited)
    assert [(run.cited and run.cited.reference, run.parts) for run in paragraph.runs] == [(0, ((text, 0),))]


def test_marked_words_side_by_side_are_marked_as_one() -> None:
    """A phrase found word by word looks like the phrase; marks are counted from 1."""
    found = [Span(0, 4), Span(5, 7), Span(8, 12), Span(18, 22)]
    assert parts("dịch vụ công ích, công", found) == (("dịch vụ công", 1), (" ích, ", 0), ("công", 2))


def test_a_mark_over_a_citation_begins_once() -> None:
    """The piece of a mark that goes on in a link is not another mark."""
    (paragraph,) = paragraphs("theo Kế hoạch 12", [Cited(8, 16, 0, "a")], [Span(5, 13)])
    assert [run.parts for run in paragraph.runs] == [
        (("theo ", 0), ("Kế ", 1)),
        (("hoạch", -1), (" 12", 0)),
    ]


spans = st.tuples(st.integers(-3, 60), st.integers(-3, 60))


@given(st.text("aĂ .\n-1;", max_size=50), st.lists(spans, max_size=5), st.lists(spans, max_size=5))
def test_nothing_is_lost_or_added_whatever_is_marked(
    text: str, cited: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    """What is shown is the text but for blanks between paragraphs, whatever offsets come with it."""
    links = [Cited(start, end, at, f"a{at}") for at, (start, end) in enumerate(cited)]
    marks = [Span(start, end) for start, end in found if 0 <= start < end <= len(text)]
    shown = "".join(flat(text, cited=links, found=marks))
    assert shown.split() == text.split() or "".join(shown.split()) == "".join(text.split())
