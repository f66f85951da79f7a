"""What every answer carries to keep browsers safe: content policy, headers, caching; and CSRF on every form."""

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from archive.web import current

csrf = CSRFProtect()

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_YEAR = 365 * 24 * 60 * 60  # seconds


def register(app: Flask) -> None:
    """Guard the forms and the answers of the application."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    csrf.init_app(app)
    app.before_request(_forbid_forgery)
    app.after_request(_guard)


def _forbid_forgery() -> None:
    # another site can have a browser send its cookies, but not a token in a header: such a request is its sender's own
    if request.authorization is None or request.authorization.type != "bearer":
        csrf.protect()


def _guard(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if current.instance().settings.https:
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    if request.endpoint == "static" and response.status_code in {200, 304}:
        _keep_static(response)
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def _keep_static(response: Response) -> None:
    """Let a static file be kept for a year when its address changes with its bytes, else have it asked for anew."""
    named_by_content = "v" in request.args or request.path.startswith("/static/fonts/")
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if named_by_content else "no-cache"
