"""The page that shows two documents side by side."""

from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient

from archive.workflow import Role
from tests.archive.web.conftest import send

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


def test_any_document_is_compared_with_any_other(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """It is found by its number, or chosen among several; the earlier one stands on the left."""
    old = keep("KẾ HOẠCH", number="9/KH-UBND", issued_on=date(2024, 1, 2), subject="Chuyển đổi số")
    new = keep("KẾ HOẠCH", number="37/KH-UBND", issued_on=date(2025, 1, 2), subject="Chuyển đổi số")
    newer = keep("KẾ HOẠCH", number="37/KH-UBND", issued_on=date(2026, 1, 2), subject="Cải cách hành chính")
    assert f'href="/van-ban/{old}/so-sanh"' in reader.get(f"/van-ban/{old}").text
    assert reader.get(f"/van-ban/{new}/so-sanh?tim=9/KH-UBND").location == f"/van-ban/{new}/so-sanh/{old}"
    several = reader.get(f"/van-ban/{old}/so-sanh?tim=37/KH-UBND").text
    assert f'href="/van-ban/{new}/so-sanh/{old}"' in several
    assert f'href="/van-ban/{newer}/so-sanh/{old}"' in several
    assert "Không thấy văn bản nào khác" in reader.get(f"/van-ban/{old}/so-sanh?tim=9/KH-UBND").text


def test_headings_in_capitals_are_never_folded_away(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Also those with the letters of Vietnamese: they tell where a change stands."""
    before = keep("\n".join(["TỔ CHỨC THỰC HIỆN", *SAME, AIM.format(share=85)]))
    after = keep("\n".join(["TỔ CHỨC THỰC HIỆN", *SAME, AIM.format(share=90)]))
    page = reader.get(f"/van-ban/{after}/so-sanh/{before}").text
    assert page.index("TỔ CHỨC THỰC HIỆN") < page.index("<summary>6 đoạn")


TWIN = {"number": "28/KH-UBND", "issued_on": date(2026, 1, 30), "issuer": "Ủy ban nhân dân tỉnh Lam Sơn"}


def test_an_editor_settles_what_two_documents_are(
    signed_in: Callable[[Role], FlaskClient], keep: Callable[..., int]
) -> None:
    """From the notice on the page, by way of the comparison, to one page that offers both files; and back."""
    editor = signed_in(Role.EDITOR)
    first, second = keep("bản Word", **TWIN), keep("bản quét", **TWIN)
    question = f"/van-ban/{second}/so-sanh/{first}"
    assert f'href="{question}"' in editor.get(f"/van-ban/{first}").text
    assert "Bản khác của cùng văn bản" in editor.get(question).text
    assert send(editor, question, decision="rendition").location == f"/van-ban/{first}"
    assert editor.get(f"/van-ban/{second}").location == f"/van-ban/{first}"
    page = editor.get(f"/van-ban/{first}").text
    assert f'href="/van-ban/{first}/ban-khac/{second}"' in page
    assert question not in page
    assert "bản quét" in editor.get(f"/van-ban/{first}/ban-khac/{second}").text
    assert send(editor, f"/van-ban/{first}/ban-khac/{second}/tach").location == f"/van-ban/{second}"
    assert editor.get(f"/van-ban/{second}").status_code == 200


def test_whoever_brings_files_and_whoever_edits_is_told(
    signed_in: Callable[[Role], FlaskClient], keep: Callable[..., int]
) -> None:
    """The page of the upload leads to the comparison; the form lists for editors what is undecided."""
    first, second = keep("bản Word", **TWIN), keep("bản quét", **TWIN)
    question = f'href="/van-ban/{second}/so-sanh/{first}"'
    editor = signed_in(Role.EDITOR)
    form = editor.get("/tai-len").text
    assert question in form
    job = form.split('href="/cong-viec/')[1].split('"')[0]
    assert question in editor.get(f"/cong-viec/{job}").text
    assert question not in signed_in(Role.CONTRIBUTOR).get("/tai-len").text


def test_a_decision_must_be_one_of_three(signed_in: Callable[[Role], FlaskClient], keep: Callable[..., int]) -> None:
    """Anything else is refused in words, and changes nothing."""
    first, second = keep("một", **TWIN), keep("hai", **TWIN)
    assert send(signed_in(Role.EDITOR), f"/van-ban/{second}/so-sanh/{first}", decision="x").status_code == 422


def test_who_may_not_decide_is_not_asked(
    reader: FlaskClient, contributor: FlaskClient, keep: Callable[..., int]
) -> None:
    """A reader sees no notice; whoever brings files sees it, without the buttons."""
    first, second = keep("một", **TWIN), keep("hai", **TWIN)
    assert f"so-sanh/{first}" not in reader.get(f"/van-ban/{first}").text
    assert f"so-sanh/{first}" in contributor.get(f"/van-ban/{first}").text
    assert 'name="decision"' not in contributor.get(f"/van-ban/{second}/so-sanh/{first}").text
