"""The work list of what is cited otherwise than the archive has it: for all to look at, for editors to put away."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from archive.catalogue import queries
from archive.citations import dismissing
from archive.errors import Refused
from archive.web import current, wording
from archive.web.access import requires
from archive.workflow import Act, Viewer

blueprint = Blueprint("mismatches", __name__)

_PAGE_SIZE = 25
_LONGEST_REASON = 500


@blueprint.get("/dan-chieu-khac")
@requires(Act.WORK)
def mismatches(viewer: Viewer) -> ResponseReturnValue:
    """List the mismatches; ?muc= narrows them to one field, ?bo-qua=1 shows an editor those that were put away."""
    return _page(viewer)


@blueprint.post("/dan-chieu-khac/bo-qua")
@requires(Act.EDIT)
def dismiss(viewer: Viewer) -> ResponseReturnValue:
    """Put a mismatch away, with a reason if one is given."""
    reason = " ".join(request.form.get("ly-do", "").split())[:_LONGEST_REASON]
    return _done(viewer, lambda session, mark: dismissing.dismiss(session, viewer, mark, reason))


@blueprint.post("/dan-chieu-khac/xem-lai")
@requires(Act.EDIT)
def take_back(viewer: Viewer) -> ResponseReturnValue:
    """Put a mismatch back into the list."""
    return _done(viewer, lambda session, mark: dismissing.take_back(session, viewer, mark))


def _done(viewer: Viewer, act: Callable[[Session, str], None]) -> ResponseReturnValue:
    """Call `act` with the mark in the form's field `dau`, and go back to the list that the mismatch was in."""
    try:
        with current.instance().catalogue.session() as session:
            act(session, request.form.get("dau", ""))
    except Refused as refusal:
        return _page(viewer, str(refusal)), 422
    page = current.page_number()
    return redirect(url_for("mismatches.mismatches", page=page if page > 1 else None, **_kept()), 303)


def _page(viewer: Viewer, refused: str | None = None) -> str:
    dismissed, page = _dismissed(viewer), current.page_number()
    with current.instance().catalogue.reading() as session:
        counts = queries.mismatch_counts(session, viewer)
        found = queries.mismatches(
            session, viewer, _field(), _PAGE_SIZE + 1, (page - 1) * _PAGE_SIZE, dismissed=dismissed
        )
    return render_template(
        "mismatches/list.html",
        mismatches=found[:_PAGE_SIZE],
        more=len(found) > _PAGE_SIZE,
        page=page,
        field=_field(),
        dismissed=dismissed,
        counts=counts,
        kept=_kept(),
        refused=refused,
    )


def _field() -> str | None:
    written = request.args.get("muc", "")
    return written if written in wording.MISMATCHES else None


def _dismissed(viewer: Viewer) -> bool:
    return viewer.may(Act.EDIT) and request.args.get("bo-qua") == "1"


def _kept() -> dict[str, Any]:
    """What of this list's address its forms and pages keep."""
    return {"muc": _field(), "bo-qua": "1" if request.args.get("bo-qua") == "1" else None}
