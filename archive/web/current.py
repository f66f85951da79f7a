"""What the request at hand is about: the instance it is served from, its page images, and who is asking."""

from flask import current_app, request
from flask_login import current_user

from archive.instance import Instance
from archive.web.page_images import PageImages
from archive.workflow import VISITOR, Viewer


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

    None for nobody, and for a token that is worth nothing: who sends one is to learn of that.
    """
    if current_user.is_authenticated:
        asking: Viewer = current_user.viewer
        return asking
    return VISITOR if instance().settings.public_face and request.authorization is None else None
