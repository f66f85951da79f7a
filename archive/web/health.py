"""Whether the archive can answer, for whoever watches over it."""

import logging
import os

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from archive.errors import ArchiveError
from archive.instance import Instance
from archive.search import Filters, Query
from archive.web import current
from archive.workflow import State

blueprint = Blueprint("health", __name__)

_log = logging.getLogger(__name__)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Answer 200 when catalogue, index and store do, else 503; which one does not is in the log, not told to anyone."""
    try:
        _ask(current.instance())
    except (ArchiveError, OSError):
        _log.exception("the archive is not well")
        return {"status": "unavailable"}, 503
    return {"status": "ok"}


def _ask(instance: Instance) -> None:
    with instance.catalogue.reading() as session:
        session.execute(select(1))
    instance.index.search(Query(), states=frozenset({State.PUBLIC}), filters=Filters(), sort="newest", page=1, size=1)
    if not os.access(instance.directory / "store", os.R_OK | os.W_OK):
        raise OSError("the store cannot be read and written")
