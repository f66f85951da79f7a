"""Two documents side by side: what is the same folded away, what changed marked; and whether they are one document."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import finding, renditions
from archive.catalogue import queries
from archive.catalogue.facts import Card
from archive.comparison import Change, Row, compare
from archive.renditions import Decision
from archive.search import Filters
from archive.web import current
from archive.web.access import requires
from archive.web.files import stored
from archive.web.typesetting import paragraphs
from archive.workflow import Act, Viewer

blueprint = Blueprint("comparisons", __name__)

_FOLDED = 4  # paragraphs that are the same, one after another, from which on they are folded away
_OFFERED = 12  # documents to compare with
_SECTION = re.compile(r"(?:Điều|Chương|Mục|Phần|Phụ lục)\s+\w+|[IVXLC]+\.\s")
_LONGEST_HEADING = 80  # characters of one in capitals


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that belong together; `folded` ones are the same in both and stand behind a line that counts them."""

    rows: tuple[Row, ...]
    folded: bool


@blueprint.get("/van-ban/<id:document_id>/so-sanh")
@requires(Act.READ)
def choice(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Offer the documents that ?tim= finds, by a number or words, to compare with; when it is one, compare."""
    sought = request.args.get("tim", "").strip()
    with current.instance().catalogue.reading() as session:
        card = queries.card(session, viewer, document_id)
    offered = [(one, _side_by_side(card, one)) for one in _sought(viewer, sought) if one.id != document_id]
    if len(offered) == 1:
        return redirect(offered[0][1], 303)
    return render_template("documents/choice.html", card=card, sought=sought, offered=offered)


def _sought(viewer: Viewer, sought: str) -> Sequence[Card]:
    if not sought:
        return ()
    lookup = finding.number_lookup(current.instance(), viewer, sought)
    if lookup and lookup.held:
        return lookup.held
    found = finding.find(current.instance(), viewer, sought, Filters(), "relevance", 1, _OFFERED)
    return [hit.card for hit in found.hits]


def _side_by_side(one: Card, other: Card) -> str:
    """Return the address that compares the two, the earlier on the left."""
    earlier, later = sorted((one, other), key=lambda card: (card.issued_on or date.max, card.id))
    return url_for("comparisons.comparison", document_id=later.id, other_id=earlier.id)


@blueprint.get("/van-ban/<id:document_id>/so-sanh/<id:other_id>")
@requires(Act.READ)
def comparison(viewer: Viewer, document_id: int, other_id: int) -> ResponseReturnValue:
    """Show the other document on the left, as what was before, and this one on the right."""
    with current.instance().catalogue.reading() as session:
        after = queries.document(session, viewer, document_id)
        before = queries.document(session, viewer, other_id)
        twins = queries.twins(session, viewer, document_id)
    undecided = any((newer.id, older.id) == (document_id, other_id) for newer, older in twins)
    rows = compare(_paragraphs(before.pages), _paragraphs(after.pages))
    counts = {change: sum(row.change == change for row in rows) for change in Change}
    return render_template(
        "documents/comparison.html",
        before=before,
        after=after,
        stretches=list(_stretches(rows)),
        counts=counts,
        undecided=undecided,
    )


@blueprint.post("/van-ban/<id:document_id>/so-sanh/<id:other_id>")
@requires(Act.EDIT)
def decide(viewer: Viewer, document_id: int, other_id: int) -> ResponseReturnValue:
    """Settle what the document is to the older one, and show the document that stands."""
    try:
        decision = Decision(request.form.get("decision", ""))
    except ValueError:
        abort(422, "Chưa chọn hai văn bản này là gì của nhau; hãy chọn một trong ba cách.")
    standing = renditions.decide(current.instance(), viewer, document_id, other_id, decision)
    return redirect(url_for("documents.document", document_id=standing), 303)


@blueprint.get("/van-ban/<id:document_id>/ban-khac/<id:part_id>")
@requires(Act.WORK)
def rendition(viewer: Viewer, document_id: int, part_id: int) -> ResponseReturnValue:
    """Send the file of a document that was put into this one, to be saved; it is never run here."""
    with current.instance().catalogue.reading() as session:
        sha256, name = queries.rendition(session, viewer, document_id, part_id)
    return stored(sha256, name)


@blueprint.post("/van-ban/<id:document_id>/ban-khac/<id:part_id>/tach")
@requires(Act.EDIT)
def separate(viewer: Viewer, document_id: int, part_id: int) -> ResponseReturnValue:
    """Make a document of its own again of one that was put into this one, and show it."""
    renditions.separate(current.instance(), viewer, document_id, part_id)
    return redirect(url_for("documents.document", document_id=part_id), 303)


def _paragraphs(pages: Iterable[str]) -> list[str]:
    return [
        "".join(text for run in paragraph.runs for text, _ in run.parts)
        for page in pages
        for paragraph in paragraphs(page)
    ]


def _stretches(rows: Sequence[Row]) -> Iterator[Stretch]:
    """Yield the rows in stretches, those that stand for orientation (headings of sections) never folded away."""
    for foldable, group in groupby(rows, lambda row: row.change == Change.SAME and not _is_section(row)):
        stretch = tuple(group)
        yield Stretch(stretch, foldable and len(stretch) >= _FOLDED)


def _is_section(row: Row) -> bool:
    if row.left is None:
        return False
    text = row.left.parts[0][0]
    return bool(_SECTION.match(text)) or (text.isupper() and len(text) <= _LONGEST_HEADING)
