"""Files made to do harm, and names made to do harm: kept as they are, given back inert."""

import io
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

from archive import accession, renditions
from archive.history import SEALS
from archive.instance import Instance
from archive.renditions import Decision
from archive.workflow import CLERK, State
from tests.archive.conftest import Says, record

SCRIPT = "<script>alert(document.cookie)</script>"
HOSTILE = {
    "hình.svg": f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{SCRIPT}</svg>',
    "trang.html": f"<!doctype html><title>x</title>{SCRIPT}",
    "trang.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml">{SCRIPT}</html>',
    "trang.xml": '<?xml-stylesheet href="#x"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    "mã.js": "alert(1)",
    "mã.css": "body { background: url(//example.com) }",
    "kế hoạch.pdf": "%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
}


@pytest.fixture
def held(instance: Instance) -> Callable[[str, bytes], int]:
    """Make the archive hold bytes that came under a name; return the document's id."""

    def held(name: str, content: bytes) -> int:
        job = accession.deposit(instance, CLERK, [(name, io.BytesIO(content))], State.PUBLIC)
        (deposit_id,) = accession.waiting(instance, job)
        accession.take_in(
            instance, Says(record("KẾ HOẠCH", number="1/KH-UBND", issued_on=date(2026, 1, 2))), deposit_id
        )
        return deposit_id

    return held


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_file_is_never_matters_to_a_browser(
    reader: FlaskClient, held: Callable[[str, bytes], int], name: str
) -> None:
    """Wherever it is had from, it is bytes to be saved: no type to guess, no page to show, nothing it could run in."""
    content = HOSTILE[name].encode()
    document = held(name, content)
    for address in (f"/van-ban/{document}/tep", f"/api/v1/documents/{document}/file"):
        answer = reader.get(address)
        assert answer.data == content
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert parse_options_header(answer.headers["Content-Disposition"]) == ("attachment", {"filename": name})


def test_a_file_of_a_merged_document_is_as_inert(
    reader: FlaskClient, held: Callable[[str, bytes], int], instance: Instance
) -> None:
    """What came as another document and is now a file of this one is given in the same way."""
    whole, part = held("ký.pdf", b"%PDF-1.7"), held("hình.svg", HOSTILE["hình.svg"].encode())
    renditions.decide(instance, CLERK, part, whole, Decision.RENDITION)
    answer = reader.get(f"/van-ban/{whole}/ban-khac/{part}")
    assert answer.data == HOSTILE["hình.svg"].encode()
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("sent", "given"),
    [
        ("a.txt\r\nSet-Cookie: phien=x", "a.txtSet-Cookie: phien=x"),
        ('a"; filename="b.exe', 'a"; filename="b.exe'),
        ("a\x00.txt\x1b[31m", "a.txt[31m"),
        ("../../../etc/cron.d/x", "x"),
        ("..\\..\\windows\\x.txt", "x.txt"),
        ("C:\\Users\\lan\\kế hoạch.txt", "kế hoạch.txt"),
        ("..", "không tên"),
        ("\u202etxt.exe", "txt.exe"),
        ("%0d%0aX: y;.txt", "%0d%0aX: y;.txt"),
        ("kế hoạch; số “1”.txt", "kế hoạch; số “1”.txt"),
    ],
)
def test_a_name_is_one_part_of_one_header(
    reader: FlaskClient, held: Callable[[str, bytes], int], sent: str, given: str
) -> None:
    """Line breaks, quotes, paths and marks that turn writing round neither begin a header nor name a folder."""
    answer = reader.get(f"/van-ban/{held(sent, b'x')}/tep")
    assert parse_options_header(answer.headers["Content-Disposition"]) == ("attachment", {"filename": given})
    assert "Set-Cookie" not in answer.headers
    assert "X" not in answer.headers


@pytest.mark.parametrize("name", ["../../config.toml", "/secret_key", "..", "a/../../../archive.sqlite"])
def test_a_name_is_no_path_on_the_server(held: Callable[[str, bytes], int], instance: Instance, name: str) -> None:
    """Files lie under their checksums: none is made or changed beside them, whatever a name says."""

    def beside() -> dict[Path, bytes]:
        outside = instance.directory.parent
        paths = (path for path in outside.rglob("*") if path.suffix in {"", ".toml"} and path.is_file())
        own = {"store", "index", SEALS}  # where it is written whenever something is done
        return {path: path.read_bytes() for path in paths if not own & set(path.parts)}

    before = beside()
    held(name, b"port = 1")
    assert beside() == before
    assert sum(digest == sha256(b"port = 1").hexdigest() for digest in instance.store.digests()) == 1
