"""Plain text and Markdown: decoded, turned into Unicode, repaired, split at form feeds.

Plain text is often a converter's Markdown under a `.txt` name: where its marks show they are taken off.
"""

import codecs
from pathlib import Path

from ingest import legacy_fonts
from ingest.errors import UnknownFormat
from ingest.normalise import repair
from ingest.readers import markdown
from ingest.readers.reading import Reading
from ingest.record import Format, Page

_SPOILT = "\ufffd"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(path: Path, format_: Format) -> Reading:
    """Return the text's pages, one for each form feed apart; no words, for plain text has no geometry."""
    text, problems = legacy_fonts.to_unicode(decode(path.read_bytes()))
    return Reading(format_, _pages(text, marked=format_ == "markdown"), problems=problems)


def _pages(text: str, *, marked: bool) -> tuple[Page, ...]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if marked or markdown.is_marked(lines):
        lines = markdown.strip(lines)
    parts = lines.split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()  # pdftotext ends every page with a form feed, the last one too
    return tuple(Page(number, repair(part)) for number, part in enumerate(parts, start=1))


def decode(data: bytes) -> str:
    """Return the bytes as text: UTF-8, UTF-16, CP1258 (Windows' Vietnamese), or the codes of a legacy font as they are.

    A few bytes that are no UTF-8 among many that are become U+FFFD each, and the rest stays what it is. Raises
    UnknownFormat for any other encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\x00" in data[:4096]:
        return _decoded(data, "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be")
    text = data.decode("utf-8", "replace")
    spoilt = text.count(_SPOILT)
    if spoilt == 0 or spoilt * 4 < sum(character > "\x7f" for character in text):
        return text
    western = data.decode("cp1252", "replace")
    return western if legacy_fonts.recognised(western) else _decoded(data, "cp1258")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownFormat("Không rõ bảng mã của tệp văn bản; hãy lưu lại tệp bằng bảng mã UTF-8.") from error
