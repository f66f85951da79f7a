"""Trích yếu behind a citation: where it ends, and what is none. What opens it is tried by the rules' examples."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import citations, cited_subjects

TEXTS = {
    "Căn cứ Kế hoạch số 28/KH-UBND ngày 05/01/2026 của UBND tỉnh về chuyển đổi số\nnăm 2026;\nCăn cứ ": [
        "Chuyển đổi số năm 2026"
    ],
    "Thực hiện Quyết định số 5/QĐ-TTg phê duyệt Đề án “Sông xanh” (sau đây gọi là Đề án), các sở": [
        "Phê duyệt Đề án “Sông xanh”"
    ],
    "theo Quyết định số 5/QĐ-TTg về phát triển du lịch, dịch vụ, Ủy ban nhân dân tỉnh ban hành": [
        "Phát triển du lịch, dịch vụ"
    ],
    "Nghị định số 1/2024/NĐ-CP quy định về hội và Thông tư số 2/2024/TT-BNV hướng dẫn lập hội.": [
        "Quy định về hội",
        "Hướng dẫn lập hội",
    ],
    "Kế hoạch số 8/KH-SYT triển khai thực hiện Chỉ thị số 11-CT/TU ngày 04/01/2026 về sức khỏe cộng đồng;": [
        "Triển khai thực hiện Chỉ thị số 11-CT/TU ngày 04/01/2026 về sức khỏe cộng đồng",
        "Sức khỏe cộng đồng",
    ],
    "Quyết định số 5/QĐ-UBND và các văn bản về việc nuôi trồng thủy sản": [None],
    "Quyết định số 5/QĐ-UBND về đất.": [None],
}


@pytest.mark.parametrize(("text", "subjects"), TEXTS.items())
def test_a_subject_ends_where_the_sentence_goes_on(text: str, subjects: list[str | None]) -> None:
    """A semicolon, a bracket, a body that acts or the next citation ends it; what that one amends belongs to it."""
    assert cited_subjects.tell(text, citations.find(text)) == subjects


def test_a_long_subject_is_cut_between_words() -> None:
    """What has no end is kept as far as a title goes."""
    text = "Quyết định số 5/QĐ-UBND về " + "việc rất dài " * 100
    (subject,) = cited_subjects.tell(text, citations.find(text))
    assert subject is not None
    assert len(subject) <= 300
    assert f"{subject[1:]} " in text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["Quyết định số 5/QĐ-TTg", " về việc ", "của ", "\n", ";", "(", "cấp nước ", "về "])))
def test_whatever_stands_behind_a_citation_is_read_as_words_of_the_text(parts: list[str]) -> None:
    """There is an answer for each citation, and it is what stands there, on one line."""
    text = "".join(parts)
    found = citations.find(text)
    subjects = cited_subjects.tell(text, found)
    assert len(subjects) == len(found)
    line = " ".join(text.split()).lower()
    assert all(subject.lower() in line for subject in subjects if subject)
