"""The pages of documents that are cited but not held."""

from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient

from ingest.record import Mention, Reference, Relation

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
    assert "Mọi văn bản được dẫn chiếu đều đã có trong kho." in reader.get("/chua-co").text
    assert reader.get("/chua-co?page=999999999999999").status_code == 200
    assert reader.get("/chua-co?page=x").status_code == 200
