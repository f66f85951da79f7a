"""The files of a document: what was brought and what was made of it, to be saved, and images of its pages."""

from io import BytesIO
from pathlib import Path

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from archive.catalogue import queries
from archive.catalogue.facts import FileRole
from archive.errors import NotHeld, StoreDamaged
from archive.web import current
from archive.web.access import requires
from archive.web.sign_in import limiter
from archive.workflow import VISITOR, Act, Viewer

blueprint = Blueprint("files", __name__)

_VISITORS_DRAWINGS = "60/minute;1000/hour"  # page images that have yet to be drawn, asked for from one address


@blueprint.get("/van-ban/<id:document_id>/trang/<int(min=1, max=99999):page>")
@requires(Act.READ)
def page_image(viewer: Viewer, document_id: int, page: int) -> ResponseReturnValue:
    """Send the image of one page of the original, drawn when first asked for."""
    with current.instance().catalogue.reading() as session:
        fact = queries.file(session, viewer, document_id)
        if fact.format == "image":
            fact = queries.file(session, viewer, document_id, FileRole.SEARCHABLE)
    if fact.format != "pdf" or page > fact.pages:
        raise NotHeld("Văn bản này không có ảnh của trang đó.")
    images = current.page_images()
    if viewer == VISITOR and not images.is_drawn(fact.sha256, page):
        with limiter.limit(_VISITORS_DRAWINGS):
            pass  # entering counts it, and refuses what is too much
    image = images.path(fact.sha256, page)
    answer = send_file(image, mimetype="image/webp", etag=f"{fact.sha256}-{page}", max_age=0)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@blueprint.get("/van-ban/<id:document_id>/tep")
@requires(Act.READ)
def original_file(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Send the original's bytes as they came, to be saved under the name they came with; they are never run here."""
    return kept_file(viewer, document_id)


@blueprint.get("/van-ban/<id:document_id>/tep/co-lop-chu")
@requires(Act.READ)
def searchable_file(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Send the searchable rendition of a scan, to be saved."""
    return kept_file(viewer, document_id, FileRole.SEARCHABLE)


@blueprint.get("/van-ban/<id:document_id>/tep/chu-ky/<int(min=1, max=999):nth>")
@requires(Act.READ)
def signed_revision(viewer: Viewer, document_id: int, nth: int) -> ResponseReturnValue:
    """Send the original as it was when its digital signature `nth` (from 1) was made: its first bytes, to be saved."""
    with current.instance().catalogue.reading() as session:
        facts = queries.document(session, viewer, document_id)
    length = facts.signatures[nth - 1].signed_length if nth <= len(facts.signatures) else None
    if length is None:
        raise NotHeld("Văn bản không có chữ ký số này, hoặc chữ ký không bao trùm cả tệp lúc ký; hãy tải tệp gốc.")
    original = next(kept for kept in facts.files if kept.role == FileRole.ORIGINAL)
    stem, dot, ending = original.name.rpartition(".")
    return stored(original.sha256, f"{stem or ending} (chữ ký {nth}){dot}{ending if dot else ''}", length)


def kept_file(viewer: Viewer, document_id: int, role: FileRole = FileRole.ORIGINAL) -> ResponseReturnValue:
    """Return the answer that carries a file of the document, for the page and for the API."""
    with current.instance().catalogue.reading() as session:
        fact = queries.file(session, viewer, document_id, role)
    return stored(fact.sha256, fact.name)


def stored(sha256: str, name: str, length: int | None = None) -> ResponseReturnValue:
    """Return the answer that carries the bytes of that checksum, to be saved under the name and run nowhere.

    With a `length` only so many of them, from the first.
    """
    path = current.instance().store.path(sha256)
    try:
        answer = send_file(
            path if length is None else _beginning(path, length),
            mimetype="application/octet-stream",
            as_attachment=True,
            download_name=name,
            etag=sha256 if length is None else f"{sha256}-{length}",
            max_age=0,
        )
    except FileNotFoundError as error:
        raise StoreDamaged("Kho thiếu tệp này của văn bản; hãy báo người quản trị lấy lại từ bản sao lưu.") from error
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _beginning(path: Path, length: int) -> BytesIO:
    with path.open("rb") as file:
        return BytesIO(file.read(length))
