"""Searches that a person keeps, what is new in them, and their feeds."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from archive import clock, saved_searches, transitions
from archive.catalogue.models import SavedSearch, User
from archive.instance import Instance
from archive.workflow import CLERK, Role, State
from tests.archive.web.conftest import send
from tests.archive.web.test_search_page import documents, link

ATOM = {"a": "http://www.w3.org/2005/Atom"}
PLAN = {"kind": "Kế hoạch", "issuer": "Sở Y tế", "issued_on": date(2024, 3, 5)}


def save(client: FlaskClient, search: str = "q=ke+hoach", name: str = "Kế hoạch của tôi") -> str:
    """Save a search as a person does; return the address of it in the list."""
    assert send(client, "/tim-da-luu", search=search, name=name).status_code == 303
    return link(client.get("/tim-da-luu").text, name)


def feed_of(client: FlaskClient) -> str:
    """Return the address of the feed of the search first in the list."""
    found = re.search(r'readonly value="http://localhost([^"]+)"', client.get("/tim-da-luu").text)
    assert found
    return found[1]


def entries(client: FlaskClient, address: str) -> list[etree._Element]:
    """Return the entries of a feed, read as a feed reader reads it."""
    return etree.fromstring(client.get(address).data).findall("a:entry", ATOM)


def test_a_search_is_saved_from_its_results_and_opened_again(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """The form stands on the page of the results; then the page says under what name it is kept."""
    plan = keep("Kế hoạch", **PLAN)
    keep("Kế hoạch", kind="Báo cáo")
    page = reader.get('/?q=loai:"ke hoach"&issuer=Sở+Y+tế&sort=newest').text
    said = re.search(r'name="search" value="([^"]+)"', page)
    assert said
    answer = send(reader, "/tim-da-luu", search=said[1].replace("&amp;", "&"), name="Của Sở Y tế")
    assert "Đã lưu: Của Sở Y tế" in reader.get(answer.location).text
    opened = reader.get(link(reader.get("/tim-da-luu").text, "Của Sở Y tế"), follow_redirects=True)
    assert documents(opened.text) == [plan]


@pytest.mark.parametrize(
    "other", ['q=LOAI:"ke hoach"&kind=a&kind=b', 'kind=b&q=  loai:"ke  hoach"&kind=a&page=3&all=kind']
)
def test_what_says_the_same_is_one_search(reader: FlaskClient, other: str) -> None:
    """The order of conditions, pages and blanks make no other search of it."""
    save(reader, 'q=loại:"ke hoach"&kind=a&kind=b')
    send(reader, "/tim-da-luu", search=other, name="Nữa")
    assert reader.get("/tim-da-luu").text.count('class="open"') == 1


def test_documents_that_come_later_are_new_until_looked_at(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Not those that were there, not those that do not match; they come first when opened from their number."""
    keep("kế hoạch", issued_on=date(2026, 1, 1))
    saved = save(reader)
    assert "không có gì mới" in reader.get("/tim-da-luu").text
    new = [keep("kế hoạch", subject=f"Mới {n}", issued_on=date(2020, 1, n)) for n in (1, 2)]
    keep("báo cáo")
    opened = reader.get(link(reader.get("/tim-da-luu").text, "2 văn bản mới"), follow_redirects=True).text
    assert documents(opened)[:2] == new[::-1]
    assert "không có gì mới" in reader.get("/tim-da-luu").text
    assert reader.get(saved).location == "/?q=ke+hoach"


