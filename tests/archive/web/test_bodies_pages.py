"""The bodies' list, pages and forms."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient

from archive.workflow import Role, State
from ingest.record import Mention, Reference, Relation
from tests.archive.web.conftest import send

BODY, HOME = "Ủy ban nhân dân tỉnh Lam Sơn", "/co-quan/ubnd-lam-son"
SECRET, HIDDEN = "Ban Chỉ đạo Bí mật", "/co-quan/ban-chi-dao-bi-mat"
Keep = Callable[..., int]


@pytest.fixture
def editor(signed_in: Callable[[Role], FlaskClient]) -> FlaskClient:
    return signed_in(Role.EDITOR)


def seen(page: str) -> str:
    """The words of a page in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def reference(number: str, issuer: str | None) -> Reference:
    return Reference(number, None, date(2024, 1, 5), issuer, Relation.CITES, (Mention(1, 0, 1, "C"),))


def test_the_list_is_searched_by_name_and_symbol(reader: FlaskClient, keep: Keep) -> None:
    """Those with documents come first; words go without accents, and a level narrows it."""
    keep(issuer=BODY)
    assert BODY in reader.get("/co-quan").text.split("<li>")[1]
    for sought in ("uy ban lam son", "UBND"):
        found = reader.get("/co-quan", query_string={"tim": sought}).text
        assert HOME in found
        assert "/co-quan/bo-noi-vu" not in found
    assert HOME not in reader.get("/co-quan?cap=central").text
    assert "Không có cơ quan nào như vậy" in reader.get("/co-quan?tim=khong+co+dau").text


def test_documents_by_year_and_kind_lead_to_searches(reader: FlaskClient, keep: Keep) -> None:
    """Each number of the table is that of the search it leads to."""
    keep("1", issuer=BODY, kind="Kế hoạch", issued_on=date(2024, 1, 5))
    keep("2", issuer=BODY, kind="Kế hoạch", issued_on=date(2024, 2, 5))
    keep("3", issuer=BODY, kind="Quyết định", issued_on=date(2025, 1, 5))
    keep("4", issuer="Sở Nội vụ tỉnh Lam Sơn", kind="Kế hoạch", issued_on=date(2024, 1, 5))
    page = reader.get(HOME).text
    assert "Năm Kế hoạch Quyết định Cộng 2025 – 1 1 2024 2 – 2" in seen(page)
    (plans,) = re.findall(r'href="(/\?[^"]+)">2</a></td>\s*<td class="amount"><span', page)
    assert "2 văn bản" in seen(reader.get(unescape(plans)).text)


def test_whom_it_cites_and_who_cites_it(reader: FlaskClient, keep: Keep) -> None:
    """Bodies that are named in full, relatively, or by the symbol alone; laws are the National Assembly's."""
    law = Reference(None, "Luật", None, None, Relation.CITES, (Mention(1, 3, 4, "L"),), "Luật Lưu trữ")
    cited = (reference("1/QĐ-TTg", None), reference("2/KH-UBND", "UBND tỉnh"), law)
    keep(issuer="Sở Nội vụ tỉnh Lam Sơn", superior=BODY, references=cited)
    page = seen(reader.get("/co-quan/so-noi-vu-lam-son").text)
    for name in ("Thủ tướng Chính phủ 1 lần", "UBND tỉnh 1 lần", "Quốc hội 1 lần"):
        assert name in page
    keep("2", issuer=BODY)
    assert "Được dẫn chiếu nhiều nhất bởi Sở Nội vụ tỉnh Lam Sơn 1 lần" in seen(reader.get(HOME).text)


def test_a_body_of_the_rules_has_its_predecessors(reader: FlaskClient) -> None:
    """Of a merged province, with the day of the merger, though nothing of either is held."""
    page = seen(reader.get("/co-quan/ubnd-dong-thap").text)
    assert "Tiền thân Ủy ban nhân dân tỉnh Tiền Giang từ 01/07/2025" in page


@pytest.mark.parametrize(
    "words",
    [
        "so khoa hoc va cong nghe tinh lam son",
        '"Sở Khoa học và Công nghệ tỉnh Lam Sơn"',
        'cơ quan:"Sở KH&CN tỉnh Lam Sơn"',
    ],
)
def test_searching_a_body_offers_it_and_its_predecessors(reader: FlaskClient, keep: Keep, words: str) -> None:
    """Its page, those of the bodies before it, and one search for the documents of them all."""
    keep(issuer="Sở Thông tin và Truyền thông tỉnh Lam Sơn")
    keep("2", issuer="Sở Khoa học và Công nghệ tỉnh Lam Sơn")
    page = reader.get("/", query_string={"q": words}).text
    offered = page.split("Cơ quan:")[1].split("</p>")[0]
    assert "/co-quan/so-kh-cn-lam-son" in offered
    assert "/co-quan/so-tttt-lam-son" in offered
    both = re.findall(r'href="(/\?issuer=[^"]+)"', offered)[0]
    assert "2 văn bản" in seen(reader.get(unescape(both)).text)


