"""What was read from a file, as rows of the catalogue."""

from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from archive import clock
from archive.catalogue import geometry
from archive.catalogue.facts import Description, FileRole
from archive.catalogue.models import (
    Deposit,
    Document,
    DocumentFile,
    DocumentSigner,
    FilePage,
    PageGeometry,
)
from archive.certainty import certainties
from archive.store import Kept
from ingest import numbers, to_json
from ingest.record import Page, Record


def document(record: Record, brought: Deposit, searchable: Kept | None = None) -> Document:
    """Return the rows of a new document that was read from the file brought, what it cites is for `citations.settle`.

    `searchable` is the rendition of the file that has been made, if any.
    """
    added_at = clock.now()
    document = Document(
        state=brought.job.document_state,
        created_at=added_at,
        created_by=brought.job.created_by,
        files=[
            _original(record, brought, added_at),
            *([_searchable(searchable, brought, added_at)] if searchable else []),
        ],
    )
    describe(document, record)
    return document


def describe(document: Document, said: Record | Description) -> None:
    """Write into the document's row what it is said to be, by the machine or by staff."""
    number = numbers.parse(said.number or "")
    document.number = said.number
    document.number_key = number.key if number else None
    document.serial = number.serial.lstrip("0").lower() if number else None
    document.symbol_key = number.symbol_key if number else None
    document.year = said.issued_on.year if said.issued_on else number.year if number else None
    document.issued_on = said.issued_on
    document.place = said.place
    document.issuer = said.issuer
    document.superior = said.superior
    document.kind = said.kind
    document.subject = said.subject
    document.recipients = list(said.recipients)
    document.certainty = min(certainties(said, document.files[0].reading).values())
    document.signers = [
        DocumentSigner(ordinal=i, name=one.name, position=one.position, authority=list(one.authority))
        for i, one in enumerate(said.signers)
    ]


def _original(record: Record, brought: Deposit, added_at: datetime) -> DocumentFile:
    return DocumentFile(
        role=FileRole.ORIGINAL,
        sha256=brought.sha256,
        name=brought.name,
        format=record.format,
        size=brought.size,
        reading=to_json(replace(record, file=brought.name)),
        added_at=added_at,
        pages=[FilePage(number=page.number, text=page.text, geometry=page_geometry(page)) for page in record.pages],
    )


def page_geometry(page: Page) -> PageGeometry | None:
    """Return the row for where the page's words stand; None where the file does not say."""
    if not (page.words and page.width and page.height):
        return None
    return PageGeometry(width=page.width, height=page.height, words=geometry.packed(page.words))


def _searchable(kept: Kept, brought: Deposit, added_at: datetime) -> DocumentFile:
    return DocumentFile(
        role=FileRole.SEARCHABLE,
        sha256=kept.sha256,
        name=f"{PurePath(brought.name).stem} (có lớp chữ).pdf",
        format="pdf",
        size=kept.size,
        reading={},
        added_at=added_at,
    )
