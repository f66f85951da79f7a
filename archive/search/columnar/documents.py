"""What a segment keeps of each of its documents: how long each field is, and its columns."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.util.numeric import byte_to_length

from archive.search.columnar import columns
from archive.search.columnar.arrays import Array, ArrayFile, ArrayFileWriter
from archive.search.columnar.columns import ColumnReader, Data, Labels, Values

EXTENSION = ".documents"

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.uint32)


def rounded(lengths: Array) -> Array:
    """Return the lengths as Whoosh's weightings know them: rounded up to one of 256 values."""
    return _LENGTHS[np.searchsorted(_LENGTHS, lengths.clip(max=_LENGTHS[-1]))]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a segment, or of several one after the other: `lengths` counts each field's tokens."""

    count: int
    lengths: dict[str, Array]
    columns: dict[str, Data]

    def length(self, field: str) -> Array:
        """Return the field's length in each document."""
        return self.lengths.get(field, np.zeros(self.count, np.uint32))

    def values(self, column: str) -> Array:
        """Return a column of values. Raise TypeError when it is one of labels, KeyError when there is none."""
        data = self.columns[column]
        if not isinstance(data, Values):
            raise TypeError(f"{column} is a column of labels")
        return data.array

    def labels(self, column: str) -> Labels:
        """Return a column of labels. Raise TypeError when it is one of values, KeyError when there is none."""
        data = self.columns[column]
        if not isinstance(data, Labels):
            raise TypeError(f"{column} is a column of values")
        return data


def write(documents: Documents, file: ArrayFileWriter) -> None:
    """Write the documents to a file, and close it."""
    for field, lengths in documents.lengths.items():
        file.extend(f"length {field}", lengths)
    for name, data in documents.columns.items():
        data.write(file, name)
    kinds = {name: columns.kind(data) for name, data in documents.columns.items()}
    file.close(count=documents.count, lengths=list(documents.lengths), columns=kinds)


def read(file: ArrayFile) -> Documents:
    """Return the documents from a file. Raises FileDamaged."""
    lengths = {field: file[f"length {field}"] for field in file.facts["lengths"]}
    known = {name: columns.KINDS[kind].read(file, name) for name, kind in file.facts["columns"].items()}
    return Documents(file.facts["count"], lengths, known)


def joined(parts: Sequence[tuple[Documents, Array]]) -> Documents:
    """Return several lots of documents with the same columns as one, of each those for which the mask holds."""
    fields = dict.fromkeys(field for documents, _ in parts for field in documents.lengths)
    lengths = {field: np.concatenate([documents.length(field)[kept] for documents, kept in parts]) for field in fields}
    names = parts[0][0].columns if parts else ()
    known = {name: columns.joined([(documents.columns[name], kept) for documents, kept in parts]) for name in names}
    return Documents(sum(int(np.count_nonzero(kept)) for _, kept in parts), lengths, known)


class PerDocumentWriter(base.PerDocumentWriter):
    """Collects what Whoosh says of each document, and writes it when closed."""

    def __init__(self, create: Callable[[], ArrayFileWriter]) -> None:
        self._create = create
        self._lengths: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._columns: dict[str, Any] = {}
        self._values: dict[str, dict[int, Any]] = defaultdict(dict)
        self._count = 0
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin the next document."""
        if docnum != self._count:
            raise ValueError(f"document {docnum} does not follow {self._count - 1}")
        self._count += 1

    def cancel_doc(self) -> None:
        """Forget the document begun last."""
        self._count -= 1

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:  # noqa: ARG002 - Whoosh's own
        """Note the field's length. Raise TypeError for a stored value: the index keeps none."""
        if value is not None:
            raise TypeError(f"the index does not store what {fieldname} is")
        if length:
            lengths = self._lengths[fieldname]
            lengths.extend([0] * (self._count - 1 - len(lengths)))
            lengths.append(length)

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """Note the document's value in a column."""
        self._columns[fieldname] = columnobj
        self._values[fieldname][self._count - 1] = value

    def close(self) -> None:
        """Write what has been noted."""
        write(self._documents(), self._create())
        self.is_closed = True

    def _documents(self) -> Documents:
        lengths = {field: np.zeros(self._count, np.uint32) for field in sorted(self._lengths)}
        for field, known in lengths.items():
            noted = self._lengths[field][: self._count]
            known[: len(noted)] = noted
        packed = {name: column.packed(self._values[name], self._count) for name, column in self._columns.items()}
        return Documents(self._count, lengths, packed)


class PerDocumentReader(base.PerDocumentReader):
    """A segment's documents as Whoosh asks for them; which are deleted the segment knows."""

    def __init__(self, documents: Documents, segment: Any) -> None:
        self._documents = documents
        self._segment = segment
        self._rounded: dict[str, Array] = {}

    def doc_count_all(self) -> int:
        """Return how many documents there are, deleted ones too."""
        return self._documents.count

    def doc_count(self) -> int:
        """Return how many documents there are."""
        return self._documents.count - int(self._segment.deleted_count())

    def has_deletions(self) -> bool:
        """Whether some are deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether one is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterator[int]:
        """Return those deleted."""
        return iter(self._segment.deleted_docs())

    def supports_columns(self) -> bool:
        """Whether there are columns: there are."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether there is that column."""
        return fieldname in self._documents.columns

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:  # noqa: ARG002 - Whoosh's own
        """Return a column."""
        return ColumnReader(self._documents.columns[fieldname], self._documents.count)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return a field's rounded length in a document."""
        return int(self._rounded_lengths(fieldname)[docnum]) or default

    def field_length(self, fieldname: str) -> int:
        """Return a field's length in all documents."""
        return int(self._documents.length(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """Return a field's least rounded length."""
        return int(self._rounded_lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """Return a field's greatest rounded length."""
        return int(self._rounded_lengths(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:  # noqa: ARG002 - Whoosh's own
        """Return nothing: the index stores no fields."""
        return {}

    def _rounded_lengths(self, field: str) -> Array:
        if field not in self._rounded:
            self._rounded[field] = rounded(self._documents.length(field))
        return self._rounded[field]
