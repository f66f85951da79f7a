"""Statements over many values: databases bound how many one can carry."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from archive.catalogue.models import Row

_T = TypeVar("_T")
_AT_ONCE = 2_000


def slices(values: Collection[_T], size: int = _AT_ONCE) -> Iterator[list[_T]]:
    """Return the values in parts of that size: as many as one statement can carry."""
    listed = list(values)
    return (listed[start : start + size] for start in range(0, len(listed), size))


def insert_all(session: Session, table: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, which may be none, and all have the same columns."""
    if rows:  # past the ORM, which would look at each row by itself
        session.execute(insert(cast("Table", table.__table__)), rows)
