"""One commit: documents deleted, documents added, segments merged, and then a new table of contents."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from whoosh.index import TOC, FileIndex

from archive.search.columnar import documents
from archive.search.columnar.arrays import ArrayFileWriter
from archive.search.columnar.codec import ColumnarCodec, Segment, read_documents, read_postings
from archive.search.columnar.inversion import Forms, Inversion, Row
from archive.search.columnar.merging import Part, merged
from archive.search.columnar.postings import PostingsWriter, Run

_AT_A_TIME = 1 << 21  # words inverted in memory: about 200 MB
_FACTOR = 4  # so many segments of like size become one
_LARGEST = 4_096  # documents: no commit merges more than these, for whoever writes waits for it


class Writer:
    """Writes to an index of which the caller has the sole right to write; nothing counts before `commit`."""

    def __init__(self, index: FileIndex, analysis: Callable[[str], Row], forms: Callable[[str], Forms]) -> None:
        """Open the index: `analysis` returns the row of words that a text is, `forms` the terms of a word."""
        toc = TOC.read(index.storage, index.indexname)
        self._storage, self._name, self._schema = index.storage, index.indexname, toc.schema
        self._generation = toc.generation + 1
        self._segments: list[Segment] = toc.segments
        self._added: list[Segment] = []
        self._analysis, self._forms = analysis, forms
        self._sweep(toc.generation)
        self._begin()

    def delete(self, column: str, values: Iterable[int]) -> None:
        """Delete the committed documents that have one of the values in the column."""
        doomed = np.array(list(values), np.int64)
        for segment in self._segments if doomed.size else ():
            known = read_documents(self._storage, segment).values(column)
            for document in np.flatnonzero(np.isin(known, doomed)).tolist():
                segment.delete_document(document)

    def add(self, fields: Mapping[str, Any]) -> None:
        """Add a document: texts of fields, values of columns, by their names in the schema; None is as good as none."""
        if self._inversion.full or self._inversion.size > _AT_A_TIME:
            self._flush()
            self._begin()
        self._documents.start_doc(self._inversion.documents)
        self._inversion.begin()
        for name, field in self._schema.items():
            value, column = fields.get(name), field.column_type
            if column:
                self._documents.add_column_value(name, column, column.default_value() if value is None else value)
            elif value is not None:
                self._documents.add_field(name, field, None, self._inversion.add(name, self._analysis(value)))

    def commit(self, *, whole: bool = False) -> None:
        """Bring everything to the disk and let it count; `whole` makes one segment of all."""
        self._flush()
        segments = [segment for segment in (*self._segments, *self._added) if segment.doc_count()]
        while due := segments if whole and len(segments) > 1 else _due(segments):
            segments = [*(segment for segment in segments if segment not in due), self._merge(due)]
        TOC(self._schema, segments, self._generation).write(self._storage, self._name)
        self._segments = segments
        self._sweep(self._generation)

    def _begin(self) -> None:
        self._segment = Segment(self._name)
        self._documents = ColumnarCodec().per_document_writer(self._storage, self._segment)
        self._inversion = Inversion(self._forms)

    def _flush(self) -> None:
        if self._inversion.documents:
            self._documents.close()
            self._finish(self._segment, self._inversion.runs(), self._inversion.documents)
            self._added.append(self._segment)

    def _merge(self, segments: Sequence[Segment]) -> Segment:
        parts = []
        for segment in segments:
            kept = np.ones(segment.doc_count_all(), bool)
            kept[list(segment.deleted_docs())] = False
            parts.append(Part(read_documents(self._storage, segment), read_postings(self._storage, segment), kept))
        new = Segment(self._name)
        whole = documents.joined([(part.documents, part.kept) for part in parts])
        documents.write(whole, ArrayFileWriter(new.create_file(self._storage, documents.EXTENSION)))
        self._finish(new, merged(parts), whole.count)
        return new

    def _finish(self, segment: Segment, runs: Iterable[Run], count: int) -> None:
        postings = PostingsWriter(partial(segment.create_file, self._storage))
        for run in runs:
            postings.write(run)
        postings.close()
        segment.set_doc_count(count)

    def _sweep(self, generation: int) -> None:
        """Remove what no commit speaks of: files of segments that were merged, and of writers that did not end."""
        current = {f"_{self._name}_{generation}.toc"}
        segments = {segment.segment_id() for segment in self._segments}
        for name in self._storage.list():
            if name not in current and name.partition(".")[0] not in segments:
                self._storage.delete_file(name)


def _due(segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments that are to become one: _FACTOR of like size, or one that is mostly deleted."""
    tiers: dict[int, list[Segment]] = {}
    for segment in segments:
        if segment.doc_count() * 2 < segment.doc_count_all() and segment.doc_count() <= _LARGEST:
            return [segment]
        tiers.setdefault(int(math.log(segment.doc_count(), _FACTOR)), []).append(segment)
    full = (tier for _, tier in sorted(tiers.items()) if len(tier) >= _FACTOR)
    return next((tier for tier in full if sum(one.doc_count() for one in tier) <= _LARGEST), [])
