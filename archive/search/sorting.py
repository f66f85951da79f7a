"""The order of what is found, and a page of it: equal ones by their id, so that pages neither repeat nor skip one."""

from functools import partial

import numpy as np

from archive.search.columnar.arrays import Array, candidates
from archive.search.columnar.snapshot import Snapshot
from archive.search.evaluation import Matches
from archive.search.results import Sort


def page(snapshot: Snapshot, found: Matches, sort: Sort, number: int, size: int) -> Array:
    """Return the places in `found` of the `number`-th (from 1) `size` documents in that order."""
    worth = found.scores
    if sort != "relevance":
        lacking = ~found.whole * np.int32(snapshot.count)  # they come last
        worth = snapshot.kept(("order", sort), partial(_order, snapshot, sort))[found.documents] - lacking
    places = candidates(worth, number * size)
    ids = snapshot.documents.values("id")[found.documents[places]]
    return places[np.lexsort((ids, -worth[places]))][(number - 1) * size : number * size]


def _order(snapshot: Snapshot, sort: Sort) -> Array:
    """Return for each document how many come after it in the order of all."""
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
    following = np.empty(snapshot.count, np.int32)
    following[np.lexsort((ids, keys))[::-1]] = np.arange(snapshot.count, dtype=np.int32)
    return following
