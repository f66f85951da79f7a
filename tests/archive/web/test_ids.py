"""Ids as addresses and forms carry them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import NotFound

from archive.web import ids
from archive.workflow import Role
from tests.archive.web.conftest import send


@pytest.mark.parametrize(
    ("written", "id_"),
    [("7", 7), ("2147483647", 2_147_483_647), ("2147483648", None), ("9" * 5000, None)]
    + [(written, None) for written in ("", "-7", "+7", " 7", "7.0", "1_0", "٧", "²", "bảy")],
)
def test_an_id_is_read_as_the_catalogue_can_hold_it(written: str, id_: int | None) -> None:
    """Nothing but digits, up to the greatest id."""
    assert ids.parse(written) == id_


def test_a_number_that_no_catalogue_can_hold_names_nothing(signed_in: Callable[[Role], FlaskClient]) -> None:
    """In an address, a parameter and a form it is as good as none."""
    manager = signed_in(Role.MANAGER)
    huge = "9" * 30
    assert manager.get(f"/van-ban/{huge}").status_code == 404
    assert manager.get(f"/lich-su?truoc={huge}").status_code == 200
    assert send(manager, "/thung-rac/khoi-phuc", document=huge).status_code == 422


def test_what_is_no_id_does_not_stand_for_all() -> None:
    """Without the field none is named, and all are meant; what names nothing is refused, for it would mean all, too."""
    app = Flask(__name__)
    with app.test_request_context(method="POST", data={"deposit": "7"}):
        assert (ids.named("deposit"), ids.named("session")) == (7, None)
    for written in ("", "7x", "9" * 30):
        with app.test_request_context(method="POST", data={"deposit": written}), pytest.raises(NotFound):
            ids.named("deposit")
