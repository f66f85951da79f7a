"""What was done: to one document, with undo, and in the whole archive."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import corrections
from archive.catalogue import queries
from archive.history import Action
from archive.web import current, ids
from archive.web.access import requires
from archive.workflow import Act, Viewer

blueprint = Blueprint("history", __name__)

_DOCUMENT = "/van-ban/<id:document_id>/lich-su"
_PAGE_SIZE = 50


@blueprint.get(_DOCUMENT)
@requires(Act.DEPOSIT)
def of_document(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Show all that was done to the document, latest first; corrections that still stand can be undone."""
    with current.instance().catalogue.reading() as session:
        facts = queries.document(session, viewer, document_id)
        events = queries.history(session, viewer, document_id)
    edits = [event for event in events if event.action == Action.EDIT and viewer.may(Act.EDIT)]
    undoable = {event.id for event in edits if corrections.undoable(facts, event.changes)}
    return render_template("history/document.html", card=facts.card, events=events, undoable=undoable)


@blueprint.post(f"{_DOCUMENT}/<id:event_id>/hoan-tac")
@requires(Act.EDIT)
def undo(viewer: Viewer, document_id: int, event_id: int) -> ResponseReturnValue:
    """Undo a correction and show the history with it."""
    corrections.undo(current.instance(), viewer, document_id, event_id)
    return redirect(url_for("history.of_document", document_id=document_id), 303)


@blueprint.get("/lich-su")
@requires(Act.MANAGE)
def of_archive(viewer: Viewer) -> ResponseReturnValue:  # noqa: ARG001 - every manager sees the same
    """Show what was done in the archive, latest first; ?truoc= an event shows those before it."""
    before = request.args.get("truoc", type=ids.parse)
    with current.instance().catalogue.reading() as session:
        events = queries.happenings(session, before, _PAGE_SIZE + 1)
    return render_template("history/archive.html", events=events[:_PAGE_SIZE], more=len(events) > _PAGE_SIZE)
