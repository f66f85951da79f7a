"""The catalogue of record: the tables. Rows never leave this package; queries return the facts of `facts.py`.

A document's own columns hold what staff see. What the machine read from a file stays whole in `DocumentFile.reading`,
so a correction can be laid over it and a better reader can read again.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, ForeignKeyConstraint, Index, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_OF_BODIES = text("action = 'body'")  # few among the events, and all are read to know the bodies
_PARTS = "all, delete-orphan"  # what goes with the row it is part of


class Row(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=_NAMES)


class User(Row):
    """A person's account. Times are UTC without a zone, here and below."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    password_hash: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class SignIn(Row):
    """A browser that is signed in: the SHA-256 of the key in its cookie. Signing out removes the row."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    browser: Mapped[str] = mapped_column(Text, default="")  # as it names itself, for its owner to know it again
    user: Mapped[User] = relationship()


class Token(Row):
    """An API token: only its SHA-256 is kept, the token itself is shown once."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(Text, default="")  # what it is for, in its owner's words
    digest: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


class PasswordLink(Row):
    """A link by which the owner of an account sets its password, once: the SHA-256 of its secret."""

    __tablename__ = "password_link"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime]
    user: Mapped[User] = relationship()


class Document(Row):
    """One issued document. `version` grows with every change.

    The index has caught up where `indexed_version` is it, and what follows from citations where `traced_version` is.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_identity", "number_key", "year"),
        Index("ix_document_body", "body_key", "state", "year", "kind", "issuer"),  # a body's page is read in it alone
        {"sqlite_autoincrement": True},  # the id of a document deleted for good is never another's
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(Text, index=True)
    number: Mapped[str | None] = mapped_column(Text)
    number_key: Mapped[str | None] = mapped_column(Text)  # ingest.numbers.Number.key
    serial: Mapped[str | None] = mapped_column(Text, index=True)  # without leading zeros, lower case
    symbol_key: Mapped[str | None] = mapped_column(Text)
    year: Mapped[int | None]  # of issue, else the one inside the number
    issued_on: Mapped[date | None] = mapped_column(index=True)
    place: Mapped[str | None] = mapped_column(Text)
    issuer: Mapped[str | None] = mapped_column(Text)
    superior: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text, index=True)
    subject: Mapped[str | None] = mapped_column(Text)
    title_key: Mapped[str | None] = mapped_column(Text, index=True)  # of a law, which is cited by kind and name
    body_key: Mapped[str | None] = mapped_column(Text)  # of the issuer, as archive.bodies.home tells it
    recipients: Mapped[list[str]] = mapped_column(JSON, default=list)
    certainty: Mapped[float] = mapped_column(default=0.0)  # of the field least surely known: archive.certainty
    version: Mapped[int] = mapped_column(default=1)
    indexed_version: Mapped[int] = mapped_column(default=0)
    traced_version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    merged_as: Mapped[str | None] = mapped_column(Text)  # renditions.Decision
    files: Mapped[list["DocumentFile"]] = relationship(
        back_populates="document", order_by="DocumentFile.id", cascade=_PARTS
    )
    signers: Mapped[list["DocumentSigner"]] = relationship(order_by="DocumentSigner.ordinal", cascade=_PARTS)


class DocumentFile(Row):
    """One file of a document; its bytes are in the store under `sha256`. The first is the original."""

    __tablename__ = "file"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    role: Mapped[str] = mapped_column(Text)  # facts.FileRole
    sha256: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)  # as it was brought, for showing only
    format: Mapped[str] = mapped_column(Text)
    size: Mapped[int]  # bytes
    reading: Mapped[dict[str, Any]] = mapped_column(
        JSON
    )  # of an original: the contract's record, as the machine read it
    added_at: Mapped[datetime]
    document: Mapped[Document] = relationship(back_populates="files")
    pages: Mapped[list["FilePage"]] = relationship(order_by="FilePage.number", cascade=_PARTS)


class FilePage(Row):
    """The text of one page; evidence and mentions count their offsets in it."""

    __tablename__ = "page"

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    text: Mapped[str] = mapped_column(Text)
    geometry: Mapped["PageGeometry | None"] = relationship(cascade=_PARTS)


class PageGeometry(Row):
    """The paper of a page and where the words stand on it; no row where the file does not say. Sizes are in points."""

    __tablename__ = "page_geometry"
    __table_args__ = (ForeignKeyConstraint(["file_id", "number"], ["page.file_id", "page.number"]),)

    file_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    width: Mapped[float]
    height: Mapped[float]
    words: Mapped[bytes]  # catalogue.geometry


class Twin(Row):
    """A document that came in and may be the same as another one, until an editor decides."""

    __tablename__ = "twin"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)


class TextBand(Row):
    """One of the values of a document's fingerprint, by which texts nearly alike are found."""

    __tablename__ = "text_band"

    value: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)


class DocumentSigner(Row):
    """One who signed a document."""

    __tablename__ = "signer"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    position: Mapped[str | None] = mapped_column(Text)
    authority: Mapped[list[str]] = mapped_column(JSON, default=list)


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


class Awaited(Row):
    """A missing document, named by its key, of whose arrival a person asked to be told."""

    __tablename__ = "awaited"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[datetime]


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


class SavedSearch(Row):
    """A search that a person keeps. Its feed's address is made of `feed_key`: another key ends the old address."""

    __tablename__ = "saved_search"

    id: Mapped[str] = mapped_column(Text, primary_key=True)  # a UUID: it names the feed for good
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)  # of the search page, in its canonical form
    looked_at: Mapped[datetime]  # what came later is new
    feed_key: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]  # it can be taken back for a while
    user: Mapped[User] = relationship()
