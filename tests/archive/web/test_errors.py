"""What people and programs are told when something goes wrong, and whether the archive says it is well."""

import logging
import shutil
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import indexing
from archive.errors import StoreDamaged
from archive.instance import Instance


def test_every_status_has_words(reader: FlaskClient, anonymous: FlaskClient) -> None:
    """The way out is on every error page."""
    for answer in (reader.get("/khong-co-gi"), reader.delete("/"), anonymous.get("/khong-co-gi")):
        assert answer.status_code in {404, 405, 400}
        assert "Về trang tìm kiếm" in answer.text


def test_the_api_answers_with_problem_json(anonymous: FlaskClient) -> None:
    """Status, title and detail, in Vietnamese."""
    answer = anonymous.get("/api/v1/khong-co-gi")
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 404
    assert answer.json["title"] == "Không tìm thấy"


def test_an_error_of_the_program_is_logged_and_told_calmly(
    app: Flask, caplog: pytest.LogCaptureFixture, instance: Instance
) -> None:
    """The page needs nothing of the catalogue, which may be what failed; no trace of the program is shown."""

    @app.get("/hong")
    def broken() -> str:
        raise ZeroDivisionError("bí mật")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/hong")
    assert answer.status_code == 500
    assert "Có lỗi trong phần mềm" in answer.text
    assert "bí mật" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_damaged_store_is_an_error_of_ours(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Logged with its cause, and not blamed on who asked."""

    @app.get("/hong")
    def broken() -> str:
        raise StoreDamaged("Tệp gốc không còn nguyên vẹn; hãy báo cho người quản trị.")

    answer = app.test_client().get("/hong")
    assert answer.status_code == 500
    assert "không còn nguyên vẹn" in answer.text
    assert "StoreDamaged" in caplog.text


def test_a_lost_index_is_said_on_the_page_and_mended_while_serving(
    reader: FlaskClient, keep: Callable[..., int], instance: Instance
) -> None:
    """Page and API answer 503 with the command that mends it; documents still open, and no path is given away."""
    held = keep("KẾ HOẠCH", number="1/KH-UBND")
    shutil.rmtree(instance.directory / "index")
    for address in ("/", "/?q=ke+hoach", "/api/v1/search?q=ke+hoach", "/api/v1/suggest?q=ke"):
        answer = reader.get(address)
        assert answer.status_code == 503, address
        assert "archive reindex" in answer.text
        assert str(instance.directory) not in answer.text
    assert reader.get("/healthz").status_code == 503
    assert reader.get(f"/van-ban/{held}").status_code == 200
    indexing.reindex(instance)
    assert "1/KH-UBND" in reader.get("/").text
    assert reader.get("/healthz").status_code == 200


def test_a_catalogue_that_does_not_answer_is_no_fault_of_the_program(
    reader: FlaskClient, instance: Instance, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that is gone, full or locked is told as passing, and logged with its cause."""
    instance.catalogue.close()
    database = instance.directory / "archive.sqlite"
    database.rename(database.with_suffix(".away"))
    database.mkdir()
    answer = reader.get("/dang-nhap")
    assert answer.status_code == 503
    assert "thử lại sau ít phút" in answer.text
    assert "sqlite" not in answer.text
    assert "unable to open database file" in caplog.text
    assert reader.get("/healthz").status_code == 503


def test_a_lost_original_is_said_to_be_lost(reader: FlaskClient, keep: Callable[..., int], instance: Instance) -> None:
    """Its page still opens; downloading it tells whom to ask."""
    held = keep("KẾ HOẠCH")
    instance.store.path(next(instance.store.digests())).unlink()
    assert reader.get(f"/van-ban/{held}").status_code == 200
    for address in (f"/van-ban/{held}/tep", f"/api/v1/documents/{held}/file"):
        answer = reader.get(address)
        assert answer.status_code == 500
        assert "Kho thiếu tệp này" in answer.text


def test_health_tells_whether_everything_answers(anonymous: FlaskClient, instance: Instance) -> None:
    """200 when catalogue, index and store do; 503 otherwise, with nothing given away."""
    assert anonymous.get("/healthz").status_code == 200
    (instance.directory / "store").rename(instance.directory / "gone")
    answer = anonymous.get("/healthz")
    assert answer.status_code == 503
    assert answer.json == {"status": "unavailable"}