def test_only_what_has_every_word_is_told_of(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """A search shows what has most of the words where nothing has all; a feed would cry wolf with it."""
    keep("kế hoạch chuyển đổi số")
    save(reader, "q=kế+hoạch+chuyển+đổi+xanh")
    whole = keep("kế hoạch chuyển đổi xanh")
    keep("kế hoạch chuyển đổi")
    assert "1 văn bản mới" in reader.get("/tim-da-luu").text
    (entry,) = entries(reader, feed_of(reader))
    assert entry.xpath("string(a:link/@href)", namespaces=ATOM) == f"http://localhost/van-ban/{whole}"


def test_renamed_deleted_and_taken_back(reader: FlaskClient) -> None:
    """Deleting asks nothing and can be undone."""
    saved = save(reader)
    send(reader, f"{saved}/ten", name="  Tên   mới ")
    assert link(reader.get("/tim-da-luu").text, "Tên mới") == saved
    page = reader.get(send(reader, f"{saved}/xoa").location).text
    assert "Đã xóa “Tên mới”." in page
    assert 'class="open"' not in page
    assert reader.get(saved).status_code == 404
    send(reader, f"{saved}/lay-lai")
    assert link(reader.get("/tim-da-luu").text, "Tên mới") == saved


def test_deleted_for_good_after_a_day(reader: FlaskClient, instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one deleted takes it along."""
    first, second = save(reader), save(reader, "q=bao+cao", "Báo cáo")
    send(reader, f"{first}/xoa")
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    send(reader, f"{second}/xoa")
    assert send(reader, f"{first}/lay-lai").status_code == 404
    assert send(reader, f"{second}/lay-lai").status_code == 303


@pytest.mark.parametrize("name", ["", "  ", "a" * 121])
def test_a_name_is_needed(reader: FlaskClient, name: str) -> None:
    """A search without a name, or with one too long, is refused in words, and nothing is lost."""
    saved = save(reader)
    for answer in (send(reader, "/tim-da-luu", search="q=a", name=name), send(reader, f"{saved}/ten", name=name)):
        assert answer.status_code == 422
        assert "hãy gõ tên" in answer.text
        assert "Kế hoạch của tôi" in answer.text


def test_not_more_than_a_person_can_look_through(reader: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond it the way out is said."""
    monkeypatch.setattr(saved_searches, "MOST", 1)
    save(reader)
    assert "hãy xóa bớt" in send(reader, "/tim-da-luu", search="q=b", name="b").text


def test_nobody_elses(reader: FlaskClient, contributor: FlaskClient) -> None:
    """Another person's searches are not there: not in the list, not to open, change or delete."""
    saved = save(contributor)
    assert "Chưa lưu tìm kiếm nào" in reader.get("/tim-da-luu").text
    assert reader.get(saved).status_code == 404
    for act in ("ten", "xoa", "lay-lai", "dia-chi-moi"):
        assert send(reader, f"{saved}/{act}", name="x").status_code == 404
    assert "Đã lưu: " not in reader.get("/?q=ke+hoach").text


def test_a_feed_is_atom(reader: FlaskClient, anonymous: FlaskClient, keep: Callable[..., int]) -> None:
    """Its own address, an id that stays, times, an author; the last document first, with a link to its page."""
    first = keep("kế hoạch", number="1/KH-SYT", subject="Tiêm chủng \x0b & <b>", **PLAN)
    last = keep("kế hoạch")
    save(reader)
    address = feed_of(reader)
    answer = anonymous.get(address)
    assert answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.data)
    assert feed.findtext("a:title", None, ATOM) == "Kế hoạch của tôi"
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [f"http://localhost{address}"]
    assert str(feed.findtext("a:id", None, ATOM)).startswith("urn:uuid:")
    assert [entry.xpath("string(a:link/@href)", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)] == [
        f"http://localhost/van-ban/{last}",
        f"http://localhost/van-ban/{first}",
    ]
    assert feed.findtext("a:entry[2]/a:title", None, ATOM) == "1/KH-SYT – Tiêm chủng   & <b>"
    assert feed.findtext("a:entry[2]/a:summary", None, ATOM) == "Kế hoạch · Sở Y tế · 05/03/2024"
    assert feed.findtext("a:entry[2]/a:author/a:name", None, ATOM) == "Sở Y tế"
    for dated in (feed, *feed.findall("a:entry", ATOM)):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(dated.findtext("a:updated", None, ATOM)))


