"""Words side by side: the addresses of each word's occurrences, shifted by its place in the phrase, intersected."""

from collections.abc import Sequence

import numpy as np

from archive.search.columnar.arrays import Array, spans
from archive.search.columnar.snapshot import GAP, Snapshot, TermPostings

_TABLE = 1 << 22  # addresses that a table tells apart


def holding(snapshot: Snapshot, field: str, words: Sequence[TermPostings], among: Array) -> Array:
    """Return those of the documents, in rising order, in which the words stand side by side. All have all the words.

    There may be GAP words.
    """
    starts = snapshot.addresses(field)
    rarest_first = sorted(enumerate(words), key=lambda one: int(one[1].frequencies.sum(dtype=np.int64)))
    regions = starts - starts.dtype.type(GAP)
    addresses: Array | None = None
    for place, postings in rarest_first:
        here = _addresses(postings, among, starts) - starts.dtype.type(place)
        addresses = here if addresses is None else _common(addresses, here)
        owners = np.unique(np.searchsorted(regions, addresses, side="right") - 1)
        among = np.intersect1d(among, owners, assume_unique=True)
    return among


def _addresses(postings: TermPostings, among: Array, starts: Array) -> Array:
    """Return where the word stands in the documents, and maybe in others, in rising order."""
    frequencies, positions = postings.frequencies, postings.positions()
    documents = postings.documents
    if len(among) * 4 < len(documents):
        at = np.searchsorted(documents, among)
        ends = np.cumsum(frequencies, dtype=np.int64)
        documents, frequencies = documents[at], frequencies[at]
        positions = positions[spans(ends[at] - frequencies, frequencies)]
    return np.repeat(starts[documents], frequencies) + positions


def _common(some: Array, others: Array) -> Array:
    """Return what is in both; both rise."""
    if len(others) < len(some):
        some, others = others, some
    if len(some) * 8 > len(others):
        # Most fall out at a look into a table, which is faster than a search for each.
        table = np.zeros(_TABLE, bool)
        table[others & (_TABLE - 1)] = True
        some = some[table[some & (_TABLE - 1)]]
    at = np.searchsorted(others, some)
    at[at == len(others)] = 0
    return some[others[at] == some] if len(others) else some[:0]
