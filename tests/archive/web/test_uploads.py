"""Bringing files by the form, and following them."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import accession, jobs, transitions
from archive.catalogue import queries
from archive.instance import Instance
from archive.workflow import CLERK, Role
from ingest.bounded import BoundedReader
from ingest.errors import DamagedFile
from ingest.record import Record
from tests.archive.conftest import Says, record
from tests.archive.web.conftest import send, token


class Fails:
    """A reader to whom every file is damaged."""

    def read(self, _path: object, _progress: object) -> Record:
        raise DamagedFile("Tệp bị cắt mất phần cuối; hãy tải lại tệp từ bản gốc.")


def upload(client: FlaskClient, *files: tuple[str, bytes], state: str = "draft") -> str:
    """Send the files by the form; return the address of the job's page."""
    parts = [(io.BytesIO(content), name) for name, content in files]
    answer = send(client, "/tai-len", file=parts, state=state)
    assert answer.status_code == 303, answer.text
    return answer.location


def take_in(instance: Instance, address: str, reader: accession.Reader) -> None:
    """Do the background work of a job."""
    for deposit_id in accession.waiting(instance, address.rsplit("/", 1)[1]):
        jobs.attempt(instance, reader, deposit_id)


def test_files_sent_are_followed_until_what_was_read_is_shown(contributor: FlaskClient, instance: Instance) -> None:
    """First they wait; then number, day and subject lead to the document; the page stops asking."""
    address = upload(contributor, ("kế hoạch.txt", b"a"), ("phụ lục.txt", b"b"))
    waiting = contributor.get(address).text
    assert waiting.count("Đang chờ") == 2
    assert 'http-equiv="refresh"' in waiting
    take_in(instance, address, Says(record("x", number="4/KH-UBND", subject="Trồng cây mùa xuân")))
    done = contributor.get(address).text
    assert "Trồng cây mùa xuân" in done
    assert 'href="/van-ban/' in done
    assert "refresh" not in done


def test_the_same_bytes_lead_to_their_holder(contributor: FlaskClient, instance: Instance) -> None:
    """No second document is made."""
    take_in(instance, upload(contributor, ("một.txt", b"same")), Says(record("x", subject="Trồng cây")))
    page = contributor.get(upload(contributor, ("hai.txt", b"same"))).text
    assert "Đã có trong kho" in page
    assert "Trồng cây" in page


def test_bytes_whose_document_lies_in_the_trash_are_told_of(contributor: FlaskClient, instance: Instance) -> None:
    """Who brings them again learns why there is no document to open, and whom to ask."""
    address = upload(contributor, ("một.txt", b"same"), state="draft")
    take_in(instance, address, Says(record("x", subject="Trồng cây")))
    with instance.catalogue.reading() as session:
        held = queries.job(session, CLERK, address.rsplit("/", 1)[1]).deposits[0].document
    assert held
    transitions.move(instance, CLERK, held.id, "trash", "tải nhầm")
    page = contributor.get(upload(contributor, ("hai.txt", b"same"))).text
    assert "đang ở thùng rác" in page
    assert "Trồng cây" not in page


def test_a_file_that_fails_says_why_and_harms_no_other(contributor: FlaskClient, instance: Instance) -> None:
    """The reason stands beside its name, and the others are taken in."""
    address = upload(contributor, ("hỏng.pdf", b"%PDF-1.7 cut"), ("tốt.txt", b"ok"))
    first, second = accession.waiting(instance, address.rsplit("/", 1)[1])
    jobs.attempt(instance, Fails(), first)
    jobs.attempt(instance, Says(record("x", subject="Trồng cây")), second)
    page = contributor.get(address).text
    assert "Tệp bị cắt mất phần cuối" in page
    assert "Trồng cây" in page
    assert "1 tệp đã có trong kho, 1 tệp không đọc được" in page


def test_real_files_are_read_within_bounds(contributor: FlaskClient, instance: Instance) -> None:
    """From the form to the document page through the reader's own process."""
    text = "Số: 15/KH-UBND\n\nKẾ HOẠCH\nTrồng cây mùa xuân\n\nCăn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020;"
    address = upload(contributor, ("kế hoạch.txt", text.encode()), ("rỗng.pdf", b""))
    with BoundedReader() as reader:
        take_in(instance, address, reader)
    page = contributor.get(address).text
    assert "15/KH-UBND" in page
    assert "Dẫn chiếu 1 văn bản" in page
    assert "Không đọc được" in page


