"""The search page over a real index."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient

from archive.workflow import State
from ingest.record import Mention, Reference, Relation


@pytest.fixture
def plans(keep: Callable[..., int]) -> list[int]:
    """Three plans of two bodies and two years."""
    people, health = "Ủy ban nhân dân tỉnh Sông Tiền", "Sở Y tế tỉnh Sông Tiền"
    return [
        keep(
            "Phổ biến dịch vụ công trực tuyến đến người dân.",
            number="12/KH-UBND",
            kind="Kế hoạch",
            issuer=people,
            issued_on=date(2023, 2, 1),
            subject="Tuyên truyền dịch vụ công trực tuyến",
        ),
        keep(
            "Tập huấn dịch vụ công cho bệnh viện.",
            number="7/KH-SYT",
            kind="Kế hoạch",
            issuer=health,
            issued_on=date(2024, 3, 5),
            subject="Tập huấn dịch vụ công",
        ),
        keep(
            "Quy chế làm việc.",
            number="12/KH-UBND",
            kind="Quyết định",
            issuer=people,
            issued_on=date(2024, 6, 9),
            subject="Quy chế làm việc",
        ),
    ]


def documents(page: str) -> list[int]:
    """Return the ids of the documents listed, in order."""
    return [int(found) for found in re.findall(r'class="open" href="/van-ban/(\d+)', page)]


def link(page: str, label: str) -> str:
    """Return the address of the link that is shown as the label."""
    for address, inner in re.findall(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL):
        if label in " ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split()):
            return unescape(address)
    raise AssertionError(label)


def test_the_first_page_tells_what_there_is(reader: FlaskClient, plans: list[int]) -> None:
    """Totals and the newest documents, newest first."""
    page = reader.get("/").text
    assert documents(page) == [plans[2], plans[1], plans[0]]
    assert re.search(r"văn bản trong kho</dt><dd>3<", page)


def test_an_empty_archive_says_what_to_do_next(reader: FlaskClient, contributor: FlaskClient) -> None:
    """Whoever may upload is led there; a reader is told to wait."""
    assert "Tải văn bản lên" in contributor.get("/").text
    assert "Kho chưa có văn bản nào" in reader.get("/").text
    assert 'href="/tai-len"' not in reader.get("/").text


def test_words_without_accents_find_and_mark_words_with_them(reader: FlaskClient, plans: list[int]) -> None:
    """The subject and the passage show what matched, and the passage leads to its page."""
    page = reader.get("/?q=dich+vu+cong").text
    assert set(documents(page)) == {plans[0], plans[1]}
    assert "<mark>dịch vụ công</mark>" in page
    assert f"/van-ban/{plans[0]}?xem=ban-goc&amp;q=dich+vu+cong#khop-1-1" in page


def test_facets_narrow_and_widen_by_their_links(reader: FlaskClient, plans: list[int]) -> None:
    """Values of one facet add up, facets among each other narrow, and a chip takes one away again."""
    page = reader.get("/?q=dich+vu").text
    only = reader.get(link(page, "Sở Y tế tỉnh Sông Tiền")).text
    assert documents(only) == [plans[1]]
    both = reader.get(link(only, "Ủy ban nhân dân tỉnh Sông Tiền")).text
    assert set(documents(both)) == {plans[0], plans[1]}
    assert set(documents(reader.get(link(both, "Bỏ hết")).text)) == {plans[0], plans[1]}
    assert documents(reader.get("/?q=dich+vu&kind=Kế+hoạch&year=2023").text) == [plans[0]]


def test_the_form_carries_what_narrows_the_search(reader: FlaskClient, plans: list[int]) -> None:
    """New words keep kind, dates and order; the page number is left behind."""
    page = reader.get("/?q=dich+vu&kind=Kế+hoạch&from=2023-01-01&sort=newest").text
    box = page.split('role="search"')[1].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', box))
    assert hidden == {"kind": "Kế hoạch", "from": "2023-01-01", "sort": "newest"}


def test_a_second_year_clicked_makes_a_span(reader: FlaskClient, plans: list[int]) -> None:
    """A click chooses a year, a second the years between, a third begins anew; a span is one condition."""
    first = reader.get(link(reader.get("/?q=dich+vu").text, "2023: 1 văn bản")).text
    assert documents(first) == [plans[0]]
    address = link(first, "2024: 1 văn bản")
    assert address == "/?q=dich+vu&year=2023-2024"
    both = reader.get(address).text
    assert set(documents(both)) == {plans[0], plans[1]}
    assert link(both, "2023–2024") == "/?q=dich+vu"
    assert documents(reader.get(link(both, "2024: 1 văn bản")).text) == [plans[1]]


def test_a_year_that_is_none_is_said_and_left_out(reader: FlaskClient, plans: list[int]) -> None:
    """Neither a word nor a span of more than two hundred years is taken for years."""
    for typed in ("xưa", "2024-2023", "1000-3000", "24"):
        page = reader.get("/", query_string={"q": "dich vu", "year": typed}).text
        assert f"Năm “{typed}” không dùng được" in page
        assert len(documents(page)) == 2


def test_states_can_be_chosen_by_whoever_sees_more_than_one(
    reader: FlaskClient, contributor: FlaskClient, keep: Callable[..., int]
) -> None:
    """Who sees drafts can choose them; a reader who sees only public documents here is offered no state."""
    keep("Kế hoạch", number="1/KH-UBND")
    draft = keep("Kế hoạch nháp", number="2/KH-UBND", state=State.DRAFT)
    page = contributor.get("/?q=ke+hoach").text
    assert documents(contributor.get(link(page, "Nháp")).text) == [draft]
    assert "Trạng thái" not in reader.get("/?q=ke+hoach").text


def test_all_values_of_a_facet_can_be_shown(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """A few at first, and those chosen whichever they are; then all, and few again."""
    for number in range(9):
        keep("báo cáo", number=f"{number + 1}/BC-UBND", kind=f"Loại {number}")
    few = reader.get("/?q=bao+cao&kind=Loại+8").text
    assert re.findall(r"<span>(Loại \d)", few) == [*(f"Loại {n}" for n in range(6)), "Loại 8"]
    every = reader.get(link(few, "thêm 2")).text
    assert len(re.findall(r"<span>Loại \d", every)) == 9
    assert link(every, "Thu gọn") == "/?q=bao+cao&kind=Lo%E1%BA%A1i+8#loc-kind"


def test_a_body_offers_the_documents_of_those_it_took_over_from(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Its predecessors when it is chosen, and the other way round; each is one click more."""
    now, before = "Sở Khoa học và Công nghệ tỉnh Lam Sơn", "Sở Thông tin và Truyền thông tỉnh Lam Sơn"
    both = [keep("báo cáo", issuer=issuer, issued_on=date(2024, 1, 1)) for issuer in (now, before)]
    assert "tiền thân" not in reader.get("/?q=bao+cao").text
    page = reader.get("/", query_string={"q": "bao cao", "issuer": now}).text
    assert documents(page) == both[:1]
    offered = page.split("Thêm cơ quan tiền thân")[1]
    assert sorted(documents(reader.get(link(offered, before)).text)) == both
    page = reader.get("/", query_string={"q": "bao cao", "issuer": before}).text
    assert now in page.split("Thêm cơ quan kế thừa")[1]


