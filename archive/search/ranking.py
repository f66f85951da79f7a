"""How good a document is for a query.

Every word of the query that stands in the body scores by BM25, as Whoosh's BM25F does with its own parameters: more the
rarer the word is among all documents, the oftener it stands in this one, and the shorter this one is. A word without a
field scores again, with more weight, where it stands in the subject or in the number (WEIGHTS).
"""

import math

import numpy as np

from archive.search.columnar.arrays import Array
from archive.search.columnar.snapshot import Snapshot

BODY = "body"  # holds every word that a search without a field finds
WEIGHTS = {"subject": 3.0, "number": 2.0}  # what a word counts for in these, beside the 1 in the body

_B = 0.75  # how much a long text counts for less
_K1 = 1.2  # how soon a word stops counting for more


def rarity(documents: int, holding: int) -> float:
    """Return the worth of a word that stands in `holding` of so many documents."""
    return math.log(documents / (holding + 1)) + 1


def saturation(frequencies: Array, norms: Array) -> Array:
    """Return what the frequencies are worth beside the worth of the word, in documents with those norms."""
    known = frequencies.astype(np.float32)
    worth: Array = known * np.float32(_K1 + 1) / (known + norms)
    return worth


def norms(snapshot: Snapshot, field: str) -> Array:
    """Return for each document what its length makes of a frequency in the field."""
    relative = snapshot.lengths(field).astype(np.float32) / np.float32(snapshot.mean_length(field))
    worth: Array = np.float32(_K1) * (np.float32(1 - _B) + np.float32(_B) * relative)
    return worth
