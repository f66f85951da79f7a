"""What reading one file yields: frozen facts, each leading back to the page it was read from.

Offsets count code points in `Page.text`, the end excluded, so that `page.text[start:end]` is always what was read.
Boxes are PDF points from the top left corner of the page: x0, top, x1, bottom.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

Format = Literal["pdf", "docx", "doc", "odt", "rtf", "html", "text", "markdown", "image"]
TextSource = Literal["embedded", "ocr", "mixed"]
Box = tuple[float, float, float, float]


class Relation(StrEnum):
    """How a document stands to one it cites; the strongest that any mention shows (domain: relations)."""

    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    SUSPENDS = "suspends"
    CORRECTS = "corrects"
    GUIDES = "guides"
    CONTINUES = "continues"
    ATTACHED_TO = "attached_to"
    LEGAL_BASIS = "legal_basis"
    PROPOSED_BY = "proposed_by"
    REPLIES_TO = "replies_to"
    IMPLEMENTS = "implements"
    CITES = "cites"


@dataclass(frozen=True, slots=True)
class Word:
    """A word on the page: where it stands in the page's text, and where on the paper."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its text (NFC), its words where the file has geometry, its size in points.

    `recognised` says that the text was read in an image, and may have errors that the document has not.
    """

    number: int
    text: str
    words: tuple[Word, ...] = ()
    width: float | None = None
    height: float | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field was read, by which rule, and how surely (0 to 1)."""

    page: int
    start: int
    end: int
    rule: str
    confidence: float
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signed: the name, the position in sentence case, and the lines of authority above it as written."""

    name: str | None
    position: str | None
    authority: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a document is cited; `text` is the page's text from start to end."""

    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One document cited, with every mention of it in reading order; never the citing document itself.

    `name` is that of a law cited by name, `subject` what a mention tells behind number, date and body.
    """

    number: str | None
    kind: str | None
    issued_on: date | None
    issuer: str | None
    relation: Relation
    mentions: tuple[Mention, ...]
    name: str | None = None
    subject: str | None = None


class SignatureRole(StrEnum):
    """For whom a digital signature stands (domain: signed PDFs)."""

    LEADER = "leader"
    INITIALS = "initials"
    ORGANISATION = "organisation"
    INCOMING_STAMP = "incoming_stamp"
    TIME_STAMP = "time_stamp"


class Trust(StrEnum):
    """Where a certificate's chain led at the time of signing. Revocation is never known: nothing is asked online."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    SELF_SIGNED = "self_signed"


class Changes(StrEnum):
    """What was added to the file after a signature."""

    NOTHING = "nothing"
    SIGNATURES = "signatures"  # or stamps
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Signature:
    """One digital signature of a PDF, as far as it can be checked without a network; None is what is not known.

    `signer` and `organisation` are the certificate's subject; `signed_at` is the time claimed, `time_stamp` the time a
    time-stamping authority vouches for. `intact` says that the signed bytes are as they were signed, `covers_revision`
    that they were the whole file then: its first `signed_length` bytes. `verdict` says all of it in one sentence.
    """

    field: str
    verdict: str
    signer: str | None = None
    organisation: str | None = None
    role: SignatureRole | None = None
    signed_at: datetime | None = None
    time_stamp: datetime | None = None
    intact: bool | None = None
    trust: Trust | None = None
    changes: Changes | None = None
    covers_revision: bool | None = None
    signed_length: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: a code for programs, a sentence in Vietnamese for people."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one file says. What the document does not carry is None or empty, never a guess."""

    file: str
    sha256: str
    format: Format
    pages: tuple[Page, ...]
    text_source: TextSource | None = None
    number: str | None = None
    issued_on: date | None = None
    place: str | None = None
    issuer: str | None = None
    superior: str | None = None
    kind: str | None = None
    subject: str | None = None
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    signatures: tuple[Signature, ...] = ()
    evidence: dict[str, Evidence] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
