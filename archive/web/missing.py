"""Documents that are cited but not held: the most cited of them, and a page for each."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import queries
from archive.web import current
from archive.web.access import requires
from archive.web.documents import in_order
from archive.workflow import Act, Viewer

blueprint = Blueprint("missing", __name__)

_PAGE_SIZE = 50
_CITERS = 10  # of each relation that are shown
_LAST_PAGE = 100_000


@blueprint.get("/chua-co")
@requires(Act.READ)
def ranking(viewer: Viewer) -> ResponseReturnValue:
    """List the missing documents, most cited first."""
    page = min(max(request.args.get("page", 1, int), 1), _LAST_PAGE)
    with current.instance().catalogue.reading() as session:
        found = queries.most_missed(session, viewer, _PAGE_SIZE + 1, (page - 1) * _PAGE_SIZE)
    return render_template(
        "missing/ranking.html", documents=found[:_PAGE_SIZE], page=page, more=len(found) > _PAGE_SIZE
    )


@blueprint.get("/chua-co/<key>")
@requires(Act.READ)
def missing(viewer: Viewer, key: str) -> ResponseReturnValue:
    """Show how a missing document is cited and by which; once it is held, lead there."""
    with current.instance().catalogue.reading() as session:
        arrived = queries.arrived(session, viewer, key)
        if arrived is not None:
            return redirect(url_for("documents.document", document_id=arrived.id), 303)
        document = queries.missing(session, viewer, key)
        citers = queries.missing_citers(session, viewer, key, _CITERS)
    return render_template(
        "missing/missing.html",
        document=document,
        citers=in_order(citers, lambda group: group.relation),
        citers_of=lambda relation: url_for("citing.of_missing", key=key, **{"quan-he": relation}),
    )
