"""Files brought, as those who brought them follow them."""

from dataclasses import dataclass
from datetime import datetime

from archive.catalogue.facts.documents import Card


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
