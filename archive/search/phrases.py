"""Words side by side: the addresses of each word's occurrences, shifted by its place in the phrase, intersected."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from archive.search.columnar.arrays import Array, common, spans
from archive.search.columnar.snapshot import Snapshot, TermPostings

_FEW = 8  # times as many documents have the word: then it is looked up in each of the few


def holding(snapshot: Snapshot, field: str, words: Sequence[TermPostings], among: Array) -> Array:
    """Return those of the documents, in rising order, in which the words stand side by side.

    There may be GAP words.
    """
    starts = snapshot.starts(field)
    rarest_first = sorted(enumerate(words), key=lambda one: one[1].occurrences)
    beginnings = reduce(
        common, (_standing(postings, among, starts) - starts.dtype.type(n) for n, postings in rarest_first)
    )
    owners = np.searchsorted(starts, beginnings, side="right") - 1
    return common(among, owners[np.flatnonzero(np.diff(owners, prepend=-1))])


def addresses(postings: TermPostings, among: Array, starts: Array) -> Array:
    """Return where the word stands in those of the documents that have it, in rising order."""
    here = postings.addresses
    first, end = np.searchsorted(here, starts[among]), np.searchsorted(here, starts[among + 1])
    return here[spans(first, end - first)]


def _standing(postings: TermPostings, among: Array, starts: Array) -> Array:
    """Return where the word stands in those of the documents, or everywhere when that is no more to look at."""
    return addresses(postings, among, starts) if len(among) * _FEW < postings.count else postings.addresses
