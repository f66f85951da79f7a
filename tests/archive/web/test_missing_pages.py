"""The pages of documents that are cited but not held."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from flask.testing import FlaskClient

from archive import accession
from archive.instance import Instance
from archive.workflow import Role, State
from ingest.record import Mention, Reference, Relation
from tests.archive.conftest import Says, record
from tests.archive.web.conftest import send

PEOPLE = "Ủy ban nhân dân tỉnh Sông Tiền"
TEXT = "Thực hiện Quyết định số 77/QĐ-UBND ngày 01 tháng 4 năm 2023 của Ủy ban nhân dân tỉnh Sông Tiền."


def reference() -> Reference:
    start = TEXT.index("77/")
    mention = Mention(1, start, start + 10, TEXT[start : start + 10])
    return Reference("77/QĐ-UBND", "Quyết định", date(2023, 4, 1), PEOPLE, Relation.IMPLEMENTS, (mention,))


def test_the_most_cited_come_first(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Each with how many documents cite it, leading to its page."""
    keep(TEXT, number="1/KH-UBND", issuer=PEOPLE, references=(reference(),))
    page = reader.get("/chua-co").text
    assert "77/QĐ-UBND" in page
    assert 'href="/chua-co/' in page


def test_a_missing_document_shows_its_citers_and_leads_to_uploading(
    reader: FlaskClient, contributor: FlaskClient, keep: Callable[..., int]
) -> None:
    """With the sentence it is cited in; only those who may upload are led there."""
    citing = keep(TEXT, number="1/KH-UBND", issuer=PEOPLE, references=(reference(),))
    address = "/chua-co/" + reader.get("/chua-co").text.split('href="/chua-co/')[1].split('"')[0]
    page = reader.get(address).text
    assert "Thủ tướng" not in page
    assert "ngày 01 tháng 4 năm 2023" in page
    assert f'href="/van-ban/{citing}"' in page
    assert "Tải lên văn bản này" not in page
    assert "Tải lên văn bản này" in contributor.get(address).text


def test_when_the_document_arrives_its_page_leads_to_it(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """An address kept from before still leads to the right place."""
    keep(TEXT, number="1/KH-UBND", issuer=PEOPLE, references=(reference(),))
    address = "/chua-co/" + reader.get("/chua-co").text.split('href="/chua-co/')[1].split('"')[0]
    assert reader.get(address).status_code == 200
    held = keep("QUYẾT ĐỊNH", number="77/QĐ-UBND", kind="Quyết định", issuer=PEOPLE, issued_on=date(2023, 4, 1))
    answer = reader.get(address)
    assert answer.status_code == 303
    assert answer.location == f"/van-ban/{held}"
    assert "77/QĐ-UBND" not in reader.get("/chua-co").text


def test_an_archive_that_misses_nothing_says_so(reader: FlaskClient) -> None:
    """And a page beyond the end does not fail."""
    assert "Không thiếu văn bản nào." in reader.get("/chua-co").text
    assert reader.get("/chua-co?page=999999999999999").status_code == 200
    assert reader.get("/chua-co?page=x").status_code == 200


def address_of_the_missing(reader: FlaskClient) -> str:
    return "/chua-co/" + reader.get("/chua-co").text.split('href="/chua-co/')[1].split('"')[0]


def test_the_ways_of_citing_and_what_they_disagree_in_are_shown(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Each way with how many documents cite so, and the days that differ with how many tell each."""
    keep(TEXT, number="1/KH-UBND", issuer=PEOPLE, references=(reference(),))
    other = replace(reference(), issued_on=date(2023, 4, 2))
    keep(TEXT, number="2/KH-UBND", issuer=PEOPLE, references=(other,))
    page = reader.get(address_of_the_missing(reader)).text
    assert "nêu ngày ban hành khác nhau" in page
    assert "02/04/2023 (1 văn bản)" in page
    assert page.count("<tr>") == 3


def test_a_file_goes_straight_into_the_gap(
    contributor: FlaskClient, reader: FlaskClient, instance: Instance, keep: Callable[..., int]
) -> None:
    """The page of the job says whether what was read is what was missing."""
    keep(TEXT, number="1/KH-UBND", issuer=PEOPLE, references=(reference(),))
    address = address_of_the_missing(reader)
    sent = send(contributor, f"{address}/tai-len", file=(io.BytesIO(b"x"), "quyet-dinh.txt"))
    assert sent.status_code == 303
    (deposit,) = accession.waiting(instance)
    accession.take_in(instance, Says(record("Văn bản khác", number="9/QĐ-UBND", issuer=PEOPLE)), deposit)
    assert "chưa khớp với văn bản được dẫn chiếu" in contributor.get(sent.location).text
    held = keep("QUYẾT ĐỊNH", number="77/QĐ-UBND", kind="Quyết định", issuer=PEOPLE, issued_on=date(2023, 4, 1))
    assert f'nay dẫn tới <a href="/van-ban/{held}"' in contributor.get(sent.location).text
    assert send(contributor, f"{address}/tai-len").status_code == 404


def test_what_goes_into_the_gap_is_a_draft_whoever_brings_it(
    signed_in: Callable[[Role], FlaskClient], reader: FlaskClient, instance: Instance, keep: Callable[..., int]
) -> None:
    """Nothing there asks an editor whether it should circulate at once: readers lack it until it is accepted."""
    keep(TEXT, number="1/KH-UBND", issuer=PEOPLE, references=(reference(),))
    address, editor = address_of_the_missing(reader), signed_in(Role.EDITOR)
    send(editor, f"{address}/tai-len", file=(io.BytesIO(b"x"), "quyet-dinh.txt"))
    (deposit,) = accession.waiting(instance)
    read = record("QUYẾT ĐỊNH", number="77/QĐ-UBND", kind="Quyết định", issuer=PEOPLE, issued_on=date(2023, 4, 1))
    accession.take_in(instance, Says(read), deposit)
    assert editor.get(address).status_code == 303
    assert reader.get(address).status_code == 200


def test_who_awaits_a_document_is_told_when_it_may_be_seen(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """On the first page, until it is put away; a draft's arrival is told to no one who may not see drafts."""
    keep(TEXT, number="1/KH-UBND", issuer=PEOPLE, references=(reference(),))
    address = address_of_the_missing(reader)
    assert send(reader, f"{address}/cho").status_code == 303
    assert "Thôi chờ" in reader.get(address).text
    decision = {"number": "77/QĐ-UBND", "kind": "Quyết định", "issuer": PEOPLE, "issued_on": date(2023, 4, 1)}
    keep("Nháp", state=State.DRAFT, **decision)
    assert "Văn bản bạn chờ" not in reader.get("/").text
    held = keep("QUYẾT ĐỊNH", **decision)
    assert "Văn bản bạn chờ" in reader.get("/").text
    assert f'href="/van-ban/{held}"' in reader.get("/").text
    assert send(reader, f"{address}/thoi-cho").location == "/"
    assert "Văn bản bạn chờ" not in reader.get("/").text
