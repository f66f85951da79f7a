"""The history: events sealed one with another, which nothing can change unseen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from archive import history
from archive.catalogue.database import Catalogue, migrations_config
from archive.catalogue.models import Event
from archive.consistency import check
from archive.history import Action
from archive.instance import Instance
from archive.workflow import CLERK

REWRITTEN = {
    "changed": "UPDATE event SET detail = replace(detail, 'sai', 'khác') WHERE id = 2",
    "signed by another": "UPDATE event SET user_id = 1 WHERE id = 2",
    "dated back": "UPDATE event SET at = '2020-01-01 00:00:00.000000' WHERE id = 2",
    "removed": "DELETE FROM event WHERE id = 2",
    "sealed anew alone": "UPDATE event SET digest = 'ab' WHERE id = 2",
}


def tell(session: Session, *reasons: str) -> None:
    for reason in reasons:
        history.record(session, CLERK, None, Action.EDIT, {"reason": reason})


@pytest.fixture
def told(instance: Instance) -> Instance:
    """An instance in which three things have happened."""
    with instance.catalogue.session() as session:
        tell(session, "đổi số", "số sai", "số đúng")
    return instance


def test_each_event_is_sealed_with_the_one_before_it(told: Instance) -> None:
    """Nothing is broken in a history that only `record` has written, and no two seals are alike."""
    with told.catalogue.reading() as session:
        assert history.first_broken(session) is None
        assert len(set(session.scalars(select(Event.digest)))) == 3


@pytest.mark.parametrize("statement", ["UPDATE event SET user_id = 1", "DELETE FROM event"])
def test_the_database_refuses_to_rewrite_history(told: Instance, statement: str) -> None:
    """No statement changes or deletes an event, whoever sends it."""
    with pytest.raises(DatabaseError, match="only ever added to"), told.catalogue.session() as session:
        session.execute(text(statement))


@pytest.mark.parametrize("way", REWRITTEN)
def test_the_first_broken_seal_is_named(told: Instance, way: str) -> None:
    """Whoever gets round the database leaves a chain that breaks where it was tampered with, and a check says so."""
    with told.catalogue.session() as session:
        for change in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER event_refuses_{change}"))
        session.execute(text(REWRITTEN[way]))
    (found,) = check(told)
    assert found.code == "history_broken"
    assert f"sự kiện {3 if way == 'removed' else 2}:" in found.message


@pytest.mark.parametrize("then", [(), ("đổi ngày",), ("đổi ngày", "ngày khác")], ids=["nothing", "one", "more"])
def test_a_history_whose_newest_events_were_cut_off_is_noticed(told: Instance, then: tuple[str, ...]) -> None:
    """What is left holds together, and so does what is added to it: the seals kept beside the catalogue tell."""
    with told.catalogue.session() as session:
        session.execute(text("DROP TRIGGER event_refuses_delete"))
        session.execute(text("DELETE FROM event WHERE id >= 3"))
    for reason in then:
        with told.catalogue.session() as session:
            tell(session, reason)
    (found,) = check(told)
    assert found.code == "history_broken"
    assert "sự kiện 3:" in found.message


def test_what_was_not_committed_leaves_no_seal(told: Instance) -> None:
    """A transaction that fails is no event, and none is missed afterwards."""
    with told.catalogue.session() as session:
        tell(session, "chưa xong")
        session.rollback()
    assert check(told) == ()


def test_taking_in_is_an_event(instance: Instance, keep: Callable[..., int]) -> None:
    """A document's history begins with its coming in."""
    held = keep("Một")
    with instance.catalogue.reading() as session:
        event = session.scalars(select(Event).where(Event.document_id == held)).one()
    assert (event.action, event.user_id) == (Action.ACCESSION, None)


def test_what_happened_before_seals_were_kept_is_sealed_as_it_stands(tmp_path: Path) -> None:
    """A catalogue of before is migrated with its events, which then hold together with those that follow."""
    url = f"sqlite:///{tmp_path / 'archive.sqlite'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(migrations_config(connection), "0002")
        for file in ("một.pdf", "hai.pdf"):
            statement = "INSERT INTO event (at, action, detail) VALUES ('2026-10-01 08:00:00.123456', 'accession', :d)"
            connection.execute(text(statement), {"d": f'{{"file": "{file}"}}'})
    engine.dispose()
    catalogue = Catalogue(url)
    catalogue.migrate()
    with catalogue.session() as session:
        tell(session, "sau đó")
        assert history.first_broken(session) is None
        assert session.scalars(select(Event.detail["file"].as_string())).all() == ["một.pdf", "hai.pdf", None]
    catalogue.close()
