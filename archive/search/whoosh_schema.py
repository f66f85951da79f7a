"""What the Whoosh index holds of a document: analysed fields to search, and columns for facets, days and sorting.

Days are a column and no terms: Whoosh's numeric ranges become one term per day, and half-open ones find too much.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.analysis import Analyzer, Token
from whoosh.fields import COLUMN, FieldType, Schema

from archive.search import analysis
from archive.search.analysis import SEPARATOR, tokens
from archive.search.columnar.columns import LabelColumn, ValueColumn
from archive.search.columnar.inversion import Forms, Row
from archive.search.columnar.positions import Positions
from archive.search.results import IndexEntry
from ingest import numbers

VERSION = 3  # raise it with every change of SCHEMA or of what `document` holds

LABELS = {"kind": "kinds", "issuer": "issuers", "year": "years", "signer": "signers", "state": "states"}
"""The column that has the values of each facet, and of the state."""


class VietnameseAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh carries no types
    """Give Whoosh the folded form of every token, and at the same position the exact form where it says more."""

    def __call__(self, value: str, **_: Any) -> Iterator[Any]:
        """Yield Whoosh tokens; the same object again and again, as Whoosh's own analysers do."""
        given = Token(positions=True)
        given.boost, given.stopped = 1.0, False
        for token in tokens(value):
            given.pos, given.text = token.position, token.term.folded
            yield given
            if token.term.accented:
                given.text = token.term.exact
                yield given


def _text() -> Any:
    return FieldType(format=Positions(), analyzer=VietnameseAnalyzer(), scorable=True)


def _labels() -> Any:
    return COLUMN(LabelColumn())


SCHEMA = Schema(
    number=_text(),
    kind=_text(),
    issuer=_text(),
    subject=_text(),
    signer=_text(),
    body=_text(),
    id=COLUMN(ValueColumn("i8")),
    version=COLUMN(ValueColumn("i8")),
    day=COLUMN(ValueColumn("i4")),  # ordinal; 0 when undated
    number_order=COLUMN(ValueColumn("S64", b"")),
    **{column: _labels() for column in LABELS.values()},
)


def row(text: str) -> Row:
    """Return the text as the index takes it: what VietnameseAnalyzer says of it, but words before they are folded."""
    words: list[str] = []
    others: list[tuple[str, int]] = []
    positions = []
    start = 0
    for piece in text.split(SEPARATOR):
        found, keys = analysis.row(piece)
        words += found
        others += ((key, start + place) for key, place in keys)
        positions.append(np.arange(start, start + len(found)))
        start += len(found) + 1
    return Row(words, np.concatenate(positions), others)


def forms(word: str) -> Forms:
    """Return the terms of a word: the folded one, and the exact one where it says more."""
    term = analysis.term(word)
    return term.folded, term.exact if term.accented else None


def document(entry: IndexEntry) -> dict[str, Any]:
    """Return the entry as the fields of SCHEMA. The body holds the others too, so that plain words find them in it."""
    signers = SEPARATOR.join(entry.signers)
    named = (entry.number, entry.subject, entry.issuer, entry.kind)
    return {
        "number": entry.number,
        "kind": entry.kind,
        "issuer": entry.issuer,
        "subject": entry.subject,
        "signer": signers or None,
        "body": SEPARATOR.join(filter(None, (entry.text, *named, signers))),
        "id": entry.id,
        "version": entry.version,
        "day": entry.issued_on.toordinal() if entry.issued_on else 0,
        "number_order": _number_order(entry.number),
        "kinds": (entry.kind,) if entry.kind else (),
        "issuers": (entry.issuer,) if entry.issuer else (),
        "years": (str(entry.issued_on.year),) if entry.issued_on else (),
        "signers": tuple(dict.fromkeys(entry.signers)),
        "states": (entry.state,),
    }


def _number_order(number: str | None) -> bytes:
    """Return what sorts numbers as people count: 9, 36a, 228, then by symbol; what is no number comes last."""
    parsed = numbers.parse(number or "")
    if parsed is None:
        return f"1{number or ''}".encode()[:64]
    serial = re.match(r"\d+", parsed.serial)
    order = (
        f"0{int(serial.group()) if serial else 0:010}{parsed.serial.lower()} {parsed.symbol_key} {parsed.year or 0:04}"
    )
    return order.encode()[:64]
