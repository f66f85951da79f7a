"""The JSON API: its description, its answers held against it, and the token that opens it."""

import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from werkzeug.test import TestResponse

from archive import accession, accounts, jobs
from archive.instance import Instance
from archive.workflow import Role, State
from ingest.bounded import BoundedReader

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LAM SƠN
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Sơn, ngày 15 tháng 3 năm 2026

KẾ HOẠCH
Chuyển đổi số năm 2026

Căn cứ Nghị quyết số 7/NQ-HĐND ngày 10/01/2026 của HĐND tỉnh về chuyển đổi số.

I. MỤC TIÊU
Đưa dịch vụ công trực tuyến tới mọi xã, phường./.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Lê Minh Khôi
"""


@pytest.fixture
def description(anonymous: FlaskClient) -> dict[str, Any]:
    return anonymous.get("/api/v1/openapi.json").get_json()


@pytest.fixture
def token(instance: Instance) -> Callable[[Role], dict[str, str]]:
    """Return the header that opens the API to someone of that role."""

    serials = count(1)

    def token(role: Role) -> dict[str, str]:
        name = f"may-{next(serials)}"
        with instance.catalogue.session() as session:
            accounts.add_user(session, name, "Song-nuoc-mien-Tay-26", role)
            return {"Authorization": f"Bearer {accounts.issue_token(session, name)}"}

    return token


@pytest.fixture
def deposit(anonymous: FlaskClient, token: Callable[[Role], dict[str, str]]) -> Callable[..., TestResponse]:
    """Send files to the API, as the program of someone who may let them circulate does."""
    header = token(Role.EDITOR)

    def deposit(*contents: str, **fields: str) -> TestResponse:
        files = [(io.BytesIO(content.encode()), "ke-hoach.txt") for content in contents]
        return anonymous.post("/api/v1/documents", data={"file": files, **fields}, headers=header)

    return deposit


@pytest.fixture
def work(instance: Instance) -> Iterator[Callable[[], None]]:
    """Do what the worker process does: take in everything that waits."""
    with BoundedReader(jobs.limits(instance)) as reader:
        yield lambda: [jobs.attempt(instance, reader, waiting) for waiting in accession.waiting(instance)]


def test_the_description_is_valid_openapi(description: dict[str, Any]) -> None:
    """The description is what it says it is, and anyone may read it."""
    validate(description)


def test_every_route_is_described_and_every_description_has_its_route(app: Flask, description: dict[str, Any]) -> None:
    """Routes and description name the same paths and methods."""
    routes = {
        (_described_path(rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {
        (path, method)
        for path, item in description["paths"].items()
        for method in item
        if method in {"get", "post", "put", "patch", "delete"}
    }
    assert routes == described


def test_every_state_that_can_be_answered_is_described(description: dict[str, Any]) -> None:
    """What is merged into another document is answered as that one."""
    assert set(description["components"]["schemas"]["State"]["enum"]) == set(State) - {State.MERGED}


def test_every_answer_is_of_the_shape_described(
    anonymous: FlaskClient,
    description: dict[str, Any],
    token: Callable[[Role], dict[str, str]],
    deposit: Callable[..., TestResponse],
    work: Callable[[], None],
) -> None:
    """Each GET route's answer about a real document passes the schema that describes it."""
    job = deposit(PLAN)
    work()
    header = token(Role.MANAGER)
    operations = [(path, item["get"]) for path, item in description["paths"].items() if "get" in item]
    for path, operation in operations:
        value = job.get_json()["job"] if path.startswith("/jobs/") else "1"
        address = path.replace("{id}", value).replace("{key}", "ubnd-lam-son")
        answer = anonymous.get(f"/api/v1{address}", headers=header)
        assert answer.status_code == 200, path
        if answer.is_json:
            _check(
                answer.get_json(), operation["responses"]["200"]["content"]["application/json"]["schema"], description
            )


