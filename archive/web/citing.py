"""All that cites one document, held or missing, in pages; narrowed to one relation with ?quan-he=."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import queries
from archive.catalogue.facts import Incoming
from archive.web import current
from archive.web.access import requires
from archive.workflow import Act, Viewer
from ingest.record import Relation

blueprint = Blueprint("citing", __name__)

_PAGE_SIZE = 50


@blueprint.get("/van-ban/<id:document_id>/duoc-dan-chieu")
@requires(Act.READ)
def of_document(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """List what cites a held document, newest first."""
    with current.instance().catalogue.reading() as session:
        card = queries.card(session, viewer, document_id)
        found = queries.citing(session, viewer, document_id, _relation(), _PAGE_SIZE + 1, _offset())
    return _list(card, url_for("documents.document", document_id=document_id), found)


@blueprint.get("/chua-co/<key>/duoc-dan-chieu")
@requires(Act.READ)
def of_missing(viewer: Viewer, key: str) -> ResponseReturnValue:
    """List what cites a missing document, newest first."""
    with current.instance().catalogue.reading() as session:
        document = queries.missing(session, viewer, key)
        found = queries.citing_missing(session, viewer, key, _relation(), _PAGE_SIZE + 1, _offset())
    return _list(document, url_for("missing.missing", key=key), found)


def _list(document: object, back: str, found: tuple[Incoming, ...]) -> str:
    return render_template(
        "citations/citing.html",
        document=document,
        back=back,
        relation=_relation(),
        citers=found[:_PAGE_SIZE],
        page=current.page_number(),
        page_url=_page_url() if len(found) > _PAGE_SIZE or current.page_number() > 1 else None,
        more=len(found) > _PAGE_SIZE,
    )


def _relation() -> Relation | None:
    written = request.args.get("quan-he", "")
    return Relation(written) if written in set(Relation) else None


def _offset() -> int:
    return (current.page_number() - 1) * _PAGE_SIZE


def _page_url() -> Callable[[int], str]:
    """Return the function from a page of this list to its address."""
    kept = {**(request.view_args or {}), "quan-he": _relation()}
    endpoint = request.endpoint or ""
    return lambda page: url_for(endpoint, **kept, page=page if page > 1 else None)
