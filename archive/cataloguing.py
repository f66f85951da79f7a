"""What was read from a file, as rows of the catalogue."""

from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from archive import clock
from archive.catalogue import geometry
from archive.catalogue.facts import FileRole
from archive.catalogue.models import (
    Deposit,
    Document,
    DocumentFile,
    DocumentSigner,
    FilePage,
    PageGeometry,
)
from archive.store import Kept
from ingest import numbers, to_json
from ingest.record import Page, Record


def document(record: Record, brought: Deposit, searchable: Kept | None = None) -> Document:
    """Return the rows of a new document that was read from the file brought, what it cites is for `citations.settle`.

    `searchable` is the rendition of the file that has been made, if any.
    """
    number = numbers.parse(record.number or "")
    added_at = clock.now()
    return Document(
        state=brought.job.document_state,
        number=record.number,
        number_key=number.key if number else None,
        serial=number.serial.lstrip("0").lower() if number else None,
        symbol_key=number.symbol_key if number else None,
        year=record.issued_on.year if record.issued_on else number.year if number else None,
        issued_on=record.issued_on,
        place=record.place,
        issuer=record.issuer,
        superior=record.superior,
        kind=record.kind,
        subject=record.subject,
        recipients=list(record.recipients),
        created_at=added_at,
        created_by=brought.job.created_by,
        signers=[
            DocumentSigner(ordinal=i, name=one.name, position=one.position, authority=list(one.authority))
            for i, one in enumerate(record.signers)
        ],
        files=[
            _original(record, brought, added_at),
            *([_searchable(searchable, brought, added_at)] if searchable else []),
        ],
    )


def _original(record: Record, brought: Deposit, added_at: datetime) -> DocumentFile:
    return DocumentFile(
        role=FileRole.ORIGINAL,
        sha256=brought.sha256,
        name=brought.name,
        format=record.format,
        size=brought.size,
        reading=to_json(replace(record, file=brought.name)),
        added_at=added_at,
        pages=[_page(page) for page in record.pages],
    )


def _page(page: Page) -> FilePage:
    row = FilePage(number=page.number, text=page.text)
    if page.words and page.width and page.height:
        row.geometry = PageGeometry(width=page.width, height=page.height, words=geometry.packed(page.words))
    return row


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
