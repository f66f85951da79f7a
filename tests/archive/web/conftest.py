"""The application over a real instance, and browsers signed in to it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive import accounts, create_app
from archive.instance import Instance
from archive.workflow import Role

PASSWORD = "Song-nuoc-mien-Tay-26"


class Browser(FlaskClient):
    """A client that takes an answer whole, as browsers do, and lets go of the file it came from."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def app(instance: Instance) -> Iterator[Flask]:
    """The application, serving an empty instance."""
    app = create_app(instance)
    app.test_client_class = Browser
    yield app
    app.extensions["page_images"].close()


@pytest.fixture
def anonymous(app: Flask) -> FlaskClient:
    """The browser of someone who has not signed in."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, instance: Instance) -> Callable[[Role], FlaskClient]:
    """Return the browser of someone who has signed in with an account of that role."""

    def signed_in(role: Role) -> FlaskClient:
        with instance.catalogue.session() as session:
            accounts.add_user(session, f"nguoi-{role}", PASSWORD, role)
        client = app.test_client()
        assert send(client, "/dang-nhap", name=f"nguoi-{role}", password=PASSWORD).status_code == 303
        return client

    return signed_in


@pytest.fixture
def visitor(app: Flask, instance: Instance) -> FlaskClient:
    """The browser of someone who has not signed in, to an archive that has a public face."""
    instance.settings = replace(instance.settings, public_face=True)
    return app.test_client()


@pytest.fixture
def reader(signed_in: Callable[[Role], FlaskClient]) -> FlaskClient:
    return signed_in(Role.READER)


@pytest.fixture
def contributor(signed_in: Callable[[Role], FlaskClient]) -> FlaskClient:
    return signed_in(Role.CONTRIBUTOR)


def token(client: FlaskClient) -> str:
    """Return the CSRF token of the browser's session, as a form of a page it can open carries it."""
    page = client.get("/dang-nhap", follow_redirects=True).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found.group(1)


def send(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    """Send a form as a browser does, with its token."""
    return client.post(path, data={"csrf_token": token(client), **fields})
