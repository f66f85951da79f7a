"""Catalogues that an earlier version wrote, brought to this one with what they hold."""

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, Table, create_engine, select

from archive import citations, history
from archive.catalogue import queries
from archive.catalogue.database import Catalogue, migrations_config
from archive.catalogue.models import Document, Event
from archive.catalogue.queries.chains import Reach
from archive.workflow import CLERK
from tests.archive.catalogue.rows import NOON

PEOPLE = "Ủy ban nhân dân tỉnh Lam Sơn"
TEXT = "Thực hiện Quyết định số 77/QĐ-UBND ngày 02/4/2023 của UBND tỉnh và Nghị quyết số 9/NQ-HĐND."
CITES = [
    {"number": "77/QĐ-UBND", "kind": "Quyết định", "issued_on": "2023-04-02", "issuer": "UBND tỉnh", "name": None},
    {"number": "9/NQ-HĐND", "kind": "Nghị quyết", "issued_on": None, "issuer": None, "name": None},
]


def _put(connection: Connection, table: str, **values: Any) -> None:
    known = Table(table, MetaData(), autoload_with=connection)
    connection.execute(known.insert().values(values))


def _document(connection: Connection, id_: int, number: str, day: str | None, references: list[dict[str, Any]]) -> None:
    serial, _, symbol = number.partition("/")
    year = int(day[:4]) if day else None
    key = f"{serial}/{symbol.lower().replace('đ', 'd')}"
    connection.exec_driver_sql(
        "INSERT INTO document (id, state, number, number_key, serial, symbol_key, year, issued_on, place, issuer, kind,"
        " subject, recipients, version, indexed_version, created_at)"
        " VALUES (?, 'public', ?, ?, ?, ?, ?, ?, 'Lam Sơn', ?, 'Quyết định', 'Trồng rừng', '[]', 3, 3, ?)",
        (id_, number, key, serial, key.partition("/")[2], year, day, PEOPLE, NOON.isoformat(" ")),
    )
    _put(
        connection, "file", id=id_, document_id=id_, role="original", sha256=f"{id_:064x}", name=f"{id_}.pdf",
        format="pdf", size=1, reading={"references": references, "problems": []}, added_at=NOON,
    )  # fmt: skip
    _put(connection, "page", file_id=id_, number=1, text=TEXT)


@pytest.fixture
def old(tmp_path: Path) -> Catalogue:
    """A catalogue at revision 0005: three documents, one of which cites another, and an event."""
    url = f"sqlite:///{tmp_path / 'archive.sqlite'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(migrations_config(connection), "0005")
        _put(connection, "user", id=1, name="lan", password_hash="x", role="editor", active=True, created_at=NOON)
        _document(connection, 1, "77/QĐ-UBND", "2023-04-01", [])
        _document(connection, 2, "28/KH-UBND", "2023-05-06", [_cited(said) for said in CITES])
        _document(connection, 3, "29/KH-UBND", None, [_cited(CITES[1])])
        for ordinal, (said, status, target) in enumerate(zip(CITES, ("resolved", "missing"), (1, None), strict=True)):
            _put(
                connection, "reference", document_id=2, ordinal=ordinal, number=said["number"], relation="implements",
                mentions=[_mention(said)], cited_key="x", status=status, target_id=target,
            )  # fmt: skip
        event = Event(
            id=1,
            at=NOON,
            user_id=1,
            document_id=2,
            action="edit",
            detail={"changes": {"subject": [None, "Trồng rừng"]}},
        )
        _put(
            connection, "event", id=1, at=NOON, user_id=1, document_id=2, action="edit", detail=event.detail,
            digest=history.seal(event, ""),
        )  # fmt: skip
    engine.dispose()
    return Catalogue(url)


def _mention(said: dict[str, Any]) -> dict[str, Any]:
    start = TEXT.index(said["number"])
    return {"page": 1, "start": start, "end": start + len(said["number"]), "text": said["number"]}


def _cited(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "relation": "implements", "mentions": [_mention(said)]}


def test_what_was_held_before_citations_had_ways_is_still_held(old: Catalogue) -> None:
    """Documents, their text and history are as they were; what they cite is found again, with all that follows."""
    old.migrate()
    assert citations.catch_up(old) == 3
    assert citations.catch_up(old) == 0
    with old.reading() as session:
        held, missing = queries.outgoing(session, CLERK, 2)
        assert (held.status, held.target.id if held.target else None, missing.status) == ("resolved", 1, "missing")
        assert held.sentence.startswith("Thực hiện Quyết định số 77/QĐ-UBND")
        assert [one.document.id for one in queries.citing(session, CLERK, 1, None, 10)] == [2]
        assert [(one.number, one.citers) for one in queries.most_missed(session, CLERK, 10)] == [("9/NQ-HĐND", 2)]
        assert [one.field for one in queries.mismatches(session, CLERK, None, 10)] == ["issued_on"]
        assert len(queries.chain(session, CLERK, 2, Reach(2, 2)).nodes) == 3
        facts = queries.document(session, CLERK, 2)
        assert (facts.card.number, facts.version, facts.pages) == ("28/KH-UBND", 3, (TEXT,))
        assert [one.action for one in queries.history(session, CLERK, 2)] == ["edit"]
        assert history.first_broken(session) is None
        assert session.scalars(select(Document.indexed_version)).all() == [3, 3, 3]
    with old.session() as session:
        assert citations.settle_all(session) == 3
    old.close()
