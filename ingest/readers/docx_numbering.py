"""The numbers and bullets that Word draws before paragraphs and keeps nowhere in their text (ECMA-376-1, 17.9)."""

import re
from copy import deepcopy

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from ingest.readers.docx_styles import FALLBACK, Styles, W, is_deleted, roots, value

_LEVEL = re.compile(r"%([1-9])")
_SYMBOL = re.compile(r"[\ue000-\uf8ff]")  # a bullet drawn by a symbol font
_MINUS = "\uf02d"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def write_labels(document: Document, styles: Styles) -> None:
    """Write before each paragraph of a list what Word draws there (`Điều 3. `, `- `), in a run of the list's font."""
    numbering = _Numbering(document, styles)
    for paragraph in document.element.iter(f"{W}p"):
        if next(paragraph.iterancestors(FALLBACK), None) is None and not is_deleted(paragraph):
            numbering.label(paragraph)


class _Numbering:
    """The lists of one document and how far each is counted."""

    def __init__(self, document: Document, styles: Styles) -> None:
        parts = roots(document, RELATIONSHIP_TYPE.NUMBERING)
        self._schemes = {e.get(f"{W}abstractNumId"): e for root in parts for e in root.iterfind(f"{W}abstractNum")}
        self._lists = {e.get(f"{W}numId"): e for root in parts for e in root.iterfind(f"{W}num")}
        self._styles = styles
        self._counts: dict[str | None, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, paragraph: etree._Element) -> None:
        """Count the paragraph, and write its label if it belongs to a list; a bullet before nothing says nothing."""
        name, depth = self._place(paragraph)
        level = self._level(name, depth)
        if level is None:
            return
        counts = self._count(name, depth)
        pattern = value(level, "lvlText") or ""
        text = _LEVEL.sub(lambda found: self._number(name, int(found[1]) - 1, counts), pattern)
        text = _SYMBOL.sub(lambda symbol: "-" if symbol[0] == _MINUS else "•", text).strip()
        if text and (_LEVEL.search(pattern) or any(element.text for element in paragraph.iter(f"{W}t"))):
            space = "" if value(level, "suff") == "nothing" else " "
            paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, _run(text + space, level))

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list and the depth, from 0, that the paragraph or its style names; an empty name for no list."""
        depth = value(paragraph, "pPr/numPr/ilvl")
        if name := value(paragraph, "pPr/numPr/numId"):
            return name, _whole(depth)
        for style in self._styles.of_paragraph(paragraph):
            if name := value(style, "pPr/numPr/numId"):
                return name, _whole(depth or value(style, "pPr/numPr/ilvl") or self._linked(name, style))
        return "", 0

    def _linked(self, name: str, style: etree._Element) -> str | None:
        scheme, own = self._scheme(name), style.get(f"{W}styleId")
        levels = scheme.iterfind(f"{W}lvl") if scheme is not None else ()
        return next((level.get(f"{W}ilvl") for level in levels if value(level, "pStyle") == own), None)

    def _scheme(self, name: str) -> etree._Element | None:
        scheme: etree._Element | None = self._schemes.get(value(self._lists.get(name), "abstractNumId"))
        return scheme

    def _level(self, name: str, depth: int) -> etree._Element | None:
        override = self._override(name, depth)
        own = override.find(f"{W}lvl") if override is not None else None
        return own if own is not None else _at(self._scheme(name), "lvl", depth)

    def _override(self, name: str, depth: int) -> etree._Element | None:
        return _at(self._lists.get(name), "lvlOverride", depth)

    def _count(self, name: str, depth: int) -> dict[int, int]:
        """Count one more paragraph at the depth, for all lists of the scheme; return the counts by their depth."""
        counts = self._counts.setdefault(value(self._lists[name], "abstractNumId"), {})
        restart = value(self._override(name, depth), "startOverride")
        if restart and (name, depth) not in self._restarted:
            self._restarted.add((name, depth))
            counts[depth] = _whole(restart)
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else self._start(name, depth)
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return counts

    def _start(self, name: str, depth: int) -> int:
        return _whole(value(self._level(name, depth), "start") or "1")

    def _number(self, name: str, depth: int, counts: dict[int, int]) -> str:
        number = counts.get(depth, self._start(name, depth))
        return _written(number, value(self._level(name, depth), "numFmt"))


def _run(text: str, level: etree._Element) -> etree._Element:
    run = etree.Element(f"{W}r")
    run.extend(deepcopy(level.findall(f"{W}rPr")))
    etree.SubElement(run, f"{W}t").text = text
    return run


def _at(parent: etree._Element | None, tag: str, depth: int) -> etree._Element | None:
    levels = parent.iterfind(f"{W}{tag}") if parent is not None else ()
    return next((level for level in levels if level.get(f"{W}ilvl") == str(depth)), None)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _written(number: int, format_: str | None) -> str:
    match format_:
        case "lowerLetter" | "upperLetter" if number > 0:
            letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case "lowerRoman" | "upperRoman":
            letters = _roman(number)
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
        case _:
            return str(number)
    return letters.upper() if format_.startswith("upper") else letters


def _roman(number: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        written += letters * times
    return written
