"""What a person is told when something goes wrong: a calm page in Vietnamese, or problem+json from the API."""

import logging

from flask import Flask, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException, default_exceptions

from archive.errors import (
    AlreadyHeld,
    ArchiveError,
    CatalogueUnavailable,
    Merged,
    NotAllowed,
    NotHeld,
    Refused,
    Withdrawn,
)
from archive.search import SearchIndexError
from ingest.errors import ReadingError

_log = logging.getLogger(__name__)

_STATUSES: dict[type[ArchiveError], int] = {
    Withdrawn: 410,  # a NotHeld too, and so before it
    NotHeld: 404,
    NotAllowed: 403,
    Refused: 422,
    AlreadyHeld: 409,
    SearchIndexError: 503,
    CatalogueUnavailable: 503,
}

# Status → what happened, and what to do when nothing more precise is known.
_WORDS: dict[int, tuple[str, str]] = {
    400: (_("Yêu cầu không hợp lệ"), _("Hãy quay lại trang trước, tải lại trang rồi thử lần nữa.")),
    401: (_("Chưa đăng nhập"), _("Hãy đăng nhập rồi thử lại.")),
    403: (_("Không có quyền"), _("Tài khoản này không được làm việc đó; hãy liên hệ người quản lý kho.")),
    404: (_("Không tìm thấy"), _("Địa chỉ này không có gì, hoặc không dành cho tài khoản này. Hãy thử tìm văn bản.")),
    405: (_("Không dùng được cách này"), _("Địa chỉ này không nhận yêu cầu kiểu đó. Hãy mở trang từ liên kết.")),
    409: (_("Đã có trong kho"), _("Kho đã giữ đúng tệp này.")),
    410: (_("Không còn xem được"), _("Văn bản này không còn lưu hành; hãy liên hệ người quản lý kho nếu cần dùng.")),
    413: (_("Tệp gửi lên quá lớn"), _("Hãy chia thành nhiều lần tải lên, mỗi lần ít tệp hơn.")),
    415: (_("Không nhận dạng dữ liệu này"), _("Hãy gửi tệp bằng biểu mẫu, ở dạng multipart/form-data.")),
    422: (_("Chưa làm được"), _("Hãy kiểm tra lại những gì đã nhập.")),
    429: (_("Thử quá nhiều lần"), _("Hãy đợi một phút rồi thử lại.")),
    500: (_("Có lỗi trong phần mềm"), _("Lỗi đã được ghi lại, không có gì bị mất. Hãy thử lại sau ít phút.")),
    503: (_("Tạm thời không phục vụ được"), _("Hãy thử lại sau ít phút.")),
}


def register(app: Flask) -> None:
    """Make every error of the application answer in these words."""
    app.register_error_handler(ArchiveError, _refused)
    app.register_error_handler(Withdrawn, _withdrawn)
    app.register_error_handler(Merged, _merged)
    app.register_error_handler(ReadingError, _unreadable)
    app.register_error_handler(HTTPException, _failed)


def is_api() -> bool:
    """Return whether the request was for the API, whose answers are JSON."""
    return request.path.startswith("/api/")


def problem(status: int, detail: str, **more: object) -> Response:
    """Return an application/problem+json answer with `status`, `title`, `detail` and any further members."""
    body = {"status": status, "title": words(status)[0], "detail": detail, **more}
    return Response(json.dumps(body), status, mimetype="application/problem+json")


def words(status: int) -> tuple[str, str]:
    """Return what a status means and what to do about it."""
    title, remedy = _WORDS.get(status) or _WORDS[400 if status < 500 else 500]
    return str(title), str(remedy)


def _refused(error: ArchiveError) -> Response:
    status = next((code for kind, code in _STATUSES.items() if isinstance(error, kind)), 500)
    if status >= 500:
        _log.error("%s %s: %s", request.method, request.path, error, exc_info=error)
    more = {"document": error.document_id} if isinstance(error, AlreadyHeld) else {}
    return _answer(status, str(error), **more)


def _withdrawn(error: Withdrawn) -> Response:
    if is_api():
        return _refused(error)
    return Response(render_template("documents/withdrawn.html", tombstone=error.tombstone), 410)


def _merged(error: Merged) -> ResponseReturnValue:
    if is_api():
        return problem(404, str(error), document=error.document_id)
    return redirect(url_for("documents.document", document_id=error.document_id))


def _unreadable(error: ReadingError) -> Response:
    _log.warning("%s: %s", request.path, error, exc_info=error)
    return _answer(422, str(error))


def _failed(error: HTTPException) -> Response:
    status = error.code or 500
    answer = _answer(status, _detail(error))
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            answer.headers.set(name, value)
    return answer


def _detail(error: HTTPException) -> str:
    status = error.code or 500
    # only abort() of a view makes an error of this very class with a text of its own; libraries speak English
    plain = default_exceptions.get(status)
    written = error.description if type(error) is plain and error.description != plain.description else None
    return written if written and status != 500 else words(status)[1]


def _answer(status: int, detail: str, **more: object) -> Response:
    if is_api():
        return problem(status, detail, **more)
    title = words(status)[0]
    # when the software itself fails, the page must not ask the catalogue who is signed in
    frame = "base.html" if status >= 500 else "page.html"
    page = render_template("errors/error.html", frame=frame, status=status, title=title, detail=detail)
    return Response(page, status)
