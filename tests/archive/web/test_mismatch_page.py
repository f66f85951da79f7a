"""The work list of what is cited otherwise than the archive has it."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from flask.testing import FlaskClient

from archive.workflow import Role, State
from ingest.record import Mention, Reference, Relation
from tests.archive.web.conftest import send

PEOPLE = "Ủy ban nhân dân tỉnh Lam Sơn"
TEXT = "Thực hiện Quyết định số 77/QĐ-UBND ngày 02 tháng 4 năm 2023 của Ủy ban nhân dân tỉnh Lam Sơn."
DECISION = {"number": "77/QĐ-UBND", "kind": "Quyết định", "issuer": PEOPLE, "issued_on": date(2023, 4, 1)}
START = TEXT.index("77/")
CITED = Reference(
    "77/QĐ-UBND", "Quyết định", date(2023, 4, 2), PEOPLE, Relation.IMPLEMENTS,
    (Mention(1, START, START + 10, TEXT[START : START + 10]),),
)  # fmt: skip
REASON = "Ngày dẫn chiếu (02/04/2023) khác ngày trong kho (01/04/2023)"
PAGE = "/dan-chieu-khac"


def mark(page: str) -> str:
    found = re.search(r'name="dau" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def test_each_has_a_reason_and_leads_to_both_sides(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """To the place of the citation, and to the document; who may not edit is offered nothing to do."""
    held = keep("QUYẾT ĐỊNH", **DECISION)
    citing = keep(TEXT, number="5/KH-UBND", issuer=PEOPLE, references=(CITED,))
    page = reader.get(PAGE).text
    assert REASON in page
    assert "ngày 02 tháng 4 năm 2023" in page
    assert f'href="/van-ban/{citing}#trich-1-1"' in page
    assert f'href="/van-ban/{held}"' in page
    assert 'name="dau"' not in page
    assert REASON in reader.get(f"/van-ban/{held}").text
    assert REASON in reader.get(f"/van-ban/{citing}").text


def test_citers_of_a_missing_document_that_disagree(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Both days with the sentence of one who tells each, leading to the page of the missing document."""
    first = keep(TEXT, number="5/KH-UBND", issuer=PEOPLE, references=(CITED,))
    other = replace(CITED, issued_on=date(2023, 4, 3))
    second = keep(TEXT, number="6/KH-UBND", issuer=PEOPLE, references=(other,))
    page = reader.get(PAGE).text
    assert "nêu ngày khác nhau" in page
    for citing in (first, second):
        assert f'href="/van-ban/{citing}#trich-1-1"' in page
    assert 'href="/chua-co/77-qd-ubnd-2023-ubnd-lam-son"' in page


def test_the_list_is_narrowed_to_one_kind(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """The tabs count each kind; a word that names none narrows nothing."""
    keep("QUYẾT ĐỊNH", **DECISION)
    keep(TEXT, number="5/KH-UBND", issuer=PEOPLE, references=(CITED,))
    assert REASON in reader.get(f"{PAGE}?muc=issued_on").text
    assert REASON not in reader.get(f"{PAGE}?muc=kind").text
    assert REASON in reader.get(f"{PAGE}?muc=x&page=x").text
    assert "Danh sách đã hết." in reader.get(f"{PAGE}?page=999999999999").text


def test_an_editor_puts_away_with_a_reason_and_takes_back(
    signed_in: Callable[[Role], FlaskClient], keep: Callable[..., int]
) -> None:
    """What is put away leaves the list for everyone, is told in the history, and is kept where it can be taken back."""
    held = keep("QUYẾT ĐỊNH", **DECISION)
    keep(TEXT, number="5/KH-UBND", issuer=PEOPLE, references=(CITED,))
    editor, reader = signed_in(Role.EDITOR), signed_in(Role.READER)
    its_mark = mark(editor.get(PAGE).text)
    sent = send(editor, f"{PAGE}/bo-qua?muc=issued_on", dau=its_mark, **{"ly-do": "Người soạn ghi nhầm"})
    assert (sent.status_code, sent.location) == (303, f"{PAGE}?muc=issued_on")
    assert "Mọi dẫn chiếu đều khớp với kho." in reader.get(PAGE).text
    assert REASON not in reader.get(f"{PAGE}?bo-qua=1").text
    assert "Người soạn ghi nhầm" in editor.get(f"{PAGE}?bo-qua=1").text
    assert "Người soạn ghi nhầm" in editor.get(f"/van-ban/{held}/lich-su").text
    assert send(editor, f"{PAGE}/xem-lai?bo-qua=1", dau=its_mark).location == f"{PAGE}?bo-qua=1"
    assert REASON in reader.get(PAGE).text
    assert "Chưa bỏ qua điểm khác nào." in editor.get(f"{PAGE}?bo-qua=1").text


def test_what_is_no_longer_there_is_refused(signed_in: Callable[[Role], FlaskClient], keep: Callable[..., int]) -> None:
    """With what to do, above the list as it is now."""
    keep("QUYẾT ĐỊNH", **DECISION)
    answer = send(signed_in(Role.EDITOR), f"{PAGE}/bo-qua", dau="van-ban/1 issued_on 2023-04-02 2023-04-01")
    assert answer.status_code == 422
    assert "hãy tải lại trang" in answer.text


def test_a_reader_learns_nothing_of_drafts(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """Neither of one that cites nor of one that is cited, in list, counts or the document's page."""
    held = keep("QUYẾT ĐỊNH", **DECISION)
    keep(TEXT, state=State.DRAFT, number="5/KH-UBND", issuer=PEOPLE, references=(CITED,))
    page = reader.get(PAGE).text
    assert "Mọi dẫn chiếu đều khớp với kho." in page
    assert "5/KH-UBND" not in page
    assert "khác ngày trong kho" not in reader.get(f"/van-ban/{held}").text
