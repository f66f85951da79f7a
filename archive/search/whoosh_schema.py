"""What the Whoosh index holds of a document: analysed fields to search, and the facts for facets, days and sorting.

Days are compared in the facts: Whoosh's numeric ranges become one term per day, and half-open ones find too much.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema

from archive.search.analysis import SEPARATOR, tokens
from archive.search.results import FACETS, IndexEntry
from ingest import numbers

VERSION = 2  # raise it with every change of SCHEMA or of what `document` and `Facts` hold


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
    return TEXT(analyzer=VietnameseAnalyzer())


SCHEMA = Schema(
    id=NUMERIC(int, bits=64, shift_step=0),
    state=ID(),
    number=_text(),
    kind=_text(),
    issuer=_text(),
    subject=_text(),
    signer=_text(),
    body=_text(),
    facts=STORED(),
)


class Facts(NamedTuple):
    """What facets, days and sorting need to know of a document, kept in the index as it is."""

    id: int
    version: int
    day: int  # ordinal; 0 when undated
    number: tuple[int, int, str, str, int]  # its order among numbers
    values: tuple[tuple[str, ...], ...]  # for each of FACETS


def document(entry: IndexEntry) -> dict[str, Any]:
    """Return the entry as the fields of SCHEMA. The body holds the others too, so that plain words find them in it."""
    signers = SEPARATOR.join(entry.signers)
    named = (entry.number, entry.subject, entry.issuer, entry.kind)
    return {
        "id": entry.id,
        "state": entry.state,
        "number": entry.number,
        "kind": entry.kind,
        "issuer": entry.issuer,
        "subject": entry.subject,
        "signer": signers or None,
        "body": SEPARATOR.join(filter(None, (entry.text, *named, signers))),
        "facts": tuple(_facts(entry)),
    }


def _facts(entry: IndexEntry) -> Facts:
    day = entry.issued_on.toordinal() if entry.issued_on else 0
    values = {
        "kind": (entry.kind,) if entry.kind else (),
        "issuer": (entry.issuer,) if entry.issuer else (),
        "year": (str(entry.issued_on.year),) if entry.issued_on else (),
        "signer": tuple(dict.fromkeys(entry.signers)),
        "state": (entry.state,),
    }
    return Facts(entry.id, entry.version, day, _number_order(entry.number), tuple(values[facet] for facet in FACETS))


def _number_order(number: str | None) -> tuple[int, int, str, str, int]:
    """Return what sorts numbers as people count: 9, 36a, 228, then by symbol; what is no number comes last."""
    parsed = numbers.parse(number or "")
    if parsed is None:
        return (1, 0, number or "", "", 0)
    serial = re.match(r"\d+", parsed.serial)
    return (0, int(serial.group()) if serial else 0, parsed.serial.lower(), parsed.symbol_key, parsed.year or 0)
