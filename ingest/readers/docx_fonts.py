"""DOCX typed in legacy fonts: its runs turned into Unicode where they stand, before anything is read of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docx.document import Document
from lxml import etree

from ingest import legacy_fonts
from ingest.legacy_fonts import LegacyFont
from ingest.readers.docx_styles import Styles, W
from ingest.record import Problem

_SOFT_HYPHEN = "\u00ad"  # ư in TCVN3; Word writes it as an element
_SYMBOLS = {0xF000 + code: chr(code) for code in range(0x20, 0x100)}  # where Word keeps the codes of a symbol font

_FONT_KEYS = ("hAnsiTheme", "hAnsi", "ascii")


@dataclass(frozen=True, slots=True)
class _Run:
    """The texts of one run, and whether its font draws capitals at the codes of small letters."""

    texts: list[etree._Element]
    capital: bool


def to_unicode(document: Document, styles: Styles) -> tuple[Problem, ...]:
    """Turn what was typed in legacy fonts into Unicode; return the problems that say so.

    A font's runs are converted when they read as Vietnamese by it, taken together; not the paragraphs that are Unicode
    all the same, as where a document was typed anew over its old styles.
    """
    typed: dict[str, dict[etree._Element, list[_Run]]] = defaultdict(lambda: defaultdict(list))
    for font, paragraph, run in _legacy_runs(document, styles):
        typed[font.name][paragraph].append(run)
    meant = [font for font in legacy_fonts.FONTS if _is_meant(font, typed[font.name].values())]
    for font in meant:
        for runs in typed[font.name].values():
            _convert(font, runs)
    return tuple(map(legacy_fonts.problem, meant))


def _is_meant(font: LegacyFont, paragraphs: Iterable[list[_Run]]) -> bool:
    return legacy_fonts.gain("\n".join(map(_line, paragraphs)), font) > 0


def _line(runs: list[_Run]) -> str:
    return "".join(_code(text) for run in runs for text in run.texts)


def _code(text: etree._Element) -> str:
    return _SOFT_HYPHEN if text.tag == f"{W}softHyphen" else (text.text or "").translate(_SYMBOLS)


def _convert(font: LegacyFont, runs: list[_Run]) -> None:
    if not legacy_fonts.is_typed_in(font, _line(runs)):
        return
    for run in runs:
        for text in run.texts:
            shown = font.decoded(_code(text))
            text.tag, text.text = f"{W}t", shown.upper() if run.capital else shown


def _legacy_runs(document: Document, styles: Styles) -> Iterator[tuple[LegacyFont, etree._Element, _Run]]:
    for run in document.element.iter(f"{W}r"):
        paragraph = next(run.iterancestors(f"{W}p"), None)
        name = _font(run, paragraph, styles).partition(";")[0]  # LibreOffice names a second choice behind it
        font = legacy_fonts.named(name)
        if font and paragraph is not None:
            texts = [child for child in run if child.tag in (f"{W}t", f"{W}softHyphen")]
            yield font, paragraph, _Run(texts, capital=name.endswith("H"))


def _font(run: etree._Element, paragraph: etree._Element | None, styles: Styles) -> str:
    """Return the font in which the run's letters are drawn, as its name or its theme's; empty when none is named."""
    of_styles = [*styles.of_run(run), *(styles.of_paragraph(paragraph) if paragraph is not None else ())]
    properties = [element.find(f"{W}rPr") for element in (run, *of_styles)]
    fonts = [named for p in (*properties, styles.defaults) if p is not None for named in p.iterfind(f"{W}rFonts")]
    return next((name for f in fonts for key in _FONT_KEYS if (name := str(f.get(f"{W}{key}") or ""))), "")
