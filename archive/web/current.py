"""What the request at hand is about: the instance it is served from, its page images, and who is asking."""

from flask import current_app
from flask_login import current_user

from archive.instance import Instance
from archive.web.page_images import PageImages
from archive.workflow import Viewer


def instance() -> Instance:
    """Return the instance that the application serves."""
    opened: Instance = current_app.extensions["archive"]
    return opened


def page_images() -> PageImages:
    """Return the images of the instance's pages."""
    images: PageImages = current_app.extensions["page_images"]
    return images


def viewer() -> Viewer | None:
    """Return who has signed in, by session or token; None for nobody."""
    asking: Viewer | None = current_user.viewer if current_user.is_authenticated else None
    return asking
