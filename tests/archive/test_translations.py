"""The catalogues of translations: what is compiled is what is written."""

import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted(path for package in ("archive", "ingest") for path in (ROOT / package).rglob("*.po"))


@pytest.mark.parametrize("written", CATALOGUES, ids=lambda path: path.name)
def test_the_compiled_catalogue_is_level_with_the_written(written: Path) -> None:
    """After a change `pybabel compile` has to be run, as the head of the file says."""
    compiled = io.BytesIO()
    with written.open("rb") as po:
        write_mo(compiled, read_po(po))
    assert written.with_suffix(".mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("written", CATALOGUES, ids=lambda path: path.name)
def test_nothing_is_left_untranslated(written: Path) -> None:
    """Every message has its translation, with the same places to fill in."""
    with written.open("rb") as po:
        catalogue = read_po(po)
    assert [message.id for message in catalogue if message.id and not message.string] == []
    assert [problem for message in catalogue for problem in message.check(catalogue)] == []
