"""The application put together: settings, guards, words for the templates, and one blueprint per page family."""

import hashlib
import weakref
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask, url_for
from flask.json.provider import DefaultJSONProvider
from flask_babel import Babel, get_locale

from archive.instance import Instance
from archive.web import (
    access,
    accounts,
    api,
    bodies,
    chains,
    citing,
    comparisons,
    corrections,
    current,
    documents,
    drafts,
    errors,
    feeds,
    files,
    health,
    history,
    ids,
    language,
    mismatches,
    missing,
    references,
    reviews,
    robots,
    saved_searches,
    search,
    security,
    sign_in,
    states,
    typesetting,
    uploads,
    wording,
)
from archive.web.page_images import PageImages
from ingest import dates
from ingest.signatures.verdict import is_doubtful

_FAMILIES = (
    sign_in,
    accounts,
    language,
    search,
    saved_searches,
    feeds,
    documents,
    files,
    comparisons,
    states,
    corrections,
    reviews,
    history,
    citing,
    references,
    chains,
    bodies,
    missing,
    mismatches,
    drafts,
    uploads,
    api,
    health,
    robots,
)


def application(instance: Instance) -> Flask:
    """Return the WSGI application that serves the instance."""
    app = Flask("archive", template_folder=str(Path(__file__).parents[2] / "templates"))
    app.extensions["archive"] = instance
    app.extensions["page_images"] = images = PageImages(instance)
    weakref.finalize(app, images.close)  # with the application, or when the process ends
    app.config.update(_settings(instance))
    app.json = _Json(app)
    Babel(app, default_locale="vi", locale_selector=language.chosen)
    access.login_manager.init_app(app, add_context_processor=False)  # pages of errors must not ask who is signed in
    sign_in.limiter.init_app(app)
    security.register(app)
    errors.register(app)
    _furnish(app)
    app.url_map.converters["id"] = ids.IdConverter
    for family in _FAMILIES:
        app.register_blueprint(family.blueprint)
    return app


class _Json(DefaultJSONProvider):
    """JSON that a person can read too: Vietnamese letters as they are, members in the order of their making."""

    ensure_ascii = False
    sort_keys = False


def _settings(instance: Instance) -> dict[str, object]:
    settings = instance.settings
    return {
        "SECRET_KEY": instance.secret_key,
        "MAX_CONTENT_LENGTH": settings.upload_megabytes * 1024**2,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_NAME": "phien",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "WTF_CSRF_TIME_LIMIT": None,  # a form is good for as long as its session
    }


def _furnish(app: Flask) -> None:
    """Give the templates their words, filters and functions."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(
        day=wording.day,
        day_in_words=dates.in_words,
        moment=wording.moment,
        count=wording.count,
        size=wording.size,
        marked=typesetting.parts,
    )
    env.tests["doubtful"] = is_doubtful
    env.globals.update(
        wording=wording,
        languages=language.LANGUAGES,
        locale=get_locale,
        viewer=current.viewer,
        asset=_assets(Path(app.static_folder or "")),
    )


def _assets(folder: Path) -> Callable[[str], str]:
    """Return the function from a static file's name to its address, which changes with its bytes."""
    digests = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in folder.iterdir() if path.is_file()
    }
    return lambda name: url_for("static", filename=name, v=digests[name])
