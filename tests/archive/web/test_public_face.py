"""What an archive shows to whoever has not signed in, where its office wants that: public documents, nothing else."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import accession, accounts, clock, transitions
from archive.instance import Instance
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Mention, Problem, Reference, Relation
from tests.archive.conftest import PASSWORD, PATHS, Says, record
from tests.archive.web.conftest import send
from tests.archive.web.test_access import unsigned
from tests.archive.web.test_stored_markup import Page

BODY = "Ủy ban nhân dân tỉnh Lam Sơn"
# What only staff are to come upon; each is the beginning of an address.
STAFFS = (
    "/tim-da-luu", "/tai-len", "/duyet", "/dan-chieu-khac", "/kiem-tra",
    "/tai-khoan", "/nguoi-dung", "/thung-rac", "/lich-su", "/cong-viec",
)  # fmt: skip
STAFFS_OF_A_DOCUMENT = ("/sua", "/lich-su", "/trang-thai", "/dan-chieu")


def cite(number: str) -> Reference:
    mention = Mention(1, 8, 8 + len(number), number)
    return Reference(number, None, date(2025, 1, 2), BODY, Relation.LEGAL_BASIS, (mention,))


@pytest.fixture
def plan(keep: Callable[..., int]) -> int:
    """A public plan that cites one document and is cited by another."""
    text = "Căn cứ 5/QĐ-UBND về trồng rừng ngập mặn ven biển"
    held = keep(text, number="1/KH-UBND", issuer=BODY, issued_on=date(2026, 1, 2), references=(cite("5/QĐ-UBND"),))
    keep("Căn cứ 1/KH-UBND về trồng rừng", number="2/KH-UBND", issuer=BODY, references=(cite("1/KH-UBND"),))
    return held


ADDRESSES = (
    "/",
    "/?q=trong+rung",
    "/?q=trong+rung&sort=newest",
    "/?q=phong+chay",
    "/?q=phonh+chay",
    "/?q=KH+1",
    "/?q=77/KH-UBND",
    "/chua-co",
    "/co-quan",
    "/co-quan?tim=lam+son",
    "/?q=uy+ban+nhan+dan+tinh+lam+son&sort=newest",
    "/van-ban-moi.atom",
    "/van-ban-moi.atom?q=rung",
    "/van-ban/1",
    "/van-ban/1?q=trong",
    "/van-ban/1/duoc-dan-chieu",
    "/van-ban/1/chuoi?len=50&xuong=50",
    "/van-ban/1/so-sanh?tim=77/KH-UBND",
    "/van-ban/1/so-sanh?tim=phong+chay",
    "/api/v1/search?q=rung",
    "/api/v1/search?q=",
    "/api/v1/search?q=77/KH-UBND",
    "/api/v1/suggest?q=phong",
    "/api/v1/suggest?q=77",
    "/api/v1/suggest?q=trong",
    "/api/v1/documents/1",
    "/api/v1/documents/1/references",
    "/api/v1/documents/1/cited-by",
    "/api/v1/missing",
)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(("who", "kept_from"), [("visitor", State.INTERNAL), ("reader", State.DRAFT)])
def test_an_archive_looks_the_same_whatever_else_it_holds(
    request: pytest.FixtureRequest, instance: Instance, keep: Callable[..., int], who: str, kept_from: State
) -> None:
    """Hits, counts, facets, suggestions, relations, bodies and missing documents tell of none that may not be seen."""
    person = request.getfixturevalue(who)
    bodies = {link for link in Page(person.get("/co-quan").text).links if link.startswith("/co-quan/")}
    assert bodies
    before = {address: unsigned(person.get(address, follow_redirects=True)) for address in (*ADDRESSES, *bodies)}
    assert "1/KH-UBND" in before["/?q=trong+rung"]
    for nth, state in enumerate(sorted(set(State) - Viewer(None, "", Role(who)).sees - {State.MERGED}), 1):
        held = keep(
            f"Căn cứ 1/KH-UBND và 5/QĐ-UBND về trồng rừng, phòng cháy {nth}",
            state=State.DRAFT,
            number="77/KH-UBND",
            subject=f"Phòng cháy rừng {nth}",
            issuer=f"Sở Nội vụ tỉnh Lam {nth}" if nth % 2 else BODY,
            issued_on=date(2026, 3, nth),
            references=(cite("1/KH-UBND"), cite("5/QĐ-UBND"), cite("404/QĐ-UBND")),
        )
        for way in PATHS[state]:  # none through the state in which it would have been public
            transitions.move(instance, CLERK, held, way.replace("publish", "circulate"), "lý do")
    for number in ("5/QĐ-UBND", "1/KH-UBND"):
        keep("QUYẾT ĐỊNH", state=kept_from, number=number, issuer=BODY, issued_on=date(2025, 1, 2))
    for address, page in before.items():
        assert unsigned(person.get(address, follow_redirects=True)) == page, address


def test_a_visitor_comes_upon_nothing_that_is_for_staff(visitor: FlaskClient, plan: int) -> None:
    """No page leads to what takes an account, nor has a form for it; each has the way to sign in, and back."""
    addresses = [f"/van-ban/{plan}", "/", "/?q=trong+rung", "/chua-co", f"/van-ban/{plan}/chuoi", "/khong-co"]
    for address in addresses:
        page = visitor.get(address).text
        links = {link.removeprefix("http://localhost") for link in Page(page).links}
        assert not [link for link in links if link.startswith(STAFFS)], address
        assert not [link for link in links if link.startswith("/van-ban/") and link.endswith(STAFFS_OF_A_DOCUMENT)]
        assert page.count('method="post"') == page.count('action="/ngon-ngu"') == 1, address
        (sign_in,) = (link for link in links if link.startswith("/dang-nhap"))
        assert parse_qs(urlsplit(sign_in).query)["next"] == [address]


def test_a_missing_document_is_shown_without_the_staffs_buttons(visitor: FlaskClient, plan: int) -> None:
    """A visitor reads what is cited, and is offered neither to bring it nor to be told."""
    page = visitor.get("/chua-co").text
    missing = visitor.get(next(link for link in Page(page).links if link.startswith("/chua-co/")))
    assert missing.status_code == 200
    assert "/tai-len" not in missing.text
    assert "/cho" not in missing.text.replace("/chua-co", "")


def test_who_keeps_the_archive_is_not_told(visitor: FlaskClient, reader: FlaskClient, instance: Instance) -> None:
    """The names of accounts and what could not be read are for those who work there."""
    with instance.catalogue.session() as session:
        manager = accounts.add_user(session, "nguoi-quan-ly", PASSWORD, Role.MANAGER)
    problem = Problem("no_number", "Không đọc thấy số của văn bản; hãy bổ sung.")
    job = accession.deposit(instance, manager, [("a.txt", BytesIO(b"x"))], State.PUBLIC)
    (deposit_id,) = accession.waiting(instance, job)
    accession.take_in(instance, Says(record("x", problems=(problem,))), deposit_id)
    assert "nguoi-quan-ly" in reader.get("/van-ban/1").text
    assert problem.message in reader.get("/van-ban/1").text
    page = visitor.get("/van-ban/1").text
    assert "nguoi-quan-ly" not in page
    assert problem.message not in page
    assert reader.get("/api/v1/documents/1").get_json()["problems"]
    assert visitor.get("/api/v1/documents/1").get_json()["problems"] == []


def test_a_public_document_that_was_withdrawn_says_so(
    visitor: FlaskClient, instance: Instance, keep: Callable[..., int], plan: int
) -> None:
    """Whoever knows its address reads the reason; of one that was never public nothing is said."""
    transitions.move(instance, CLERK, plan, "withdraw", "In nhầm phụ lục")
    answer = visitor.get(f"/van-ban/{plan}")
    assert answer.status_code == 410
    assert "In nhầm phụ lục" in answer.text
    inside = keep("Nội bộ", state=State.INTERNAL)
    transitions.move(instance, CLERK, inside, "withdraw", "Bí mật")
    assert visitor.get(f"/van-ban/{inside}").status_code == 404


def test_a_token_that_is_worth_nothing_is_no_visitors(visitor: FlaskClient, plan: int) -> None:
    """A program whose token has ended is told so, and not shown less in silence."""
    assert visitor.get("/api/v1/search?q=").status_code == 200
    answer = visitor.get("/api/v1/search?q=", headers={"Authorization": "Bearer het-han"})
    assert answer.status_code == 401
    assert visitor.post("/api/v1/citations", json={"text": ""}).status_code in {400, 401}


def test_signing_in_leads_from_the_public_face_to_more(
    visitor: FlaskClient, reader: FlaskClient, keep: Callable[..., int]
) -> None:
    """Who has an account sees what the account may, the public face or not."""
    inside = keep("Nội bộ", state=State.INTERNAL)
    assert visitor.get(f"/van-ban/{inside}").status_code == 404
    assert reader.get(f"/van-ban/{inside}").status_code == 200


def test_no_account_is_a_visitors(signed_in: Callable[..., FlaskClient]) -> None:
    """Nobody can be given the role of who has no account."""
    manager = signed_in(Role.MANAGER)
    assert send(manager, "/nguoi-dung", name="khach", role="visitor").status_code == 422
    assert 'value="visitor"' not in manager.get("/nguoi-dung").text


def test_a_search_is_followed_without_an_account(
    visitor: FlaskClient, instance: Instance, keep: Callable[..., int], plan: int
) -> None:
    """The results lead to their feed, which tells of public documents as they become so, and of no other."""
    inside = keep("Trồng rừng nội bộ", state=State.INTERNAL, subject="Trồng rừng nội bộ")
    (feed,) = (link for link in Page(visitor.get("/?q=trong+rung").text).links if ".atom" in link)
    told = visitor.get(feed)
    assert told.mimetype == "application/atom+xml"
    assert f"/van-ban/{plan}</" in told.text or f'/van-ban/{plan}"' in told.text
    assert "nội bộ" not in told.text
    transitions.move(instance, CLERK, inside, "publish")
    assert "Trồng rừng nội bộ" in visitor.get(feed).text.split("<entry>")[1]


def test_a_feed_without_documents_is_as_of_today(
    visitor: FlaskClient, plan: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed must say when it was changed; asked twice on a day it is the same."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 9, 10, 30))
    told = visitor.get("/van-ban-moi.atom?q=khong+co+gi")
    assert "<updated>2026-03-09T00:00:00Z</updated>" in told.text
    assert (
        visitor.get("/van-ban-moi.atom?q=khong+co+gi", headers={"If-None-Match": told.headers["ETag"]}).status_code
        == 304
    )


def test_search_engines_are_asked_in_only_where_there_is_a_public_face(app: Flask, visitor: FlaskClient) -> None:
    """They may take documents, not searches or files; of an archive that is not public nothing."""
    rules = visitor.get("/robots.txt").text
    assert "Allow: /van-ban/\n" in rules
    assert "Disallow: /van-ban/*/" in rules


def test_search_engines_are_asked_to_stay_away_from_the_rest(anonymous: FlaskClient) -> None:
    """By default nothing is for them."""
    assert anonymous.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
