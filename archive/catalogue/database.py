"""The database behind the catalogue: connections, transactions, migrations. SQLite, or PostgreSQL by its URL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

import msgspec
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from archive.errors import CatalogueUnavailable, ConfigurationError

MIGRATIONS = Path(__file__).parent / "migrations"
_READING_KB, _WRITING_KB = 16_384, 65_536  # of pages kept in memory: with less, settling all reads them over and over


class Catalogue:
    """An open catalogue. `url` is SQLAlchemy's; threads may share one Catalogue, each with sessions of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._writer = _engine(url)
        self._reader = self._writer.execution_options(writes=False)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a session that may write: committed when the block ends, rolled back when it raises.

        On SQLite it is the only writer from its start, so that nothing it has read changes before it writes; another
        waits up to ten seconds. Keep it short, and read in `reading` what is only read. Raises CatalogueUnavailable.
        """
        with _answering(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that only reads: on SQLite it sees one committed state and never waits for a writer.

        Raises CatalogueUnavailable.
        """
        with _answering(), Session(self._reader, autoflush=False) as session:
            yield session

    def create(self) -> None:
        """Make the tables of an empty database."""
        self._upgrade(lambda _connection: None)

    def migrate(self) -> None:
        """Bring the tables to this version's form; all of it or nothing.

        Raises ConfigurationError when the database cannot be read, when it has no catalogue, and when a later version
        of the software has been here.
        """
        self._upgrade(_require_tables)

    def _upgrade(self, before: Callable[[Connection], None]) -> None:
        engine = _engine(self._url, foreign_keys=False)  # a table is altered by copying it, which its keys would forbid
        try:
            with engine.begin() as connection:
                before(connection)
                command.upgrade(migrations_config(connection), "head")
        except CommandError as error:
            raise ConfigurationError(
                "Kho này đã được mở bằng một phiên bản phần mềm mới hơn; hãy cập nhật phần mềm rồi chạy lại."
            ) from error
        except DatabaseError as error:
            raise ConfigurationError(
                f"Không mở được danh mục của kho ({error.orig}); hãy kiểm tra ổ đĩa, catalogue_url, và bản sao lưu."
            ) from error
        finally:
            engine.dispose()

    def snapshot(self, path: Path) -> None:
        """Write the catalogue as it is at one moment into a new SQLite file, while others go on writing.

        Raises ConfigurationError when the catalogue is no SQLite database.
        """
        if self._writer.dialect.name != "sqlite":
            raise ConfigurationError("Danh mục của kho này không ở SQLite; hãy sao lưu bằng công cụ của cơ sở dữ liệu.")
        with _answering(), self._reader.connect() as connection, closing(sqlite3.connect(path)) as target:
            connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]  # it is SQLite's
            target.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it

    def close(self) -> None:
        """Let go of every connection."""
        self._writer.dispose()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise CatalogueUnavailable(
            "Danh mục của kho chưa trả lời được, có thể do ổ đĩa đầy hoặc một việc khác đang ghi lâu; "
            "hãy thử lại sau ít phút."
        ) from error


def _require_tables(connection: Connection) -> None:
    # a database that is gone must not come back empty: the archive would seem to hold nothing
    if not inspect(connection).has_table("alembic_version"):
        raise ConfigurationError(
            "Danh mục của kho trống hoặc không còn ở chỗ cũ; hãy kiểm tra catalogue_url, hoặc lấy lại từ bản sao lưu."
        )


def migrations_config(connection: Connection) -> Config:
    """Return Alembic's configuration for migrating over the connection, inside its transaction."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _engine(url: str, *, foreign_keys: bool = True) -> Engine:
    engine = create_engine(url, json_serializer=_json, json_deserializer=msgspec.json.decode)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _keeps_foreign_keys if foreign_keys else _plain)
        event.listen(engine, "begin", _begin)
    return engine


def _json(told: object) -> str:
    return msgspec.json.encode(told).decode()


def _plain(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the module would begin only before a write, and leave reads without a snapshot
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # NORMAL may lose, with the power, a deposit already acknowledged


def _keeps_foreign_keys(connection: SqliteConnection, entry: ConnectionPoolEntry) -> None:
    _plain(connection, entry)
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another has written in between, however long
    # it would wait: so one that may write takes the lock before it reads.
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITING_KB if writes else _READING_KB}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
