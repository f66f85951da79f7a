"""How surely it is known what a document says."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, select, text

from archive.catalogue.database import Catalogue, migrations_config
from archive.catalogue.facts import Description
from archive.catalogue.models import Document
from archive.certainty import certainties, lacking
from ingest import to_json
from ingest.record import Evidence, Signer
from tests.archive.conftest import record

SAID = Description(
    number="28/KH-UBND", kind="Kế hoạch", issued_on=date(2026, 1, 30), issuer="Sở Y tế", subject="Tiêm chủng",
    signers=(Signer("Lê Thị Mai", "Giám đốc", ("KT. GIÁM ĐỐC",)),),
)  # fmt: skip
FACTS = {name: getattr(SAID, name) for name in ("number", "kind", "issued_on", "issuer", "subject", "signers")}
READING = to_json(
    record("KẾ HOẠCH", **FACTS, evidence={name: Evidence(1, 0, 3, "a rule", 0.97) for name in FACTS})
)  # fmt: skip


def test_what_was_read_is_as_sure_as_its_evidence() -> None:
    """For every field that has a value; the empty ones that nobody asks for do not count."""
    assert certainties(SAID, READING) == dict.fromkeys(FACTS, 0.97)


def test_what_staff_wrote_is_certain() -> None:
    """And what they left as it was read is not."""
    known = certainties(replace(SAID, number="29/KH-UBND", place="Lam Sơn"), READING)
    assert (known["number"], known["place"], known["kind"]) == (1.0, 1.0, 0.97)


@pytest.mark.parametrize(
    ("name", "nothing"),
    [("number", None), ("issued_on", None), ("signers", ()), ("signers", (Signer(None, "Giám đốc"),))],
)
def test_what_is_asked_for_and_lacking_is_not_sure_at_all(name: str, nothing: object) -> None:
    """Whoever left it empty; of a signer the name is wanted."""
    said = replace(SAID, **{name: nothing})
    assert lacking(said, name)
    assert certainties(said, READING)[name] == 0.0


def test_a_value_without_evidence_is_not_sure() -> None:
    """Nothing vouches for it."""
    assert set(certainties(SAID, READING | {"evidence": {}}).values()) == {0.0}


def test_documents_of_before_are_as_sure_as_they_were_read(tmp_path: Path) -> None:
    """A catalogue is migrated with its documents; what lacks something stays what is to be looked at first."""
    url = f"sqlite:///{tmp_path / 'archive.sqlite'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(migrations_config(connection), "0011")
        for id_, number in ((1, "'28/KH-UBND'"), (2, "NULL")):
            connection.execute(text(_DOCUMENT.format(id=id_, number=number)))
            connection.execute(text(_FILE.format(id=id_)), {"reading": json.dumps(READING)})
            connection.execute(text(f"INSERT INTO signer VALUES ({id_}, 0, 'Lê Thị Mai', 'Giám đốc', '[]')"))  # noqa: S608 - our own
    engine.dispose()
    catalogue = Catalogue(url)
    catalogue.migrate()
    with catalogue.reading() as session:
        assert session.scalars(select(Document.certainty).order_by(Document.id)).all() == [0.97, 0.0]
    catalogue.close()


_DOCUMENT = (
    "INSERT INTO document (id, state, number, kind, issued_on, issuer, subject, recipients, version, indexed_version, "
    "traced_version, created_at) VALUES ({id}, 'draft', {number}, 'Kế hoạch', '2026-01-30', 'Sở Y tế', 'Tiêm chủng', "
    "'[]', 1, 0, 0, '2026-10-01 08:00:00')"
)
_FILE = (
    "INSERT INTO file (document_id, role, sha256, name, format, size, reading, added_at) VALUES ({id}, 'original', "
    "'tệp {id}', 'văn bản.txt', 'text', 1, :reading, '2026-10-01 08:00:00')"
)