def test_without_words_the_newest_come_first(reader: FlaskClient, plans: list[int]) -> None:
    """Nothing fits better than another when nothing was asked."""
    page = reader.get("/?kind=Kế+hoạch").text
    assert documents(page) == [plans[1], plans[0]]
    assert "Phù hợp nhất" not in page


def test_dates_bound_the_results_inclusively(reader: FlaskClient, plans: list[int]) -> None:
    """Both days belong to the range."""
    page = reader.get("/?from=2024-03-05&to=2024-06-09&sort=oldest").text
    assert documents(page) == [plans[1], plans[2]]


def test_orders_are_links(reader: FlaskClient, plans: list[int]) -> None:
    """Newest first from the link of that name."""
    page = reader.get("/?q=dich+vu").text
    assert documents(reader.get(link(page, "Mới nhất")).text) == [plans[1], plans[0]]


def test_a_day_that_is_none_is_said_and_left_out(reader: FlaskClient, plans: list[int]) -> None:
    """The rest of the search still answers."""
    page = reader.get("/?q=dich+vu&from=31-31-2024").text
    assert "không dùng được; hãy viết theo dạng" in page
    assert len(documents(page)) == 2


def test_a_number_of_one_document_opens_it(reader: FlaskClient, plans: list[int]) -> None:
    """However it is typed."""
    for typed in ("7/KH-SYT", "7/kh-syt", "số 7/KH-SYT ngày 5/3/2024"):
        answer = reader.get("/", query_string={"q": typed})
        assert answer.status_code == 303
        assert answer.location == f"/van-ban/{plans[1]}"


