"""Marks and passages: what matched, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import best_passage, mark, parse
from archive.search.query import Field


def marked(text: str, query: str, field: Field | None = None) -> list[str]:
    return [text[span.start : span.end] for span in mark(text, parse(query), field)]


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("Kế hoạch của tỉnh; kế toán", "kế hoạch", ["Kế", "hoạch", "kế"]),
        ("Dịch vụ công", "dich cong", ["Dịch", "công"]),
        ("hòa, hoà và hoa", "hòa", ["hòa", "hoà"]),
        ("hoa nở", "hòa", ["hoa"]),
        ("đi đâu, di dời", "đi", ["đi"]),
        ("Ủy ban, văn bản, địa bàn", "ủy ban", ["Ủy", "ban"]),
        ("văn bản của Ủy hội", "ủy ban", ["bản", "Ủy"]),
        ("Ủy hội, văn bản", "uy ban", ["Ủy", "bản"]),
        ("Ủy ban, văn bản", "uy ban", ["Ủy", "ban"]),
        ("chuyển đổi số, hồ sơ, Nghị quyết số 5, đối với", "chuyen doi so", ["chuyển", "đổi", "số", "số"]),
        ("ủy bản, Ủy ban", '"ủy ban"', ["Ủy ban"]),
        ("chính quyền, quyền lực chính", '"chính quyền"', ["chính quyền"]),
        ("chính quyền", '"quyền chính"', []),
        ("số 228/KH-UBND ngày 18/08/2017", "228/kh-ubnd", ["228/KH-UBND"]),
        ("số 228/KH-UBND ngày 18/08/2017", "18-8-2017", ["18/08/2017"]),
        ("số 1228/KH-UBND", "228/KH-UBND", []),
        ("các KH-UBND", "KH-UBND", ["KH-UBND"]),
        ("nháp và sạch", "-nháp sạch", ["sạch"]),
        ("năm 2017, loại kế", "năm:2017 loại:kế", []),
        ("điện tử", '"điện tử" điện', ["điện tử"]),
        ("", "kế", []),
        ("kế", "", []),
    ],
)
def test_marks(text: str, query: str, words: list[str]) -> None:
    """Words, phrases and numbers are marked where they stand; accents typed prefer what is written so."""
    assert marked(text, query) == words


def test_a_field_is_marked_in_its_own_text() -> None:
    """A clause on the subject marks the subject, and nothing elsewhere."""
    assert marked("Kế hoạch mạng", "trích yếu:mạng kế", "subject") == ["Kế", "mạng"]
    assert marked("Kế hoạch mạng", "trích yếu:mạng kế") == ["Kế"]


def test_the_passage_with_most_of_the_query_is_taken() -> None:
    """The passage holds most of the query, close together, with its page; blanks are collapsed and cuts shown."""
    filler = "lời  khác\n" * 60
    pages = ["điện " + filler, filler + "chính xác " + filler + "chính quyền\n điện   tử " + filler]
    passage = best_passage(pages, parse("chính quyền điện tử"), length=100)
    assert passage is not None
    assert passage.page == 2
    assert "khác chính quyền điện tử lời" in passage.text
    assert [passage.text[span.start : span.end] for span in passage.spans] == ["chính", "quyền", "điện", "tử"]
    assert passage.text.startswith("… ")
    assert passage.text.endswith(" …")
    assert set(passage.text.split()) <= {"…", "lời", "khác", "chính", "quyền", "điện", "tử"}
    assert len(passage.text) <= 104


def test_accents_typed_decide_between_passages() -> None:
    """A passage with the words as typed is better than an earlier one with other accents."""
    passage = best_passage(["hoa quả", "hòa bình"], parse("hòa"))
    assert passage is not None
    assert passage.page == 2
    assert passage.text == "hòa bình"


HEAD = "Số: 5/KH-UBND\nKẾ HOẠCH\nChuyển đổi số\nnăm 2026\n_____________\n"


def test_a_passage_says_more_than_the_subject_shown() -> None:
    """Beside a subject that shows the match the passage is taken from the text below it, without ruled lines."""
    body = "Căn cứ Luật; ............ đẩy mạnh chuyển đổi số."
    passage = best_passage([HEAD + body], parse("chuyển đổi số"), shown="Chuyển đổi số năm 2026")
    assert passage is not None
    assert passage.text == "… Căn cứ Luật; đẩy mạnh chuyển đổi số."


def test_the_head_has_the_passage_when_no_other_holds_as_much() -> None:
    """A text below the subject that holds less of the query is no better."""
    passage = best_passage([HEAD + "số liệu", "đổi số"], parse("chuyển đổi số"), shown="Chuyển đổi số năm 2026")
    assert passage is not None
    assert passage.text == "Số: 5/KH-UBND KẾ HOẠCH Chuyển đổi số năm 2026 số liệu"


def test_a_passage_says_with_which_mark_of_its_page_it_begins() -> None:
    """Marks are counted as they are shown: side by side they are one."""
    filler = "lời khác " * 60
    passage = best_passage([f"công vụ. Chính {filler} quyền {filler} chính quyền số"], parse("chính quyền số"))
    assert passage is not None
    assert (passage.page, passage.mark) == (1, 3)


def test_no_passage() -> None:
    """A query that matches no text, or is no text, has no passage."""
    assert best_passage(["kế hoạch"], parse("xyz")) is None
    assert best_passage(["kế hoạch"], parse("năm:2017")) is None
    assert best_passage([], parse("kế")) is None


some_text = st.lists(
    st.sampled_from(
        ["kế", "hoạch", "Ke", "số", "228/KH-UBND", "\n", " ", "  ", "-", "a\u0323", "x" * 300, "\x1e", "…"]
    ),
    max_size=60,
).map(" ".join)


@given(some_text, some_text, st.integers(min_value=1, max_value=300))
def test_spans_are_in_order_and_inside(text: str, words: str, length: int) -> None:
    """Spans of any text and query are in order, without overlap, inside the text; a passage always has a mark."""
    query = parse(words)
    passage = best_passage([text], query, length)
    assert (passage is None) == (not mark(text, query))
    for whole, spans in [(text, mark(text, query))] + ([(passage.text, passage.spans)] if passage else []):
        edges = [edge for span in spans for edge in (span.start, span.end)]
        assert edges == sorted(edges)
        assert all(0 <= span.start < span.end <= len(whole) for span in spans)
    assert passage is None or passage.spans
