"""What a citation tells of the document it means."""

from datetime import date

import pytest

from archive.bodies import home
from archive.citations.identity import Citation, cited, cited_key
from ingest.record import Reference
from tests.archive.citations.test_resolution import TIEN_GIANG, reference


@pytest.mark.parametrize(
    ("said", "key"),
    [
        (reference("45/2016/QĐ-TTg", date(2016, 10, 19), "Thủ tướng Chính phủ"), "45-2016-qd-ttg"),
        (reference("45/2016/QD-TTg"), "45-2016-qd-ttg"),
        (reference("1819/QĐ-TTg", date(2015, 10, 25)), "1819-qd-ttg-2015"),
        (reference("1819/QĐ-TTg", date(2015, 10, 26), "Thủ tướng Chính phủ"), "1819-qd-ttg-2015"),
        (reference("1819/QĐ-TTg"), "1819-qd-ttg"),
        (reference("37/KH-UBND", date(2016, 2, 25), "UBND tỉnh"), "37-kh-ubnd-2016-ubnd-tien-giang"),
        (reference("37/KH-UBND", date(2016, 2, 25), TIEN_GIANG), "37-kh-ubnd-2016-ubnd-tien-giang"),
        (reference("37/KH-UBND", date(2016, 2, 25)), "37-kh-ubnd-2016-tien-giang"),
        (reference("15-NQ/TU", date(2021, 5, 4), "Tỉnh ủy"), "15-nq-tu-2021-tinh-uy-tien-giang"),
        (reference("66.7/2025/NQ-CP"), "66-7-2025-nq-cp"),
        (reference(None, None, kind="Luật", name="Luật An ninh mạng năm 2018"), "luat-an-ninh-mang-2018"),
        (reference(None, None, kind="Luật", name="An ninh mạng"), "luat-an-ninh-mang"),
        (reference(None, date(2017, 8, 18), "UBND tỉnh", kind="Kế hoạch"), "ke-hoach-2017-08-18-ubnd-tien-giang"),
        (reference(None), "tien-giang"),
    ],
)
def test_address_of_a_missing_document(said: Reference, key: str) -> None:
    """Citations that surely mean one document share one address, fit for a URL; others stay apart."""
    citing = home(TIEN_GIANG, None, "Tiền Giang")
    citation = Citation(said.number, said.kind, said.name, said.issued_on, said.issuer, citing, 2026)
    assert cited_key(cited(citation)) == key
