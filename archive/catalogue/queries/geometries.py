"""Where the words of a document's pages stand on them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import geometry
from archive.catalogue.facts import Geometry
from archive.catalogue.models import Document, PageGeometry
from archive.catalogue.queries.documents import opened_by, original
from archive.workflow import Viewer


def geometries(session: Session, viewer: Viewer, document_id: int, pages: range) -> dict[int, Geometry]:
    """Return page → its geometry, of those of the pages of which it is known."""
    of_original = PageGeometry.file_id == original(Document.id)
    held = select(PageGeometry).join(Document, of_original).where(opened_by(viewer), Document.id == document_id)
    wanted = held.where(PageGeometry.number >= pages.start, PageGeometry.number < pages.stop)
    rows = session.scalars(wanted.order_by(PageGeometry.number))
    return {row.number: Geometry(row.width, row.height, geometry.unpacked(row.words)) for row in rows}
