"""The bodies that issue documents: the list, a page for each, and the form on which editors say what they know."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from archive.bodies import description, editing
from archive.bodies.changes import standing_events
from archive.bodies.description import BodyFacts
from archive.bodies.known import Level
from archive.errors import Refused
from archive.search import Filters
from archive.web import current, days, ids
from archive.web.access import requires
from archive.web.search_address import SearchAddress
from archive.workflow import Act, Viewer

blueprint = Blueprint("bodies", __name__)

_PAGE_SIZE = 50
_OFFERED = 300  # names of bodies that a field offers
_OTHER_KINDS = 7  # kinds that have a column of their own in the table of documents


@blueprint.get("/co-quan")
@requires(Act.READ)
def bodies(viewer: Viewer) -> ResponseReturnValue:
    """List the bodies, those with most documents first; ?tim= words of a name, ?cap= a level."""
    page = current.page_number()
    level = request.args.get("cap", type=Level)
    sought = request.args.get("tim", "").strip()
    with current.instance().catalogue.reading() as session:
        found = description.bodies(session, viewer, sought, level)
    first = (page - 1) * _PAGE_SIZE
    return render_template(
        "bodies/list.html",
        bodies=found[first : first + _PAGE_SIZE],
        total=len(found),
        page=page,
        more=len(found) > first + _PAGE_SIZE,
        sought=sought,
        level=level,
    )


@blueprint.get("/co-quan/<key>")
@requires(Act.READ)
def body(viewer: Viewer, key: str) -> ResponseReturnValue:
    """Show a body; the address of a variant leads to the body that it is."""
    with current.instance().catalogue.reading() as session:
        facts = description.body(session, viewer, key)
    if facts.key != key:
        return redirect(url_for("bodies.body", key=facts.key), 303)
    kinds = _columns(facts)
    return render_template("bodies/body.html", facts=facts, kinds=kinds, years=_years(facts), address=_searches(facts))


@blueprint.get("/co-quan/<key>/sua")
@requires(Act.EDIT)
def form(viewer: Viewer, key: str) -> ResponseReturnValue:
    """Show what can be said of the body, and all that was said, which can be undone."""
    return _form(viewer, key)


@blueprint.post("/co-quan/<key>/sua")
@requires(Act.EDIT)
def save(viewer: Viewer, key: str) -> ResponseReturnValue:
    """Do what the form's field `viec` names."""
    act = _ACTS.get(request.form.get("viec", ""), _unknown)
    try:
        with current.instance().catalogue.session() as session:
            act(session, viewer, key)
    except Refused as refusal:
        return _form(viewer, key, str(refusal)), 422
    return redirect(url_for("bodies.form", key=key), 303)


def _form(viewer: Viewer, key: str, refused: str | None = None) -> str:
    with current.instance().catalogue.reading() as session:
        facts = description.body(session, viewer, key)
        offered = description.bodies(session, viewer)[:_OFFERED]
        said = editing.timeline(session, facts.key)
        standing = standing_events(session)
    return render_template(
        "bodies/form.html",
        facts=facts,
        events=said,
        undoable={event.id for event in said if event.id in standing},
        offered=[one.title for one in offered if one.key != facts.key],
        refused=refused,
    )


def _columns(facts: BodyFacts) -> list[str | None]:
    """The kinds of the body's documents that have a column, the most frequent first; None for all the others."""
    totals: dict[str | None, int] = {}
    for (_, kind), documents in facts.issued.items():
        totals[kind] = totals.get(kind, 0) + documents
    ranked = sorted((kind for kind in totals if kind), key=lambda kind: -totals[kind])
    others = None in totals or len(ranked) > _OTHER_KINDS
    return [*ranked[:_OTHER_KINDS], *([None] if others else [])]


def _years(facts: BodyFacts) -> list[tuple[int | None, dict[str | None, int]]]:
    """Each year, the latest first and None for no year, with the documents in each column of the table."""
    columns = _columns(facts)
    rows: dict[int | None, dict[str | None, int]] = {}
    for (year, kind), documents in facts.issued.items():
        row = rows.setdefault(year, {})
        column = kind if kind in columns else None
        row[column] = row.get(column, 0) + documents
    return sorted(rows.items(), key=lambda item: -(item[0] or 0))


def _searches(facts: BodyFacts) -> Callable[..., str]:
    """Return the function from a year and a kind, either or both, to the address of the search for those documents."""

    def address(year: int | None = None, kind: str | None = None) -> str:
        years, kinds = (str(year),) if year else (), (kind,) if kind else ()
        return SearchAddress(filters=Filters(issuer=facts.borne, year=years, kind=kinds)).url()

    return address


def _written(field: str) -> str:
    return request.form.get(field, "")


def _title(session: Session, viewer: Viewer, key: str) -> None:
    editing.give_title(session, viewer, key, _written("ten"))


def _name(session: Session, viewer: Viewer, key: str) -> None:
    editing.add_name(session, viewer, key, _written("ten"), days.chosen("tu"), days.chosen("den"))


def _symbol(session: Session, viewer: Viewer, key: str) -> None:
    editing.add_symbol(session, viewer, key, _written("ky-hieu"))


def _level(session: Session, viewer: Viewer, key: str) -> None:
    editing.set_level(session, viewer, key, _written("cap"))


def _successor(session: Session, viewer: Viewer, key: str) -> None:
    editing.add_successor(session, viewer, key, _written("co-quan"), days.chosen("tu"))


def _predecessor(session: Session, viewer: Viewer, key: str) -> None:
    editing.add_predecessor(session, viewer, key, _written("co-quan"), days.chosen("tu"))


def _sever(session: Session, viewer: Viewer, _key: str) -> None:
    editing.sever(session, viewer, _written("truoc"), _written("sau"))


def _merge(session: Session, viewer: Viewer, key: str) -> None:
    editing.merge(session, viewer, key, _written("co-quan"))


def _undo(session: Session, viewer: Viewer, _key: str) -> None:
    event_id = ids.parse(_written("lan-sua"))
    if event_id is None:
        raise Refused("Chưa rõ lần sửa nào; hãy tải lại trang.")
    editing.undo(session, viewer, event_id)


def _unknown(_session: Session, _viewer: Viewer, _key: str) -> None:
    raise Refused("Chưa rõ việc cần làm; hãy tải lại trang rồi thử lại.")


_ACTS: dict[str, Callable[[Session, Viewer, str], None]] = {
    "ten-chinh": _title,
    "ten-khac": _name,
    "ky-hieu": _symbol,
    "cap": _level,
    "ke-thua": _successor,
    "tien-than": _predecessor,
    "bo-noi": _sever,
    "gop": _merge,
    "hoan-tac": _undo,
}
