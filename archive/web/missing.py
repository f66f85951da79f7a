"""Documents that are cited but not held: the most cited of them, and a page for each."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from archive import awaited
from archive.bodies import authority
from archive.catalogue import queries
from archive.citations.disagreements import disagreements
from archive.errors import Refused
from archive.web import current
from archive.web.access import requires
from archive.web.documents import in_order
from archive.web.uploads import bring
from archive.workflow import Act, State, Viewer

blueprint = Blueprint("missing", __name__)

_PAGE_SIZE = 50
_CITERS = 10  # of each relation that are shown


@blueprint.get("/chua-co")
@requires(Act.READ)
def ranking(viewer: Viewer) -> ResponseReturnValue:
    """List the missing documents, most cited first."""
    page = current.page_number()
    with current.instance().catalogue.reading() as session:
        found = queries.most_missed(session, viewer, _PAGE_SIZE + 1, (page - 1) * _PAGE_SIZE)
    return render_template(
        "missing/ranking.html", documents=found[:_PAGE_SIZE], page=page, more=len(found) > _PAGE_SIZE
    )


@blueprint.get("/chua-co/<key>")
@requires(Act.READ)
def missing(viewer: Viewer, key: str) -> ResponseReturnValue:
    """Show how a missing document is cited and by which; once it is held, or its body is another's, lead there."""
    with current.instance().catalogue.reading() as session:
        arrived = queries.arrived(session, viewer, key)
        address = authority(session).readdressed(key)
        known = address != key and _is_known(session, viewer, address)
    if known:
        return redirect(url_for("missing.missing", key=address), 303)
    if arrived:
        return redirect(url_for("documents.document", document_id=arrived.id), 303)
    return _page(viewer, key)


@blueprint.post("/chua-co/<key>/tai-len")
@requires(Act.DEPOSIT)
def send(viewer: Viewer, key: str) -> ResponseReturnValue:
    """Keep the file that is to fill the gap and have it read; the page of the job tells whether it did."""
    with current.instance().catalogue.reading() as session:
        queries.missing(session, viewer, key)
    try:
        job_id = bring(viewer, State.DRAFT)
    except Refused as refusal:
        return _page(viewer, key, str(refusal)), 422
    return redirect(url_for("uploads.job", job_id=job_id, cho=key), 303)


@blueprint.post("/chua-co/<key>/cho")
@requires(Act.WORK)
def await_document(viewer: Viewer, key: str) -> ResponseReturnValue:
    """Have the viewer told when the document arrives."""
    with current.instance().catalogue.session() as session:
        awaited.await_document(session, viewer, key)
    return redirect(url_for("missing.missing", key=key), 303)


@blueprint.post("/chua-co/<key>/thoi-cho")
@requires(Act.WORK)
def stop_awaiting(viewer: Viewer, key: str) -> ResponseReturnValue:
    """Take the document from those the viewer awaits; if it is held by now, go back to the page that said so."""
    with current.instance().catalogue.session() as session:
        awaited.stop_awaiting(session, viewer, key)
        arrived = queries.arrived(session, viewer, key)
    return redirect(url_for("search.search") if arrived else url_for("missing.missing", key=key), 303)


def _is_known(session: Session, viewer: Viewer, key: str) -> bool:
    return bool(queries.missed(session, viewer, [key]) or queries.arrived(session, viewer, key))


def _page(viewer: Viewer, key: str, refused: str | None = None) -> str:
    with current.instance().catalogue.reading() as session:
        document = queries.missing(session, viewer, key)
        citers = queries.missing_citers(session, viewer, key, _CITERS)
        is_awaited = awaited.is_awaited(session, viewer, key)
    return render_template(
        "missing/missing.html",
        document=document,
        disagreements=disagreements(document.ways),
        awaited=is_awaited,
        refused=refused,
        citers=in_order(citers, lambda group: group.relation),
        citers_of=lambda relation: url_for("citing.of_missing", key=key, **{"quan-he": relation}),
    )
