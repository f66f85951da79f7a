"""Accounts: one's own page, everyone's for managers, and the link by which a password is set."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from flask_login import current_user

from archive import accounts
from archive.errors import NotAllowed, Refused
from archive.web import current, ids
from archive.web.access import requires
from archive.web.sign_in import limiter
from archive.workflow import STAFF, Act, Role, Viewer

blueprint = Blueprint("accounts", __name__)

_USER = "/nguoi-dung/<id:user_id>"


@blueprint.before_request
def _by_session_only() -> None:
    # a token that got out must not make others, or end the sessions of whose it is
    if current_user.is_authenticated and not current_user.session_key:
        raise NotAllowed("Tài khoản chỉ đổi được khi đăng nhập trên trang, không phải bằng mã truy cập.")


@blueprint.get("/tai-khoan")
@requires(Act.WORK)
def own(viewer: Viewer) -> ResponseReturnValue:
    """Show the viewer's own account."""
    return _own(viewer)


@blueprint.post("/tai-khoan/mat-khau")
@limiter.limit("5/minute;50/hour", deduct_when=lambda response: response.status_code == 422)
@requires(Act.WORK)
def change_password(viewer: Viewer) -> ResponseReturnValue:
    """Change the password of whoever knows the present one; every session ends, and one signs in again."""
    try:
        with current.instance().catalogue.session() as session:
            accounts.replace_password(session, viewer, request.form.get("password", ""), _typed_twice())
    except Refused as refusal:
        return _own(viewer, refused=str(refusal)), 422
    return redirect(url_for("sign_in.sign_in"), 303)


@blueprint.post("/tai-khoan/phien")
@requires(Act.WORK)
def end_sessions(viewer: Viewer) -> ResponseReturnValue:
    """End one of the viewer's sessions, or all but the one that asks."""
    with current.instance().catalogue.session() as session:
        accounts.end_sessions(session, viewer, ids.named("session"), current_user.session_key)
    return redirect(url_for("accounts.own"), 303)


@blueprint.post("/tai-khoan/ma")
@requires(Act.WORK)
def issue_token(viewer: Viewer) -> ResponseReturnValue:
    """Make a token and show it, this once."""
    with current.instance().catalogue.session() as session:
        token = accounts.issue_token(session, viewer.name, " ".join(request.form.get("purpose", "").split()))
    return _own(viewer, token=token)


@blueprint.post("/tai-khoan/ma/<id:token_id>/thu-hoi")
@requires(Act.WORK)
def revoke_token(viewer: Viewer, token_id: int) -> ResponseReturnValue:
    """End one of the viewer's tokens."""
    with current.instance().catalogue.session() as session:
        accounts.revoke_token(session, viewer, token_id)
    return redirect(url_for("accounts.own"), 303)


@blueprint.get("/nguoi-dung")
@requires(Act.MANAGE)
def everyone(viewer: Viewer) -> ResponseReturnValue:  # noqa: ARG001 - every manager sees the same
    """List all accounts."""
    return _everyone()


@blueprint.post("/nguoi-dung")
@requires(Act.MANAGE)
def add(viewer: Viewer) -> ResponseReturnValue:
    """Add an account and show the link by which its owner chooses a password."""
    try:
        with current.instance().catalogue.session() as session:
            added = accounts.add_user(session, request.form.get("name", ""), accounts.drawn_password(), _role(), viewer)
            secret = accounts.offer_link(session, viewer, added.user_id or 0)
    except Refused as refusal:
        return _everyone(refused=str(refusal)), 422
    return _everyone(link=(added.name, secret))


@blueprint.post(f"{_USER}/vai-tro")
@requires(Act.MANAGE)
def set_role(viewer: Viewer, user_id: int) -> ResponseReturnValue:
    """Give an account another role."""
    with current.instance().catalogue.session() as session:
        accounts.set_role(session, viewer, user_id, _role())
    return redirect(url_for("accounts.everyone"), 303)


@blueprint.post(f"{_USER}/dong")
@requires(Act.MANAGE)
def close(viewer: Viewer, user_id: int) -> ResponseReturnValue:
    """Close an account."""
    with current.instance().catalogue.session() as session:
        accounts.close(session, viewer, accounts.name(session, user_id))
    return redirect(url_for("accounts.everyone"), 303)


@blueprint.post(f"{_USER}/mo")
@requires(Act.MANAGE)
def reopen(viewer: Viewer, user_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    with current.instance().catalogue.session() as session:
        accounts.reopen(session, viewer, accounts.name(session, user_id))
    return redirect(url_for("accounts.everyone"), 303)


@blueprint.post(f"{_USER}/lien-ket")
@requires(Act.MANAGE)
def offer_link(viewer: Viewer, user_id: int) -> ResponseReturnValue:
    """Show a link by which an account's owner sets a forgotten password."""
    with current.instance().catalogue.session() as session:
        secret = accounts.offer_link(session, viewer, user_id)
        name = accounts.name(session, user_id)
    return _everyone(link=(name, secret))


@blueprint.get("/dat-mat-khau/<secret>")
@limiter.limit("20/minute")
def password_form(secret: str) -> ResponseReturnValue:
    """Show the form of a link, to whoever has it."""
    with current.instance().catalogue.reading() as session:
        name = accounts.name_of_link(session, secret)
    return render_template("accounts/password.html", name=name, secret=secret, refused=None)


@blueprint.post("/dat-mat-khau/<secret>")
@limiter.limit("20/minute", key_func=get_remote_address)
def set_password(secret: str) -> ResponseReturnValue:
    """Set the password and lead to the sign-in page; the link is used up."""
    with current.instance().catalogue.reading() as session:
        name = accounts.name_of_link(session, secret)
    try:
        with current.instance().catalogue.session() as session:
            accounts.use_link(session, secret, _typed_twice())
    except Refused as refusal:
        return render_template("accounts/password.html", name=name, secret=secret, refused=str(refusal)), 422
    return redirect(url_for("sign_in.sign_in"), 303)


def _typed_twice() -> str:
    typed = request.form.get("new", "")
    if typed != request.form.get("again", ""):
        raise Refused("Hai lần nhập mật khẩu mới không giống nhau; hãy nhập lại.")
    return typed


def _role() -> Role:
    chosen = request.form.get("role", "")
    if chosen not in STAFF:
        raise Refused("Chưa chọn vai trò; hãy chọn một vai trò trong danh sách.")
    return Role(chosen)


def _own(viewer: Viewer, token: str | None = None, refused: str | None = None) -> str:
    with current.instance().catalogue.reading() as session:
        sessions = accounts.sessions(session, viewer, current_user.session_key)
        tokens = accounts.tokens(session, viewer)
    return render_template(
        "accounts/own.html", asking=viewer, sessions=sessions, tokens=tokens, token=token, refused=refused
    )


def _everyone(link: tuple[str, str] | None = None, refused: str | None = None) -> str:
    with current.instance().catalogue.reading() as session:
        listed = accounts.listed(session)
    return render_template("accounts/everyone.html", accounts=listed, roles=STAFF, link=link, refused=refused)
