"""The states of documents: moving one along the ways that are open, the trash, and deleting for good."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import clock, disposal, transitions
from archive.catalogue import queries
from archive.web import current, days, ids
from archive.web.access import requires
from archive.workflow import Act, Viewer

blueprint = Blueprint("states", __name__)


@blueprint.post("/van-ban/<id:document_id>/trang-thai")
@requires(Act.DEPOSIT)
def move(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Take the document along a way that is open to the viewer, and show it as it is now, with the way back."""
    way = request.form.get("way", "")
    transitions.move(current.instance(), viewer, document_id, way, reason(), days.chosen("since"))
    return redirect(url_for("documents.document", document_id=document_id, vua=way), 303)


@blueprint.get("/thung-rac")
@requires(Act.EDIT)
def trash(viewer: Viewer) -> ResponseReturnValue:
    """List what is in the trash, and from when on each may be deleted for good."""
    instance = current.instance()
    with instance.catalogue.reading() as session:
        trashed = [(card, put, disposal.erasable_from(instance, put.at)) for card, put in queries.trash(session)]
    erasable = viewer.may(Act.MANAGE) and any(due <= clock.now() for _, _, due in trashed)
    return render_template("states/trash.html", trashed=trashed, erasable=erasable)


@blueprint.post("/thung-rac/khoi-phuc")
@requires(Act.EDIT)
def restore(viewer: Viewer) -> ResponseReturnValue:
    """Take the chosen documents out of the trash, each to where it was before."""
    for document_id in _chosen():
        transitions.move(current.instance(), viewer, document_id, "restore")
    return redirect(url_for("states.trash"), 303)


@blueprint.post("/thung-rac/xoa-han")
@requires(Act.MANAGE)
def erase(viewer: Viewer) -> ResponseReturnValue:
    """Delete the chosen documents for good."""
    for document_id in _chosen():
        current.page_images().forget(disposal.erase(current.instance(), viewer, document_id, reason()))
    return redirect(url_for("states.trash"), 303)


def reason() -> str:
    """Return why something is done, as the request's form says."""
    return " ".join(request.form.get("reason", "").split())[:1000]


def _chosen() -> list[int]:
    chosen = [*filter(None, map(ids.parse, request.form.getlist("document")))]
    if not chosen:
        abort(422, "Chưa có văn bản nào được chọn; hãy đánh dấu các văn bản rồi làm lại.")
    return chosen
