"""The sample documents: made the same every time, and read as they were written."""

import hashlib
import json
import zlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest import Record
from ingest.readers import tesseract
from samples import make, pdf

FONT = pdf.FONTS / "LiberationSerif-Regular.ttf"
FONT_SHA256 = "29d12439831b7f59194efec85872f24f54eff05738933f9a860220d2abff88ba"
EXPECTED: dict[str, dict[str, Any]] = {row["file"]: row for row in json.loads(make.EXPECTED.read_text("utf-8"))}
READABLE = [file for file, row in EXPECTED.items() if not row["scanned"]]
SCANNED = [file for file, row in EXPECTED.items() if row["scanned"]]
FIELDS = ["number", "issued_on", "place", "issuer", "superior", "kind", "subject", "signer", "position", "recipients"]


def test_made_anew_the_same() -> None:
    """Making the documents again gives the bytes that are kept."""
    _want_the_same_tools()
    made = make.files()
    kept = {path.name: path.read_bytes() for path in make.DOCUMENTS.iterdir()}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_expected_follows_the_content() -> None:
    """expected.json says what the contents say."""
    assert json.loads(make.EXPECTED.read_text("utf-8")) == make.expected()


def test_small_enough_to_be_kept() -> None:
    """All the documents together stay under two megabytes."""
    assert sum(path.stat().st_size for path in make.DOCUMENTS.iterdir()) < 2_000_000


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("file", READABLE)
def test_field(samples: Path, file: str, field: str) -> None:
    """Each field of each document is read as it was written, or as absent where it was left blank."""
    assert _said(_read(samples / file))[field] == EXPECTED[file][field]


@pytest.mark.parametrize("file", READABLE)
def test_references(samples: Path, file: str) -> None:
    """Each document cited is found once, in order, with the day it is cited with and its relation."""
    found = [
        (reference.number or reference.name, _iso(reference.issued_on), reference.relation.value)
        for reference in _read(samples / file).references
    ]
    assert found == [
        (row["number"] or row["name"], row["issued_on"], row["relation"]) for row in EXPECTED[file]["references"]
    ]


@pytest.mark.skipif(not tesseract.is_installed(), reason="Tesseract with its Vietnamese model is not here")
@pytest.mark.parametrize("field", ["number", "issued_on", "place", "issuer", "superior", "kind", "subject"])
@pytest.mark.parametrize("file", SCANNED)
def test_scan(samples: Path, file: str, field: str) -> None:
    """The header of a scan without text is recognised as it was written."""
    record = _read(samples / file)
    assert (record.text_source, _said(record)[field]) == ("ocr", EXPECTED[file][field])


def _want_the_same_tools() -> None:
    if not FONT.exists():
        pytest.skip(f"the documents are set in {FONT}, which is not here (apt install fonts-liberation2)")
    if hashlib.sha256(FONT.read_bytes()).hexdigest() != FONT_SHA256:
        pytest.skip(f"{FONT} is another edition than the documents hold")
    if "ng" in zlib.ZLIB_RUNTIME_VERSION:
        pytest.skip("zlib-ng packs the same content into other bytes")


@cache
def _read(path: Path) -> Record:
    return ingest.read(path)


def _said(record: Record) -> dict[str, Any]:
    signer = record.signers[0] if record.signers else None
    return {
        "number": record.number,
        "issued_on": _iso(record.issued_on),
        "place": record.place,
        "issuer": record.issuer,
        "superior": record.superior,
        "kind": record.kind,
        "subject": record.subject,
        "signer": signer and signer.name,
        "position": signer and signer.position,
        "recipients": list(record.recipients),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
