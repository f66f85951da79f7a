"""References where they stand: the document, the page and the sentence of the first mention."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from archive.catalogue.facts import Card
from archive.catalogue.models import DocumentReference, FilePage
from archive.catalogue.queries.documents import cards, original
from archive.catalogue.sentence import sentence
from archive.workflow import Viewer
from ingest.record import Mention

NEWEST_FIRST = (DocumentReference.citing_day.desc().nulls_last(), DocumentReference.id.desc())
"""The order of references by the day of their documents."""

ON_PAGE = and_(
    FilePage.file_id == original(DocumentReference.document_id),
    FilePage.number == DocumentReference.mentions[(0, "page")].as_integer(),
)
"""The term that joins a reference to the page of its first mention."""


def passages(
    session: Session, viewer: Viewer, reference_ids: Collection[int]
) -> tuple[tuple[Row[*tuple[Any, ...]], Card], ...]:
    """Return the references of those ids, with `text` the text of their pages, and the documents that they stand in.

    Newest first; those in documents that the viewer may not see are left out.
    """
    found = (
        select(
            DocumentReference.id,
            DocumentReference.document_id,
            DocumentReference.ordinal,
            DocumentReference.cited_id,
            DocumentReference.relation,
            DocumentReference.mentions,
            FilePage.text,
        )
        .outerjoin(FilePage, ON_PAGE)
        .where(DocumentReference.id.in_(reference_ids))
        .order_by(*NEWEST_FIRST)
    )
    rows = session.execute(found).all()
    seen = cards(session, viewer, {row.document_id for row in rows})
    return tuple((row, seen[row.document_id]) for row in rows if row.document_id in seen)


def sentence_of(reference: Row[*tuple[Any, ...]]) -> str:
    """Return the sentence of the first mention; of what staff added to a scan without text, its words."""
    mention = Mention(**reference.mentions[0])
    return sentence(reference.text, mention.start, mention.end) if reference.text and mention.end else mention.text
