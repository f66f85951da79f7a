"""Checking a draft, on its page and by the API."""

import io
from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient

from archive import accounts
from archive.instance import Instance
from archive.workflow import Role
from tests.archive.web.conftest import send

BODY = "Ủy ban nhân dân tỉnh Lam Sơn"
TEXT = "Thực hiện Kế hoạch số 28/KH-UBND ngày 31/01/2026 của UBND tỉnh Lam Sơn;"
PLAN = {"number": "28/KH-UBND", "kind": "Kế hoạch", "issued_on": date(2026, 1, 30), "issuer": BODY}


def test_a_pasted_text_is_answered_on_the_page(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """The verdict, the link, and the full citation; a text or a file is needed."""
    held = keep(**PLAN)
    page = send(reader, "/kiem-tra", text=TEXT).text
    assert f'href="/van-ban/{held}"' in page
    assert "Cần xem lại" in page
    assert "Kế hoạch số 28/KH-UBND ngày 30 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Lam Sơn" in page
    assert "Kế hoạch số 28/KH-UBND" in send(reader, "/kiem-tra", file=(io.BytesIO(TEXT.encode()), "a.txt")).text
    assert "hãy dán nội dung hoặc chọn tệp" in send(reader, "/kiem-tra").text
    assert "Không thấy văn bản nào được dẫn" in send(reader, "/kiem-tra", text="Kính gửi").text


def test_a_program_is_told_offsets_status_and_warnings(
    anonymous: FlaskClient, instance: Instance, keep: Callable[..., int]
) -> None:
    """As a list of citations; what is not a text is refused."""
    held = keep(**PLAN)
    with instance.catalogue.session() as session:
        accounts.add_user(session, "may", "Song-nuoc-mien-Tay-26", Role.READER)
        header = {"Authorization": f"Bearer {accounts.issue_token(session, 'may')}"}
    (cited,) = anonymous.post("/api/v1/citations", json={"text": TEXT}, headers=header).get_json()["citations"]
    assert (cited["status"], cited["document"], cited["force"]) == ("resolved", held, None)
    (mention,) = cited["mentions"]
    assert TEXT[mention["start"] : mention["end"]] == "Kế hoạch số 28/KH-UBND"
    assert cited["warnings"] == ["Ngày dẫn chiếu (31/01/2026) khác ngày trong kho (30/01/2026)"]
    assert cited["full"].startswith("Kế hoạch số 28/KH-UBND ngày 30 tháng 01 năm 2026")
    assert anonymous.post("/api/v1/citations", json={"text": 1}, headers=header).status_code == 400
    assert anonymous.post("/api/v1/citations", data="x", headers=header).status_code == 400
