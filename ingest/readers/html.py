"""HTML: the text as a browser shows it, without what surrounds the document on its page."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from ingest import legacy_fonts
from ingest.errors import DamagedFile
from ingest.normalise import repair
from ingest.readers.layout import shows_columns
from ingest.readers.reading import Reading
from ingest.readers.table import table_lines
from ingest.readers.text import decode
from ingest.record import Page

_UNSEEN = frozenset(
    ["button", "head", "iframe", "nav", "noscript", "script", "select", "style", "svg", "template", "textarea"]
)
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "label", "mark", "o:p")
) | frozenset(("q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"))
_DOCUMENT_SHARE = 0.5  # of a page's text at least is the document that the page is for
_SPACE = re.compile(r"\s+")


def read(path: Path) -> Reading:
    """Return the document as one page; there is no geometry."""
    parser = html.HTMLParser(encoding="utf-8")
    try:
        root = html.document_fromstring(decode(path.read_bytes()).encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as error:
        raise DamagedFile("Tệp HTML rỗng hoặc bị hỏng; hãy lưu lại trang rồi gửi tệp mới.") from error
    if parser.error_log.filter_from_fatals():  # the parser stops there, and gives what it has as if it were all
        raise DamagedFile("Tệp HTML có cấu trúc lồng nhau quá sâu; hãy lưu lại trang dưới dạng PDF rồi gửi.")
    text, problems = legacy_fonts.to_unicode("\n".join(_lines(_document(root))))
    return Reading("html", (Page(1, repair(text)),), problems=problems)


def _document(root: html.HtmlElement) -> html.HtmlElement:
    """Return the smallest element around the official header that still holds most of the page's text."""
    body = root.find("body")
    within = body if body is not None else root
    whole = len(within.text_content())
    for element in within.iter("table", "p", "div"):
        if element.tag != "div" and shows_columns(element.text_content()):
            around = (above for above in element.iterancestors() if len(above.text_content()) > whole * _DOCUMENT_SHARE)
            return next(around, within)
    return within


def _lines(element: html.HtmlElement) -> list[str]:
    lines = (line.strip() for line in "".join(_pieces(element)).split("\n"))
    return [line for line in lines if line]


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """Yield the element's text, its white space as one space, a line feed where a browser begins a new line."""
    edge = "\n" if isinstance(element.tag, str) and element.tag not in _INLINE else ""
    yield edge
    if element.tag == "table":
        yield "\n".join(table_lines(_rows(element)))
    elif isinstance(element.tag, str) and element.tag not in _UNSEEN:
        yield _SPACE.sub(" ", element.text or "")
        for child in element:
            yield from _pieces(child)
            yield _SPACE.sub(" ", child.tail or "")
    yield edge


def _rows(table: html.HtmlElement) -> list[list[list[str]]]:
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    return [[_lines(cell) for cell in row.iterchildren("td", "th")] for row in rows]
