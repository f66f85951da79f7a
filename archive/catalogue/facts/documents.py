"""Documents as lists, their own page and reviewers see them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from archive.catalogue.facts.events import EventFact
from ingest.record import Problem, Signature, Signer, Word


@dataclass(frozen=True, slots=True)
class Card:
    """A document in a few words, as lists show it. `file_name` names what has neither number nor subject."""

    id: int
    state: str
    number: str | None
    kind: str | None
    issuer: str | None
    issued_on: date | None
    subject: str | None
    signers: tuple[str, ...]
    file_name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that waits for an editor: how surely it is known what it says (0 to 1, of the field least so).

    `doubled` when it may be the same as another one, which is undecided; `created_at` is UTC.
    """

    card: Card
    certainty: float
    doubled: bool
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that came into the archive, or into sight there: when, and the checksum of its original."""

    card: Card
    at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is said in the place of a document to who can see it no more; `taken` is what took it from them."""

    card: Card
    taken: EventFact


class FileRole(StrEnum):
    """What a file is to its document: what was brought, or what the archive has made of that."""

    ORIGINAL = "original"
    SEARCHABLE = "searchable"  # a scan's pages as a PDF with the recognised words under them


@dataclass(frozen=True, slots=True)
class FileFact:
    """One kept file of a document: role, checksum, the name it came with, format, size in bytes, number of pages."""

    role: FileRole
    sha256: str
    name: str
    format: str
    size: int
    pages: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Rendition:
    """A file that came as a document of its own, `id`, and was put into another.

    `kind` is "rendition", or "version" for one that was replaced; `size` is in bytes.
    """

    id: int
    kind: str | None
    name: str
    format: str
    size: int


@dataclass(frozen=True, slots=True)
class Geometry:
    """The paper of a page, in points, and its words: their offsets in the page's text, and their boxes."""

    width: float
    height: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What a document says of itself, as staff may write it; None or nothing where it does not say."""

    number: str | None = None
    kind: str | None = None
    issued_on: date | None = None
    place: str | None = None
    issuer: str | None = None
    superior: str | None = None
    subject: str | None = None
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """All that the document page shows, but for its relations; `body` is the key of the body that issued it."""

    card: Card
    body: str | None
    place: str | None
    superior: str | None
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...]
    files: tuple[FileFact, ...]
    pages: tuple[str, ...]
    problems: tuple[Problem, ...]
    signatures: tuple[Signature, ...]
    record: dict[str, Any]
    version: int
    created_at: datetime
    created_by: str | None


@dataclass(frozen=True, slots=True)
class NameBorne:
    """A name under which the body of a key issued documents: how many, and the first and last year of those dated."""

    key: str
    name: str
    documents: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is: documents, those of each kind (most frequent first), missing documents, files not yet read."""

    documents: int
    kinds: tuple[tuple[str, int], ...]
    missing: int
    waiting: int
