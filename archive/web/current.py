"""What the request at hand is about: the instance and its page images, who is asking, and for which page of a list."""

from flask import current_app, request
from flask_login import current_user

from archive.instance import Instance
from archive.web.page_images import PageImages
from archive.workflow import VISITOR, Viewer

_LAST_PAGE = 100_000  # of any list: what is left out before it is a number that every database takes


def instance() -> Instance:
    """Return the instance that the application serves."""
    opened: Instance = current_app.extensions["archive"]
    return opened


def page_images() -> PageImages:
    """Return the images of the instance's pages."""
    images: PageImages = current_app.extensions["page_images"]
    return images


def viewer() -> Viewer | None:
    """Return who is asking: who has signed in, by session or token, else a visitor where the archive has a public face.

    None for nobody, and for a token that is not valid, so that its sender learns of that.
    """
    if current_user.is_authenticated:
        asking: Viewer = current_user.viewer
        return asking
    return VISITOR if instance().settings.public_face and request.authorization is None else None


def page_number() -> int:
    """Return which page of a list the address asks for with ?page=, from 1."""
    return min(max(request.args.get("page", 1, int), 1), _LAST_PAGE)
