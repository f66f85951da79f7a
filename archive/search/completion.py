"""What a text being typed may become: subjects and names that have its words, the last of them as far as it is typed.

It is taken from the index itself: in the order of the terms all words that begin alike are one slice of the postings.
So a completion knows what a search knows, costs no structure of its own, and ends where the permitted documents end.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from archive.search import analysis, phrases, sorting
from archive.search.analysis import Term
from archive.search.columnar.arrays import Array
from archive.search.columnar.snapshot import Snapshot
from archive.search.evaluation import Matches
from archive.search.results import Completions
from archive.search.whoosh_schema import LABELS


def completions(snapshot: Snapshot, typed: str, permitted: Array, size: int) -> Completions:
    """Return what the documents for which the mask holds offer, as SearchIndex.complete says."""
    terms = [analysis.term(word.group()) for word in analysis.words(typed)]
    if not terms:
        return Completions()
    return Completions(
        _subjects(snapshot, terms, permitted, size),
        _names(snapshot, "issuer", terms, permitted, size),
        _names(snapshot, "signer", terms, permitted, size),
    )


def _subjects(snapshot: Snapshot, terms: Sequence[Term], permitted: Array, size: int) -> tuple[int, ...]:
    """Return the newest documents with the words in their subject, those with the accents typed first."""
    found: dict[int, None] = {}
    accented = any(term.accented for term in terms)
    for row in [[term.exact for term in terms]] * accented + [[term.folded for term in terms]]:
        documents = _with_subject(snapshot, row, permitted)
        matches = Matches(documents, np.zeros(len(documents), np.float32), np.ones(len(documents), bool))
        places = sorting.page(snapshot, matches, "newest", 1, size)
        found |= dict.fromkeys(snapshot.documents.values("id")[documents[places]].tolist())
        if len(found) >= size:
            break
    return tuple(found)[:size]


def _with_subject(snapshot: Snapshot, row: Sequence[str], permitted: Array) -> Array:
    """Return the documents with the words side by side in the subject, but the last: a word of it begins so."""
    *whole, begun = row
    words = [snapshot.postings("subject", word) for word in whole]
    known = [postings for postings in words if postings]
    if len(known) < len(words):
        return np.empty(0, np.uint32)
    masks = [_mask(snapshot, snapshot.beginning("subject", begun))]
    masks += [_mask(snapshot, postings.documents) for postings in known]
    found = np.flatnonzero(np.logical_and.reduce([permitted, *masks]))
    return phrases.holding(snapshot, "subject", known, found) if len(known) > 1 and len(found) else found


def _mask(snapshot: Snapshot, documents: Array) -> Array:
    mask = np.zeros(snapshot.count, bool)
    mask[documents] = True
    return mask


def _names(snapshot: Snapshot, facet: str, terms: Sequence[Term], permitted: Array, size: int) -> tuple[str, ...]:
    """Return the facet's values that have the words, with the accents typed first, then those most documents bear."""
    column = snapshot.documents.labels(LABELS[facet])
    counts = np.bincount(column.ordinals[permitted[column.documents]], minlength=len(column.labels))
    folded = _folded(column.labels)
    fitting = [
        (column.labels[ordinal], int(counts[ordinal]))
        for ordinal in np.flatnonzero(counts).tolist()
        if all(f" {term.folded}" in folded[ordinal] for term in terms)
    ]
    fitting.sort(key=lambda one: (not _as_typed(one[0], terms), -one[1], one[0]))
    return tuple(name for name, _ in fitting[:size])


@lru_cache(maxsize=8)
def _folded(labels: tuple[str, ...]) -> list[str]:
    """Return the labels' words in folded form, each with a blank before it."""
    return ["".join(f" {analysis.term(word.group()).folded}" for word in analysis.words(label)) for label in labels]


def _as_typed(name: str, terms: Sequence[Term]) -> bool:
    words = [analysis.term(word.group()).exact for word in analysis.words(name)]
    return all(any(word.startswith(term.exact) for word in words) for term in terms if term.accented)
