"""Correcting what a document was read to cite: one page with a form for each reference, for those who may edit."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from archive.catalogue import queries
from archive.citations import correcting
from archive.citations.corrections import NONE_HELD
from archive.errors import Refused
from archive.search.number_query import find_number
from archive.web import current, ids
from archive.web.access import requires
from archive.workflow import Act, Viewer
from ingest.record import Relation

blueprint = Blueprint("references", __name__)

_NAMESAKES = 20  # documents of one number that are offered


@blueprint.get("/van-ban/<id:document_id>/dan-chieu")
@requires(Act.EDIT)
def references(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Show every reference with what can be corrected in it; ?tim= offers documents for the one that ?muc= marks."""
    return _page(viewer, document_id)


@blueprint.post("/van-ban/<id:document_id>/dan-chieu")
@requires(Act.EDIT)
def correct(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Make the correction that the form's field `viec` names."""
    act = _ACTS.get(request.form.get("viec", ""), _unknown)
    mark = request.form.get("muc", "")
    try:
        with current.instance().catalogue.session() as session:
            act(session, viewer, document_id, mark)
    except Refused as refusal:
        return _page(viewer, document_id, str(refusal)), 422
    anchor = f"muc-{mark}" if mark and mark in _marks(viewer, document_id) else None
    return redirect(url_for("references.references", document_id=document_id, _anchor=anchor), 303)


def _page(viewer: Viewer, document_id: int, refused: str | None = None) -> str:
    sought = request.args.get("tim", "").strip()
    number = find_number(sought) if sought else None
    with current.instance().catalogue.reading() as session:
        card = queries.card(session, viewer, document_id)
        outgoing = queries.outgoing(session, viewer, document_id)
        corrections = queries.corrections(session, viewer, document_id)
        namesakes = queries.numbered(session, viewer, number.serial)[:_NAMESAKES] if number else ()
    return render_template(
        "citations/references.html",
        card=card,
        outgoing=outgoing,
        corrections=corrections,
        sought=sought,
        sought_for=request.args.get("muc", ""),
        namesakes=[one for one in namesakes if one.id != document_id],
        refused=refused,
        none_held=NONE_HELD,
    )


def _marks(viewer: Viewer, document_id: int) -> set[str]:
    with current.instance().catalogue.reading() as session:
        return {reference.mark for reference in queries.outgoing(session, viewer, document_id)}


def _relation() -> Relation:
    written = request.form.get("quan-he", "")
    if written not in set(Relation):
        raise Refused("Chưa chọn quan hệ; hãy chọn một quan hệ trong danh sách.")
    return Relation(written)


def _id(field: str, remedy: str) -> int:
    written = request.form.get(field, type=ids.parse)
    if written is None:
        raise Refused(remedy)
    return written


def _change_relation(session: Session, viewer: Viewer, document_id: int, mark: str) -> None:
    correcting.change_relation(session, viewer, document_id, mark, _relation())


def _choose(session: Session, viewer: Viewer, document_id: int, mark: str) -> None:
    target = _id("van-ban", "Chưa chọn văn bản; hãy chọn một văn bản trong danh sách.")
    correcting.choose(session, viewer, document_id, mark, target)


def _add(session: Session, viewer: Viewer, document_id: int, _mark: str) -> None:
    correcting.add(session, viewer, document_id, request.form.get("doan", ""), _relation())


def _undo(session: Session, viewer: Viewer, document_id: int, _mark: str) -> None:
    correcting.undo(session, viewer, document_id, _id("lan-sua", "Chưa rõ lần sửa nào; hãy tải lại trang."))


def _unknown(_session: Session, _viewer: Viewer, _document_id: int, _mark: str) -> None:
    raise Refused("Chưa rõ việc cần làm; hãy tải lại trang rồi thử lại.")


_ACTS: dict[str, Callable[[Session, Viewer, int, str], None]] = {
    "quan-he": _change_relation,
    "van-ban": _choose,
    "loai": correcting.reject,
    "them": _add,
    "hoan-tac": _undo,
}
