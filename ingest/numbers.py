"""Số, ký hiệu: the number of a document taken apart (Nghị định 30/2020/NĐ-CP, Phụ lục I; domain: numbers).

    228/KH-UBND        serial 228, symbol KH-UBND
    45/2016/QĐ-TTg     serial 45, year 2016, symbol QĐ-TTg
    15-NQ/TU           serial 15, symbol NQ/TU (Party: hyphen after the serial)
    1338/UBND-KTTC     serial 1338, symbol UBND-KTTC (công văn: no kind)

A number does not identify a document: serials restart every year in every body.
"""

import re
from dataclasses import dataclass

from ingest.orthography import fold

_SHAPE = re.compile(
    r"(?P<serial>\d{1,6}(?:\.\d{1,3})?[a-zđ]?)\s*"
    r"(?:[/-]\s*(?P<year>(?:19|20)\d\d)(?=\s*[/-]))?"
    r"\s*[/-]\s*(?P<symbol>[a-zđ][\wđ&.]*(?:\s*[/-]\s*[\wđ&.]+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A document's number taken apart: the serial as written, the year where the number carries one, the symbol."""

    serial: str
    year: int | None
    symbol: str

    @property
    def key(self) -> str:
        """The number for comparison: `45/2016/qd-ttg`; case, marks and spaces do not count, `QD` is `QĐ`."""
        middle = f"{self.year}/" if self.year else ""
        return f"{self.serial.lstrip('0').lower()}/{middle}{self.symbol_key}"

    @property
    def symbol_key(self) -> str:
        """The symbol for comparison: `kh-ubnd`; slash and hyphen are one."""
        return fold(re.sub(r"\s+", "", self.symbol)).lower().replace("/", "-")


def parse(text: str) -> Number | None:
    """Return the number that the whole text is, spaces inside allowed, or None when it is not one."""
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found["year"]) if found["year"] else None
    return Number(found["serial"], year, re.sub(r"\s+", "", found["symbol"]))
