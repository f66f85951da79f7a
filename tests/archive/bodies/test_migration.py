"""A catalogue of before the authority list, brought to this version's form."""

from pathlib import Path

from alembic import command
from sqlalchemy import create_engine, text

from archive import citations
from archive.bodies import description
from archive.catalogue.database import Catalogue, migrations_config
from archive.workflow import CLERK

DOCUMENT = """INSERT INTO document (id, state, issuer, place, kind, year, version, indexed_version, traced_version,
    recipients, created_at) VALUES (1, 'public', 'Ủy ban nhân dân tỉnh Lam Sơn', 'Lam Sơn', 'Kế hoạch', 2024, 3, 3, 3,
    '[]', '2026-11-22 12:00:00')"""
FILE = """INSERT INTO file (id, document_id, role, sha256, name, format, size, added_at, reading) VALUES (1, 1,
    'original', 'ab', '1.pdf', 'pdf', 1, '2026-11-22 12:00:00', :reading)"""
READING = """{"references": [{"number": "1/QĐ-TTg", "kind": null, "issued_on": null, "issuer": null,
    "relation": "cites", "mentions": [{"page": 1, "start": 0, "end": 1, "text": "C"}]}]}"""


def test_documents_held_before_are_listed_under_their_bodies(tmp_path: Path) -> None:
    """What each issued and cites is known after the first start; versions stay, so that nothing is indexed again."""
    url = f"sqlite:///{tmp_path / 'archive.sqlite'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(migrations_config(connection), "0010")
        connection.execute(text(DOCUMENT))
        connection.execute(text(FILE), {"reading": READING})
    engine.dispose()
    catalogue = Catalogue(url)
    catalogue.migrate()
    assert citations.catch_up(catalogue) == 1
    with catalogue.reading() as session:
        facts = description.body(session, CLERK, "ubnd-lam-son")
        assert session.execute(text("SELECT version, indexed_version FROM document")).one() == (3, 3)
    assert facts.issued == {(2024, "Kế hoạch"): 1}
    assert [one.title for one in facts.cites] == ["Thủ tướng Chính phủ"]
    catalogue.close()


def test_bodies_of_a_province_that_became_a_city_are_gathered(tmp_path: Path) -> None:
    """Those of before are found under the key that they have now, and so is what they cite."""
    url = f"sqlite:///{tmp_path / 'archive.sqlite'}"
    catalogue = Catalogue(url)
    catalogue.create()
    with catalogue.session() as session:
        session.execute(
            text(DOCUMENT.replace("Ủy ban nhân dân tỉnh Lam Sơn", "Thành ủy Hải Phòng").replace("3, 3, 3", "3, 3, 0"))
        )
        session.execute(text(FILE), {"reading": READING})
    assert citations.catch_up(catalogue) == 1
    with catalogue.session() as session:
        session.execute(text("UPDATE document SET body_key = 'thanh-uy-hai-phong'"))
        session.execute(text("UPDATE body_tally SET citing = 'thanh-uy-hai-phong'"))
        command.stamp(migrations_config(session.connection()), "0016")
    catalogue.migrate()
    assert citations.catch_up(catalogue) == 1
    with catalogue.reading() as session:
        facts = description.body(session, CLERK, "tinh-uy-hai-phong")
    assert (facts.title, facts.documents) == ("Thành ủy Hải Phòng", 1)
    assert [(one.title, one.citers) for one in facts.cites] == [("Thủ tướng Chính phủ", 1)]
    catalogue.close()
