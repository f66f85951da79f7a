"""Who may open which page: every view says the act it needs; a session cookie or an API token says who is asking."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from flask import Request, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin

from archive import accounts
from archive.errors import NotAllowed
from archive.web import current
from archive.web.errors import is_api, problem
from archive.workflow import VISITOR, Act, Viewer

_P = ParamSpec("_P")
_R = TypeVar("_R", bound=ResponseReturnValue)

login_manager = LoginManager()


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login carries no types
    """A viewer as Flask-Login knows one: by the key of the session; a token has none."""

    viewer: Viewer
    session_key: str

    def get_id(self) -> str:
        """Return what the session cookie carries."""
        return self.session_key


def requires(
    act: Act,
) -> Callable[[Callable[Concatenate[Viewer, _P], ResponseReturnValue]], Callable[_P, ResponseReturnValue]]:
    """Let a view be opened by those whose role permits the act, and hand it the viewer as its first argument.

    Anyone else gets the sign-in page (from the API a 401), or NotAllowed when signed in. What the public face of an
    archive shows to visitors are the views that need no more than Act.READ.
    """

    def decorate(view: Callable[Concatenate[Viewer, _P], ResponseReturnValue]) -> Callable[_P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: _P.args, **kwargs: _P.kwargs) -> ResponseReturnValue:
            viewer = current.viewer()
            if viewer is None or (viewer == VISITOR and not viewer.may(act)):
                return _ask_to_sign_in()
            if not viewer.may(act):
                raise NotAllowed("Tài khoản này không có quyền làm việc đó; hãy liên hệ người quản lý kho.")
            return view(viewer, *args, **kwargs)

        return guarded

    return decorate


def _ask_to_sign_in() -> ResponseReturnValue:
    if is_api():
        refusal = problem(401, "Hãy đăng nhập, hoặc gửi mã truy cập trong tiêu đề Authorization: Bearer.")
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return refusal
    wanted = request.full_path.removesuffix("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.sign_in", next=wanted), 303)


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login carries no types
def _by_session(session_key: str) -> SignedIn | None:
    with current.instance().catalogue.reading() as session:
        viewer = accounts.viewer_of_session(session, session_key)
    return SignedIn(viewer, session_key) if viewer else None


@login_manager.request_loader  # type: ignore[untyped-decorator]  # Flask-Login carries no types
def _by_token(asked: Request) -> SignedIn | None:
    given = asked.authorization
    if given is None or given.type != "bearer" or not given.token:
        return None
    with current.instance().catalogue.reading() as session:
        viewer = accounts.viewer_of_token(session, given.token)
    return SignedIn(viewer, "") if viewer else None
