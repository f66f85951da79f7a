"""The form for corrections, and the history with its undo, on the pages."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from archive.workflow import Role, State
from ingest.record import Signer
from tests.archive.web.conftest import send

FIELDS = {
    "number": "7/KH-UBND",
    "kind": "kế hoạch",
    "issued_on": "2026-04-05",
    "subject": "Trồng rừng <ven> biển",
    "signer": ["Lê Thị Mai", ""],
    "position": ["Chủ tịch", ""],
    "authority": ["TM. UBND; KT. CHỦ TỊCH", ""],
    "recipients": "Như trên\r\nLưu: VT\r\n",
}


@pytest.fixture
def editor(signed_in: Callable[[Role], FlaskClient]) -> FlaskClient:
    return signed_in(Role.EDITOR)


@pytest.fixture
def held(keep: Callable[..., int]) -> int:
    return keep("KẾ HOẠCH", number="1/KH-UBND", issued_on=date(2026, 4, 5), signers=(Signer("Lê Thị Mai", None, ()),))


def version(client: FlaskClient, held: int) -> str:
    return client.get(f"/van-ban/{held}/sua").text.split('name="version" value="')[1].split('"')[0]


def test_what_is_saved_is_on_the_page_and_in_the_history(editor: FlaskClient, held: int) -> None:
    """Every field of the form, markup as text; and one press undoes it."""
    answer = send(editor, f"/van-ban/{held}/sua", **FIELDS, version=version(editor, held))
    assert answer.location == f"/van-ban/{held}"
    page = editor.get(answer.location).text
    for shown in ("7/KH-UBND", "Kế hoạch", "Trồng rừng &lt;ven&gt; biển", "TM. UBND · KT. CHỦ TỊCH", "Lưu: VT"):
        assert shown in page
    told = editor.get(f"/van-ban/{held}/lich-su").text
    assert "<del>1/KH-UBND</del> → <ins>7/KH-UBND</ins>" in told
    assert "nguoi-editor" in told
    assert "05/04/2026" not in told  # it was so before
    undo = re.search(r'action="(\S+hoan-tac)"', told)
    assert undo
    assert send(editor, undo.group(1)).location == f"/van-ban/{held}/lich-su"
    told = editor.get(f"/van-ban/{held}/lich-su").text
    assert "Hoàn tác một lần sửa" in told
    assert "1/KH-UBND" in editor.get(f"/van-ban/{held}").text


def test_what_is_at_fault_is_said_where_it_stands(editor: FlaskClient, held: int) -> None:
    """With everything else as it was written, and nothing saved."""
    answer = send(editor, f"/van-ban/{held}/sua", **(FIELDS | {"number": "bảy", "issued_on": "mai"}), version=1)
    assert answer.status_code == 422
    assert 'value="bảy"' in answer.text
    assert "28/KH-UBND" in answer.text
    assert "Không phải là một ngày" in answer.text
    assert "Trồng rừng &lt;ven&gt; biển" in answer.text
    assert "1/KH-UBND" in editor.get(f"/van-ban/{held}").text


def test_a_form_that_came_too_late_keeps_what_was_written(editor: FlaskClient, held: int) -> None:
    """And says that someone else was faster."""
    old = version(editor, held)
    send(editor, f"/van-ban/{held}/sua", **FIELDS, version=old)
    late = send(editor, f"/van-ban/{held}/sua", **(FIELDS | {"place": "Bến Cát"}), version=old)
    assert late.status_code == 422
    assert "người khác thay đổi" in late.text
    assert 'value="Bến Cát"' in late.text


def test_a_frozen_document_offers_no_correction_and_no_undo(
    editor: FlaskClient, signed_in: Callable[[Role], FlaskClient], held: int
) -> None:
    """Nothing of it may be changed."""
    send(editor, f"/van-ban/{held}/sua", **FIELDS, version=version(editor, held))
    send(signed_in(Role.MANAGER), f"/van-ban/{held}/trang-thai", way="freeze", reason="Thanh tra")
    assert f"/van-ban/{held}/sua" not in editor.get(f"/van-ban/{held}").text
    assert editor.get(f"/van-ban/{held}/sua").status_code == 422
    told = editor.get(f"/van-ban/{held}/lich-su").text
    assert "Thanh tra" in told
    assert "hoan-tac" not in told


def test_a_manager_sees_what_was_done_in_the_archive(
    signed_in: Callable[[Role], FlaskClient], brought: Callable[[State], int]
) -> None:
    """Page by page, latest first."""
    for _ in range(20):
        brought(State.EXPIRED)  # three events
    manager = signed_in(Role.MANAGER)
    page = manager.get("/lich-su").text
    assert page.count("<li>") == 50
    older = page.split('rel="next" href="')[1].split('"')[0]
    assert manager.get(older).text.count("<li>") == 10