def test_a_draft_is_brought_as_a_draft(contributor: FlaskClient, reader: FlaskClient, instance: Instance) -> None:
    """Only those who see drafts find it."""
    take_in(instance, upload(contributor, ("a.txt", b"a"), state="draft"), Says(record("x", subject="Trồng cây")))
    assert "Trồng cây" in contributor.get("/?q=trong+cay").text
    assert "Trồng cây" not in reader.get("/?q=trong+cay").text


def test_only_an_editor_lets_a_document_circulate_at_once(
    contributor: FlaskClient, reader: FlaskClient, signed_in: Callable[[Role], FlaskClient], instance: Instance
) -> None:
    """A contributor is not offered it and is refused; an editor, who could let a draft go too, is obeyed."""
    assert 'value="internal"' not in contributor.get("/tai-len").text
    refused = send(contributor, "/tai-len", file=(io.BytesIO(b"a"), "a.txt"), state="internal")
    assert refused.status_code == 422
    assert "hãy chọn nháp" in refused.text
    editor = signed_in(Role.EDITOR)
    assert 'value="internal"' in editor.get("/tai-len").text
    take_in(instance, upload(editor, ("a.txt", b"a"), state="internal"), Says(record("x", subject="Trồng cây")))
    assert "Trồng cây" in reader.get("/?q=trong+cay").text


@pytest.mark.parametrize("fields", [{}, {"file": (io.BytesIO(b""), "")}, {"state": "public"}, {"state": "nonsense"}])
def test_a_form_that_cannot_be_taken_says_what_to_do(contributor: FlaskClient, fields: dict[str, object]) -> None:
    """No file, or a state that a new document cannot have."""
    answer = send(contributor, "/tai-len", **fields)
    assert answer.status_code == 422
    assert "hãy chọn" in answer.text


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\a\\b.txt", 'a"b\r\nX: y.txt', "ả" * 300 + ".txt", "<img src=x>.txt", "…"]
)
def test_a_file_may_be_called_anything(contributor: FlaskClient, name: str) -> None:
    """The name is shown as text and is no path."""
    page = contributor.get(upload(contributor, (name, name.encode()))).text
    assert "<img src=x>" not in page
    assert "../" not in page


def test_too_much_at_once_is_refused_clearly(app: Flask, contributor: FlaskClient) -> None:
    """The form names the bound; whoever sends more is told to send less at a time."""
    assert "200 MB" in contributor.get("/tai-len").text
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    answer = send(contributor, "/tai-len", file=(io.BytesIO(b"x" * 20_000), "lớn.txt"))
    assert answer.status_code == 413
    assert "chia thành nhiều lần" in answer.text


def test_recent_jobs_are_listed(contributor: FlaskClient, instance: Instance) -> None:
    """So that one finds the way back after closing the page."""
    address = upload(contributor, ("kế hoạch năm.txt", b"a"))
    page = contributor.get("/tai-len").text
    assert f'href="{address}"' in page
    assert "kế hoạch năm.txt" in page


def test_a_reader_is_not_led_to_uploading(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """The way there is not shown, and the page refuses."""
    keep("x")
    assert "/tai-len" not in reader.get("/").text
    answer = reader.get("/tai-len")
    assert answer.status_code == 403
    assert "không có quyền" in answer.text


def test_a_script_sends_files_one_by_one_into_one_job(contributor: FlaskClient) -> None:
    """It is told the job of the first, names it with the next, and the job's page shows both."""

    def sent(name: str, **fields: str) -> dict[str, str]:
        data = {"csrf_token": token(contributor), "file": (io.BytesIO(name.encode()), name), **fields}
        answer = contributor.post("/tai-len", data=data, headers={"Accept": "application/json"})
        assert answer.status_code == 201
        return answer.get_json()

    first = sent("một.txt", state="draft")
    assert sent("hai.txt", job=first["job"]) == first
    page = contributor.get(first["page"]).text
    assert "một.txt" in page
    assert "hai.txt" in page


def test_files_are_left_and_read_again_from_the_page(contributor: FlaskClient, instance: Instance) -> None:
    """Each waiting file has a button to leave it, each left or failed one a button to read it again."""
    address = upload(contributor, ("a.txt", b"a"), ("b.txt", b"b"))
    first, _ = accession.waiting(instance, address.rsplit("/", 1)[1])
    assert send(contributor, f"{address}/dung", deposit=first).location == address
    assert contributor.get(address).text.count("Đã dừng") == 1
    send(contributor, f"{address}/dung")
    assert contributor.get(address).text.count("Đã dừng") == 2
    send(contributor, f"{address}/doc-lai")
    assert contributor.get(address).text.count("Đang chờ") == 2