def test_a_document_and_a_chosen_facet_lead_to_the_body(reader: FlaskClient, keep: Keep) -> None:
    """A link under the issuer's name, and one under the facet."""
    held = keep(issuer=BODY)
    assert f'href="{HOME}"' in reader.get(f"/van-ban/{held}").text
    assert f'href="{HOME}"' in reader.get("/", query_string={"issuer": BODY}).text


def test_what_a_reader_may_not_see_tells_of_no_body(reader: FlaskClient, editor: FlaskClient, keep: Keep) -> None:
    """A body that only a draft is of, or cites, is as one that there is not; and a draft counts nowhere."""
    keep(issuer=SECRET, state=State.DRAFT, references=(reference("2/KH-UBND", BODY), reference("3/KH", "Hội Kín")))
    keep("2", issuer=BODY)
    keep("3", issuer=BODY, state=State.DRAFT)
    assert editor.get(HIDDEN).status_code == 200
    assert editor.get("/co-quan/hoi-kin").status_code == 200
    assert "Văn bản 2" in seen(editor.get(HOME).text)
    assert "Văn bản 1" in seen(reader.get(HOME).text)
    absent = reader.get("/co-quan/khong-ai-biet")
    for hidden in (HIDDEN, "/co-quan/hoi-kin"):
        answer = reader.get(hidden)
        assert (answer.status_code, seen(answer.text)) == (404, seen(absent.text))
    for address in ("/co-quan", "/co-quan?tim=bi+mat", HOME, "/?q=ban+chi+dao+bi+mat", f"/?issuer={SECRET}"):
        assert "ban-chi-dao-bi-mat" not in reader.get(address).text, address
    send(editor, f"{HIDDEN}/sua", viec="ky-hieu", **{"ky-hieu": "BCĐ"})
    assert "ban-chi-dao-bi-mat" not in reader.get("/co-quan").text
    assert reader.get(HIDDEN).status_code == 404


def test_a_visitor_is_told_of_bodies_by_public_documents(visitor: FlaskClient, reader: FlaskClient, keep: Keep) -> None:
    """What is for the office alone tells a visitor of no body, on no page and by no answer to a program."""
    keep(issuer=SECRET, state=State.INTERNAL, references=(reference("2/KH-UBND", BODY),))
    keep("2", issuer=BODY)
    keep("3", issuer=BODY, state=State.INTERNAL)
    assert reader.get(HIDDEN).status_code == 200
    assert (
        visitor.get(HIDDEN).status_code,
        visitor.get(f"/api/v1{HIDDEN.replace('co-quan', 'bodies')}").status_code,
    ) == (
        404,
        404,
    )
    for address in ("/co-quan", HOME, "/api/v1/bodies?size=100", "/api/v1/bodies/ubnd-lam-son"):
        assert "ban-chi-dao-bi-mat" in reader.get(address).text, address
        assert "ban-chi-dao-bi-mat" not in visitor.get(address).text, address
    assert "Văn bản 1" in seen(visitor.get(HOME).text)


def test_an_editor_merges_a_variant_and_takes_it_back(editor: FlaskClient, reader: FlaskClient, keep: Keep) -> None:
    """The variant's address leads to the body while it is merged; the form shows what was done, to be undone."""
    keep(issuer="Trung tâm Lưu trữ lịch sử")
    keep("2", issuer="TT Lưu trữ lịch sử")
    variant, whole = "/co-quan/tt-luu-tru-lich-su", "/co-quan/trung-tam-luu-tru-lich-su"
    done = send(editor, f"{variant}/sua", viec="gop", **{"co-quan": "Trung tâm Lưu trữ lịch sử"})
    assert done.status_code == 303
    assert reader.get(variant).location == whole
    assert "Văn bản 2" in seen(reader.get(whole).text)
    page = editor.get(f"{whole}/sua").text
    assert "Gộp vào cơ quan" in page
    (event,) = re.findall(r'name="lan-sua" value="(\d+)"', page)
    assert send(editor, f"{whole}/sua", viec="hoan-tac", **{"lan-sua": event}).status_code == 303
    assert reader.get(variant).status_code == 200
    assert "Hoàn tác một lần sửa" in editor.get(f"{whole}/sua").text


