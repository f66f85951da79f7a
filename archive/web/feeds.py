"""Searches as Atom feeds of what came last: those that people keep, and any search for whoever may make it."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from archive import clock, finding, saved_searches
from archive.catalogue import queries
from archive.catalogue.facts import Arrival, SavedSearch
from archive.web import atom, current, wording
from archive.web.access import requires
from archive.web.search_address import SearchAddress
from archive.workflow import Act, Viewer

blueprint = Blueprint("feeds", __name__)

_MOST = 50  # documents in a feed
_APPEARING = timedelta(days=30)  # how long a document is new that came into sight by its state
_DOCUMENTS = uuid.UUID("6f1b0f43-2b8c-4b52-9d9c-5a2f6b1a7c0e")  # drawn once; entries' ids are made in it


@blueprint.get("/tim-da-luu/<uuid:saved_id>/<token>.atom")
def of_saved_search(saved_id: uuid.UUID, token: str) -> ResponseReturnValue:
    """Answer the feed of the search to whoever has its token: the last documents that its owner may see now."""
    instance = current.instance()
    with instance.catalogue.reading() as session:
        kept, owner = saved_searches.subscriber(session, instance.secret_key, str(saved_id), token)
    found = arrivals(owner, SearchAddress.of(kept.address), kept.created_at, _MOST)
    return _written(
        atom.Feed(
            id=f"urn:uuid:{kept.id}",
            title=kept.name,
            link=address(kept),
            alternate=url_for("saved_searches.look", saved_id=kept.id, _external=True),
            updated=max((arrival.at for arrival in found), default=kept.created_at),
            author="Lưu trữ",
            entries=_entries(found),
        )
    )


@blueprint.get("/van-ban-moi.atom")
@requires(Act.READ)
def of_search(viewer: Viewer) -> ResponseReturnValue:
    """Answer the feed of the search in the address: the last documents that the viewer may see now."""
    asked = SearchAddress.read(request.args)
    found = arrivals(viewer, asked, clock.now() - _APPEARING, _MOST)
    link = url_for("feeds.of_search", _external=True) + f"?{asked.canonical()}"
    return _written(
        atom.Feed(
            id=link,
            title=asked.title() or "Văn bản mới",
            link=link,
            alternate=url_for("search.search", _external=True) + f"?{asked.canonical()}",
            updated=max((arrival.at for arrival in found), default=datetime.combine(clock.now(), time.min)),
            author="Lưu trữ",
            entries=_entries(found),
        )
    )


def address(kept: SavedSearch) -> str:
    """Return the absolute address of the saved search's feed; whoever has it reads what its owner may see."""
    token = saved_searches.feed_token(current.instance().secret_key, kept)
    return url_for("feeds.of_saved_search", saved_id=kept.id, token=token, _external=True)


def arrivals(viewer: Viewer, address: SearchAddress, since: datetime, most: int) -> list[Arrival]:
    """Return the documents of the search that came last, the last first, at most so many.

    A document also comes when its state brings it into the viewer's sight, if that was after `since`.
    """
    instance = current.instance()
    with instance.catalogue.reading() as session:
        appeared = queries.appeared(session, viewer, since)
        found = finding.latest(instance, viewer, address.text, address.filters, None if appeared else most)
        arrivals = queries.arrivals(session, viewer, {*found[:most], *appeared.keys() & set(found)})
    came = [replace(arrival, at=appeared.get(arrival.card.id, arrival.at)) for arrival in arrivals]
    return sorted(came, key=lambda arrival: arrival.at, reverse=True)[:most]


def _written(feed: atom.Feed) -> ResponseReturnValue:
    answer = Response(atom.written(feed), mimetype=atom.MIMETYPE)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def _entries(arrivals: Iterable[Arrival]) -> tuple[atom.Entry, ...]:
    return tuple(map(_entry, arrivals))


def _entry(arrival: Arrival) -> atom.Entry:
    card = arrival.card
    return atom.Entry(
        id=f"urn:uuid:{uuid.uuid5(_DOCUMENTS, arrival.sha256)}",
        title=" – ".join(filter(None, (card.number, card.subject))) or card.file_name,
        link=url_for("documents.document", document_id=card.id, _external=True),
        updated=arrival.at,
        author=card.issuer or "Lưu trữ",
        summary=" · ".join(filter(None, (card.kind, card.issuer, wording.day(card.issued_on)))),
    )
