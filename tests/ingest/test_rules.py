"""Every row of the rules shows by example what it does; here the examples are run."""

from pathlib import Path

import pytest

from ingest import bodies, rules
from ingest.rules import examples, load, office

FILES = sorted(Path(rules.__file__).parent.glob("*.toml"))
ROWS = [
    pytest.param(file.stem, table, row, id=f"{file.stem}-{table}-{place}")
    for file in FILES
    for table, rows in load(file.stem).items()
    for place, row in enumerate(rows, start=1)
]


@pytest.mark.parametrize(("name", "table", "row"), ROWS)
def test_a_rows_examples_are_read_as_it_says(name, table, row):
    """A title or symbol says the kind, a phrase the relation and not out of its reach, a name is known to its end."""
    assert list(examples.misread(name, table, row)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rows_are_as_an_offices_must_be(file):
    """What is asked of an office's own rows holds for the rows here."""
    assert office.read(file, {file.stem: load(file.stem)}) == load(file.stem)


def test_each_code_belongs_to_one_kind():
    """Two kinds with one code would make the symbol say either."""
    codes = [code for row in load("kinds")["kind"] for code in row.get("codes", [])]
    assert len(codes) == len(set(codes))


def test_the_provinces_are_those_of_today_and_those_before():
    """34 since July 2025; 63 before, of which each that ended has a successor of today."""
    rows = load("provinces")["province"]
    today = {row["name"] for row in rows if "successor" not in row}
    assert len(today) == 34
    assert all(row["successor"] in today for row in rows if "successor" in row)
    assert bodies.province("Tiền Giang") == bodies.province("Mỹ Tho") == "tỉnh Tiền Giang"
