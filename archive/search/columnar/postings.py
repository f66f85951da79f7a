"""The inverted file of a segment: for each term, in which documents it stands, how often, and where.

`.terms`        the terms of each field in the order of their bytes; where each one's postings and occurrences begin
`.postings`     for each posting its document
`.frequencies`  for each posting how often the term stands in the document
`.positions`    for each occurrence where in the field it is

Postings of a term follow one another by document, occurrences of a posting by position: a term is a slice of each file.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from archive.search.columnar.arrays import Array, ArrayFile, ArrayFileWriter, NarrowArray, NarrowWriter


@dataclass(frozen=True, slots=True)
class Run:
    """Terms of one field, in the order of their bytes, with their postings one after the other.

    `counts` holds the number of postings of each term, `frequencies` the number of positions of each posting.
    """

    field: str
    terms: Sequence[bytes]
    counts: Array
    documents: Array
    frequencies: Array
    positions: Array


class PostingsWriter:
    """Writes an inverted file; `create` makes a file of the segment with an extension."""

    def __init__(self, create: Any) -> None:
        self._files = {name: ArrayFileWriter(create(f".{name}")) for name in ("postings", "frequencies", "positions")}
        self._terms = ArrayFileWriter(create(".terms"))
        self._documents = self._files["postings"]
        self._frequencies = NarrowWriter(self._files["frequencies"], "frequencies", np.uint8)
        self._positions = NarrowWriter(self._files["positions"], "positions", np.uint16)
        self._documents.extend("documents", np.empty(0, np.uint32))
        self._fields: dict[str, int] = {}
        self._extents: dict[str, Array] = {}
        self._keys: list[bytes] = []
        self._sizes: list[Array] = []
        self._counts: list[Array] = []
        self._occurrences: list[Array] = []
        self._highest: list[Array] = []

    def write(self, run: Run) -> None:
        """Append a run. The runs of a field follow one another, in the order of their terms."""
        if not run.terms:
            return
        self._documents.extend("documents", run.documents.astype(np.uint32))
        self._frequencies.extend(run.frequencies)
        self._positions.extend(run.positions)
        self._fields[run.field] = self._fields.get(run.field, 0) + len(run.terms)
        firsts = np.cumsum(run.counts) - run.counts
        self._keys.append(b"".join(run.terms))
        self._sizes.append(np.array([len(term) for term in run.terms], np.uint32))
        self._counts.append(run.counts)
        self._occurrences.append(np.add.reduceat(run.frequencies, firsts, dtype=np.int64))
        self._highest.append(np.maximum.reduceat(run.frequencies, firsts).astype(np.uint32))
        self._extend(run)

    def _extend(self, run: Run) -> None:
        extents = self._extents.get(run.field, np.empty(0, np.uint32))
        missing = int(run.documents.max()) + 1 - len(extents)
        extents = np.pad(extents, (0, max(0, missing)))
        lasts = run.positions[np.cumsum(run.frequencies, dtype=np.int64) - 1]
        np.maximum.at(extents, run.documents, lasts.astype(np.uint32) + np.uint32(1))
        self._extents[run.field] = extents

    def close(self) -> None:
        """Write the terms and close the files."""
        self._frequencies.close()
        self._positions.close()
        for file in self._files.values():
            file.close()
        self._terms.extend("keys", np.frombuffer(b"".join(self._keys), np.uint8))
        for name, parts in (("key", self._sizes), ("posting", self._counts), ("occurrence", self._occurrences)):
            self._terms.extend(f"{name} starts", np.concatenate([[0], *parts]).cumsum().astype(np.int64))
        self._terms.extend("highest", np.concatenate([np.empty(0, np.uint32), *self._highest]))
        for field, extents in self._extents.items():
            self._terms.extend(f"extent {field}", extents)
        self._terms.close(fields=self._fields)


class Postings:
    """An inverted file to read, `size` bytes beside its terms. A term is known by its place among all in it."""

    def __init__(self, open_file: Any) -> None:
        terms = ArrayFile(open_file(".terms"))
        files = [open_file(f".{name}") for name in ("postings", "frequencies", "positions")]
        documents, frequencies, positions = map(ArrayFile, files)
        self._slices: dict[str, Callable[[int, int], Array]] = {
            "documents": partial(documents.slice, "documents"),
            "frequencies": NarrowArray(frequencies, "frequencies").slice,
            "positions": NarrowArray(positions, "positions").slice,
        }
        self.size = sum(file.length for file in files)
        self._keys = terms["keys"].tobytes()
        self._key_starts = terms["key starts"].data
        self._posting_starts = terms["posting starts"].data
        self._occurrence_starts = terms["occurrence starts"].data
        self._highest = terms["highest"]
        self._fields: dict[str, range] = {}
        self._extents = {field: terms[f"extent {field}"] for field in terms.facts["fields"]}
        start = 0
        for field, count in terms.facts["fields"].items():
            self._fields[field] = range(start, start + count)
            start += count

    @property
    def fields(self) -> list[str]:
        """The fields that have terms."""
        return list(self._fields)

    def terms(self, field: str) -> range:
        """Return the places of the field's terms."""
        return self._fields.get(field, range(0))

    def term(self, place: int) -> bytes:
        """Return the term at a place."""
        return self._keys[self._key_starts[place] : self._key_starts[place + 1]]

    def at_or_after(self, field: str, term: bytes) -> int:
        """Return the place of the field's first term that is not below the term given; past its last when all are."""
        places = self.terms(field)
        return places.start + bisect_left(places, term, key=self.term)

    def find(self, field: str, term: bytes) -> int | None:
        """Return the place of a term; None when the field has it not."""
        place = self.at_or_after(field, term)
        return place if place in self.terms(field) and self.term(place) == term else None

    def count(self, place: int) -> int:
        """Return in how many documents the term stands, deleted ones too."""
        return self._posting_starts[place + 1] - self._posting_starts[place]

    def occurrences(self, place: int) -> int:
        """Return how often the term stands in all of them."""
        return self._occurrence_starts[place + 1] - self._occurrence_starts[place]

    def highest(self, place: int) -> int:
        """Return how often the term stands in the document that has it most often."""
        return int(self._highest[place])

    def extents(self, field: str, count: int) -> Array:
        """Return for each of `count` documents the position after the field's last."""
        extents = self._extents.get(field, np.empty(0, np.uint32))
        return np.pad(extents, (0, count - len(extents)))

    def documents(self, places: range) -> Array:
        """Return the documents of the terms' postings, one term after the other."""
        return self._slice("documents", self._posting_starts, places)

    def frequencies(self, places: range) -> Array:
        """Return the frequencies of the terms' postings."""
        return self._slice("frequencies", self._posting_starts, places)

    def positions(self, places: range) -> Array:
        """Return the positions of the terms' occurrences."""
        return self._slice("positions", self._occurrence_starts, places)

    def _slice(self, name: str, starts: memoryview, places: range) -> Array:
        return self._slices[name](starts[places.start], starts[places.stop])
