"""What documents cite, what cites them, and what that does to them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from archive.catalogue.facts.documents import Card
from archive.catalogue.facts.events import EventFact
from ingest.record import Mention, Relation


class Status(StrEnum):
    """What is known of the document that a citation means, as far as the viewer may see what is held."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


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

    `partly` when only a part is meant. `since` is the day from which that document is in force, of its issue where it
    does not say. `ordinal` counts what it cites, from 0.
    """

    relation: Relation
    partly: bool
    since: date | None
    document: Card
    sentence: str
    page: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Force:
    """How a document stands that something was done to, since when as far as is known, and by what.

    `since` is that of the first effect, which may be to come, or the day that staff say, with their `reason`.
    """

    standing: Standing
    since: date | None
    effects: tuple[Effect, ...]
    reason: str | None

    @property
    def ended(self) -> bool:
        """Whether nothing of it is in force from `since` on."""
        return self.standing in {Standing.EXPIRED, Standing.REPEALED, Standing.REPLACED}


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
    force: Force | None
    warnings: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What tells this reference from the document's others, for who corrects it: where it is first mentioned."""
        return f"{self.mentions[0].page}-{self.mentions[0].start}"


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


@dataclass(frozen=True, slots=True)
class Citers:
    """Those that cite a document in one relation: how many there are, and the newest of them."""

    relation: Relation
    total: int
    newest: tuple[Incoming, ...]


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
class Disagreement:
    """A fact that the citers of one document tell differently: what is told, each by how many of them.

    `field` is `issued_on`, `kind`, `issuer`, `name` or `subject`.
    """

    field: str
    told: tuple[tuple[Any, int], ...]


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
