"""The pages on which editors review: the queue, a document beside its pages, several at once."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.workflow import Role, State
from ingest.record import Evidence, Mention, Reference, Relation, Signer
from tests.archive.web.conftest import send

TEXT = "Số: 1/KH-SYT\nKẾ HOẠCH <tiêm chủng>\nCăn cứ Nghị quyết số 17/NQ-CP của Chính phủ"
CITED = "Nghị quyết số 17/NQ-CP"
FACTS: dict[str, object] = {
    "number": "1/KH-SYT",
    "kind": "Kế hoạch",
    "issued_on": date(2026, 1, 30),
    "issuer": "Sở Y tế",
    "subject": "Tiêm chủng <mở rộng>",
    "signers": (Signer("Lê Thị Mai", "Giám đốc", ("KT. GIÁM ĐỐC",)),),
    "recipients": ("Như trên", "Lưu: VT"),
}


@pytest.fixture
def editor(signed_in: Callable[[Role], FlaskClient]) -> FlaskClient:
    return signed_in(Role.EDITOR)


@pytest.fixture
def read(keep: Callable[..., int]) -> Callable[..., int]:
    """Make a draft of a document that was read so surely, some facts of it otherwise; return its id."""

    def read(certainty: float = 0.97, **otherwise: object) -> int:
        facts = FACTS | otherwise
        evidence = {name: Evidence(1, 4, 12, "a rule", certainty) for name, value in facts.items() if value}
        return keep(f"{TEXT} {otherwise} {certainty}", state=State.DRAFT, evidence=evidence, **facts)

    return read


def form(page: str) -> dict[str, object]:
    """Return the fields of the review as the page has them."""
    within = page.split('<form id="review"')[1].partition("</form>")[0]
    inputs = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", within)]
    values: dict[str, object] = {
        one["name"]: unescape(one.get("value", "")) for one in inputs if one["name"] != "csrf_token"
    }
    areas = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)<', within)
    return values | {name: unescape(text) for name, text in areas}


def decide(client: FlaskClient, held: int, act: str, **otherwise: object) -> TestResponse:
    page = client.get(f"/duyet/{held}").text
    return send(client, f"/duyet/{held}", **(form(page) | {"viec": act} | otherwise))


def test_an_empty_queue_says_what_comes_into_it(editor: FlaskClient) -> None:
    """And where documents are brought."""
    page = editor.get("/duyet").text
    assert "Không còn văn bản nào chờ duyệt" in page
    assert 'href="/tai-len"' in page


def test_the_queue_says_of_each_why_to_look(editor: FlaskClient, read: Callable[..., int]) -> None:
    """The first of them is where Enter leads; what is issued already is not in it."""
    sure, lacking, unsure = read(), read(number=None), read(0.9, number="3/KH-SYT")
    page = editor.get("/duyet").text
    places = [page.index(f'href="/duyet/{held}"') for held in (lacking, unsure, sure)]
    assert places == sorted(places)
    assert re.search(rf'href="/duyet/{lacking}" autofocus', page)
    for said in ("3 văn bản chờ duyệt", "Còn thiếu: số, ký hiệu</span>", "Có chỗ đọc chưa chắc", "Mọi mục đọc chắc"):
        assert said in page
    assert "cả loạt 1 văn bản" in page
    oldest = editor.get("/duyet?theo=cu-nhat").text
    assert re.search(rf'href="/duyet/{sure}\?theo=cu-nhat" autofocus', oldest)


@pytest.mark.parametrize("page", ["2", "9" * 30, "-1"])
def test_a_page_that_the_queue_lacks_shows_its_nearest(
    editor: FlaskClient, read: Callable[..., int], page: str
) -> None:
    """As an address kept from when more waited asks for one."""
    held = read()
    assert f'href="/duyet/{held}"' in editor.get("/duyet", query_string={"trang": page}).text


def test_a_document_is_shown_with_what_was_read_and_where(editor: FlaskClient, read: Callable[..., int]) -> None:
    """Markup as text; a sure one is ready to be accepted."""
    page = editor.get(f"/duyet/{read()}").text
    assert 'value="1/KH-SYT"' in page
    assert "Tiêm chủng &lt;mở rộng&gt;" in page
    assert "&lt;tiêm chủng&gt;" in page
    assert '<mark class="evidence" id="doc-number">1/KH-SYT</mark>' in page
    assert re.search(r'value="circulate" autofocus', page)


def test_accepting_keeps_what_was_corrected_and_shows_the_next(editor: FlaskClient, read: Callable[..., int]) -> None:
    """The document is issued, with all that the form did not show; the way back is on the next page."""
    first, second = read(), read(number="2/KH-SYT")
    answer = decide(editor, first, "circulate", subject="Tiêm chủng năm 2026")
    assert answer.location == f"/duyet/{second}?vua-duyet={first}"
    page = editor.get(f"/van-ban/{first}").text
    for shown in ("Tiêm chủng năm 2026", "KT. GIÁM ĐỐC", "Lưu: VT", "Lưu hành nội bộ"):
        assert shown in page
    assert "Hoàn tác" in editor.get(answer.location).text
    assert send(editor, "/duyet/hoan-tac", document=first).location == f"/duyet/{first}"
    assert "Chờ duyệt" in editor.get(f"/duyet/{first}").text
    assert decide(editor, second, "publish").location == f"/duyet?vua-duyet={second}"


def test_what_is_lacking_is_asked_for_and_offered_but_not_filled_in(
    editor: FlaskClient, read: Callable[..., int]
) -> None:
    """Accepting it so takes another button; a hint that is pressed is written into the form, nothing more."""
    held = read(kind=None)
    page = editor.get(f"/duyet/{held}").text
    assert form(page)["kind"] == ""
    assert 'value="dien:kind:Kế hoạch"' in page
    assert page.index('data-field="kind"') < page.index('data-field="number"')
    filled = decide(editor, held, "dien:kind:Kế hoạch").text
    assert form(filled)["kind"] == "Kế hoạch"
    assert form(editor.get(f"/duyet/{held}").text)["kind"] == ""
    refused = decide(editor, held, "circulate")
    assert refused.status_code == 422
    assert "Còn thiếu thông tin" in refused.text
    assert decide(editor, held, "circulate:con-thieu").status_code == 303


@pytest.mark.parametrize(
    ("offered", "field", "value"),
    [("signers:Hồ Văn Tám", "signer", "Hồ Văn Tám"), ("issued_on:2026-02-03", "issued_on", "2026-02-03"),
     ("issued_on:mai", "issued_on", "2026-01-30"), ("number:9/KH-SYT", "number", "9/KH-SYT")],
)  # fmt: skip
def test_a_hint_goes_where_it_belongs(
    editor: FlaskClient, read: Callable[..., int], offered: str, field: str, value: str
) -> None:
    """Beside what else was written; what cannot be there is left out."""
    filled = form(decide(editor, read(), f"dien:{offered}", place="Lam Sơn").text)
    assert (filled[field], filled["place"], filled["position"]) == (value, "Lam Sơn", "Giám đốc")


def test_what_is_at_fault_is_said_beside_its_field(editor: FlaskClient, read: Callable[..., int]) -> None:
    """Nothing is saved, nothing written is lost."""
    held = read()
    answer = decide(editor, held, "circulate", number="bảy", place="Lam Sơn")
    assert answer.status_code == 422
    assert (form(answer.text)["number"], form(answer.text)["place"]) == ("bảy", "Lam Sơn")
    assert "28/KH-UBND" in answer.text
    assert form(editor.get(f"/duyet/{held}").text)["number"] == "1/KH-SYT"


def test_the_second_of_two_editors_sees_both(editor: FlaskClient, read: Callable[..., int]) -> None:
    """What was written stays in the form, with what the archive holds now beside it; sent again, it counts."""
    held = read()
    old = form(editor.get(f"/duyet/{held}").text)
    decide(editor, held, "luu", subject="Người trước")
    late = send(editor, f"/duyet/{held}", **(old | {"viec": "circulate", "subject": "Người sau"}))
    assert late.status_code == 422
    assert "người khác thay đổi" in late.text
    assert form(late.text)["subject"] == "Người sau"
    assert "Nay trong kho:" in late.text
    assert "Người trước" in late.text
    again = send(editor, f"/duyet/{held}", **(form(late.text) | {"viec": "circulate"}))
    assert again.status_code == 303
    assert "Người sau" in editor.get(f"/van-ban/{held}").text


def test_a_document_that_another_editor_accepted_says_so(editor: FlaskClient, read: Callable[..., int]) -> None:
    """With who it was, and the way on."""
    held = read()
    old = form(editor.get(f"/duyet/{held}").text)
    decide(editor, held, "circulate")
    late = send(editor, f"/duyet/{held}", **(old | {"viec": "circulate"}))
    assert late.status_code == 422
    for said in ("không còn chờ duyệt", "nguoi-editor", "Duyệt tiếp"):
        assert said in late.text


def test_what_is_sent_back_needs_a_reason(
    editor: FlaskClient, read: Callable[..., int], signed_in: Callable[[Role], FlaskClient]
) -> None:
    """Only what was brought to be decided on can be."""
    held = read()
    assert 'value="return"' not in editor.get(f"/duyet/{held}").text
    send(signed_in(Role.CONTRIBUTOR), f"/van-ban/{held}/trang-thai", way="submit")
    assert "hãy ghi lý do" in decide(editor, held, "return").text
    refused = decide(editor, held, "return", issued_on="hôm qua", reason="Thiếu phụ lục").text
    assert 'value="Thiếu phụ lục"' in refused
    assert decide(editor, held, "return", reason="Thiếu phụ lục").location == "/duyet"
    assert "Thiếu phụ lục" in editor.get(f"/van-ban/{held}/lich-su").text


def test_references_are_reviewed_in_the_same_place(
    editor: FlaskClient, read: Callable[..., int], keep: Callable[..., int]
) -> None:
    """Rejected and taken back, the document meant chosen; what was written meanwhile is saved with it."""
    for year in (2019, 2020):
        last = keep(f"NGHỊ QUYẾT {year}", number="17/NQ-CP", issued_on=date(year, 3, 7), issuer="Chính phủ")
    mention = Mention(1, TEXT.index(CITED), TEXT.index(CITED) + len(CITED), CITED)
    cites = Reference("17/NQ-CP", "Nghị quyết", None, "Chính phủ", Relation.LEGAL_BASIS, (mention,))
    held = read(references=(cites,))
    mark = f"1-{mention.start}"
    assert f'value="chon:{mark}:{last}"' in editor.get(f"/duyet/{held}").text
    answer = decide(editor, held, f"chon:{mark}:{last}", place="Lam Sơn")
    assert answer.location == f"/duyet/{held}#dan-chieu"
    page = editor.get(f"/duyet/{held}").text
    assert form(page)["place"] == "Lam Sơn"
    assert "Có trong kho" in page
    decide(editor, held, f"loai:{mark}")
    page = editor.get(f"/duyet/{held}").text
    assert f'value="loai:{mark}"' not in page
    undo = re.search(r'value="(hoan-tac:\d+)"', page)
    assert undo
    decide(editor, held, undo.group(1))
    assert f'value="loai:{mark}"' in editor.get(f"/duyet/{held}").text


@pytest.mark.parametrize("act", ["chon:1-1:x", "hoan-tac:x", "vẽ", ""])
def test_what_nobody_knows_is_refused(editor: FlaskClient, read: Callable[..., int], act: str) -> None:
    """Nothing is saved."""
    held = read()
    answer = decide(editor, held, act, place="Lam Sơn")
    assert answer.status_code == 422
    assert form(editor.get(f"/duyet/{held}").text)["place"] == ""


def test_several_are_listed_accepted_and_taken_back(editor: FlaskClient, read: Callable[..., int]) -> None:
    """Those alone of which every field was read surely."""
    first, unsure, second = read(), read(0.9, number="2/KH-SYT"), read(number="3/KH-SYT")
    page = editor.get("/duyet/ca-loat").text
    listed = re.findall(r'name="document" value="(\d+-\d+)" checked', page)
    assert [one.split("-")[0] for one in listed] == [str(first), str(second)]
    answer = send(editor, "/duyet/ca-loat", document=[*listed, f"{unsure}-1", "x-1", "7"])
    assert answer.location == f"/duyet?vua-duyet={first}.{second}"
    page = editor.get(answer.location).text
    assert "1/KH-SYT" in page
    assert "1 văn bản chờ duyệt" in page
    assert send(editor, "/duyet/hoan-tac", document=[first, second]).location == "/duyet"
    assert "3 văn bản chờ duyệt" in editor.get("/duyet").text
    assert "Chưa có văn bản nào được chọn" in send(editor, "/duyet/ca-loat").text


def test_an_address_tells_nothing_of_what_was_accepted(editor: FlaskClient, brought: Callable[[State], int]) -> None:
    """It is asked of the archive, as far as the viewer sees it, whether it was."""
    trashed, draft = brought(State.TRASHED), brought(State.DRAFT)
    page = editor.get(f"/duyet?vua-duyet={trashed}.{draft}.404.la.9999999999999").text
    assert "Hoàn tác" not in page.split("</details>")[1]


def test_the_first_page_tells_editors_what_waits(
    editor: FlaskClient, signed_in: Callable[[Role], FlaskClient], read: Callable[..., int]
) -> None:
    """And nobody else."""
    assert "văn bản chờ duyệt" not in editor.get("/").text
    read()
    assert "văn bản chờ duyệt" in editor.get("/").text
    assert "văn bản chờ duyệt" not in signed_in(Role.CONTRIBUTOR).get("/").text


def test_a_job_leads_editors_to_review_what_it_brought(
    editor: FlaskClient, read: Callable[..., int], keep: Callable[..., int]
) -> None:
    """As long as it waits."""
    read()
    keep("BÁO CÁO")
    issued, draft = re.findall(r'href="(/cong-viec/[^"]+)"', editor.get("/tai-len").text)
    assert "Duyệt các văn bản vừa đọc" in editor.get(draft).text
    assert "Duyệt các văn bản vừa đọc" not in editor.get(issued).text
