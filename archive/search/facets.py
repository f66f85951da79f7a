"""Exact facet counts, in one pass over what is found."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol, TypeVar

from archive.search.results import FACETS, FacetCount, Filters


class Faceted(Protocol):
    """Something with the values that it has in each of FACETS, in their order."""

    @property
    def values(self) -> tuple[tuple[str, ...], ...]: ...  # noqa: D102 - said above


Found = TypeVar("Found", bound=Faceted)


def narrowed(found: Iterable[Found], filters: Filters) -> tuple[list[Found], dict[str, tuple[FacetCount, ...]]]:
    """Return what passes every facet's filter, and for each facet the counts with its own filter left out."""
    chosen = [frozenset(getattr(filters, facet)) for facet in FACETS]
    kept: list[Found] = []
    counts: list[Counter[str]] = [Counter() for _ in FACETS]
    for one in found:
        failed = [i for i, wanted in enumerate(chosen) if wanted and wanted.isdisjoint(one.values[i])]
        if not failed:
            kept.append(one)
            for count, values in zip(counts, one.values, strict=True):
                count.update(values)
        elif len(failed) == 1:
            counts[failed[0]].update(one.values[failed[0]])
    return kept, {facet: _most_frequent_first(count) for facet, count in zip(FACETS, counts, strict=True)}


def _most_frequent_first(counts: Counter[str]) -> tuple[FacetCount, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in ordered)
