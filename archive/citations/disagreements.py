"""Where the citers of one document tell it differently: its day, its kind, its body, its name."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from archive.bodies import Home, body_key, is_central, slug
from archive.catalogue.facts import Disagreement, Way
from ingest import numbers

_NOWHERE = Home(None, None)


def disagreements(ways: Iterable[Way]) -> tuple[Disagreement, ...]:
    """Return for each fact that the ways of citing a document tell differently what is told, the most frequent first.

    `ways` come with the most frequent first. Spelling is no difference; and bodies below the central ones, which are
    often named relatively, have been compared where the ways were found to mean one document.
    """
    told = list(ways)
    return tuple(one for field, compare in _COMPARED.items() if len((one := _of(field, compare, told)).told) > 1)


def _of(field: str, compare: Callable[[Way], object], ways: Iterable[Way]) -> Disagreement:
    citers: dict[object, int] = defaultdict(int)
    written: dict[object, Any] = {}
    for way in ways:
        if (value := compare(way)) is not None:
            citers[value] += way.citers
            written.setdefault(value, getattr(way, field))
    ranked = sorted(citers, key=lambda value: -citers[value])
    return Disagreement(field, tuple((written[value], citers[value]) for value in ranked))


def _issuer(way: Way) -> str | None:
    number = numbers.parse(way.number or "")
    central = number is not None and is_central(number.symbol_key)
    return body_key(way.issuer, _NOWHERE) if central else None


_COMPARED: dict[str, Callable[[Way], object]] = {
    "issued_on": lambda way: way.issued_on,
    "kind": lambda way: slug(way.kind) if way.kind else None,
    "issuer": _issuer,
}
