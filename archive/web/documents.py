"""The document page: what was read, the text with its citations linked or the images of its pages, its relations."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from archive import form_check, lineage, renditions
from archive.catalogue import queries
from archive.catalogue.facts import Card, DocumentFacts, EventFact, Geometry, Outgoing
from archive.form_check import Remark
from archive.search import Query, SearchIndexError, Span, joined, mark, parse
from archive.web import current, wording
from archive.web.access import requires
from archive.web.page_overlay import Overlay, overlay
from archive.web.search_address import SearchAddress
from archive.web.typesetting import Cited, Paragraph, paragraphs
from archive.workflow import CHANGEABLE, Act, State, Transition, Viewer
from ingest.record import Relation

blueprint = Blueprint("documents", __name__)

_PART = 40  # pages of a long document that are shown at a time
_CITERS = 10  # of each relation that are shown beside the text
_log = logging.getLogger(__name__)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as the document page shows it: its number from 1; its text set, or what lies over its image if known.

    `marks` counts what was searched for on it.
    """

    number: int
    marks: int
    paragraphs: tuple[Paragraph, ...] = ()
    overlay: Overlay | None = None


@blueprint.get("/van-ban/<id:document_id>")
@requires(Act.READ)
def document(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Show one document: its text, or with ?xem=ban-goc the images of its pages; ?q= marks what was searched for.

    The search that the address holds is led back to. With ?vua= its state was just changed, which can be undone.
    """
    with current.instance().catalogue.reading() as session:
        facts = queries.document(session, viewer, document_id)
        outgoing = queries.outgoing(session, viewer, document_id)
        incoming = queries.incoming(session, viewer, document_id, _CITERS)
        mismatches = queries.mismatches_of(session, viewer, document_id)
        twins = queries.twins(session, viewer, document_id)
        parts_of_it = queries.renditions(session, viewer, document_id)
        remarks = _remarks(session, viewer, facts, twins)
        force = queries.forces(session, viewer, [document_id]).get(document_id)
        standing = queries.entered(session, [document_id], State(facts.card.state)).get(document_id)
        reading = _reading(session, viewer, facts, outgoing)
    return render_template(
        "documents/document.html",
        asking=viewer,
        changeable=facts.card.state in CHANGEABLE,
        facts=facts,
        standing=standing,
        back=_way_back(viewer, facts.card, standing),
        twins=twins,
        series=_series(viewer, facts.card),
        renditions=parts_of_it,
        remarks=remarks,
        outgoing=outgoing,
        force=force,
        mismatches=mismatches,
        incoming=in_order(incoming, lambda group: group.relation),
        outgoing_groups=groupby(
            in_order(enumerate(outgoing), lambda item: item[1].relation), lambda item: item[1].relation
        ),
        **reading,
        citers_of=lambda relation: url_for("citing.of_document", document_id=document_id, **{"quan-he": relation}),
    )


def _reading(session: Session, viewer: Viewer, facts: DocumentFacts, outgoing: Sequence[Outgoing]) -> dict[str, object]:
    """Return what the template needs to show the pages, or a part of many, in the view that the address names."""
    search = SearchAddress.read(request.args)
    original = any(kept.format == "pdf" for kept in facts.files)
    view = "original" if original and request.args.get("xem") == "ban-goc" else "text"
    parts = _parts(len(facts.pages))
    part = next((part for part in parts if request.args.get("trang", 1, int) in part), parts[0])
    known = queries.geometries(session, viewer, facts.card.id, part) if view == "original" else {}
    sought = parse(search.text)
    leaves = [_leaf(facts, number, outgoing, sought, known.get(number)) for number in part]
    leaf_url = _leaf_url(facts.card.id, search, view)
    on_paper = {cited.anchor for leaf in leaves if leaf.overlay for cited, place in leaf.overlay.cited if place.boxes}
    return {
        "search": search,
        "original": original,
        "view": view,
        "parts": parts,
        "part": part,
        "leaves": leaves,
        "turns": _turns(facts.pages, leaves, sought),
        "leaf_url": leaf_url,
        "cited_url": lambda page, anchor: leaf_url(page, anchor, view if anchor in on_paper else "text"),
    }


def _way_back(viewer: Viewer, card: Card, standing: EventFact | None) -> Transition | None:
    """Return what undoes the change of state that ?vua= names; a way back is no such change."""
    if standing is None or standing.detail["transition"] != request.args.get("vua"):
        return None
    return viewer.way_back(State(standing.changes["state"][0]), State(card.state))


def _remarks(
    session: Session, viewer: Viewer, facts: DocumentFacts, twins: Iterable[tuple[Card, Card]]
) -> tuple[Remark, ...]:
    """What its form lacks, for those who bring documents."""
    if not viewer.may(Act.DEPOSIT):
        return ()
    return form_check.remarks(facts, renditions.numbered_alike(session, viewer, facts.card.id, twins))


def _series(viewer: Viewer, card: Card) -> tuple[Card, ...]:
    """The documents like it of other years; none while the index cannot answer, for the page can do without."""
    try:
        return lineage.series(current.instance(), viewer, card)
    except SearchIndexError:
        _log.exception("no series for document %d", card.id)
        return ()


def in_order(items: Iterable[_T], relation: Callable[[_T], Relation]) -> list[_T]:
    """Return the items by their relation, in the order in which relations are shown."""
    order = list(wording.RELATIONS)
    return sorted(items, key=lambda item: order.index(relation(item)))


def _parts(pages: int) -> list[range]:
    """Return the page numbers of a document in the parts in which it is shown; at least one part."""
    return [range(first, min(first + _PART, pages + 1)) for first in range(1, pages + 1, _PART)] or [range(0)]


def _leaf(
    facts: DocumentFacts, number: int, outgoing: Sequence[Outgoing], sought: Query, geometry: Geometry | None
) -> Leaf:
    text = facts.pages[number - 1]
    cited = [
        Cited(mention.start, mention.end, at, _anchor(at, nth))
        for at, reference in enumerate(outgoing)
        for nth, mention in enumerate(reference.mentions)
        if mention.page == number
    ]
    found = joined(text, mark(text, sought))
    if geometry is None:
        return Leaf(number, len(found), paragraphs(text, cited, found))
    evidence = facts.record.get("evidence", {})
    read = {name: Span(one["start"], one["end"]) for name, one in evidence.items() if one["page"] == number}
    return Leaf(number, len(found), overlay=overlay(text, geometry, found, cited, read))


def _turns(pages: Sequence[str], leaves: Sequence[Leaf], sought: Query) -> dict[int, tuple[int | None, int | None]]:
    """Return, for each page shown on which something was found, the nearest such pages before and after it."""
    with_marks = [leaf.number for leaf in leaves if leaf.marks]
    if not with_marks:
        return {}
    before = (number for number in range(leaves[0].number - 1, 0, -1) if mark(pages[number - 1], sought))
    after = (number for number in range(leaves[-1].number + 1, len(pages) + 1) if mark(pages[number - 1], sought))
    row = [next(before, None), *with_marks, next(after, None)]
    return {page: (row[at - 1], row[at + 1]) for at, page in enumerate(with_marks, 1)}


def _anchor(reference: int, mention: int) -> str:
    return f"trich-{reference + 1}-{mention + 1}"


def _leaf_url(document_id: int, search: SearchAddress, view: str) -> Callable[..., str]:
    """Return the function from a page, and perhaps an anchor on it, to the address of the place in that view."""

    def leaf_url(page: int, anchor: str | None = None, view: str = view) -> str:
        part = page if page > _PART else None
        seen = "ban-goc" if view == "original" else None
        where = anchor or f"trang-{page}"
        shown = {**search.arguments(), "xem": seen, "trang": part}
        return url_for("documents.document", document_id=document_id, _anchor=where, **shown)  # type: ignore[arg-type]  # takes lists for repeated names

    return leaf_url
