"""The order of what is found, and a page of it: equal ones by their id, so that pages neither repeat nor skip one."""

from functools import partial

import numpy as np

from archive.search.columnar.arrays import Array
from archive.search.columnar.snapshot import Snapshot
from archive.search.evaluation import Matches
from archive.search.results import Sort


def page(snapshot: Snapshot, found: Matches, sort: Sort, number: int, size: int) -> Array:
    """Return the places in `found` of the `number`-th (from 1) `size` documents in that order."""
    if sort == "relevance":
        keys = -found.scores
    else:
        lacking = ~found.whole * np.int64(snapshot.count)  # they come last
        keys = snapshot.kept(("order", sort), partial(_order, snapshot, sort))[found.documents] + lacking
    ids = snapshot.documents.values("id")
    places = _least(keys, number * size)
    order = np.lexsort((ids[found.documents[places]], keys[places]))
    return places[order][(number - 1) * size : number * size]


def _order(snapshot: Snapshot, sort: Sort) -> Array:
    """Return the place of each document in the order of all."""
    known = snapshot.documents
    day, ids = known.values("day").astype(np.int64), known.values("id")
    match sort:
        case "newest":
            keys = -day
        case "oldest":
            keys = np.where(day, day, np.iinfo(np.int64).max)
        case "number":
            keys = known.values("number_order")
        case _:
            keys = -ids
    places = np.empty(snapshot.count, np.int32)
    places[np.lexsort((ids, keys))] = np.arange(snapshot.count, dtype=np.int32)
    return places


def _least(keys: Array, count: int) -> Array:
    """Return the places of the `count` least keys, and of those equal to the last of them."""
    if not 0 < count < len(keys):
        return np.arange(len(keys))
    return np.flatnonzero(keys <= np.partition(keys, count - 1)[count - 1])
