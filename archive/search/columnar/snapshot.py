"""One committed state of an index, as arrays over all of its documents; any number of threads may share it."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.index import TOC, FileIndex

from archive.search.columnar import documents
from archive.search.columnar.arrays import Array, differences, spans
from archive.search.columnar.codec import read_documents, read_postings
from archive.search.columnar.documents import Documents, rounded
from archive.search.columnar.postings import Postings
from archive.search.columnar.recent import Recent

GAP = 128
_MANY = 4  # a part of all documents from which on it is faster to reckon something for all
_TERMS = 20_000  # whose places are remembered
_KEPT = 4 << 20, 192 << 20  # bytes of arrays that were made lately, at least and at most; else half of the postings'

_Place = tuple[int, Postings, range]  # of a term: the number of the segment's first document, and where it is in it


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """The files of a segment, which never change: later snapshots may have them too."""

    documents: Documents
    postings: Postings


class TermPostings:
    """The postings of a term in all segments: `count` documents have it, deleted ones too, `occurrences` times in all.

    Its arrays are read when looked at, and kept while there is room for them. Nobody may change them.
    """

    __slots__ = ("_found", "_key", "_snapshot", "count", "occurrences")

    def __init__(self, snapshot: "Snapshot", field: str, term: str, found: Sequence["_Place"]) -> None:
        self._snapshot = snapshot
        self._key = field, term
        self._found = found
        self.count = sum(postings.count(place.start) for _, postings, place in found)
        self.occurrences = sum(postings.occurrences(place.start) for _, postings, place in found)

    @property
    def documents(self) -> Array:
        """The documents that have it, in rising order."""
        return self._kept("documents", self._documents)

    @property
    def frequencies(self) -> Array:
        """How often it stands in each of these."""
        return self._kept("frequencies", self._frequencies)

    @property
    def table(self) -> Array:
        """How often it stands in each document of the snapshot: mostly not at all."""
        return self._kept("table", self._table)

    @property
    def rare(self) -> bool:
        """Whether it is faster to look at the documents that have it than at all."""
        return self.count * _MANY < self._snapshot.count

    @property
    def addresses(self) -> Array:
        """Where it stands, in rising order: see Snapshot.starts."""
        return self._kept("addresses", self._addresses)

    def addresses_in(self, documents: Array) -> Array:
        """Return where it stands in these, which are in rising order."""
        documents = documents[self.table[documents] > 0]
        frequencies = self.table[documents]
        ends = self.table.cumsum(dtype=self._snapshot.starts(self._key[0]).dtype)[documents]
        positions = self._kept("positions", self._positions)[spans(ends - frequencies, frequencies)]
        return self._placed(documents, frequencies, positions)

    def _kept(self, what: str, make: Callable[[], Array]) -> Array:
        return self._snapshot.kept((what, *self._key), make)

    def _documents(self) -> Array:
        return _chained(postings.documents(place) + np.uint32(base) for base, postings, place in self._found)

    def _frequencies(self) -> Array:
        return _chained(postings.frequencies(place) for _, postings, place in self._found)

    def _positions(self) -> Array:
        return _chained(postings.positions(place) for _, postings, place in self._found)

    def _addresses(self) -> Array:
        documents = np.flatnonzero(self.table)
        return self._placed(documents, self.table[documents], self._positions())

    def _placed(self, documents: Array, frequencies: Array, positions: Array) -> Array:
        """Return the addresses of positions, so many in each of the documents."""
        starts = self._snapshot.starts(self._key[0])
        steps = np.zeros(len(positions), starts.dtype)  # from the start of the document before, at its first
        steps[frequencies.cumsum(dtype=np.int64) - frequencies] = differences(starts[documents])
        return steps.cumsum(dtype=starts.dtype) + positions

    def _table(self) -> Array:
        frequencies = self._frequencies()
        table = np.zeros(self._snapshot.count, frequencies.dtype)
        table[self._documents()] = frequencies
        return table


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
        self._terms: dict[tuple[str, str], TermPostings | None] = {}
        self._lengths: dict[str, Array] = {}
        self._starts: dict[str, Array] = {}
        size = sum(part.postings.size for part in self.opened.values())
        self._recent = Recent(min(max(size // 2, _KEPT[0]), _KEPT[1]))

    @property
    def count(self) -> int:
        """The number of documents, deleted ones too."""
        return self.documents.count

    def around(self, documents: Array) -> Array | slice:
        """Return where to look when something is wanted of each of the documents.

        That is they themselves, or everywhere when they are many: to reckon it for all and pick theirs is faster then.
        """
        return slice(None) if len(documents) * _MANY > self.count else documents

    def kept(self, key: Hashable, make: Callable[[], Array]) -> Array:
        """Return the array of that key, which nobody may change; made when it is not at hand."""
        return self._recent.get(key, make)

    def postings(self, field: str, term: str) -> TermPostings | None:
        """Return the postings of a term; None when no document has it."""
        known = self._terms.get((field, term), self)
        if not isinstance(known, Snapshot):
            return known
        if len(self._terms) >= _TERMS:
            self._terms.clear()
        found = self._find(field, term.encode())
        postings = self._terms[field, term] = TermPostings(self, field, term, found) if found else None
        return postings

    def beginning(self, field: str, prefix: str) -> Array:
        """Return the documents with a term that begins so, deleted ones too, once for each such term."""
        key = prefix.encode()
        found = []
        for base, part in zip(self._bases, self.opened.values(), strict=False):
            first, end = (part.postings.at_or_after(field, bound) for bound in (key, key + b"\xff"))
            found.append(part.postings.documents(range(first, end)) + np.uint32(base))
        return _chained(found)

    def lengths(self, field: str) -> Array:
        """Return the field's rounded length in each document."""
        if field not in self._lengths:
            self._lengths[field] = rounded(self.documents.length(field))
        return self._lengths[field]

    def mean_length(self, field: str) -> float:
        """Return the mean of the field's lengths before rounding; 1 when there is none."""
        return float(self.documents.length(field).sum(dtype=np.int64)) / (self.count or 1) or 1.0

    def starts(self, field: str) -> Array:
        """Return for each document the address of the field's first word, and at the end what is above every address.

        An address is a word's place among the words of all documents. GAP addresses before each document stay free, so
        that words at neighbouring addresses are neighbours in one text, and a few places before a word is no other's.
        """
        if field not in self._starts:
            parts = self.opened.values()
            extents = _chained(part.postings.extents(field, part.documents.count) for part in parts)
            starts = np.cumsum(np.concatenate([[0], extents]), dtype=np.int64) + GAP * np.arange(1, self.count + 2)
            wide = starts[-1] > np.iinfo(np.uint32).max
            self._starts[field] = starts if wide else starts.astype(np.uint32)
        return self._starts[field]

    def _find(self, field: str, term: bytes) -> list["_Place"]:
        parts = zip(self._bases, self.opened.values(), strict=False)
        found = ((base, part.postings, part.postings.find(field, term)) for base, part in parts)
        return [(base, postings, range(at, at + 1)) for base, postings, at in found if at is not None]


def _none(schema: Any) -> Documents:
    """Return no documents, with the columns of the schema."""
    columns = {name: field.column_type.packed({}, 0) for name, field in schema.items() if field.column_type}
    return Documents(0, {}, columns)


def _chained(parts: Iterable[Array]) -> Array:
    arrays = list(parts)
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays) if arrays else np.empty(0, np.uint32)
