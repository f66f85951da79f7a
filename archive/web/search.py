"""The search page: the one box, its results, and what a number leads to."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import awaited, finding
from archive.bodies import authority
from archive.bodies.description import body_named
from archive.catalogue import queries
from archive.finding import NumberLookup
from archive.search import parse
from archive.web import current, years
from archive.web.access import requires
from archive.web.facets import facets
from archive.web.relaxation import relaxed
from archive.web.search_address import PAGE_SIZE, SearchAddress
from archive.workflow import Act, Viewer

blueprint = Blueprint("search", __name__)


@blueprint.get("/")
@requires(Act.READ)
def search(viewer: Viewer) -> ResponseReturnValue:
    """Show what was found; a number opens its document; nothing asked shows what the archive holds."""
    address = SearchAddress.read(request.args)
    if address.empty:
        return _start(viewer)
    if not address.narrowed:
        lookup = finding.number_lookup(current.instance(), viewer, address.text)
        if lookup and (lookup.held or lookup.missing):
            return _numbered(address, lookup)
    return _results(viewer, address)


def _start(viewer: Viewer) -> ResponseReturnValue:
    instance = current.instance()
    with instance.catalogue.reading() as session:
        totals = queries.totals(session, viewer)
        arrivals = awaited.arrivals(session, viewer)
        unreviewed, _ = queries.queued(session, viewer) if viewer.may(Act.EDIT) else (0, 0)
    newest = SearchAddress(sort="newest")
    found = finding.find(instance, viewer, "", newest.filters, newest.sort, 1, 6)
    return render_template(
        "search/start.html", totals=totals, unreviewed=unreviewed, arrivals=arrivals, newest=newest, found=found
    )


def _numbered(address: SearchAddress, lookup: NumberLookup) -> ResponseReturnValue:
    if len(lookup.held) == 1:
        return redirect(url_for("documents.document", document_id=lookup.held[0].id), 303)
    if not lookup.held and len(lookup.missing) == 1:
        return redirect(url_for("missing.missing", key=lookup.missing[0].cited_key), 303)
    return render_template("search/choice.html", address=address, lookup=lookup)


def _results(viewer: Viewer, address: SearchAddress) -> ResponseReturnValue:
    instance = current.instance()
    with instance.catalogue.reading() as session:
        saved = queries.saved_as(session, viewer, address.canonical())
        bodies = authority(session)
        named = body_named(session, viewer, _as_a_name(address.text))
    found = finding.find(instance, viewer, address.text, address.filters, address.order, address.page, PAGE_SIZE)
    last = max(1, -(-found.total // PAGE_SIZE))
    if address.page > last:
        return redirect(address.paged(last), 303)
    return render_template(
        "search/results.html",
        address=address,
        found=found,
        saved=saved,
        empty=not found.total and _is_empty(viewer),
        last=last,
        numbers=_page_numbers(address.page, last),
        wider=() if found.total else relaxed(instance, viewer, address),
        facets=facets(address, found.facets, bodies),
        named=named,
        cited=finding.cited(instance, viewer, address.text) if address.page == 1 else (),
        bars=years.histogram(found.facets["year"], address.filters.year),
    )


def _is_empty(viewer: Viewer) -> bool:
    with current.instance().catalogue.reading() as session:
        return not queries.totals(session, viewer).documents


def _as_a_name(text: str) -> str:
    """Return the words of a search that may be a body's name, in quotes or not, as `cơ quan:` or not; else nothing."""
    clauses = parse(text).clauses
    if any(clause.excluded or clause.field not in {None, "issuer"} for clause in clauses):
        return ""
    return " ".join(clause.text for clause in clauses)


def _page_numbers(page: int, last: int) -> list[int | None]:
    """Return the pages to lead to from a page: the first, the last, those beside it; None where some are left out."""
    near = sorted({1, last, *range(max(page - 1, 1), min(page + 1, last) + 1)})
    numbers: list[int | None] = []
    for number in near:
        if numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
