"""The form on which editors correct what a document says of itself."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from archive import corrections
from archive.catalogue.facts import Description
from archive.errors import Refused
from archive.web import current
from archive.web.access import requires
from archive.workflow import Act, Viewer
from ingest import kinds
from ingest.record import Signer

blueprint = Blueprint("corrections", __name__)

_ADDRESS = "/van-ban/<id:document_id>/sua"


@blueprint.get(_ADDRESS)
@requires(Act.EDIT)
def form(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Show the form, filled with what the document is said to be now."""
    with current.instance().catalogue.reading() as session:
        facts = corrections.correctable(session, viewer, document_id)
    return _form(document_id, corrections.description(facts), facts.version)


@blueprint.post(_ADDRESS)
@requires(Act.EDIT)
def save(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Keep what was written and show the document; what is at fault is said beside its field, with all as written."""
    said, version = corrections.tidied(read(request.form)), request.form.get("version", 0, int)
    faults = corrections.faults(said) | unread(request.form)
    if faults:
        return _form(document_id, said, version, faults), 422
    try:
        corrections.correct(current.instance(), viewer, document_id, said, version)
    except Refused as refusal:
        return _form(document_id, said, version, refused=str(refusal)), 422
    return redirect(url_for("documents.document", document_id=document_id), 303)


def read(form: MultiDict[str, str]) -> Description:
    """Return what the fields of a form say: signers in rows, what they sign for and recipients a line or `;` each."""
    rows = zip(*(form.getlist(name) for name in ("signer", "position", "authority")), strict=False)
    return Description(
        number=form.get("number"),
        kind=form.get("kind"),
        issued_on=form.get("issued_on", type=date.fromisoformat),
        place=form.get("place"),
        issuer=form.get("issuer"),
        superior=form.get("superior"),
        subject=form.get("subject"),
        signers=tuple(Signer(name, position, tuple(authority.split(";"))) for name, position, authority in rows),
        recipients=tuple(form.get("recipients", "").splitlines()),
    )


def unread(form: MultiDict[str, str]) -> dict[str, str]:
    """Return field → what is wrong with what was written there, where `read` could make nothing of it."""
    written = form.get("issued_on", "").strip()
    if written and form.get("issued_on", type=date.fromisoformat) is None:
        return {"issued_on": "Không phải là một ngày; hãy chọn ngày, hoặc để trống."}
    return {}


def _form(
    document_id: int, said: Description, version: int, faults: dict[str, str] | None = None, refused: str | None = None
) -> str:
    return render_template(
        "corrections/form.html",
        document_id=document_id,
        said=said,
        version=version,
        faults=faults or {},
        refused=refused,
        kinds=kinds.known(),
    )
