"""The page where a draft is checked: paste its bases or drop the file; nothing of it is kept."""

from typing import BinaryIO, cast

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from archive import drafts
from archive.drafts import Checked
from archive.errors import Refused
from archive.web import current
from archive.web.access import requires
from archive.workflow import Act, Viewer

blueprint = Blueprint("drafts", __name__)


@blueprint.get("/kiem-tra")
@requires(Act.WORK)
def form(_viewer: Viewer) -> ResponseReturnValue:
    """Show where to paste or drop a draft."""
    return _page()


@blueprint.post("/kiem-tra")
@requires(Act.WORK)
def check(viewer: Viewer) -> ResponseReturnValue:
    """Show what the draft cites, and what is to be said of each."""
    text = request.form.get("text", "").strip()
    try:
        return _page(text, _checked(viewer, text))
    except Refused as refusal:
        return _page(text, refused=str(refusal)), 422


def _checked(viewer: Viewer, text: str) -> tuple[Checked, ...]:
    sent = request.files.get("file")
    if sent and sent.filename:
        return drafts.check_file(current.instance(), viewer, sent.filename, cast("BinaryIO", sent.stream))
    if not text:
        raise Refused("Chưa có dự thảo; hãy dán nội dung hoặc chọn tệp.")
    with current.instance().catalogue.reading() as session:
        return drafts.check_text(session, viewer, text)


def _page(text: str = "", found: tuple[Checked, ...] | None = None, refused: str | None = None) -> str:
    limit = current_app.config["MAX_CONTENT_LENGTH"]
    return render_template("drafts/check.html", text=text, found=found, refused=refused, limit=limit)