def test_a_missing_document_of_a_variant_is_found_under_its_old_address(
    editor: FlaskClient, reader: FlaskClient, keep: Keep
) -> None:
    """An address kept from before the merging leads to where the document is now, if who asks may know of it."""
    keep(issuer="Trung tâm Lưu trữ lịch sử")
    keep("2", issuer=BODY, references=(reference("9/KH-TTLT", "TT Lưu trữ lịch sử"),), state=State.DRAFT)
    before = "/chua-co/9-kh-ttlt-2024-tt-luu-tru-lich-su"
    assert editor.get(before).status_code == 200
    send(editor, "/co-quan/tt-luu-tru-lich-su/sua", viec="gop", **{"co-quan": "Trung tâm Lưu trữ lịch sử"})
    assert editor.get(before).location == "/chua-co/9-kh-ttlt-2024-trung-tam-luu-tru-lich-su"
    assert editor.get(before, follow_redirects=True).status_code == 200
    assert reader.get(before).status_code == 404


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"viec": "pha"}, "Chưa rõ việc cần làm"),
        ({"viec": "gop", "co-quan": "Cơ quan chưa ai biết"}, "Kho không biết cơ quan này"),
        ({"viec": "ten-khac", "ten": "Tên cũ", "tu": "hôm qua"}, "không phải là một ngày"),
        ({"viec": "hoan-tac", "lan-sua": "một"}, "Chưa rõ lần sửa nào"),
    ],
)
def test_a_refusal_stands_above_the_form(editor: FlaskClient, keep: Keep, fields: dict[str, str], refusal: str) -> None:
    """What cannot be done is said on the form, with what was written still in it."""
    keep(issuer=BODY)
    answer = send(editor, f"{HOME}/sua", **fields)
    assert answer.status_code == 422
    assert refusal in answer.text
    for written in fields.keys() - {"viec", "lan-sua", "tu"}:
        assert f'value="{fields[written]}"' in answer.text


def test_everything_that_can_be_said_of_a_body(editor: FlaskClient, keep: Keep) -> None:
    """Each form of the page does its work, and the page of the body then tells it."""
    keep(issuer=BODY)
    for fields in (
        {"viec": "ten-chinh", "ten": "UBND tỉnh Lam Sơn"},
        {"viec": "ten-khac", "ten": "Ủy ban hành chính tỉnh Lam Sơn", "tu": "1963-01-01", "den": "1976-07-01"},
        {"viec": "ky-hieu", "ky-hieu": "UBT"},
        {"viec": "cap", "cap": "other"},
        {"viec": "tien-than", "co-quan": "Ủy ban kháng chiến tỉnh Lam Sơn", "tu": "1954-10-01"},
        {"viec": "ke-thua", "co-quan": "Ủy ban nhân dân thành phố Lam Sơn", "tu": ""},
    ):
        assert send(editor, f"{HOME}/sua", **fields).status_code == 303, fields
    page = seen(editor.get(HOME).text)
    assert "Khác · ký hiệu UBND, UB, UBT" in page
    assert "Ủy ban hành chính tỉnh Lam Sơn 01/01/1963 – 01/07/1976" in page
    assert "Tiền thân Ủy ban kháng chiến tỉnh Lam Sơn từ 01/10/1954" in page
    assert "Cơ quan kế thừa Ủy ban nhân dân thành phố Lam Sơn" in page
    severed = {"truoc": "uy-ban-khang-chien-lam-son", "sau": "ubnd-lam-son"}
    assert send(editor, f"{HOME}/sua", viec="bo-noi", **severed).status_code == 303
    assert "Tiền thân" not in seen(editor.get(HOME).text)


def test_programs_are_told_of_bodies(reader: FlaskClient, keep: Keep) -> None:
    """The list by words and level, and all that the page of one tells; nothing of what may not be seen."""
    keep(issuer=BODY, kind="Kế hoạch", issued_on=date(2024, 1, 5), references=(reference("1/QĐ-TTg", None),))
    keep("2", issuer=SECRET, state=State.DRAFT)
    (line,) = reader.get("/api/v1/bodies?q=uy+ban&level=province").get_json()
    assert (line["key"], line["url"], line["documents"], line["first_year"]) == ("ubnd-lam-son", HOME, 1, 2024)
    told = reader.get("/api/v1/bodies/ubnd-lam-son").get_json()
    assert told["issued"] == [{"year": 2024, "kind": "Kế hoạch", "documents": 1}]
    assert [one["title"] for one in told["cites"]] == ["Thủ tướng Chính phủ"]
    assert "Bí mật" not in reader.get("/api/v1/bodies?size=100").text
    assert reader.get("/api/v1/bodies/ban-chi-dao-bi-mat").status_code == 404
    assert reader.get("/api/v1/bodies?level=thôn").status_code == 400
