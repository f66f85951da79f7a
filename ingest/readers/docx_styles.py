"""A DOCX's styles, and what the other parts of its reader ask of an element (ECMA-376-1, 17.7 and 17.13.5)."""

from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again, for old programs

_DEEP = 20  # styles, each based on the next; a document that goes round in a circle ends there
_TRUE = ("1", "true", "on")


class Styles:
    """The styles of one document."""

    def __init__(self, document: Document) -> None:
        parts = roots(document, RELATIONSHIP_TYPE.STYLES)
        self._styles = {style.get(f"{W}styleId"): style for root in parts for style in root.iterfind(f"{W}style")}
        self._normal = next((name for name, style in self._styles.items() if _is_normal(style)), None)
        defaults = [root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") for root in parts]
        self.defaults: etree._Element | None = defaults[0] if defaults else None

    def of_run(self, run: etree._Element) -> Iterator[etree._Element]:
        """Yield the run's style of characters and those on which it is based, the nearest first."""
        return self._based_on(value(run, "rPr/rStyle"))

    def of_paragraph(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraph's style and those on which it is based, the nearest first."""
        return self._based_on(value(paragraph, "pPr/pStyle") or self._normal)

    def _based_on(self, name: str | None) -> Iterator[etree._Element]:
        for _ in range(_DEEP):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn")


def roots(document: Document, kind: str) -> list[etree._Element]:
    """Return the root of each part of the kind, a relationship's type; a part that is no XML is passed over."""
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype == kind and not rel.is_external]
    return [part.element for part in parts if isinstance(part, XmlPart)]


def value(element: etree._Element | None, path: str) -> str | None:
    """Return the `val` of what stands at the path (`pPr/pStyle`) under the element; None where there is none."""
    found = element.find("/".join(f"{W}{name}" for name in path.split("/"))) if element is not None else None
    return found.get(f"{W}val") if found is not None else None


def is_deleted(element: etree._Element) -> bool:
    """Say whether a tracked change takes the paragraph (its mark) or the table row away."""
    return any(element.find(f"{W}{where}/{W}del") is not None for where in ("pPr/" + f"{W}rPr", "trPr"))


def _is_normal(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in _TRUE
