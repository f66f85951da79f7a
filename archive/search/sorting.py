"""The order of what is found, and a page of it: equal ones by their id, so that pages neither repeat nor skip one."""

import numpy as np

from archive.search.columnar.arrays import Array
from archive.search.columnar.snapshot import Snapshot
from archive.search.evaluation import Matches
from archive.search.results import Sort


def page(snapshot: Snapshot, found: Matches, sort: Sort, number: int, size: int) -> Array:
    """Return the places in `found` of the `number`-th (from 1) `size` documents in that order."""
    ids = snapshot.documents.values("id")[found.documents]
    return _first(_keys(snapshot, found, sort), ids, number * size)[(number - 1) * size :]


def _keys(snapshot: Snapshot, found: Matches, sort: Sort) -> Array:
    """Return numbers by which the documents found are in order, the least first; those that lack words come last."""
    known = snapshot.documents
    match sort:
        case "relevance":
            return -found.scores
        case "newest":
            keys = -known.values("day")[found.documents].astype(np.int64)
        case "oldest":
            day = known.values("day")[found.documents].astype(np.int64)
            keys = np.where(day, day, np.iinfo(np.int32).max)
        case "added":
            keys = -known.values("id")[found.documents]
        case "number":
            _, keys = np.unique(known.values("number_order")[found.documents], return_inverse=True)
    return keys + (found.scores < 0) * np.int64(1 << 62)


def _first(keys: Array, ids: Array, count: int) -> Array:
    """Return the places of the `count` least keys, in order; of equal keys the least id first."""
    if count < 1:
        return np.empty(0, np.int64)
    if count < len(keys):
        last = np.partition(keys, count - 1)[count - 1]
        sure, tied = np.flatnonzero(keys < last), np.flatnonzero(keys == last)
        missing = count - len(sure)
        if missing < len(tied):
            tied = tied[np.argpartition(ids[tied], missing - 1)[:missing]]
        places = np.concatenate([sure, tied])
    else:
        places = np.arange(len(keys))
    return places[np.lexsort((ids[places], keys[places]))]
