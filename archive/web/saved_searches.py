"""The searches a person keeps: the list of them, and what can be done with each."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from archive import saved_searches
from archive.catalogue import queries
from archive.catalogue.facts import SavedSearch
from archive.errors import Refused
from archive.web import current, feeds
from archive.web.access import requires
from archive.web.search_address import SearchAddress
from archive.workflow import Act, Viewer

blueprint = Blueprint("saved_searches", __name__)

_SAVED = "<uuid:saved_id>"
_MOST_NEW = 100  # more are told as so many


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved search as the list shows it; of `new` documents more than _MOST_NEW are not counted."""

    saved: SavedSearch
    address: SearchAddress
    new: int
    feed: str


@blueprint.get("/tim-da-luu")
@requires(Act.WORK)
def saved(viewer: Viewer) -> ResponseReturnValue:
    """List the searches that the viewer keeps; ?da-xoa= names one just deleted, which can be taken back."""
    return _list(viewer)


@blueprint.post("/tim-da-luu")
@requires(Act.WORK)
def save(viewer: Viewer) -> ResponseReturnValue:
    """Keep the search of the form, and go back to it."""
    address = SearchAddress.of(request.form.get("search", ""))
    try:
        with current.instance().catalogue.session() as session:
            saved_searches.save(session, viewer, request.form.get("name", ""), address.canonical())
    except Refused as refusal:
        return _list(viewer, str(refusal)), 422
    return redirect(address.url(), 303)


@blueprint.get(f"/tim-da-luu/{_SAVED}")
@requires(Act.WORK)
def look(viewer: Viewer, saved_id: uuid.UUID) -> ResponseReturnValue:
    """Lead to the search, with ?moi= what came last first; what it finds now is new no longer."""
    catalogue = current.instance().catalogue
    with catalogue.reading() as session:
        kept = queries.saved_search(session, viewer, str(saved_id))
    address = SearchAddress.of(kept.address)
    with catalogue.session() as session:
        saved_searches.look(session, viewer, kept.id)
    return redirect(address.sorted("added") if "moi" in request.args else address.url(), 303)


@blueprint.post(f"/tim-da-luu/{_SAVED}/ten")
@requires(Act.WORK)
def rename(viewer: Viewer, saved_id: uuid.UUID) -> ResponseReturnValue:
    """Give the search the name of the form."""
    return _done(
        viewer, lambda session: saved_searches.rename(session, viewer, str(saved_id), request.form.get("name", ""))
    )


@blueprint.post(f"/tim-da-luu/{_SAVED}/xoa")
@requires(Act.WORK)
def delete(viewer: Viewer, saved_id: uuid.UUID) -> ResponseReturnValue:
    """Delete the search; the list then offers to take it back."""
    deleted = str(saved_id)
    return _done(viewer, lambda session: saved_searches.delete(session, viewer, deleted), **{"da-xoa": deleted})


@blueprint.post(f"/tim-da-luu/{_SAVED}/lay-lai")
@requires(Act.WORK)
def take_back(viewer: Viewer, saved_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the search again."""
    return _done(viewer, lambda session: saved_searches.take_back(session, viewer, str(saved_id)))


@blueprint.post(f"/tim-da-luu/{_SAVED}/dia-chi-moi")
@requires(Act.WORK)
def renew_feed(viewer: Viewer, saved_id: uuid.UUID) -> ResponseReturnValue:
    """Give the search's feed another address; the old one ends."""
    return _done(viewer, lambda session: saved_searches.renew_feed(session, viewer, str(saved_id)))


def _list(viewer: Viewer, refused: str | None = None) -> str:
    with current.instance().catalogue.reading() as session:
        searches = queries.saved_searches(session, viewer)
        deleted = queries.deleted_search(session, viewer, request.args.get("da-xoa", ""))
    kept = [_kept(viewer, one) for one in searches]
    return render_template("saved_searches/list.html", kept=kept, deleted=deleted, refused=refused)


def _kept(viewer: Viewer, one: SavedSearch) -> Kept:
    address = SearchAddress.of(one.address)
    arrivals = feeds.arrivals(viewer, address, one.looked_at, _MOST_NEW + 1)
    return Kept(one, address, sum(arrival.at > one.looked_at for arrival in arrivals), feeds.address(one))


def _done(viewer: Viewer, act: Callable[[Session], None], **shown: str) -> ResponseReturnValue:
    """Call `act` and show the list as it is then; what cannot be done is said there."""
    try:
        with current.instance().catalogue.session() as session:
            act(session)
    except Refused as refusal:
        return _list(viewer, str(refusal)), 422
    return redirect(url_for("saved_searches.saved", **shown), 303)  # type: ignore[arg-type]  # names of the address
