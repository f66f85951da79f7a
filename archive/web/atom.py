"""Atom 1.0 (RFC 4287): a feed of documents, written."""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

_NAMESPACE = "http://www.w3.org/2005/Atom"
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 has no place for

MIMETYPE = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: `id` an IRI that never changes, `link` an absolute address, `updated` UTC without a zone."""

    id: str
    title: str
    link: str
    updated: datetime
    author: str
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: `link` is its own absolute address, `alternate` that of the page it is about."""

    id: str
    title: str
    link: str
    alternate: str
    updated: datetime
    author: str
    entries: tuple[Entry, ...]


def written(feed: Feed) -> bytes:
    """Return the feed as an Atom document in UTF-8."""
    root = etree.Element(f"{{{_NAMESPACE}}}feed", nsmap={None: _NAMESPACE})  # type: ignore[dict-item]  # None is the default namespace
    _about(root, feed)
    _add(root, "link", rel="self", type=MIMETYPE, href=feed.link)
    _add(root, "link", rel="alternate", type="text/html", href=feed.alternate)
    for entry in feed.entries:
        element = _add(root, "entry")
        _about(element, entry)
        _add(element, "link", rel="alternate", type="text/html", href=entry.link)
        _add(element, "summary", entry.summary)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _about(element: etree._Element, what: Feed | Entry) -> None:
    _add(element, "id", what.id)
    _add(element, "title", what.title)
    _add(element, "updated", f"{what.updated.isoformat(timespec='seconds')}Z")
    _add(_add(element, "author"), "name", what.author)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    element.text = _UNWRITABLE.sub(" ", text) if text is not None else None
    return element
