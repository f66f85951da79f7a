"""The time of day, in one place so that a test can set it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone in which offices date what they do."""


def now() -> datetime:
    """Return the present time as the catalogue keeps it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)
