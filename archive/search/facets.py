"""Which of the documents found pass the filters, and how many bear each value of a facet: exact at any number."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import overload

import numpy as np

from archive.search.columnar.arrays import Array
from archive.search.columnar.snapshot import Snapshot
from archive.search.results import FACETS, FacetCount, Filters
from archive.search.whoosh_schema import LABELS


def narrowed(snapshot: Snapshot, found: Array, filters: Filters) -> tuple[Array | None, Mapping[str, "FacetCounts"]]:
    """Return the mask of those found that pass every facet's filter; None when nothing is filtered.

    And for each facet the counts of its values among what passes the filters of all the others.
    """
    chosen = {facet: values for facet in FACETS if (values := getattr(filters, facet))}
    passing = {facet: _bearing(snapshot, facet, values) for facet, values in chosen.items()}
    counts = {
        facet: FacetCounts(snapshot, facet, found, [mask for other, mask in passing.items() if other != facet])
        for facet in FACETS
    }
    return np.logical_and.reduce([mask[found] for mask in passing.values()]) if passing else None, counts


def _bearing(snapshot: Snapshot, facet: str, chosen: tuple[str, ...]) -> Array:
    """Return the mask of the documents that bear one of the facet's values."""

    def made() -> Array:
        mask = np.zeros(snapshot.count, bool)
        mask[snapshot.documents.labels(LABELS[facet]).bearers(chosen)] = True
        return mask

    return snapshot.kept(("bearing", facet, chosen), made)


class FacetCounts(Sequence[FacetCount]):
    """Counts of the documents found for which all of the masks hold; counted when looked at, and made one by one."""

    def __init__(self, snapshot: Snapshot, facet: str, found: Array, masks: Sequence[Array]) -> None:
        self._column = snapshot.documents.labels(LABELS[facet])
        self._count = snapshot.count
        self._found = found
        self._masks = masks

    @cached_property
    def _counts(self) -> list[tuple[int, int]]:
        """The ordinals of the labels that some document bears, most frequent first, and how many bear each."""
        mask = np.zeros(self._count, bool)
        mask[self._found] = True
        mask = np.logical_and.reduce([mask, *self._masks])
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
