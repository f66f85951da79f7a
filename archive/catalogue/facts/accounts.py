"""Accounts, and what people keep in them."""

from dataclasses import dataclass
from datetime import datetime


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
