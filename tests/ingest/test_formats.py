"""Formats told from bytes, never from names."""

from pathlib import Path

import pytest

from ingest.errors import DamagedFile, EncryptedFile, ReadingError, UnknownFormat
from ingest.formats import sniff

OFFICE_97 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def written(folder: Path, data: bytes) -> Path:
    path = folder / "a.bin"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf junk before %PDF-1.4", "pdf"),
        (OFFICE_97 + "WordDocument".encode("utf-16-le"), "doc"),
        (b"{\\rtf1", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"II*\x00", "image"),
        (b"<!-- x -->\n<!DOCTYPE html><p>", "html"),
        ("Số: 1/KH".encode(), "text"),
        ("Số: 1/KH của Sở".encode("utf-16-le"), "text"),
    ],
)
def test_sniff(tmp_path: Path, data: bytes, format_: str) -> None:
    """The first bytes tell the format."""
    assert sniff(written(tmp_path, data)) == format_


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (OFFICE_97 + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
        (OFFICE_97 + "Workbook".encode("utf-16-le"), UnknownFormat),
        (b"PK\x03\x04 and no more", DamagedFile),
        (b"\x7fELF\x02\x01\x01\x00", UnknownFormat),
    ],
)
def test_what_is_no_document(tmp_path: Path, data: bytes, error: type[ReadingError]) -> None:
    """Locked, foreign and cut-off files are told apart."""
    with pytest.raises(error):
        sniff(written(tmp_path, data))
