"""Where words stand on their pages, for documents taken in before the archive kept it: their files are read again.

What was read then stays as it is: a page gets its geometry when it still reads to the letter as it did.
"""

from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from archive.catalogue.facts import FileRole
from archive.catalogue.models import DocumentFile, FilePage
from archive.cataloguing import page_geometry
from archive.instance import Instance
from ingest.record import Record

_WITH_PAPER = ("pdf", "image")


class Reader(Protocol):
    """Reads one file: `ingest.bounded.BoundedReader` in service."""

    def read(self, path: Path) -> Record:
        """Return what the file says; raise ReadingError."""
        ...


def unplaced(instance: Instance) -> tuple[int, ...]:
    """Return the ids of the originals on paper (PDF, image) that have text, but no page whose geometry is kept."""
    with_text = DocumentFile.pages.any(FilePage.text != "")
    placed = DocumentFile.pages.any(FilePage.geometry.has())
    of_paper = DocumentFile.format.in_(_WITH_PAPER), DocumentFile.role == FileRole.ORIGINAL
    with instance.catalogue.reading() as session:
        found = select(DocumentFile.id).where(*of_paper, with_text, ~placed).order_by(DocumentFile.id)
        return tuple(session.scalars(found))


def place(instance: Instance, reader: Reader, file_id: int) -> int:
    """Read the file again, keep where the words of its pages stand, return of how many pages. Raises ReadingError."""
    with instance.catalogue.reading() as session:
        sha256 = session.get_one(DocumentFile, file_id).sha256
    read = {page.number: page for page in reader.read(instance.store.path(sha256)).pages}
    count = 0
    with instance.catalogue.session() as session:
        for row in session.get_one(DocumentFile, file_id).pages:
            page = read.get(row.number)
            if page and page.text == row.text and row.geometry is None:
                row.geometry = page_geometry(page)
                count += row.geometry is not None
    return count
