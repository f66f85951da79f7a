"""Documents that may be one, and what has been put together."""

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue.facts import Card, FileRole, Rendition
from archive.catalogue.models import Document, DocumentFile, Twin
from archive.catalogue.queries.documents import cards, require, seen_by
from archive.errors import NotHeld
from archive.workflow import State, Viewer


def twins(session: Session, viewer: Viewer, document_id: int) -> tuple[tuple[Card, Card], ...]:
    """Return what is undecided about the document: pairs, the newer before the older, in one of which it is."""
    asked = select(Twin).where(or_(Twin.document_id == document_id, Twin.other_id == document_id))
    pairs = [
        (row.document_id, row.other_id) for row in session.scalars(asked.order_by(Twin.document_id, Twin.other_id))
    ]
    seen = cards(session, viewer, {one for pair in pairs for one in pair})
    return tuple((seen[newer], seen[older]) for newer, older in pairs if newer in seen and older in seen)


def undecided(session: Session, viewer: Viewer, limit: int) -> tuple[tuple[Card, Card], ...]:
    """Return the latest `limit` pairs of documents that the viewer sees and that may be one, the newer first."""
    newer, older = aliased(Document), aliased(Document)
    asked = select(Twin).join(newer, newer.id == Twin.document_id).join(older, older.id == Twin.other_id)
    seen = asked.where(seen_by(viewer, newer), seen_by(viewer, older)).order_by(Twin.document_id.desc(), Twin.other_id)
    pairs = [(row.document_id, row.other_id) for row in session.scalars(seen.limit(limit))]
    named = cards(session, viewer, {one for pair in pairs for one in pair})
    return tuple((named[one], named[other]) for one, other in pairs)


def renditions(session: Session, viewer: Viewer, document_id: int) -> tuple[Rendition, ...]:
    """Return the files of the documents that were put into this one, which the viewer sees, oldest first."""
    files = _parts(viewer, document_id).with_only_columns(
        Document.id, Document.merged_as, DocumentFile.name, DocumentFile.format, DocumentFile.size
    )
    return tuple(Rendition(*values) for values in session.execute(files.order_by(Document.id)))


def rendition(session: Session, viewer: Viewer, document_id: int, part_id: int) -> tuple[str, str]:
    """Return checksum and name of the file of a document that was put into this one. Raises NotHeld, Withdrawn."""
    require(session, viewer, document_id)
    file = _parts(viewer, document_id).with_only_columns(DocumentFile.sha256, DocumentFile.name)
    found = session.execute(file.where(Document.id == part_id)).one_or_none()
    if found is None:
        raise NotHeld("Văn bản này không có tệp đó, hoặc bạn chưa được xem; hãy kiểm tra lại địa chỉ.")
    return found[0], found[1]


def _parts(viewer: Viewer, document_id: int) -> Select[Document]:
    whole = aliased(Document)
    original = (DocumentFile.document_id == Document.id) & (DocumentFile.role == FileRole.ORIGINAL)
    return (
        select(Document)
        .join(whole, whole.id == Document.merged_into)
        .join(DocumentFile, original)
        .where(whole.id == document_id, seen_by(viewer, whole), Document.state == State.MERGED)
    )
