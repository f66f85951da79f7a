"""One document in two formats is one record: what the reader understands does not depend on the file."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import ingest

FIELDS = (
    "number",
    "issued_on",
    "place",
    "kind",
    "subject",
    "issuer",
    "superior",
    "signers",
    "recipients",
)
TEXTS = (".doc", ".docx")  # the others are scans, whose recognition takes minutes and has errors of its own


def test_formats_of_one_document_agree(shared: Path) -> None:
    """Where both files carry text, every field of the two records is the same."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = shared / "corpus" / "pairs"
    with (folder / "pairs.csv").open(encoding="utf-8") as lines:
        pairs = [(row["a"], row["b"]) for row in csv.DictReader(lines)]
    pairs = [pair for pair in pairs if all(name.endswith(TEXTS) for name in pair)]
    assert pairs
    for one, other in pairs:
        first, second = ingest.read(folder / one), ingest.read(folder / other)
        for field in FIELDS:
            assert getattr(first, field) == getattr(second, field), f"{one}: {field}"
        assert cited(first) == cited(second), one


def cited(record: ingest.Record) -> list[ingest.Reference]:
    """The references without their mentions, whose places differ by a space here and there."""
    return [replace(reference, mentions=()) for reference in record.references]
