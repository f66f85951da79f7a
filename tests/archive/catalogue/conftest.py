"""A fresh catalogue, and rows for it that say only what a test is about."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from archive.catalogue.database import Catalogue


@pytest.fixture
def catalogue(made_catalogue: Path, tmp_path: Path) -> Iterator[Catalogue]:
    """An empty catalogue in SQLite."""
    catalogue = Catalogue(f"sqlite:///{shutil.copy(made_catalogue, tmp_path / 'archive.sqlite')}")
    yield catalogue
    catalogue.close()


@pytest.fixture
def session(catalogue: Catalogue) -> Iterator[Session]:
    """A session that may write."""
    with catalogue.session() as session:
        yield session