def test_a_number_of_several_documents_offers_the_choice(reader: FlaskClient, plans: list[int]) -> None:
    """Each with its day and body, so that one can choose."""
    page = reader.get("/?q=12/KH-UBND").text
    assert set(documents(page)) == {plans[0], plans[2]}
    assert "2 văn bản cùng số" in page


def test_a_number_that_is_only_cited_leads_to_who_cites_it(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """The page of the missing document, with its citers."""
    text = "Căn cứ Quyết định số 1819/QĐ-TTg ngày 26 tháng 10 năm 2015;"
    reference = Reference(
        "1819/QĐ-TTg",
        "Quyết định",
        date(2015, 10, 26),
        None,
        Relation.LEGAL_BASIS,
        (Mention(1, 21, 32, "1819/QĐ-TTg"),),
    )
    keep(text, number="3/KH-UBND", references=(reference,))
    answer = reader.get("/?q=1819/QD-TTg")
    assert answer.location.startswith("/chua-co/")
    assert "3/KH-UBND" in reader.get(answer.location).text


def test_what_a_pasted_sentence_cites_is_led_to(
    reader: FlaskClient, keep: Callable[..., int], plans: list[int]
) -> None:
    """Above the results stands the held document, or that it is not held; so it does where the search is narrowed."""
    mention = (Mention(1, 0, 1, "S"),)
    keep("S", references=(Reference("17/NQ-CP", "Nghị quyết", date(2019, 3, 7), None, Relation.CITES, mention),))
    sentence = (
        "Căn cứ Nghị quyết số 17/NQ-CP ngày 07/3/2019; Thực hiện Kế hoạch số 12/KH-UBND ngày 01/2/2023 của UBND tỉnh"
    )
    for asked in ({"q": sentence}, {"q": "17/NQ-CP", "year": "2020"}):
        page = reader.get("/", query_string=asked).text
        assert link(page, "Nghị quyết 17/NQ-CP").startswith("/chua-co/")
        assert "chưa có trong kho, 1 văn bản dẫn chiếu" in page
    page = reader.get("/", query_string={"q": sentence}).text
    assert link(page, "Kế hoạch 12/KH-UBND") == f"/van-ban/{plans[0]}"
    assert "Văn bản được nêu" in page
    page = reader.get("/", query_string={"q": "Căn cứ Kế hoạch số 12/KH-UBND ngày 01/2/1999"}).text
    assert "Văn bản được nêu" not in page


def test_of_many_documents_that_a_sentence_may_cite_a_few_are_led_to(
    reader: FlaskClient, keep: Callable[..., int]
) -> None:
    """A number without its day is that of a document a year in every body: the results stay in view."""
    for year in range(2015, 2022):
        keep("S", number="12/KH-UBND", kind="Kế hoạch", issued_on=date(year, 1, 5))
    page = reader.get("/", query_string={"q": "Thực hiện Kế hoạch số 12/KH-UBND về việc ấy"}).text
    led_to = page.partition('class="meant">Văn bản được nêu:')[2].partition("</p>")[0]
    assert led_to.count("<a ") == 5
    assert led_to.endswith("…")


def test_nothing_found_says_what_to_try(reader: FlaskClient, plans: list[int]) -> None:
    """Drop a condition, loosen a phrase, drop words: only what leads somewhere, with how much there is."""
    page = reader.get("/?q=%22dịch+vụ+xa+lạ%22&year=2023").text
    assert "Không tìm thấy văn bản nào" in page
    assert "Tìm các từ rời" not in page
    assert set(documents(reader.get(link(page, "Bớt “xa lạ”")).text)) == {plans[0], plans[1]}

    page = reader.get("/?q=%22công+dịch%22&kind=Kế+hoạch&year=2023").text
    assert documents(reader.get(link(page, "Tìm các từ rời")).text) == [plans[0]]

    page = reader.get("/?q=tập+huấn&kind=Kế+hoạch&year=2023").text
    assert documents(reader.get(link(page, "Bỏ điều kiện “2023”")).text) == [plans[1]]
    assert documents(reader.get(link(page, "Bỏ mọi điều kiện")).text) == [plans[1]]
    assert "Bỏ điều kiện “Kế hoạch”" not in page

    page = reader.get("/?q=cơ+quan:KH").text
    assert set(documents(reader.get(link(page, "Tìm ở mọi chỗ")).text)) == set(plans)

    page = reader.get("/?q=7/KH-UBND").text
    assert reader.get(link(page, "Chỉ tìm “số:7”")).location == f"/van-ban/{plans[1]}"


def test_nothing_found_for_a_slip_says_what_was_meant_and_no_more(
    reader: FlaskClient, keep: Callable[..., int]
) -> None:
    """Who is told how the words are written is not told to try others."""
    for year in (2023, 2024, 2025):
        keep("Kế hoạch", issued_on=date(year, 1, 1))
    page = reader.get("/?q=hoachj").text
    assert "Có phải ý bạn là" in page
    assert "Hãy thử từ khác" not in page


def test_what_holds_no_word_is_said_and_lists_all_by_day(reader: FlaskClient, plans: list[int]) -> None:
    """As without words the newest come first, and fitting best is no order to choose."""
    page = reader.get("/?q=***").text
    assert "không có chữ hay số nào" in page
    assert documents(page) == documents(reader.get("/?sort=newest").text)
    assert "Phù hợp nhất" not in page


def test_a_document_leads_back_to_the_very_results(reader: FlaskClient, plans: list[int]) -> None:
    """Words, conditions and order stay, through the ways to see the document."""
    search = "/?q=k%E1%BA%BF+ho%E1%BA%A1ch&kind=K%E1%BA%BF+ho%E1%BA%A1ch&sort=newest"
    shown = reader.get(link(reader.get(search).text, "Tập huấn dịch vụ công")).text
    assert link(shown, "Kết quả tìm “kế hoạch, Kế hoạch”") == search
    assert link(reader.get(link(shown, "Nội dung")).text, "Kết quả tìm “kế hoạch, Kế hoạch”") == search


def test_pages_go_on_to_the_end_and_no_further(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Twenty to a page; a page beyond the last leads to the last."""
    for number in range(23):
        keep("Báo cáo.", number=f"{number + 1}/BC-UBND", subject="Báo cáo tháng")
    first = reader.get("/?q=bao+cao").text
    second = reader.get(link(first, "Trang sau")).text
    assert len(documents(first)) == 20
    assert len(set(documents(first) + documents(second))) == 23
    assert link(first, "Trang 2") == link(first, "Trang sau")
    assert reader.get("/?q=bao+cao&page=99").location == "/?q=bao+cao&page=2"


@pytest.mark.parametrize(
    "typed",
    ['"', "***", "a OR", "field:(", "\x00", "🙂", "-", "năm:", "/" * 300, "a" * 20_000, "ngày:99/99/9999", "[1 TO 2]"],
)
def test_whatever_is_typed_gets_an_answer(reader: FlaskClient, plans: list[int], typed: str) -> None:
    """No input is an error."""
    assert reader.get("/", query_string={"q": typed, "page": "-1", "sort": "x"}).status_code == 200
    assert reader.get("/?q=a&kind=%ed%a0%bd&page=99999999999999999999&from=%00").status_code == 200


def test_markup_in_a_subject_or_a_query_stays_text(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """What a file says is never run in a browser."""
    evil = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    keep(f"dịch vụ {evil}", number="1/KH-UBND", subject=f"Dịch vụ {evil}", issuer=evil, kind=evil)
    for address in ("/", "/?q=dich+vu"):
        page = reader.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page
    assert "<script>alert" not in reader.get("/", query_string={"q": f"{evil} dich"}).text


def test_what_could_not_be_read_is_named_by_its_file(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """In lists and on its page: two unread scans are not told apart by "not read"."""
    held = keep("")
    assert "văn bản.txt" in reader.get("/").text
    assert "<title>văn bản.txt" in reader.get(f"/van-ban/{held}").text
