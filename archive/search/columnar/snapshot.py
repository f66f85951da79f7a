"""One committed state of an index, as arrays over all of its documents; any number of threads may share it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.index import TOC, FileIndex

from archive.search.columnar import documents
from archive.search.columnar.arrays import Array
from archive.search.columnar.codec import read_documents, read_postings
from archive.search.columnar.documents import Documents, rounded
from archive.search.columnar.postings import Postings

GAP = 128
_PLACES = 20_000  # terms whose places are remembered


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """The files of a segment, which never change: later snapshots may have them too."""

    documents: Documents
    postings: Postings


@dataclass(frozen=True, slots=True)
class TermPostings:
    """The postings of a term in all segments: documents in rising order, and how often it stands in each."""

    documents: Array
    frequencies: Array
    places: tuple[tuple[Postings, range], ...]

    @property
    def occurrences(self) -> int:
        """How often the term stands in all of them."""
        return sum(postings.occurrences(place.start) for postings, place in self.places)

    def positions(self) -> Array:
        """Return the positions in each posting, one posting after the other, each in rising order."""
        return _chained(postings.positions(place) for postings, place in self.places)


class Snapshot:
    """The documents are numbered through all segments, deleted ones too; `alive` tells which are not deleted."""

    def __init__(self, index: FileIndex, before: "Snapshot | None" = None) -> None:
        """Open the last commit; what `before` has open is not opened again. Raise FileDamaged."""
        toc = TOC.read(index.storage, index.indexname)
        known = before.opened if before else {}
        self.opened: dict[str, OpenSegment] = {
            segment.segment_id(): known.get(segment.segment_id())
            or OpenSegment(read_documents(index.storage, segment), read_postings(index.storage, segment))
            for segment in toc.segments
        }
        lots = [part.documents for part in self.opened.values()]
        self.documents = documents.joined([(lot, np.ones(lot.count, bool)) for lot in (_none(toc.schema), *lots)])
        self._bases = np.cumsum([0, *(lot.count for lot in lots)]).tolist()
        self.alive = np.ones(self.documents.count, bool)
        for segment, base in zip(toc.segments, self._bases, strict=False):
            self.alive[[base + document for document in segment.deleted_docs()]] = False
        self._places: dict[tuple[str, str], tuple[tuple[int, Postings, range], ...]] = {}
        self._lengths: dict[str, Array] = {}
        self._addresses: dict[str, Array] = {}

    @property
    def count(self) -> int:
        """The number of documents, deleted ones too."""
        return self.documents.count

    def postings(self, field: str, term: str) -> TermPostings | None:
        """Return the postings of a term, deleted documents too; None when no document has it."""
        found = self._found(field, term)
        if not found:
            return None
        return TermPostings(
            documents=_chained(postings.documents(place) + np.uint32(base) for base, postings, place in found),
            frequencies=_chained(postings.frequencies(place) for _, postings, place in found),
            places=tuple((postings, place) for _, postings, place in found),
        )

    def beginning(self, field: str, prefix: str) -> Array:
        """Return the documents with a term that begins so, deleted ones too, once for each such term."""
        key = prefix.encode()
        found = []
        for base, part in zip(self._bases, self.opened.values(), strict=False):
            first, end = (part.postings.at_or_after(field, bound) for bound in (key, key + b"\xff"))
            found.append(part.postings.documents(range(first, end)) + np.uint32(base))
        return _chained(found)

    def frequency(self, field: str, term: str) -> int:
        """Return in how many documents the term stands, deleted ones too."""
        return sum(postings.count(place.start) for _, postings, place in self._found(field, term))

    def lengths(self, field: str) -> Array:
        """Return the field's rounded length in each document."""
        if field not in self._lengths:
            self._lengths[field] = rounded(self.documents.length(field))
        return self._lengths[field]

    def mean_length(self, field: str) -> float:
        """Return the mean of the field's lengths before rounding; 1 when there is none."""
        return float(self.documents.length(field).sum(dtype=np.int64)) / (self.count or 1) or 1.0

    def addresses(self, field: str) -> Array:
        """Return for each document the address of the field's first word.

        An address is a word's place among the words of all documents. GAP addresses before each document stay free, so
        that words at neighbouring addresses are neighbours in one text, and a few places before a word is no other's.
        """
        if field not in self._addresses:
            parts = self.opened.values()
            extents = _chained(part.postings.extents(field, part.documents.count) for part in parts)
            ends = np.cumsum(extents.astype(np.int64) + GAP)
            wide = ends.size and int(ends[-1]) > np.iinfo(np.uint32).max
            self._addresses[field] = (ends - extents).astype(np.int64 if wide else np.uint32)
        return self._addresses[field]

    def _found(self, field: str, term: str) -> tuple[tuple[int, Postings, range], ...]:
        places = self._places.get((field, term))
        if places is None:
            key = term.encode()
            parts = zip(self._bases, self.opened.values(), strict=False)
            looked_up = ((base, part.postings, part.postings.find(field, key)) for base, part in parts)
            places = tuple((base, postings, range(at, at + 1)) for base, postings, at in looked_up if at is not None)
            if len(self._places) >= _PLACES:
                self._places.clear()
            self._places[field, term] = places
        return places


def _none(schema: Any) -> Documents:
    """Return no documents, with the columns of the schema."""
    columns = {name: field.column_type.packed({}, 0) for name, field in schema.items() if field.column_type}
    return Documents(0, {}, columns)


def _chained(parts: Iterable[Array]) -> Array:
    arrays = list(parts)
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays) if arrays else np.empty(0, np.uint32)
