"""How much there is."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue.facts import Totals
from archive.catalogue.models import Document, Missing
from archive.catalogue.queries.deposits import waiting
from archive.catalogue.queries.documents import seen_by
from archive.workflow import Viewer


def totals(session: Session, viewer: Viewer) -> Totals:
    """Return how much of everything there is for the viewer."""
    kinds = session.execute(
        select(Document.kind, func.count()).where(seen_by(viewer)).group_by(Document.kind).order_by(func.count().desc())
    ).all()
    missing = select(func.count()).select_from(Missing).where(Missing.clearance == viewer.clearance)
    return Totals(
        documents=sum(count for _, count in kinds),
        kinds=tuple((kind, count) for kind, count in kinds if kind),
        missing=session.scalar(missing) or 0,
        waiting=session.scalar(select(func.count()).select_from(waiting(viewer).subquery())) or 0,
    )
