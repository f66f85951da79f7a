"""The page that shows two documents side by side."""

from collections.abc import Callable

from flask.testing import FlaskClient

AIM = "1. Mục tiêu: {share}% hồ sơ thủ tục hành chính được nộp trực tuyến."
SAME = [f"- Nhiệm vụ {n} được giao cho các sở, ngành theo chức năng." for n in range(6)]


def test_changes_are_marked_and_what_is_the_same_is_folded(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Changed words stand in del and ins; six paragraphs that are the same become one line that opens."""
    before = keep("\n".join([AIM.format(share=85), *SAME]), number="37/KH-UBND")
    after = keep("\n".join([AIM.format(share=90), *SAME]), number="28/KH-UBND")
    page = reader.get(f"/van-ban/{after}/so-sanh/{before}").text
    assert "<del>85</del>" in page
    assert "<ins>90</ins>" in page
    assert "<summary>6 đoạn giống nhau</summary>" in page
    assert page.index("37/KH-UBND") < page.index("28/KH-UBND")


def test_two_alike_are_said_to_be_alike(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Nobody searches for a change that is not there."""
    one, other = keep("KẾ HOẠCH", subject="một"), keep("KẾ HOẠCH", subject="hai")
    assert "giống hệt nhau" in reader.get(f"/van-ban/{one}/so-sanh/{other}").text


def test_text_is_shown_and_never_run(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """What a document says in angle brackets is text, changed or not."""
    one, other = (
        keep("<script>alert(1)</script> kế hoạch năm 2025"),
        keep("<script>alert(2)</script> kế hoạch năm 2026"),
    )
    page = reader.get(f"/van-ban/{one}/so-sanh/{other}").text
    assert "<script>alert" not in page
    assert "&lt;" in page