def test_a_document_is_deposited_read_found_and_traced(
    anonymous: FlaskClient,
    token: Callable[[Role], dict[str, str]],
    deposit: Callable[..., TestResponse],
    work: Callable[[], None],
) -> None:
    """From the upload to the missing resolution it rests on, and back when that arrives."""
    accepted = deposit(PLAN)
    assert accepted.status_code == 202
    header = token(Role.READER)
    work()
    job = anonymous.get(accepted.headers["Location"], headers=token(Role.EDITOR)).get_json()
    assert (job["state"], job["done"], job["total"], job["documents"]) == ("done", 1, 1, [1])

    found = anonymous.get("/api/v1/search?q=chuyen+doi+so", headers=header).get_json()
    assert found["total"] == 1
    assert found["hits"][0]["number"] == "12/KH-UBND"
    assert anonymous.get(found["hits"][0]["url"]).status_code == 303
    assert found["facets"]["year"] == [{"value": "2026", "count": 1}]

    (reference,) = anonymous.get("/api/v1/documents/1/references", headers=header).get_json()
    assert (reference["number"], reference["status"], reference["document"]) == ("7/NQ-HĐND", "missing", None)
    (missing,) = anonymous.get("/api/v1/missing", headers=header).get_json()
    assert (missing["number"], missing["citers"]) == ("7/NQ-HĐND", 1)

    resolution = PLAN.replace("12/KH-UBND", "7/NQ-HĐND").replace("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")
    resolution = resolution.replace("KẾ HOẠCH", "NGHỊ QUYẾT").replace("ngày 15 tháng 3", "ngày 10 tháng 01")
    deposit(resolution.replace("Căn cứ Nghị quyết số 7/NQ-HĐND ngày 10/01/2026 của HĐND tỉnh", "Xét tình hình"))
    work()
    (reference,) = anonymous.get("/api/v1/documents/1/references", headers=header).get_json()
    assert (reference["status"], reference["document"]) == ("resolved", 2)
    (citer,) = anonymous.get("/api/v1/documents/2/cited-by", headers=header).get_json()
    assert (citer["document"], citer["relation"]) == (1, "legal_basis")
    assert "Nghị quyết số 7/NQ-HĐND" in citer["sentence"]
    assert anonymous.get("/api/v1/missing", headers=header).get_json() == []


def test_the_file_comes_back_byte_for_byte(
    anonymous: FlaskClient,
    token: Callable[[Role], dict[str, str]],
    deposit: Callable[..., TestResponse],
    work: Callable[[], None],
) -> None:
    """What was deposited is what is given out."""
    deposit(PLAN)
    work()
    assert anonymous.get("/api/v1/documents/1/file", headers=token(Role.READER)).data == PLAN.encode()


def test_the_same_bytes_again_are_refused_with_their_holder(
    deposit: Callable[..., TestResponse], work: Callable[[], None]
) -> None:
    """The second deposit of the same bytes answers 409 and names the document."""
    deposit(PLAN)
    work()
    again = deposit(PLAN)
    assert again.status_code == 409
    assert again.mimetype == "application/problem+json"
    assert again.get_json()["document"] == 1


@pytest.mark.parametrize("state", [State.PUBLIC, "khong-co"])
def test_a_state_that_cannot_begin_is_refused(deposit: Callable[..., TestResponse], state: str) -> None:
    """A new document cannot start out as public, or as something that is no state."""
    assert deposit(PLAN, state=state).status_code == 422


def test_a_body_that_is_no_form_is_refused(anonymous: FlaskClient, token: Callable[[Role], dict[str, str]]) -> None:
    """Bytes or JSON sent bare are answered 415 with the form to send; a form without a file 422."""
    header = token(Role.CONTRIBUTOR)
    for mimetype in ("application/pdf", "application/json", "application/x-www-form-urlencoded"):
        refused = anonymous.post("/api/v1/documents", data=b"%PDF-1.4", content_type=mimetype, headers=header)
        assert (refused.status_code, refused.mimetype) == (415, "application/problem+json")
        assert "multipart/form-data" in refused.get_json()["detail"]
    empty = anonymous.post("/api/v1/documents", data={"x": "y"}, content_type="multipart/form-data", headers=header)
    assert empty.status_code == 422


