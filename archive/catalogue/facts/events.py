"""What was done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


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
