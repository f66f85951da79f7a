"""Accounts, by what their owners are known again, and what they keep and await."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.catalogue.models.base import Row


class User(Row):
    """A person's account."""

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


class Awaited(Row):
    """A missing document, named by its key, of whose arrival a person asked to be told."""

    __tablename__ = "awaited"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[datetime]