def test_ids_stay_whatever_becomes_of_names_and_addresses(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """A feed reader shows nothing twice after a renaming, and after the feed moved."""
    keep("kế hoạch", **PLAN)
    saved = save(reader)
    before = re.findall(rb"urn:uuid:[0-9a-f-]+", reader.get(feed_of(reader)).data)
    send(reader, f"{saved}/ten", name="Tên mới")
    send(reader, f"{saved}/dia-chi-moi")
    assert re.findall(rb"urn:uuid:[0-9a-f-]+", reader.get(feed_of(reader)).data) == before
    assert len(set(before)) == 2


def test_a_feed_that_has_not_changed_is_not_sent_again(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Feed readers ask often, and say what they have."""
    keep("kế hoạch")
    save(reader)
    tag = reader.get(feed_of(reader)).headers["ETag"]
    assert reader.get(feed_of(reader), headers={"If-None-Match": tag}).status_code == 304
    keep("kế hoạch hai")
    assert reader.get(feed_of(reader), headers={"If-None-Match": tag}).status_code == 200


def test_a_new_address_ends_the_old(reader: FlaskClient, anonymous: FlaskClient) -> None:
    """So does deleting the search; and no token opens another's feed."""
    saved = save(reader)
    old = feed_of(reader)
    send(reader, f"{saved}/dia-chi-moi")
    assert anonymous.get(old).status_code == 404
    assert anonymous.get(feed_of(reader)).status_code == 200
    token = feed_of(reader).rpartition("/")[2]
    other = save(reader, "q=bao+cao", "Báo cáo")
    assert anonymous.get(f"{other}/{token}").status_code == 404
    new = f"{saved}/{token}"
    send(reader, f"{saved}/xoa")
    assert anonymous.get(new).status_code == 404


def test_the_feed_of_a_reader_never_tells_of_drafts(
    signed_in: Callable[[Role], FlaskClient], instance: Instance, keep: Callable[..., int]
) -> None:
    """Neither does the number of what is new; who no longer may see drafts no longer gets them, in the same feed."""
    reader, contributor = signed_in(Role.READER), signed_in(Role.CONTRIBUTOR)
    save(reader)
    save(contributor)
    keep("kế hoạch", subject="Bí mật Sông Hậu", state=State.DRAFT)
    assert "không có gì mới" in reader.get("/tim-da-luu").text
    assert entries(reader, feed_of(reader)) == []
    assert "Bí mật" not in reader.get(feed_of(reader)).text
    assert "1 văn bản mới" in contributor.get("/tim-da-luu").text
    assert len(entries(contributor, feed_of(contributor))) == 1
    with instance.catalogue.session() as session:
        session.query(User).filter_by(name="nguoi-contributor").update({"role": Role.READER})
    assert entries(contributor, feed_of(contributor)) == []


def test_a_draft_made_public_later_is_new_then(
    signed_in: Callable[[Role], FlaskClient], instance: Instance, keep: Callable[..., int]
) -> None:
    """For whoever could not see it before, however long it had been in the archive; in the feed it comes first."""
    reader, contributor = signed_in(Role.READER), signed_in(Role.CONTRIBUTOR)
    draft = keep("kế hoạch", subject="Từ nháp", state=State.DRAFT)
    keep("kế hoạch", subject="Có trước")
    save(reader)
    save(contributor)
    transitions.move(instance, CLERK, draft, "publish")
    assert "1 văn bản mới" in reader.get("/tim-da-luu").text
    assert entries(reader, feed_of(reader))[0].findtext("a:title", None, ATOM) == "Từ nháp"
    assert "không có gì mới" in contributor.get("/tim-da-luu").text


def test_the_feed_ends_with_the_account(reader: FlaskClient, app: Flask, instance: Instance) -> None:
    """A closed account reads nothing, by its token either."""
    save(reader)
    address = feed_of(reader)
    with instance.catalogue.session() as session:
        session.query(User).filter_by(name="nguoi-reader").update({"active": False})
    assert app.test_client().get(address).status_code == 404


def test_the_catalogue_alone_opens_no_feed(reader: FlaskClient, instance: Instance) -> None:
    """What the table holds of a feed's address is not the token."""
    save(reader)
    with instance.catalogue.reading() as session:
        row = session.query(SavedSearch).one()
        held = {str(value) for value in vars(row).values()}
    token = feed_of(reader).rpartition("/")[2].removesuffix(".atom")
    assert not any(token in value for value in held)
