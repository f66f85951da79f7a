"""Bringing files: the form, and the page of a job on which they are followed until they are read."""

from typing import BinaryIO, cast

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import accession, jobs
from archive.catalogue import queries
from archive.errors import Refused
from archive.web import current
from archive.web.access import requires
from archive.workflow import Act, State, Viewer

blueprint = Blueprint("uploads", __name__)

_RECENT = 10
_STARTING = {State.INTERNAL, State.DRAFT}  # what a document may be when it comes in


@blueprint.get("/tai-len")
@requires(Act.DEPOSIT)
def form(viewer: Viewer) -> ResponseReturnValue:
    """Show the form and the latest jobs."""
    return _form(viewer)


@blueprint.post("/tai-len")
@requires(Act.DEPOSIT)
def send(viewer: Viewer) -> ResponseReturnValue:
    """Keep the files sent and have them read; what cannot be taken is said on the form."""
    try:
        job_id = bring(viewer, request.form.get("state", State.INTERNAL))
    except Refused as refusal:
        return _form(viewer, str(refusal)), 422
    return redirect(url_for("uploads.job", job_id=job_id), 303)


def bring(viewer: Viewer, state: str) -> str:
    """Keep the files of the request and have them read; return the job's id. Raises Refused."""
    if state not in _STARTING:
        raise Refused("Trạng thái đã chọn không dùng được cho văn bản mới; hãy chọn lưu hành nội bộ hoặc nháp.")
    instance = current.instance()
    sent = [(part.filename, cast("BinaryIO", part.stream)) for part in request.files.getlist("file") if part.filename]
    job_id = accession.deposit(instance, viewer, sent, State(state))
    jobs.enqueue(instance, accession.waiting(instance, job_id))
    return job_id


@blueprint.get("/cong-viec/<job_id>")
@requires(Act.DEPOSIT)
def job(viewer: Viewer, job_id: str) -> ResponseReturnValue:
    """Show how far each file of a job is, and what was read in it."""
    with current.instance().catalogue.reading() as session:
        facts = queries.job(session, viewer, job_id)
    return render_template("uploads/job.html", job=facts)


def _form(viewer: Viewer, refused: str | None = None) -> str:
    with current.instance().catalogue.reading() as session:
        recent = queries.jobs(session, viewer, _RECENT)
    limit = current_app.config["MAX_CONTENT_LENGTH"]
    return render_template("uploads/form.html", jobs=recent, refused=refused, limit=limit)
