"""What kind of file it is, told from its bytes; the name only tells Markdown from plain text."""

import lzma
import struct
import zipfile
import zlib
from pathlib import Path

from ingest.errors import DamagedFile, EmptyFile, EncryptedFile, UnknownFormat
from ingest.record import Format

HEAD = 4096

# zipfile meets a broken archive with any of these; NotImplementedError is among the RuntimeErrors, Unicode's among the
# ValueErrors, and OSError comes of seeking where the broken directory points.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, RuntimeError, ValueError)

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_OFFICE_97 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_NEVER_IN_TEXT = frozenset(range(0x20)) - frozenset(b"\t\n\v\f\r\x1a\x1b")


def sniff(path: Path) -> Format:
    """Return the format that the file's bytes show.

    Raises EmptyFile, DamagedFile (a ZIP cut off), UnknownFormat, and OSError when the file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise EmptyFile("Tệp rỗng, không có nội dung nào; hãy gửi lại tệp gốc.")
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path)
    if head.startswith(_OFFICE_97):
        return _inside_office_97(path)
    return _magic(head) or _text(path, head)


def _magic(head: bytes) -> Format | None:
    # ISO 32000 lets a PDF begin after some foreign bytes; readers look for the mark in the first kilobyte.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for mark, format_ in _MAGIC:
        if head.startswith(mark):
            return format_
    markup = head.removeprefix(b"\xef\xbb\xbf").lower()
    return "html" if any(mark in markup for mark in _MARKUP) else None


def _inside_zip(path: Path) -> Format:
    with path.open("rb") as file:
        try:
            archive = zipfile.ZipFile(file)
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names and archive.read("mimetype")[:64].endswith(b"opendocument.text"):
                return "odt"
        except BROKEN_ZIP as error:
            raise DamagedFile("Tệp bị hỏng hoặc tải lên chưa đủ; hãy gửi lại tệp gốc.") from error
    raise UnknownFormat("Đây là tệp nén, không phải văn bản; hãy giải nén rồi gửi từng tệp bên trong.")


def _inside_office_97(path: Path) -> Format:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFile("Tệp Word có mật khẩu; hãy gỡ mật khẩu rồi gửi lại.")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    raise UnknownFormat("Đây là tệp Office nhưng không phải văn bản Word; hãy chuyển sang PDF hoặc DOCX rồi gửi lại.")


def _text(path: Path, head: bytes) -> Format:
    if not head.startswith(_WIDE) and not _looks_wide(head) and not _NEVER_IN_TEXT.isdisjoint(head):
        raise UnknownFormat("Không nhận ra loại tệp này; hãy gửi tệp PDF, DOCX, HTML hoặc văn bản thuần.")
    return "markdown" if path.suffix.lower() in {".md", ".markdown"} else "text"


def _looks_wide(head: bytes) -> bool:
    # UTF-16 without its mark: in Vietnamese most letters are Latin, so every other byte is mostly zero.
    return any(head[half::2].count(0) > len(head) // 5 and 0 not in head[1 - half :: 2] for half in (0, 1))
