"""What the catalogue answers: frozen facts for pages, API and command line. No row of a table leaves the package."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ingest.record import Mention, Problem, Relation, Signature, Signer, Word


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


class Status(StrEnum):
    """What is known of the document that a citation means, as far as the viewer may see what is held."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Geometry:
    """The paper of a page, in points, and its words: their offsets in the page's text, and their boxes."""

    width: float
    height: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A document that this one cites. `target` is the held document when resolved; `candidates` when ambiguous.

    `force` says what has become of the held document, None when nothing has as far as is known. `sentence` is that of
    the first mention. `cited_key` names the page of the cited document while it is not held. `warnings` are Vietnamese
    sentences.
    """

    number: str | None
    kind: str | None
    name: str | None
    issued_on: date | None
    issuer: str | None
    relation: Relation
    status: Status
    cited_key: str
    target: Card | None
    candidates: tuple[Card, ...]
    mentions: tuple[Mention, ...]
    sentence: str
    force: "Force | None"
    warnings: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What tells this reference from the document's others, for who corrects it: where it is first mentioned."""
        return f"{self.mentions[0].page}-{self.mentions[0].start}"


@dataclass(frozen=True, slots=True)
class CorrectionFact:
    """A correction of a document's references that stands: `change` is one of `citations.corrections.Change`.

    `text` is the mention that it is about; `target` the held document chosen, as far as the viewer may see it.
    """

    id: int
    at: datetime
    by: str | None
    change: str
    text: str
    relation: Relation | None
    target: Card | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document that cites this one, with the sentence the citation stands in and its page there.

    `ordinal` counts what that document cites, from 0.
    """

    document: Card
    relation: Relation
    sentence: str
    page: int
    ordinal: int


class Standing(StrEnum):
    """What has become of a document's force; of several things the first here is what counts."""

    EXPIRED = "expired"  # staff say so
    REPEALED = "repealed"
    REPLACED = "replaced"
    SUSPENDED = "suspended"
    PARTLY = "partly"  # repealed or replaced in part
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a later document did to one: the sentence that says it, its page there, and the reference it is in.

    `partly` when only a part is meant. `ordinal` counts what that document cites, from 0.
    """

    relation: Relation
    partly: bool
    document: Card
    sentence: str
    page: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Force:
    """How a document stands that something was done to, since when as far as is known, and by what.

    `since` is the day of issue of the first document that did it, or the day that staff say, with their `reason`.
    """

    standing: Standing
    since: date | None
    effects: tuple[Effect, ...]
    reason: str | None

    @property
    def ended(self) -> bool:
        """Whether nothing of it is in force any more."""
        return self.standing in {Standing.EXPIRED, Standing.REPEALED, Standing.REPLACED}


@dataclass(frozen=True, slots=True)
class Citers:
    """Those that cite a document in one relation: how many there are, and the newest of them."""

    relation: Relation
    total: int
    newest: tuple[Incoming, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account; `seen_at` is when its latest session began, None when it has none."""

    id: int
    name: str
    role: str
    active: bool
    created_at: datetime
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Key:
    """What an account is known by again: a signed-in browser, or an API token; `name` says which."""

    id: int
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EventFact:
    """Something done in the archive: when (UTC), by whom (None: on the command line), what, and why if that was said.

    `action` is a `history.Action`; `changes` maps what was changed to its values, JSON, before and after.
    """

    id: int
    at: datetime
    by: str | None
    document_id: int | None
    action: str
    changes: dict[str, tuple[Any, Any]]
    reason: str | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is said in the place of a document that was withdrawn."""

    card: Card
    withdrawn: EventFact


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
class Way:
    """One way in which a document is cited, as written, and how many documents cite it so."""

    number: str | None
    kind: str | None
    name: str | None
    issued_on: date | None
    issuer: str | None
    subject: str | None
    citers: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fact that the citers of one document tell differently: what is told, each by how many of them.

    `field` is `issued_on`, `kind`, `issuer`, `name` or `subject`.
    """

    field: str
    told: tuple[tuple[Any, int], ...]


@dataclass(frozen=True, slots=True)
class NameBorne:
    """A name under which the body of a key issued documents: how many, and the first and last year of those dated."""

    key: str
    name: str
    documents: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document that is cited but not held: how it is cited most often, by how many documents, and in which ways."""

    cited_key: str
    number: str | None
    kind: str | None
    name: str | None
    issued_on: date | None
    issuer: str | None
    subject: str | None
    citers: int
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fact of a document that is cited otherwise: by how many, and by whom for one.

    `field` is as in `Disagreement`, `told` what is cited. Of a held `document` `against` is what the
    archive has. A missing one is named by `title`, its page by `cited_key`; there `against` is what most tell, and
    `otherwise` is one that does. `dismissed` is the event by which an editor put the mismatch away.
    """

    mark: str
    field: str
    told: Any
    against: Any
    citers: int
    document: Card | None
    cited_key: str | None
    title: str | None
    citing: Incoming | None
    otherwise: Incoming | None
    dismissed: EventFact | None


@dataclass(frozen=True, slots=True)
class DepositFacts:
    """One file of a job: queued, reading, done, held (the archive had these bytes already), cancelled, failed, erased.

    `message` says why it failed; `references` counts the documents that its document cites; `twin` is one that its
    document may be the same as; `warnings` say what is off with its digital signatures, in Vietnamese.
    """

    id: int
    name: str
    size: int
    state: str
    page: int
    pages: int
    message: str | None
    document: Card | None
    references: int
    twin: Card | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A job as people see it: queued, running, done, or failed when no file of it could be taken in."""

    id: str
    state: str
    created_at: datetime
    deposits: tuple[DepositFacts, ...]

    @property
    def finished(self) -> int:
        """How many files need no more work."""
        return sum(deposit.state in {"done", "held", "cancelled", "failed", "erased"} for deposit in self.deposits)


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is: documents, those of each kind (most frequent first), missing documents, files not yet read."""

    documents: int
    kinds: tuple[tuple[str, int], ...]
    missing: int
    waiting: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that a person keeps: its name, its address in the search page's canonical form, without a `?`.

    What came after `looked_at` is new; `feed_key` is what its feed's address hangs on. Times are UTC.
    """

    id: str
    name: str
    address: str
    looked_at: datetime
    feed_key: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that came into the archive, or into sight there: when, and the checksum of its original."""

    card: Card
    at: datetime
    sha256: str
