"""What was done."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue.models.base import Row

_OF_BODIES = text("action = 'body'")  # few among the events, and all are read to know the bodies


class Event(Row):
    """Who did what when; rows are only ever added, by `archive.history`, and outlive their document."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_bodies", "id", sqlite_where=_OF_BODIES, postgresql_where=_OF_BODIES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    document_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(Text)  # history.Action
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(Text)  # history.seal
