"""The archive: what is kept, found and shown."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from archive.instance import Instance


def create_app(instance: "Instance") -> "Flask":
    """Return the WSGI application that serves the instance: the pages and the API."""
    from archive.web.application import application  # noqa: PLC0415 - only who serves pages loads Flask

    return application(instance)
