"""Which of the documents found pass the filters, and how many bear each value of a facet: exact at any number."""

from collections.abc import Sequence
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
        masks = [mask for other, mask in passing.items() if other != facet]
        counts[facet] = _counted(column, np.logical_and.reduce([everything, *masks]))
    return np.logical_and.reduce([everything, *passing.values()])[found], counts


def _bearing(column: Labels, chosen: tuple[str, ...], count: int) -> Array:
    """Return the mask of the documents that bear one of the labels."""
    wanted = np.array([label in chosen for label in column.labels], bool)
    mask = np.zeros(count, bool)
    mask[column.documents[wanted[column.ordinals]]] = True
    return mask


def _counted(column: Labels, mask: Array) -> "FacetCounts":
    counts = np.bincount(column.ordinals[mask[column.documents]], minlength=len(column.labels))
    order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    return FacetCounts(column.labels, order, counts[order])


class FacetCounts(Sequence[FacetCount]):
    """Counts that are made when looked at: of thousands of signers a page shows a few."""

    def __init__(self, labels: Sequence[str], order: Array, counts: Array) -> None:
        self._labels = labels
        self._order = order
        self._counts = counts

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> FacetCount: ...

    @overload
    def __getitem__(self, place: slice) -> "FacetCounts": ...

    def __getitem__(self, place: int | slice) -> "FacetCount | FacetCounts":
        if isinstance(place, slice):
            return FacetCounts(self._labels, self._order[place], self._counts[place])
        return FacetCount(self._labels[self._order[place]], int(self._counts[place]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
