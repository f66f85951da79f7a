"""What documents cite, and what follows from it: all of it can be settled again from documents and their readings."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.catalogue.models.base import Row


class DocumentReference(Row):
    """A document cited by `document_id`: what it is cited as, how, and where. Written by `archive.citations` alone."""

    __tablename__ = "reference"
    __table_args__ = (
        UniqueConstraint("document_id", "ordinal"),
        Index("ix_reference_citers", "cited_id", "relation", "citing_state", "citing_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    ordinal: Mapped[int]
    cited_id: Mapped[int] = mapped_column(ForeignKey("cited.id"))
    relation: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # page, start, end, text, in reading order
    citing_state: Mapped[str] = mapped_column(Text)  # of `document_id`, with its day of issue: a law's citers
    citing_day: Mapped[date | None]  # are counted and put in order without a look at each
    cited: Mapped["Cited"] = relationship()


class Cited(Row):
    """One way of citing a document: a row for all references that say the same of it, from where it means the same."""

    __tablename__ = "cited"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, index=True)  # one for all ways of citing one document; names its page
    number: Mapped[str | None] = mapped_column(Text)  # as written, down to `subject`
    kind: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[date | None]
    issuer: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    called: Mapped[str] = mapped_column(Text, index=True)  # citations.Identity, down to `until`
    year: Mapped[int | None]
    body: Mapped[str | None] = mapped_column(Text, index=True)
    series: Mapped[str | None] = mapped_column(Text, index=True)
    province: Mapped[str | None] = mapped_column(Text)
    until: Mapped[int | None]
    chosen_id: Mapped[int | None] = mapped_column(index=True)  # what staff say it means; that document may be gone


NAMING = (Cited.number, Cited.kind, Cited.name, Cited.issued_on, Cited.issuer, Cited.subject)
"""What a way of citing names the document by, as written."""


class Meaning(Row):
    """A held document that a way of citing can mean, whoever may see it."""

    __tablename__ = "meaning"

    cited_id: Mapped[int] = mapped_column(ForeignKey("cited.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)


class Tally(Row):
    """How many references from documents of one state cite in one way."""

    __tablename__ = "tally"

    cited_id: Mapped[int] = mapped_column(ForeignKey("cited.id"), primary_key=True)
    state: Mapped[str] = mapped_column(Text, primary_key=True)
    citers: Mapped[int]


class BodyTally(Row):
    """How many references from documents of one body and one state cite documents of another body, by their keys."""

    __tablename__ = "body_tally"
    __table_args__ = (Index("ix_body_tally_cited", "cited", "citing", "state", "citers"),)

    citing: Mapped[str] = mapped_column(Text, primary_key=True)
    cited: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text, primary_key=True)
    citers: Mapped[int]


class Missing(Row):
    """A cited document of which viewers of one clearance can see citers, but no document that is meant."""

    __tablename__ = "missing"
    __table_args__ = (Index("ix_missing_rank", "clearance", "citers", "key"),)

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    clearance: Mapped[str] = mapped_column(Text, primary_key=True)  # workflow.Viewer.clearance
    citers: Mapped[int]


class Mismatch(Row):
    """A fact that viewers of one clearance see told otherwise of a document than it is, or than others tell it.

    Of a held document (`document_id`) that is what the archive holds, of a missing one (`key`) what most citers tell.
    """

    __tablename__ = "mismatch"
    __table_args__ = (
        Index("ix_mismatch_rank", "clearance", "citers", "mark"),
        Index("ix_mismatch_kind", "clearance", "field", "citers", "mark"),
    )

    mark: Mapped[str] = mapped_column(Text, primary_key=True)  # the document, the field, both values: changes with each
    clearance: Mapped[str] = mapped_column(Text, primary_key=True)  # workflow.Viewer.clearance
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    key: Mapped[str | None] = mapped_column(Text, index=True)  # Cited.key
    field: Mapped[str] = mapped_column(Text)  # citations.disagreements.Difference
    cited_id: Mapped[int] = mapped_column(ForeignKey("cited.id"))  # a way that tells it so
    other_id: Mapped[int | None] = mapped_column(ForeignKey("cited.id"))  # of a missing document, one as most tell it
    citers: Mapped[int]  # that tell it so


class Dismissal(Row):
    """A mismatch that an editor looked at and put away: it comes back when what it was about is told or held anew."""

    __tablename__ = "dismissal"

    mark: Mapped[str] = mapped_column(Text, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
