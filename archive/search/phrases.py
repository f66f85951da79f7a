"""Words side by side: the addresses of each word's occurrences, shifted by its place in the phrase, intersected."""

from collections.abc import Sequence

import numpy as np

from archive.search.columnar.arrays import Array, common, differences
from archive.search.columnar.snapshot import Snapshot, TermPostings

_FEW = 3  # times as many documents have the word: then only those looked at are read


def holding(snapshot: Snapshot, field: str, words: Sequence[TermPostings], among: Array) -> Array:
    """Return those of the documents, in rising order, in which the words stand side by side.

    There may be GAP words.
    """
    starts = snapshot.starts(field)
    beginnings: Array | None = None
    for place, postings in sorted(enumerate(words), key=lambda one: one[1].occurrences):
        few = len(among) * _FEW < postings.count
        here = (postings.addresses_in(among) if few else postings.addresses) - starts.dtype.type(place)
        if beginnings is None:
            beginnings = here
            continue
        beginnings = common(beginnings, here)
        owners = np.searchsorted(starts, beginnings, side="right") - 1
        among = common(among, owners[np.flatnonzero(differences(owners + 1))])
    return among
