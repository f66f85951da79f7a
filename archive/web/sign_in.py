"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user

from archive import accounts
from archive.web import current
from archive.web.access import SignedIn

blueprint = Blueprint("sign_in", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://")


def _name_tried() -> str:
    return request.form.get("name", "").strip().casefold() or "-"  # an empty key would not be counted


def _failed(response: Response) -> bool:
    return response.status_code == 422


@blueprint.get("/dang-nhap")
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form; whoever is signed in goes on to where they wanted."""
    if current_user.is_authenticated:
        return redirect(destination(), 303)
    return render_template("sign_in/sign_in.html", failed=False)


@blueprint.post("/dang-nhap")
@limiter.limit("20/minute;100/hour", deduct_when=_failed)
@limiter.limit("5/minute;50/hour", key_func=_name_tried, deduct_when=_failed)
def enter() -> ResponseReturnValue:
    """Check name and password; a session begins anew, so that one planted before is worth nothing."""
    instance = current.instance()
    with instance.catalogue.session() as catalogue:
        viewer = accounts.verify_password(catalogue, request.form.get("name", ""), request.form.get("password", ""))
        key = ""
        if viewer:
            browser = request.user_agent.string
            key = accounts.begin_session(catalogue, viewer, instance.settings.session_hours, browser)
    if viewer is None:
        return render_template("sign_in/sign_in.html", failed=True), 422
    session.clear()
    session.permanent = True
    login_user(SignedIn(viewer, key))
    return redirect(destination(), 303)


@blueprint.post("/dang-xuat")
def sign_out() -> ResponseReturnValue:
    """End the session of this browser, for good: a copy of its cookie is worth nothing afterwards."""
    if current_user.is_authenticated:
        with current.instance().catalogue.session() as catalogue:
            accounts.end_session(catalogue, current_user.get_id())
    logout_user()
    session.clear()
    return redirect(url_for("sign_in.sign_in"), 303)


def destination() -> str:
    """Return the page that the request names to go on to, when it is one of ours, else the first page."""
    wanted = request.values.get("next", "")
    # browsers read a backslash as a slash and drop control characters, which would make //elsewhere of either
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if ours and not urlsplit(wanted).netloc else url_for("search.search")
