"""The searchable rendition of a scan, offered and given."""

from flask.testing import FlaskClient

from archive.instance import Instance
from tests.archive.test_searchable import MADE, SCAN, taken_in


def test_it_is_offered_on_the_documents_page(instance: Instance, reader: FlaskClient) -> None:
    """The page names it and gives it; the original's address still gives the original."""
    document_id = taken_in(instance).card.id
    page = reader.get(f"/van-ban/{document_id}").text
    shown = reader.get(f"/api/v1/documents/{document_id}").json
    assert [file["role"] for file in shown["files"]] == ["original", "searchable"]
    assert "Bản có lớp chữ, tìm được" in page
    assert f"/van-ban/{document_id}/tep/co-lop-chu" in page
    assert reader.get(f"/van-ban/{document_id}/tep/co-lop-chu").data == MADE
    assert reader.get(f"/van-ban/{document_id}/tep").data == SCAN
