"""Two documents side by side: what is the same folded away, what changed marked word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from archive.catalogue import queries
from archive.comparison import Change, Row, compare
from archive.web import current
from archive.web.access import requires
from archive.web.documents import DOCUMENT_ID
from archive.web.typesetting import paragraphs
from archive.workflow import Act, Viewer

blueprint = Blueprint("comparisons", __name__)

_FOLDED = 4  # paragraphs that are the same, one after another, from which on they are folded away
_SECTION = re.compile(r"(?:Điều|Chương|Mục|Phần|Phụ lục)\s+\w+|[IVXLC]+\.\s|[^a-zà-ỹđ]{3,80}$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that belong together; `folded` ones are the same in both and stand behind a line that counts them."""

    rows: tuple[Row, ...]
    folded: bool


@blueprint.get(f"/van-ban/{DOCUMENT_ID}/so-sanh/<int(max=2147483647):other_id>")
@requires(Act.READ)
def comparison(viewer: Viewer, document_id: int, other_id: int) -> ResponseReturnValue:
    """Show the other document on the left, as what was before, and this one on the right."""
    with current.instance().catalogue.reading() as session:
        after = queries.document(session, viewer, document_id)
        before = queries.document(session, viewer, other_id)
    rows = compare(_paragraphs(before.pages), _paragraphs(after.pages))
    counts = {change: sum(row.change == change for row in rows) for change in Change}
    return render_template(
        "documents/comparison.html", before=before, after=after, stretches=list(_stretches(rows)), counts=counts
    )


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
    return row.left is not None and bool(_SECTION.match(row.left.parts[0][0]))
