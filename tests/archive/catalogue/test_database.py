"""The catalogue's database: migrations, transactions, durability."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from archive import clock
from archive.catalogue.database import Catalogue
from archive.catalogue.models import Row, Token, User
from archive.errors import CatalogueUnavailable, ConfigurationError


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'archive.sqlite'}"


def _user(name: str) -> User:
    return User(name=name, password_hash="", role="reader", created_at=clock.now())


def test_migrations_make_the_models_schema(catalogue: Catalogue, url: str) -> None:
    """The migrations, one after the other, make exactly the tables, columns, keys and indexes of the models."""
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []
    engine.dispose()


def test_migrating_again_changes_nothing(catalogue: Catalogue) -> None:
    """An up-to-date catalogue is left as it is."""
    with catalogue.session() as session:
        session.add(_user("lan"))
    catalogue.migrate()
    with catalogue.reading() as session:
        assert session.scalars(select(User.name)).all() == ["lan"]


def test_a_later_catalogue_is_refused(catalogue: Catalogue) -> None:
    """A catalogue that a later version has migrated is not touched, and the message says to update."""
    with catalogue.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="phiên bản phần mềm mới hơn"):
        catalogue.migrate()


def test_a_database_without_a_catalogue_is_refused(url: str) -> None:
    """A catalogue that is gone is said to be gone: it does not come back empty."""
    with pytest.raises(ConfigurationError, match="Danh mục của kho trống"):
        Catalogue(url).migrate()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, url: str) -> None:
    """What cannot be read as a database is said to be so, in one sentence."""
    (tmp_path / "archive.sqlite").write_bytes(b"not a database " * 100)
    with pytest.raises(ConfigurationError, match=r"Không mở được danh mục .*hãy kiểm tra"):
        Catalogue(url).migrate()


def test_a_session_that_raises_leaves_nothing(catalogue: Catalogue) -> None:
    """What a session wrote before it raised is rolled back."""

    def write_and_fail() -> None:
        with catalogue.session() as session:
            session.add(_user("lan"))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    with catalogue.reading() as session:
        assert session.scalars(select(User)).all() == []


def test_foreign_keys_are_enforced(catalogue: Catalogue) -> None:
    """A row that points to nothing is refused."""
    with pytest.raises(IntegrityError), catalogue.session() as session:
        session.add(Token(user_id=404, digest="", created_at=clock.now()))


def test_a_reader_sees_one_state_while_another_writes(catalogue: Catalogue) -> None:
    """Reading goes on beside a writer, without waiting, and sees the state it began with until it ends."""
    with catalogue.reading() as reader:
        assert reader.scalars(select(User.name)).all() == []
        with catalogue.session() as writer:
            writer.add(_user("lan"))
            writer.flush()
        assert reader.scalars(select(User.name)).all() == []
    with catalogue.reading() as reader:
        assert reader.scalars(select(User.name)).all() == ["lan"]


def test_a_session_holds_the_write_lock_from_its_start(catalogue: Catalogue, url: str) -> None:
    """Nothing that a writing session has read can be changed by another before it writes."""
    engine = create_engine(url, connect_args={"timeout": 0})
    with catalogue.session() as session, engine.connect() as other:
        assert session.scalars(select(User)).all() == []
        with pytest.raises(OperationalError, match="locked"):
            other.execute(text("DELETE FROM user"))
    engine.dispose()


def test_a_database_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    """What the driver says of a file it cannot open or write is one error of ours, with its cause."""
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'nowhere' / 'archive.sqlite'}")
    for opened in (catalogue.reading, catalogue.session):
        with pytest.raises(CatalogueUnavailable, match=r"hãy thử lại") as raised, opened() as session:
            session.execute(text("SELECT 1"))
        assert isinstance(raised.value.__cause__, OperationalError)
    catalogue.close()
