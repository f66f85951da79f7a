"""Years as the search page chooses among them: spans of years in its address, and a histogram whose bars are links."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.search import FacetCount

_SPAN = re.compile(r"([1-9][0-9]{3})(?:-([1-9][0-9]{3}))?")
_LONGEST = 200  # years in a span
_GAPLESS = 60  # years that a histogram shows with the empty ones between them


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of the histogram, how many documents it has, and its height in percent of the highest."""

    year: str
    count: int
    height: int


def expanded(written: str) -> tuple[str, ...]:
    """Return the years that are written so: `2019-2021` is three, `2019` one; nothing when it is no span of years."""
    found = _SPAN.fullmatch(written)
    if found is None:
        return ()
    first, last = int(found[1]), int(found[2] or found[1])
    return tuple(map(str, range(first, last + 1))) if last - first < _LONGEST else ()


def spans(years: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the years in order, those that follow each other together."""
    runs = groupby(enumerate(sorted(map(int, years))), key=lambda item: item[1] - item[0])
    return tuple(tuple(str(year) for _, year in run) for _, run in runs)


def written(span: Sequence[str], dash: str = "-") -> str:
    """Return a span of years as it is written: `2019-2021`, or the one year that it is."""
    return span[0] if len(span) == 1 else f"{span[0]}{dash}{span[-1]}"


def clicked(chosen: Sequence[str], year: str) -> tuple[str, ...]:
    """Return the years chosen after a click on a bar: a second click makes a span, a third begins anew.

    A click on the one year chosen gives it up.
    """
    if len(chosen) != 1:
        return (year,)
    first, last = sorted((chosen[0], year))
    return () if first == last else expanded(f"{first}-{last}")


def histogram(counts: Iterable[FacetCount], chosen: Iterable[str]) -> tuple[Bar, ...]:
    """Return a bar for every year from the first to the last; for those with documents only, when that is too many."""
    number = dict.fromkeys(map(int, chosen), 0) | {int(count.value): count.count for count in counts}
    years = sorted(number)
    if years and years[-1] - years[0] < _GAPLESS:
        years = list(range(years[0], years[-1] + 1))
    highest = max(number.values(), default=0) or 1
    return tuple(Bar(str(year), number.get(year, 0), -(-100 * number.get(year, 0) // highest)) for year in years)
