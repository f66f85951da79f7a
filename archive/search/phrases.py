"""Words side by side: the addresses of each word's occurrences, shifted by its place in the phrase, intersected."""

from collections.abc import Sequence

import numpy as np

from archive.search.columnar.arrays import Array, spans
from archive.search.columnar.snapshot import GAP, Snapshot, TermPostings


def holding(snapshot: Snapshot, field: str, words: Sequence[TermPostings], among: Array) -> Array:
    """Return those of the documents, in rising order, in which the words stand side by side. All have all the words.

    There may be GAP words.
    """
    starts = snapshot.addresses(field)
    regions = starts - starts.dtype.type(GAP)
    first: Array | None = None  # where the phrase may begin
    for place, postings in sorted(enumerate(words), key=lambda one: one[1].occurrences):
        here = addresses(postings, among, starts) - starts.dtype.type(place)
        if first is None:
            first = here
            continue
        first = _common(first, here)
        owners = np.searchsorted(regions, first, side="right") - 1
        among = owners[np.flatnonzero(np.diff(owners, prepend=-1))]
    return among


def addresses(postings: TermPostings, among: Array, starts: Array) -> Array:
    """Return where the word stands in those of the documents that have it, in rising order."""
    mask = np.zeros(len(starts), bool)
    mask[among] = True
    having = np.flatnonzero(mask[postings.documents])
    documents, frequencies, positions = postings.documents, postings.frequencies, postings.positions()
    if len(having) < len(documents):
        ends = np.cumsum(frequencies, dtype=np.int64)
        documents, frequencies = documents[having], frequencies[having]
        positions = positions[spans(ends[having] - frequencies, frequencies)]
    return np.repeat(starts[documents], frequencies) + positions


def _common(some: Array, others: Array) -> Array:
    """Return what is in both; both rise. A stable sort finds that they do, and only merges them."""
    both = np.concatenate([some, others])
    both.sort(kind="stable")
    common: Array = both[1:][both[1:] == both[:-1]]
    return common
