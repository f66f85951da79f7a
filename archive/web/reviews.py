"""Duyệt: the queue of what waits for an editor, one document of it beside its pages, and several accepted at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from archive import corrections, form_check, renditions, review, transitions
from archive.catalogue import queries
from archive.catalogue.facts import Card, Description, DocumentFacts
from archive.catalogue.queries.reviews import Order
from archive.certainty import ASKED, SURE
from archive.citations import correcting
from archive.errors import Refused
from archive.web import current, evidence, ids
from archive.web.access import requires
from archive.web.corrections import read, unread
from archive.web.states import reason
from archive.workflow import WAITING, Act, State, Viewer
from ingest import kinds
from ingest.record import Signer

blueprint = Blueprint("reviews", __name__)

_LENGTH = 50  # documents a page of the queue
_AT_ONCE = 200  # that may be accepted without a look at each
_ORDERS = {"": Order.UNSURE, "cu-nhat": Order.OLDEST}
_ISSUED = frozenset({State.INTERNAL, State.PUBLIC})


@blueprint.get("/duyet")
@requires(Act.EDIT)
def queue(viewer: Viewer) -> ResponseReturnValue:
    """List what waits, least surely read first or with ?theo=cu-nhat the oldest; ?vua-duyet= what was just accepted."""
    with current.instance().catalogue.reading() as session:
        total, sure = queries.queued(session, viewer)
        pages = -(-total // _LENGTH)
        page = max(min(request.args.get("trang", 1, int), pages), 1)
        waiting = queries.queue(session, viewer, _order(), _LENGTH, (page - 1) * _LENGTH)
        accepted = _accepted(session, viewer)
    return render_template(
        "reviews/queue.html",
        waiting=waiting,
        total=total,
        sure=sure,
        accepted=accepted,
        order=_order_named(),
        lacking={one.card.id: [name for name in ASKED if not getattr(one.card, name)] for one in waiting},
        bound=SURE,
        page=page,
        pages=pages,
    )


@blueprint.get("/duyet/<id:document_id>")
@requires(Act.EDIT)
def sheet(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Show a document that waits: its pages on one side, what was read on the other."""
    return _sheet(viewer, document_id)


