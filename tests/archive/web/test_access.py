"""Who may open what: a table of every route, asked by everyone."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.workflow import Role, State
from tests.archive.web.conftest import send

SAVED = "/tim-da-luu/00000000-0000-4000-8000-000000000000"
# Route → an address of it, the least role that may open it (None: anyone), and what those who may are answered.
ROUTES: dict[str, tuple[str, Role | None, int]] = {
    "GET /static/<path:filename>": ("/static/archive.css", None, 200),
    "GET /healthz": ("/healthz", None, 200),
    "GET /dang-nhap": ("/dang-nhap", None, 200),
    "POST /dang-nhap": ("/dang-nhap", None, 422),
    "POST /dang-xuat": ("/dang-xuat", None, 303),
    "GET /": ("/?q=ke+hoach", Role.READER, 200),
    "GET /tim-da-luu": ("/tim-da-luu", Role.READER, 200),
    "POST /tim-da-luu": ("/tim-da-luu", Role.READER, 422),
    "GET /tim-da-luu/<uuid:saved_id>": (SAVED, Role.READER, 404),
    "POST /tim-da-luu/<uuid:saved_id>/ten": (f"{SAVED}/ten", Role.READER, 404),
    "POST /tim-da-luu/<uuid:saved_id>/xoa": (f"{SAVED}/xoa", Role.READER, 404),
    "POST /tim-da-luu/<uuid:saved_id>/lay-lai": (f"{SAVED}/lay-lai", Role.READER, 404),
    "POST /tim-da-luu/<uuid:saved_id>/dia-chi-moi": (f"{SAVED}/dia-chi-moi", Role.READER, 404),
    "GET /tim-da-luu/<uuid:saved_id>/<token>.atom": (f"{SAVED}/la.atom", None, 404),
    "GET /van-ban/<int(max=2147483647):document_id>": ("/van-ban/1", Role.READER, 200),
    "GET /van-ban/<int(max=2147483647):document_id>/tep": ("/van-ban/1/tep", Role.READER, 200),
    "GET /van-ban/<int(max=2147483647):document_id>/tep/co-lop-chu": ("/van-ban/1/tep/co-lop-chu", Role.READER, 404),
    "GET /van-ban/<int(max=2147483647):document_id>/trang/<int(min=1, max=99999):page>": (
        "/van-ban/1/trang/1",
        Role.READER,
        404,
    ),
    "GET /van-ban/<int(max=2147483647):document_id>/duoc-dan-chieu": ("/van-ban/1/duoc-dan-chieu", Role.READER, 200),
    "GET /chua-co/<key>/duoc-dan-chieu": ("/chua-co/khong-ai-dan/duoc-dan-chieu", Role.READER, 404),
    "GET /chua-co": ("/chua-co", Role.READER, 200),
    "GET /chua-co/<key>": ("/chua-co/khong-ai-dan", Role.READER, 404),
    "GET /tai-len": ("/tai-len", Role.CONTRIBUTOR, 200),
    "POST /tai-len": ("/tai-len", Role.CONTRIBUTOR, 422),
    "GET /cong-viec/<job_id>": ("/cong-viec/khong-co", Role.CONTRIBUTOR, 404),
    "POST /cong-viec/<job_id>/dung": ("/cong-viec/khong-co/dung", Role.CONTRIBUTOR, 404),
    "POST /cong-viec/<job_id>/doc-lai": ("/cong-viec/khong-co/doc-lai", Role.CONTRIBUTOR, 404),
}
ROLES = (None, *Role)
ORDER = {role: rank for rank, role in enumerate(ROLES)}


def routes(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if not rule.rule.startswith("/api/"):
                yield f"{method} {rule.rule}"


def test_every_route_of_the_pages_has_an_entry(app: Flask) -> None:
    """A route that nobody has said who may open fails here."""
    assert set(routes(app)) == set(ROUTES)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_it_may_and_nothing_else(
    app: Flask, signed_in: Callable[[Role], FlaskClient], keep: Callable[..., int], role: Role | None
) -> None:
    """Anonymous people are led to the sign-in page, and a role that may not is told so."""
    keep("KẾ HOẠCH", number="1/KH-UBND")
    person = signed_in(role) if role else app.test_client()
    for route, (address, least, answer) in ROUTES.items():
        client = app.test_client() if least is None else person
        response = send(client, address) if route.startswith("POST") else client.get(address)
        if ORDER[least] <= ORDER[role]:
            assert response.status_code == answer, route
        elif role is None:
            assert response.status_code == 303, route
            assert response.location.startswith("/dang-nhap"), route
        else:
            assert response.status_code == 403, route


def test_a_reader_learns_nothing_of_a_draft_from_any_page(reader: FlaskClient, keep: Callable[..., int]) -> None:
    """A draft's page, file, images, number, subject and the fact that it cites are all as if it were not there."""
    draft = keep("Bí mật Sông Hậu", state=State.DRAFT, number="7/KH-UBND", subject="Bí mật Sông Hậu")
    for below in ("", "/tep", "/tep/co-lop-chu", "/trang/1", "/duoc-dan-chieu"):
        assert reader.get(f"/van-ban/{draft}{below}").status_code == 404
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
