"""The tables. Pages, API and command line never see a row: queries return the facts of `archive.catalogue.facts`.

A document's own columns hold what staff see. What the machine read from a file stays whole in `DocumentFile.reading`,
so a correction can be laid over it and a better reader can read again. Times are UTC without a zone.
"""

from archive.catalogue.models.accounts import Awaited, PasswordLink, SavedSearch, SignIn, Token, User
from archive.catalogue.models.base import Row
from archive.catalogue.models.citations import (
    NAMING,
    BodyTally,
    Cited,
    Dismissal,
    DocumentReference,
    Meaning,
    Mismatch,
    Missing,
    Tally,
)
from archive.catalogue.models.deposits import Deposit, Job
from archive.catalogue.models.documents import (
    Document,
    DocumentFile,
    DocumentSigner,
    FilePage,
    PageGeometry,
    TextBand,
    Twin,
)
from archive.catalogue.models.history import Event

__all__ = [
    "NAMING",
    "Awaited",
    "BodyTally",
    "Cited",
    "Deposit",
    "Dismissal",
    "Document",
    "DocumentFile",
    "DocumentReference",
    "DocumentSigner",
    "Event",
    "FilePage",
    "Job",
    "Meaning",
    "Mismatch",
    "Missing",
    "PageGeometry",
    "PasswordLink",
    "Row",
    "SavedSearch",
    "SignIn",
    "Tally",
    "TextBand",
    "Token",
    "Twin",
    "User",
]
