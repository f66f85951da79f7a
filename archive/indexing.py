"""The index kept level with the catalogue: `indexed_version < version` is what is still to be done."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.models import Document, DocumentFile
from archive.instance import Instance
from archive.search import IndexEntry
from archive.workflow import State

_BATCH = 100  # documents whose texts are in memory at one time


def index(instance: Instance, ids: Sequence[int]) -> None:
    """Put the documents into the index as the catalogue now has them; take those in the trash out of it.

    Raises SearchIndexError when the index cannot take them; they stay to be done.
    """
    written: dict[int, int] = {}

    # Both are read only once this process may write the index: what changed while it waited is read, too.
    def entries() -> Iterator[IndexEntry]:
        with instance.catalogue.reading() as session:
            for entry in _entries(session, ids):
                written[entry.id] = entry.version
                yield entry

    def removed() -> Iterator[int]:
        with instance.catalogue.reading() as session:
            in_trash = select(Document.id, Document.version).where(Document.id.in_(ids), ~indexed())
            for row in session.execute(in_trash):
                written[row.id] = row.version
                yield row.id

    instance.index.write(entries(), removed())
    _mark(instance, written)


def catch_up(instance: Instance) -> int:
    """Index every document that has changed since it was indexed; return how many. Raises SearchIndexError."""
    with instance.catalogue.reading() as session:
        behind = session.scalars(select(Document.id).where(Document.indexed_version < Document.version)).all()
    for start in range(0, len(behind), _BATCH):
        index(instance, behind[start : start + _BATCH])
    return len(behind)


def reindex(instance: Instance, progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Rebuild the index from the catalogue; return the number of documents in it.

    `progress` is called after each document with how many are written, of how many. The old index answers meanwhile.
    """
    written: dict[int, int] = {}

    def entries() -> Iterator[IndexEntry]:
        with instance.catalogue.reading() as session:
            ids = session.scalars(select(Document.id).where(indexed()).order_by(Document.id)).all()
            for entry in _entries(session, ids):
                yield entry
                written[entry.id] = entry.version
                progress(len(written), len(ids))

    count = instance.index.rebuild(entries())
    _mark(instance, written)
    return count


def indexed() -> ColumnElement[bool]:
    """Return the term that holds for the documents that belong in the index: all but those in the trash."""
    return Document.state != State.TRASHED


def _entries(session: Session, ids: Sequence[int]) -> Iterator[IndexEntry]:
    whole = (selectinload(Document.signers), selectinload(Document.files).selectinload(DocumentFile.pages))
    for start in range(0, len(ids), _BATCH):
        batch = select(Document).where(Document.id.in_(ids[start : start + _BATCH]), indexed()).options(*whole)
        yield from map(_entry, session.scalars(batch.order_by(Document.id)))
        session.expunge_all()  # a session keeps what it loaded; a whole archive does not fit


def _entry(document: Document) -> IndexEntry:
    return IndexEntry(
        id=document.id,
        version=document.version,
        state=document.state,
        number=document.number,
        kind=document.kind,
        issuer=document.issuer,
        subject=document.subject,
        issued_on=document.issued_on,
        signers=tuple(signer.name for signer in document.signers if signer.name),
        text="\n".join(page.text for page in document.files[0].pages),  # the others are renditions of the same text
    )


def _mark(instance: Instance, written: dict[int, int]) -> None:
    """Note what the index holds, but for documents that have changed since: those are still to be done."""
    statement = (
        update(Document)
        .where(Document.id == bindparam("of"), Document.version == bindparam("at"))
        .values(indexed_version=bindparam("at"))
    )
    with instance.catalogue.session() as session:
        if written:
            session.connection().execute(statement, [{"of": id_, "at": version} for id_, version in written.items()])