def test_no_token_no_answer(anonymous: FlaskClient) -> None:
    """Without a token or session the API answers 401 as problem+json and says how to sign in."""
    for header in (
        {},
        {"Authorization": "Bearer khong-phai"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic YTpi"},
    ):
        refused = anonymous.get("/api/v1/search", headers=header)
        assert refused.status_code == 401
        assert refused.mimetype == "application/problem+json"
        assert refused.get_json().keys() >= {"status", "title", "detail"}


def test_a_session_without_the_forms_token_cannot_deposit(contributor: FlaskClient) -> None:
    """A cookie alone, which another site could have a browser send, deposits nothing."""
    sent = contributor.post("/api/v1/documents", data={"file": (io.BytesIO(PLAN.encode()), "a.txt")})
    assert sent.status_code == 400


def test_a_reader_cannot_deposit(anonymous: FlaskClient, token: Callable[[Role], dict[str, str]]) -> None:
    """A reader's token answers 403."""
    files = {"file": (io.BytesIO(PLAN.encode()), "a.txt")}
    assert anonymous.post("/api/v1/documents", data=files, headers=token(Role.READER)).status_code == 403


@pytest.mark.parametrize(
    "query", ["from=hom-qua", "to=2026-13-01", "sort=dep", "page=0", "page=-1", "page=x", "size=101", "size=²"]
)
def test_a_malformed_question_is_said_to_be_one(
    anonymous: FlaskClient, token: Callable[[Role], dict[str, str]], query: str
) -> None:
    """A value that means nothing answers 400 with a sentence, never a 500 and never a guess."""
    refused = anonymous.get(f"/api/v1/search?{query}", headers=token(Role.READER))
    assert refused.status_code == 400
    assert refused.get_json()["detail"]


def test_suggestions_name_numbers_subjects_and_bodies(
    anonymous: FlaskClient,
    token: Callable[[Role], dict[str, str]],
    deposit: Callable[..., TestResponse],
    work: Callable[[], None],
) -> None:
    """What is typed, accents or not, completes to what the archive has."""
    deposit(PLAN)
    work()
    header = token(Role.READER)

    def suggested(typed: str) -> list[tuple[str, str]]:
        answer = anonymous.get("/api/v1/suggest", query_string={"q": typed}, headers=header).get_json()
        return [(offer["kind"], offer["text"]) for offer in answer["suggestions"]]

    assert ("number", "12/KH-UBND") in suggested("12/kh")
    assert ("subject", "Chuyển đổi số năm 2026") in suggested("chuyen doi")
    assert ("issuer", "Ủy ban nhân dân tỉnh Lam Sơn") in suggested("nhan dan tinh")
    assert ("signer", "Lê Minh Khôi") in suggested("minh khoi")
    assert suggested("k") == []


def test_a_draft_is_not_there_for_a_reader(
    anonymous: FlaskClient,
    token: Callable[[Role], dict[str, str]],
    deposit: Callable[..., TestResponse],
    work: Callable[[], None],
) -> None:
    """No route tells a reader of a draft: not the document, not a hit, a count, a suggestion or a missing citation."""
    deposit(PLAN, state=State.DRAFT)
    work()
    header = token(Role.READER)
    for path in ("", "/file", "/text", "/references", "/cited-by"):
        assert anonymous.get(f"/api/v1/documents/1{path}", headers=header).status_code == 404
    found = anonymous.get("/api/v1/search", headers=header).get_json()
    assert found["total"] == 0
    assert not any(found["facets"].values())
    assert anonymous.get("/api/v1/suggest?q=chuyen", headers=header).get_json()["suggestions"] == []
    assert anonymous.get("/api/v1/missing", headers=header).get_json() == []


def _described_path(rule: str) -> str:
    return re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", rule.removeprefix("/api/v1"))


def _check(answer: object, schema: dict[str, Any], description: dict[str, Any]) -> None:
    whole = json.loads(json.dumps({**schema, "components": description["components"]}))
    jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(answer)
