"""Several segments made one: their arrays put together, without what is deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from archive.search.columnar.arrays import Array, spans
from archive.search.columnar.documents import Documents
from archive.search.columnar.postings import Postings, Run

_AT_A_TIME = 1 << 22  # occurrences, about


@dataclass(frozen=True, slots=True)
class Part:
    """A segment to be merged: `kept` tells for each document whether it goes on."""

    documents: Documents
    postings: Postings
    kept: Array


def merged(parts: Sequence[Part]) -> Iterator[Run]:
    """Yield the postings of the segments as one; documents are numbered anew, in the order of the segments."""
    bases = np.cumsum([0, *(np.count_nonzero(part.kept) for part in parts)])
    numbers = [np.cumsum(part.kept, dtype=np.int64) + base - 1 for part, base in zip(parts, bases, strict=False)]
    for field in sorted({field for part in parts for field in part.postings.fields}):
        for lots in _lots([part.postings for part in parts], field):
            pieces = [_piece(*of) for of in zip(parts, numbers, lots, strict=True) if len(of[2])]
            run = _joined(field, [piece for piece in pieces if piece.terms])
            if run:
                yield run


def _lots(segments: Sequence[Postings], field: str) -> Iterator[list[range]]:
    """Yield lots of terms, as the places in each segment: the same terms of all, so few that memory holds them."""
    largest = max(segments, key=lambda segment: len(segment.terms(field)))
    starts = [segment.terms(field).start for segment in segments]
    for last in _ends(largest, field, _AT_A_TIME // len(segments)):
        stops = [segment.at_or_after(field, last) for segment in segments]
        yield [range(start, stop) for start, stop in zip(starts, stops, strict=True)]
        starts = stops
    yield [range(start, segment.terms(field).stop) for start, segment in zip(starts, segments, strict=True)]


def _ends(segment: Postings, field: str, size: int) -> Iterator[bytes]:
    """Yield the terms at which lots of about so many occurrences end."""
    held = 0
    for place in segment.terms(field):
        if held > size:
            yield segment.term(place)
            held = 0
        held += segment.occurrences(place)


def _piece(part: Part, numbers: Array, places: range) -> Run:
    """Return the terms at the places, with the postings that are kept, the documents numbered anew."""
    postings = part.postings
    documents, frequencies = postings.documents(places), postings.frequencies(places)
    positions = postings.positions(places)
    counts = np.array([postings.count(place) for place in places])
    terms = [postings.term(place) for place in places]
    if not part.kept.all():
        kept = part.kept[documents]
        counts = np.add.reduceat(kept, np.cumsum(counts) - counts, dtype=np.int64)
        positions = positions[np.repeat(kept, frequencies)]
        documents, frequencies = documents[kept], frequencies[kept]
        terms = [term for term, count in zip(terms, counts, strict=True) if count]
        counts = counts[counts > 0]
    return Run("", terms, counts, numbers[documents], frequencies.astype(np.uint32), positions)


def _joined(field: str, pieces: Sequence[Run]) -> Run | None:
    """Return the pieces as one run; postings of a term stay in the order of the pieces."""
    terms = sorted(set(chain.from_iterable(piece.terms for piece in pieces)))
    if not terms:
        return None
    place = {term: i for i, term in enumerate(terms)}
    owners = np.concatenate([np.repeat([place[term] for term in piece.terms], piece.counts) for piece in pieces])
    order = np.argsort(owners, kind="stable")
    frequencies = np.concatenate([piece.frequencies for piece in pieces])
    starts = np.cumsum(frequencies, dtype=np.int64) - frequencies
    return Run(
        field=field,
        terms=terms,
        counts=np.bincount(owners),
        documents=np.concatenate([piece.documents for piece in pieces])[order],
        frequencies=frequencies[order],
        positions=np.concatenate([piece.positions for piece in pieces])[spans(starts[order], frequencies[order])],
    )
