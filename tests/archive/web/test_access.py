"""Who may open what: a table of every route, asked by everyone."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.workflow import STAFF, Role, State, Viewer
from tests.archive.web.conftest import send

Asking = Callable[[Role | None], FlaskClient]

SAVED = "/tim-da-luu/00000000-0000-4000-8000-000000000000"
# Route → an address of it, the least role that may open it (None: anyone), and what those who may are answered.
# An address says {id} for a document of the test.
ROUTES: dict[str, tuple[str, Role | None, int]] = {
    "GET /static/<path:filename>": ("/static/archive.css", None, 200),
    "GET /robots.txt": ("/robots.txt", None, 200),
    "GET /healthz": ("/healthz", None, 200),
    "GET /dang-nhap": ("/dang-nhap", None, 200),
    "POST /dang-nhap": ("/dang-nhap", None, 422),
    "POST /ngon-ngu": ("/ngon-ngu", None, 400),
    "POST /dang-xuat": ("/dang-xuat", None, 303),
    "GET /": ("/?q=ke+hoach", Role.VISITOR, 200),
    "GET /tim-da-luu": ("/tim-da-luu", Role.READER, 200),
    "POST /tim-da-luu": ("/tim-da-luu", Role.READER, 422),
    "GET /tim-da-luu/<uuid:saved_id>": (SAVED, Role.READER, 404),
    "POST /tim-da-luu/<uuid:saved_id>/ten": (f"{SAVED}/ten", Role.READER, 404),
    "POST /tim-da-luu/<uuid:saved_id>/xoa": (f"{SAVED}/xoa", Role.READER, 404),
    "POST /tim-da-luu/<uuid:saved_id>/lay-lai": (f"{SAVED}/lay-lai", Role.READER, 404),
    "POST /tim-da-luu/<uuid:saved_id>/dia-chi-moi": (f"{SAVED}/dia-chi-moi", Role.READER, 404),
    "GET /tim-da-luu/<uuid:saved_id>/<token>.atom": (f"{SAVED}/la.atom", None, 404),
    "GET /van-ban-moi.atom": ("/van-ban-moi.atom", Role.VISITOR, 200),
    "GET /van-ban/<id:document_id>": ("/van-ban/{id}", Role.VISITOR, 200),
    "GET /van-ban/<id:document_id>/tep": ("/van-ban/{id}/tep", Role.VISITOR, 200),
    "GET /van-ban/<id:document_id>/tep/co-lop-chu": (
        "/van-ban/{id}/tep/co-lop-chu",
        Role.VISITOR,
        404,
    ),
    "GET /van-ban/<id:document_id>/tep/chu-ky/<int(min=1, max=999):nth>": (
        "/van-ban/{id}/tep/chu-ky/1",
        Role.VISITOR,
        404,
    ),
    "GET /van-ban/<id:document_id>/trang/<int(min=1, max=99999):page>": (
        "/van-ban/{id}/trang/1",
        Role.VISITOR,
        404,
    ),
    "GET /van-ban/<id:document_id>/duoc-dan-chieu": (
        "/van-ban/{id}/duoc-dan-chieu",
        Role.VISITOR,
        200,
    ),
    "GET /van-ban/<id:document_id>/so-sanh": ("/van-ban/{id}/so-sanh", Role.VISITOR, 200),
    "GET /van-ban/<id:document_id>/so-sanh/<id:other_id>": (
        "/van-ban/{id}/so-sanh/{id}",
        Role.VISITOR,
        200,
    ),
    "GET /van-ban/<id:document_id>/dan-chieu": ("/van-ban/{id}/dan-chieu", Role.EDITOR, 200),
    "POST /van-ban/<id:document_id>/dan-chieu": ("/van-ban/{id}/dan-chieu", Role.EDITOR, 422),
    "POST /van-ban/<id:document_id>/so-sanh/<id:other_id>": (
        "/van-ban/{id}/so-sanh/{id}",
        Role.EDITOR,
        422,
    ),
    "GET /van-ban/<id:document_id>/ban-khac/<id:part_id>": (
        "/van-ban/{id}/ban-khac/{id}",
        Role.READER,
        404,
    ),
    "POST /van-ban/<id:document_id>/ban-khac/<id:part_id>/tach": (
        "/van-ban/{id}/ban-khac/{id}/tach",
        Role.EDITOR,
        404,
    ),
    "GET /chua-co/<key>/duoc-dan-chieu": ("/chua-co/khong-ai-dan/duoc-dan-chieu", Role.VISITOR, 404),
    "POST /van-ban/<id:document_id>/trang-thai": (
        "/van-ban/{id}/trang-thai",
        Role.CONTRIBUTOR,
        422,
    ),
    "GET /van-ban/<id:document_id>/sua": ("/van-ban/{id}/sua", Role.EDITOR, 200),
    "POST /van-ban/<id:document_id>/sua": ("/van-ban/{id}/sua", Role.EDITOR, 422),
    "GET /duyet": ("/duyet", Role.EDITOR, 200),
    "GET /duyet/<id:document_id>": ("/duyet/{id}", Role.EDITOR, 200),
    "POST /duyet/<id:document_id>": ("/duyet/{id}", Role.EDITOR, 422),
    "GET /duyet/ca-loat": ("/duyet/ca-loat", Role.EDITOR, 200),
    "POST /duyet/ca-loat": ("/duyet/ca-loat", Role.EDITOR, 422),
    "POST /duyet/hoan-tac": ("/duyet/hoan-tac", Role.EDITOR, 422),
    "GET /van-ban/<id:document_id>/lich-su": ("/van-ban/{id}/lich-su", Role.CONTRIBUTOR, 200),
    "POST /van-ban/<id:document_id>/lich-su/<id:event_id>/hoan-tac": (
        "/van-ban/{id}/lich-su/1/hoan-tac",
        Role.EDITOR,
        404,
    ),
    "GET /lich-su": ("/lich-su", Role.MANAGER, 200),
    "GET /tai-khoan": ("/tai-khoan", Role.READER, 200),
    "POST /tai-khoan/mat-khau": ("/tai-khoan/mat-khau", Role.READER, 422),
    "POST /tai-khoan/phien": ("/tai-khoan/phien", Role.READER, 303),
    "POST /tai-khoan/ma": ("/tai-khoan/ma", Role.READER, 200),
    "POST /tai-khoan/ma/<id:token_id>/thu-hoi": ("/tai-khoan/ma/1/thu-hoi", Role.READER, 303),
    "GET /nguoi-dung": ("/nguoi-dung", Role.MANAGER, 200),
    "POST /nguoi-dung": ("/nguoi-dung", Role.MANAGER, 422),
    "POST /nguoi-dung/<id:user_id>/vai-tro": ("/nguoi-dung/404/vai-tro", Role.MANAGER, 422),
    "POST /nguoi-dung/<id:user_id>/dong": ("/nguoi-dung/404/dong", Role.MANAGER, 404),
    "POST /nguoi-dung/<id:user_id>/mo": ("/nguoi-dung/404/mo", Role.MANAGER, 404),
    "POST /nguoi-dung/<id:user_id>/lien-ket": ("/nguoi-dung/404/lien-ket", Role.MANAGER, 404),
    "GET /dat-mat-khau/<secret>": ("/dat-mat-khau/la", None, 404),
    "POST /dat-mat-khau/<secret>": ("/dat-mat-khau/la", None, 404),
    "GET /thung-rac": ("/thung-rac", Role.EDITOR, 200),
    "POST /thung-rac/khoi-phuc": ("/thung-rac/khoi-phuc", Role.EDITOR, 422),
    "POST /thung-rac/xoa-han": ("/thung-rac/xoa-han", Role.MANAGER, 422),
    "GET /co-quan": ("/co-quan", Role.VISITOR, 200),
    "GET /co-quan/<key>": ("/co-quan/khong-ai-biet", Role.VISITOR, 404),
    "GET /co-quan/<key>/sua": ("/co-quan/khong-ai-biet/sua", Role.EDITOR, 404),
    "POST /co-quan/<key>/sua": ("/co-quan/khong-ai-biet/sua", Role.EDITOR, 404),
    "GET /chua-co": ("/chua-co", Role.VISITOR, 200),
    "GET /dan-chieu-khac": ("/dan-chieu-khac", Role.READER, 200),
    "POST /dan-chieu-khac/bo-qua": ("/dan-chieu-khac/bo-qua", Role.EDITOR, 422),
    "POST /dan-chieu-khac/xem-lai": ("/dan-chieu-khac/xem-lai", Role.EDITOR, 422),
    "GET /van-ban/<id:document_id>/chuoi": ("/van-ban/{id}/chuoi", Role.VISITOR, 200),
    "GET /kiem-tra": ("/kiem-tra", Role.READER, 200),
    "POST /kiem-tra": ("/kiem-tra", Role.READER, 422),
    "POST /chua-co/<key>/tai-len": ("/chua-co/khong-ai-dan/tai-len", Role.CONTRIBUTOR, 404),
    "POST /chua-co/<key>/cho": ("/chua-co/khong-ai-dan/cho", Role.READER, 404),
    "POST /chua-co/<key>/thoi-cho": ("/chua-co/khong-ai-dan/thoi-cho", Role.READER, 303),
    "GET /chua-co/<key>": ("/chua-co/khong-ai-dan", Role.VISITOR, 404),
    "GET /tai-len": ("/tai-len", Role.CONTRIBUTOR, 200),
    "POST /tai-len": ("/tai-len", Role.CONTRIBUTOR, 422),
    "GET /cong-viec/<job_id>": ("/cong-viec/khong-co", Role.CONTRIBUTOR, 404),
    "POST /cong-viec/<job_id>/dung": ("/cong-viec/khong-co/dung", Role.CONTRIBUTOR, 404),
    "POST /cong-viec/<job_id>/doc-lai": ("/cong-viec/khong-co/doc-lai", Role.CONTRIBUTOR, 404),
    "GET /api/v1/openapi.json": ("/api/v1/openapi.json", None, 200),
    "GET /api/v1/search": ("/api/v1/search?q=ke+hoach", Role.VISITOR, 200),
    "GET /api/v1/suggest": ("/api/v1/suggest?q=ke", Role.VISITOR, 200),
    "POST /api/v1/documents": ("/api/v1/documents", Role.CONTRIBUTOR, 415),
    "GET /api/v1/documents/<id:id>": ("/api/v1/documents/{id}", Role.VISITOR, 200),
    "GET /api/v1/documents/<id:id>/file": ("/api/v1/documents/{id}/file", Role.VISITOR, 200),
    "GET /api/v1/documents/<id:id>/text": ("/api/v1/documents/{id}/text", Role.VISITOR, 200),
    "GET /api/v1/documents/<id:id>/references": (
        "/api/v1/documents/{id}/references",
        Role.VISITOR,
        200,
    ),
    "GET /api/v1/documents/<id:id>/cited-by": ("/api/v1/documents/{id}/cited-by", Role.VISITOR, 200),
    "POST /api/v1/citations": ("/api/v1/citations", Role.READER, 400),
    "GET /api/v1/bodies": ("/api/v1/bodies", Role.VISITOR, 200),
    "GET /api/v1/bodies/<key>": ("/api/v1/bodies/khong-ai-biet", Role.VISITOR, 404),
    "GET /api/v1/missing": ("/api/v1/missing", Role.VISITOR, 200),
    "GET /api/v1/jobs/<id>": ("/api/v1/jobs/khong-co", Role.CONTRIBUTOR, 404),
}
OF_A_DOCUMENT = [route for route, (address, _, _) in ROUTES.items() if "{id}" in address]
ROLES = (None, *Role)
ORDER = {role: rank for rank, role in enumerate(ROLES)}


def routes(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}"


def unsigned(response: TestResponse) -> str:
    """The page without the token of its forms, which is of the second it was made in."""
    return re.sub(r'(?<=name="csrf_token" value=")[^"]+', "", response.text)


def ask(client: FlaskClient, route: str, document_id: int) -> TestResponse:
    address = ROUTES[route][0].format(id=document_id)
    return send(client, address) if route.startswith("POST") else client.get(address)


def test_every_route_of_the_pages_has_an_entry(app: Flask) -> None:
    """A route that nobody has said who may open fails here."""
    assert set(routes(app)) == set(ROUTES)


def test_a_route_about_a_document_says_so(app: Flask) -> None:
    """Every route that names a document is asked about documents in every state below."""
    named = {route for route in routes(app) if "document_id>" in route or "/documents/<" in route}
    assert named == set(OF_A_DOCUMENT)


@pytest.fixture
def asking(app: Flask, signed_in: Callable[[Role], FlaskClient], request: pytest.FixtureRequest) -> Asking:
    """Return the browser of someone of the role, None for whoever has not signed in where there is no public face."""

    def asking(role: Role | None) -> FlaskClient:
        if role == Role.VISITOR:
            return request.getfixturevalue("visitor")
        return signed_in(role) if role else app.test_client()

    return asking


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_it_may_and_nothing_else(
    app: Flask, asking: Asking, keep: Callable[..., int], role: Role | None
) -> None:
    """Whoever has no account is led to the sign-in page, visitors too, and a role that may not is told so."""
    held = keep("KẾ HOẠCH", number="1/KH-UBND")
    person = asking(role)
    for route, (address, least, answer) in ROUTES.items():
        response = ask(app.test_client() if least is None else person, route, held)
        if ORDER[least] <= ORDER[role]:
            assert response.status_code == answer, route
        elif role in STAFF:
            assert response.status_code == 403, route
        elif address.startswith("/api/"):
            assert response.status_code == 401, route
        else:
            assert response.status_code == 303, route
            assert response.location.startswith("/dang-nhap"), route


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_the_documents_whose_state_it_may(
    asking: Asking, brought: Callable[[State], int], role: Role
) -> None:
    """In any other state a document is as if it were not there, by every address; what it saw before says so."""
    person, viewer = asking(role), Viewer(None, "", role)
    for state in set(State) - {State.MERGED}:  # whose address leads to another's: test_comparisons
        held = brought(state)
        for route in OF_A_DOCUMENT:
            _, least, answer = ROUTES[route]
            response = ask(person, route, held)
            if ORDER[least] > ORDER[role]:
                assert response.status_code == (403 if role in STAFF else 401 if "/api/" in route else 303)
            elif state in viewer.opens:
                assert response.status_code in {answer, 422}, (route, state)  # a state may refuse what is asked
            elif (state, role) == (State.EXPIRED, Role.VISITOR) or (state == State.WITHDRAWN and role in STAFF):
                assert response.status_code == 410, (route, state)
            else:
                assert response.status_code == 404, (route, state)
                absent = ask(person, route, 404)
                here, nowhere = (ROUTES[route][0].format(id=document_id) for document_id in (held, 404))
                assert unsigned(response).replace(here, nowhere) == unsigned(absent), (route, state)


def test_a_reader_learns_nothing_of_a_draft_from_any_page(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """A draft's page, file, images, number, subject and the fact that it cites are all as if it were not there."""
    draft = keep("Bí mật Sông Hậu", state=State.DRAFT, number="7/KH-UBND", subject="Bí mật Sông Hậu")
    for below in ("", "/tep", "/tep/co-lop-chu", "/trang/1", "/duoc-dan-chieu"):
        assert reader.get(f"/van-ban/{draft}{below}").status_code == 404
    other = keep("KẾ HOẠCH")
    assert reader.get(f"/van-ban/{draft}/so-sanh/{other}").status_code == 404
    assert reader.get(f"/van-ban/{other}/so-sanh/{draft}").status_code == 404
    assert f"so-sanh/{draft}" not in reader.get(f"/van-ban/{other}/so-sanh?tim=7/KH-UBND").text
    for address in ("/", "/?q=bi+mat", "/?q=7/KH-UBND", "/?sort=newest", "/chua-co"):
        page = reader.get(address, follow_redirects=True).text
        assert "Bí mật Sông Hậu" not in page
        assert f"/van-ban/{draft}" not in page


def test_a_draft_that_cites_is_not_counted(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """What only a draft cites is not missing for a reader, and a held document does not tell that a draft cites it."""
    target = keep("QUYẾT ĐỊNH", number="5/QĐ-UBND", issuer="Ủy ban nhân dân tỉnh Sông Tiền")
    keep("Căn cứ", state=State.DRAFT, number="8/KH-UBND", references=())
    assert "8/KH-UBND" not in reader.get(f"/van-ban/{target}").text


def test_someone_elses_job_is_not_there(
    signed_in: Callable[[Role], FlaskClient], app: Flask, keep: Callable[..., int]
) -> None:
    """A contributor follows own jobs, an editor everyone's."""
    keep("KẾ HOẠCH")
    page = signed_in(Role.EDITOR).get("/tai-len").text
    job = page.split('href="/cong-viec/')[1].split('"')[0]
    assert signed_in(Role.MANAGER).get(f"/cong-viec/{job}").status_code == 200
    assert signed_in(Role.CONTRIBUTOR).get(f"/cong-viec/{job}").status_code == 404
