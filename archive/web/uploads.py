"""Bringing files: the form, and the page of a job on which they are followed until they are read."""

from typing import BinaryIO, cast

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import accession, jobs
from archive.catalogue import queries
from archive.errors import Refused
from archive.web import current, ids
from archive.web.access import requires
from archive.workflow import Act, State, Viewer

blueprint = Blueprint("uploads", __name__)

_RECENT = 10


@blueprint.get("/tai-len")
@requires(Act.DEPOSIT)
def form(viewer: Viewer) -> ResponseReturnValue:
    """Show the form and the latest jobs."""
    return _form(viewer)


@blueprint.post("/tai-len")
@requires(Act.DEPOSIT)
def send(viewer: Viewer) -> ResponseReturnValue:
    """Keep the files sent and have them read; what cannot be taken is said on the form.

    The page's script sends them one by one, and is told the job to send the next into.
    """
    try:
        job_id = bring(viewer, request.form.get("state", State.DRAFT))
    except Refused as refusal:
        return _form(viewer, str(refusal)), 422
    page = url_for("uploads.job", job_id=job_id)
    if request.accept_mimetypes.best == "application/json":
        return {"job": job_id, "page": page}, 201
    return redirect(page, 303)


def bring(viewer: Viewer, state: str) -> str:
    """Keep the files of the request and have them read, in the job that it names or a new one; return the job's id.

    Raises Refused when the viewer may bring nothing in that state, or NotHeld when the viewer follows no such job.
    """
    if state not in viewer.entrances:
        raise Refused("Trạng thái đã chọn không dùng được cho văn bản mới; hãy chọn nháp, biên tập viên sẽ duyệt.")
    instance = current.instance()
    sent = [(part.filename, cast("BinaryIO", part.stream)) for part in request.files.getlist("file") if part.filename]
    job_id = accession.deposit(instance, viewer, sent, State(state), request.form.get("job"))
    jobs.enqueue(instance, accession.waiting(instance, job_id))
    return job_id


@blueprint.get("/cong-viec/<job_id>")
@requires(Act.DEPOSIT)
def job(viewer: Viewer, job_id: str) -> ResponseReturnValue:
    """Show how far each file of a job is, and what was read in it; with ?cho= whether it is what was missing."""
    wanted = request.args.get("cho", "")
    with current.instance().catalogue.reading() as session:
        facts = queries.job(session, viewer, job_id)
        arrived = queries.arrived(session, viewer, wanted) if wanted else None
    return render_template("uploads/job.html", job=facts, wanted=wanted, arrived=arrived)


@blueprint.post("/cong-viec/<job_id>/dung")
@requires(Act.DEPOSIT)
def cancel(viewer: Viewer, job_id: str) -> ResponseReturnValue:
    """Leave the file that the form names, or all of the job, where it is not yet taken in."""
    accession.cancel(current.instance(), viewer, job_id, ids.named("deposit"))
    return redirect(url_for("uploads.job", job_id=job_id), 303)


@blueprint.post("/cong-viec/<job_id>/doc-lai")
@requires(Act.DEPOSIT)
def retry(viewer: Viewer, job_id: str) -> ResponseReturnValue:
    """Read again the file that the form names, or all of the job, where it failed or was left."""
    instance = current.instance()
    accession.retry(instance, viewer, job_id, ids.named("deposit"))
    jobs.enqueue(instance, accession.waiting(instance, job_id))
    return redirect(url_for("uploads.job", job_id=job_id), 303)


def _form(viewer: Viewer, refused: str | None = None) -> str:
    with current.instance().catalogue.reading() as session:
        recent = queries.jobs(session, viewer, _RECENT)
        undecided = queries.undecided(session, viewer, _RECENT) if viewer.may(Act.EDIT) else ()
    limit = current_app.config["MAX_CONTENT_LENGTH"]
    return render_template(
        "uploads/form.html",
        jobs=recent,
        undecided=undecided,
        refused=refused,
        limit=limit,
        entrances=viewer.entrances,
    )
