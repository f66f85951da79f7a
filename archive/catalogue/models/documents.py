"""Documents: what they say of themselves, their files and texts, and which may be one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.catalogue.models.base import Row

_PARTS = "all, delete-orphan"  # what goes with the row it is part of


class Document(Row):
    """One issued document. `version` grows with every change.

    `indexed_version` is the version that the index holds, `traced_version` the one whose citations are settled.
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


class DocumentSigner(Row):
    """One who signed a document."""

    __tablename__ = "signer"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    position: Mapped[str | None] = mapped_column(Text)
    authority: Mapped[list[str]] = mapped_column(JSON, default=list)


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