@blueprint.post("/duyet/<id:document_id>")
@requires(Act.EDIT)
def decide(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Write what the form says and do what its field `viec` names; then show the next document, or this one again."""
    act, _, detail = request.form.get("viec", "").partition(":")
    said = corrections.tidied(read(request.form))
    if act == "dien":
        return _sheet(viewer, document_id, _filled(said, detail))
    faults = corrections.faults(said) | unread(request.form)
    if faults:
        return _sheet(viewer, document_id, said, faults), 422
    version = request.form.get("version", 0, int)
    with current.instance().catalogue.reading() as session:
        follows = queries.next_queued(session, viewer, _order(), document_id)
    try:
        review.decide(
            current.instance(),
            viewer,
            document_id,
            said,
            version,
            lambda session: _ACTS.get(act, _unknown)(session, viewer, document_id, detail),
        )
    except Refused as refusal:
        return _sheet(viewer, document_id, said, refused=str(refusal)), 422
    if act not in _MOVES:
        return redirect(_address(document_id, _anchor="dan-chieu" if act in _ON_REFERENCES else None), 303)
    return redirect(_address(follows, **{"vua-duyet": document_id if act != "return" else None}), 303)


@blueprint.get("/duyet/ca-loat")
@requires(Act.EDIT)
def several(viewer: Viewer) -> ResponseReturnValue:
    """List what may be accepted without a look at each."""
    with current.instance().catalogue.reading() as session:
        total, _ = queries.queued(session, viewer)
        waiting = queries.sure(session, viewer, _AT_ONCE)
    return render_template("reviews/several.html", waiting=waiting, total=total)


@blueprint.post("/duyet/ca-loat")
@requires(Act.EDIT)
def accept(viewer: Viewer) -> ResponseReturnValue:
    """Accept the chosen documents, as far as they are as they were listed."""
    pairs = ([ids.parse(part) for part in one.split("-")] for one in _chosen())
    versions = {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[0] and pair[1]}
    accepted = review.accept(current.instance(), viewer, versions)
    return redirect(_address(None, **{"vua-duyet": ".".join(map(str, accepted)) or None}), 303)


@blueprint.post("/duyet/hoan-tac")
@requires(Act.EDIT)
def take_back(viewer: Viewer) -> ResponseReturnValue:
    """Let the chosen documents wait again; one alone is shown."""
    taken = review.take_back(current.instance(), viewer, [*filter(None, map(ids.parse, _chosen()))])
    return redirect(_address(taken[0] if len(taken) == 1 else None), 303)


def _sheet(
    viewer: Viewer,
    document_id: int,
    said: Description | None = None,
    faults: dict[str, str] | None = None,
    refused: str | None = None,
) -> str:
    """The page, with what was written when that is not saved."""
    with current.instance().catalogue.reading() as session:
        facts = queries.document(session, viewer, document_id)
        follows = queries.next_queued(session, viewer, _order(), document_id)
        if facts.card.state not in WAITING:
            return _settled(session, facts.card, follows, refused)
        beside = _beside(session, viewer, facts)
        image = follows and queries.file(session, viewer, follows).format in {"pdf", "image"}
    return render_template(
        "reviews/sheet.html",
        facts=facts,
        follows=follows,
        image=image,
        faults=faults or {},
        refused=refused,
        kinds=kinds.known(),
        order=_order_named(),
        address=_address,
        **beside,
        **_fields(facts, said),
    )


def _beside(session: Session, viewer: Viewer, facts: DocumentFacts) -> dict[str, Any]:
    """What the page shows beside the fields."""
    twins = queries.twins(session, viewer, facts.card.id)
    alike = renditions.numbered_alike(session, viewer, facts.card.id, twins)
    return {
        "sides": evidence.sides(session, viewer, facts),
        "paper": evidence.has_images(facts),
        "twins": twins,
        "remarks": form_check.remarks(facts, alike),
        "outgoing": queries.outgoing(session, viewer, facts.card.id),
        "undoable": queries.corrections(session, viewer, facts.card.id),
        "total": queries.queued(session, viewer)[0],
        "accepted": _accepted(session, viewer),
    }


def _fields(facts: DocumentFacts, said: Description | None) -> dict[str, Any]:
    """The fields, with what the archive has in them now where someone else was faster."""
    now = corrections.description(facts)
    late = said is not None and request.form.get("version", 0, int) != facts.version
    fields = review.sheet(facts, said or now)
    return {
        "said": said or now,
        "written": corrections.to_json(said or now),
        "now": corrections.to_json(now) if late else {},
        "fields": fields,
        "wanting": review.wanting(fields),
    }


def _settled(session: Session, card: Card, follows: int | None, refused: str | None) -> str:
    told = queries.entered(session, [card.id], State(card.state)).get(card.id)
    return render_template("reviews/settled.html", card=card, told=told, refused=refused, follows=_address(follows))


def _filled(said: Description, offered: str) -> Description:
    """What was written, with a hint, `field:value`, where it belongs."""
    field, _, value = offered.partition(":")
    first, *others = said.signers or (Signer(None, None),)
    filled = {"signers": [msgspec.to_builtins(one) for one in (replace(first, name=value), *others)]}
    try:
        return msgspec.convert(corrections.to_json(said) | (filled if field in filled else {field: value}), Description)
    except msgspec.ValidationError:
        return said


def _accepted(session: Session, viewer: Viewer) -> tuple[Card, ...]:
    """What the address says was just accepted, and still is."""
    named = [*filter(None, map(ids.parse, request.args.get("vua-duyet", "").split(".")[:_AT_ONCE]))]
    known = queries.cards(session, viewer, named)
    return tuple(known[id_] for id_ in named if id_ in known and known[id_].state in _ISSUED)


def _address(document_id: int | None, **more: Any) -> str:
    """Where the document is reviewed, or the queue; in the order of this one."""
    order = _order_named() or None
    if document_id is None:
        return url_for("reviews.queue", theo=order, **more)
    return url_for("reviews.sheet", document_id=document_id, theo=order, **more)


def _order() -> Order:
    return _ORDERS[_order_named()]


def _order_named() -> str:
    named = request.values.get("theo", "")
    return named if named in _ORDERS else ""


def _chosen() -> list[str]:
    chosen = request.form.getlist("document")[:_AT_ONCE]
    if not chosen:
        abort(422, "Chưa có văn bản nào được chọn; hãy đánh dấu các văn bản rồi làm lại.")
    return chosen


def _accept(way: str) -> Callable[[Session, Viewer, int, str], None]:
    def accept(session: Session, viewer: Viewer, document_id: int, detail: str) -> None:
        if detail != "con-thieu":
            review.complete(read(request.form))
        transitions.step(session, viewer, document_id, way)

    return accept


def _return(session: Session, viewer: Viewer, document_id: int, _detail: str) -> None:
    transitions.step(session, viewer, document_id, "return", reason())


def _choose(session: Session, viewer: Viewer, document_id: int, detail: str) -> None:
    mark, _, chosen = detail.partition(":")
    target = ids.parse(chosen)
    if target is None:
        raise Refused("Chưa chọn văn bản; hãy chọn một văn bản trong danh sách.")
    correcting.choose(session, viewer, document_id, mark, target)


def _undo(session: Session, viewer: Viewer, document_id: int, detail: str) -> None:
    event_id = ids.parse(detail)
    if event_id is None:
        raise Refused("Chưa rõ lần sửa nào; hãy tải lại trang.")
    correcting.undo(session, viewer, document_id, event_id)


def _save(_session: Session, _viewer: Viewer, _document_id: int, _detail: str) -> None:
    """What was written is saved already."""


def _unknown(_session: Session, _viewer: Viewer, _document_id: int, _detail: str) -> None:
    raise Refused("Chưa rõ việc cần làm; hãy tải lại trang rồi thử lại.")


_MOVES: dict[str, Callable[[Session, Viewer, int, str], None]] = {
    "circulate": _accept("circulate"),
    "publish": _accept("publish"),
    "return": _return,
}
_ON_REFERENCES: dict[str, Callable[[Session, Viewer, int, str], None]] = {
    "loai": correcting.reject,
    "chon": _choose,
    "hoan-tac": _undo,
}
_ACTS = {"luu": _save, **_MOVES, **_ON_REFERENCES}
