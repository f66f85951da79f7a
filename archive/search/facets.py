"""Which of the documents found pass the filters, and how many bear each value of a facet: exact at any number."""

from collections.abc import Sequence
from functools import cached_property
from typing import overload

import numpy as np

from archive.search.columnar.arrays import Array
from archive.search.columnar.columns import Labels
from archive.search.columnar.snapshot import Snapshot
from archive.search.results import FACETS, FacetCount, Filters
from archive.search.whoosh_schema import LABELS


def narrowed(snapshot: Snapshot, found: Array, filters: Filters) -> tuple[Array, dict[str, "FacetCounts"]]:
    """Return the mask of those found that pass every facet's filter.

    And for each facet the counts of its values among what passes the filters of all the others.
    """
    everything = np.zeros(snapshot.count, bool)
    everything[found] = True
    columns = {facet: snapshot.documents.labels(LABELS[facet]) for facet in FACETS}
    chosen = {facet: getattr(filters, facet) for facet in FACETS}
    passing = {facet: _bearing(columns[facet], chosen[facet], snapshot.count) for facet in FACETS if chosen[facet]}
    counts = {}
    for facet, column in columns.items():
        others = [mask for other, mask in passing.items() if other != facet]
        counts[facet] = FacetCounts(column, [everything, *others])
    return np.logical_and.reduce([everything, *passing.values()])[found], counts


def _bearing(column: Labels, chosen: tuple[str, ...], count: int) -> Array:
    """Return the mask of the documents that bear one of the labels."""
    mask = np.zeros(count, bool)
    mask[column.bearers(chosen)] = True
    return mask


class FacetCounts(Sequence[FacetCount]):
    """Counts of the documents for which all of the masks hold; counted when looked at, and made one by one."""

    def __init__(self, column: Labels, masks: Sequence[Array]) -> None:
        self._column = column
        self._masks = masks

    @cached_property
    def _counts(self) -> list[tuple[int, int]]:
        """The ordinals of the labels that some document bears, most frequent first, and how many bear each."""
        mask = np.logical_and.reduce(self._masks)
        counts = np.bincount(self._column.ordinals[mask[self._column.documents]], minlength=len(self._column.labels))
        order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
        return list(zip(order.tolist(), counts[order].tolist(), strict=True))

    def __len__(self) -> int:
        return len(self._counts)

    @overload
    def __getitem__(self, place: int) -> FacetCount: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[FacetCount, ...]: ...

    def __getitem__(self, place: int | slice) -> FacetCount | tuple[FacetCount, ...]:
        if isinstance(place, slice):
            return tuple(self[at] for at in range(len(self))[place])
        ordinal, count = self._counts[place]
        return FacetCount(self._column.labels[ordinal], count)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
