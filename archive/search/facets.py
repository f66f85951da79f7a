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
    """Return the places of those found that pass every facet's filter; None when nothing is filtered.

    And for each facet the counts of its values among what passes the filters of all the others.
    """
    chosen = {facet: values for facet in FACETS if (values := getattr(filters, facet))}
    passing = {facet: _bearing(snapshot, facet, values) for facet, values in chosen.items()}
    counts = {
        facet: FacetCounts(snapshot, facet, found, [mask for other, mask in passing.items() if other != facet])
        for facet in FACETS
    }
    if not passing:
        return None, counts
    return np.flatnonzero(np.logical_and.reduce([mask[found] for mask in passing.values()])), counts


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
        self._snapshot = snapshot
        self._facet = facet
        self._column = snapshot.documents.labels(LABELS[facet])
        self._found = found
        self._masks = masks

    @cached_property
    def _counts(self) -> list[tuple[int, int]]:
        """The ordinals of the labels that some document bears, most frequent first, and how many bear each."""
        found = self._found
        for mask in self._masks:
            found = found[mask[found]]
        counts = np.bincount(self._ordinals(found), minlength=len(self._column.labels) + 1)[:-1]
        order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
        return list(zip(order.tolist(), counts[order].tolist(), strict=True))

    def _ordinals(self, found: Array) -> Array:
        """Return the ordinals of the labels that the documents bear; for some that bear none, what is above them."""
        only = self._snapshot.kept(("only label", self._facet), self._only_ordinals)
        if len(only):
            return only[found]
        mask = np.zeros(self._snapshot.count, bool)
        mask[found] = True
        return self._column.ordinals[mask[self._column.documents]]

    def _only_ordinals(self) -> Array:
        """Return the ordinal of each document's only label; nothing when some document bears several."""
        if (np.diff(self._column.documents) == 0).any():
            return np.empty(0, np.intp)
        ordinals = np.full(self._snapshot.count, len(self._column.labels))
        ordinals[self._column.documents] = self._column.ordinals
        return ordinals

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
