"""Files brought, until they are documents."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.catalogue.models.base import Row


class Job(Row):
    """One act of bringing files: by a form, by the API, or by the command line."""

    __tablename__ = "job"

    id: Mapped[str] = mapped_column(Text, primary_key=True)  # random, so that none can be guessed
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    document_state: Mapped[str] = mapped_column(Text)  # the state its documents start in
    deposits: Mapped[list["Deposit"]] = relationship(order_by="Deposit.id", back_populates="job")


class Deposit(Row):
    """One file brought: its bytes are in the store before this row is written, and stay whatever becomes of it."""

    __tablename__ = "deposit"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("job.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text, index=True)
    size: Mapped[int]
    # queued, reading, recognising, done, held, cancelled, failed, erased
    state: Mapped[str] = mapped_column(Text, index=True)
    page: Mapped[int] = mapped_column(default=0)  # pages read so far
    pages: Mapped[int] = mapped_column(default=0)  # of so many
    message: Mapped[str | None] = mapped_column(Text)  # why it failed, for the person who brought it
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    job: Mapped[Job] = relationship(back_populates="deposits")
