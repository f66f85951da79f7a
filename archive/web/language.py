"""The language of the pages: Vietnamese, or English for whoever has chosen it; a cookie keeps the choice."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from archive.web import current
from archive.web.sign_in import destination

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

blueprint = Blueprint("language", __name__)

_COOKIE = "ngon-ngu"
_YEAR = 365 * 24 * 60 * 60  # seconds


def chosen() -> str:
    """Return the language of the answer to the request at hand."""
    wanted = request.cookies.get(_COOKIE, "")
    return wanted if wanted in LANGUAGES else "vi"


@blueprint.post("/ngon-ngu")
def choose() -> ResponseReturnValue:
    """Keep the language chosen in the foot of a page, and go back to that page."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        abort(400)
    answer = redirect(destination(), 303)
    secure = current.instance().settings.https
    answer.set_cookie(_COOKIE, language, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
    return answer
