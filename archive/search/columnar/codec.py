"""The codec: what Whoosh asks of a segment, answered from arrays."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np
from whoosh.codec import base

from archive.search.columnar import documents
from archive.search.columnar.arrays import ArrayFile, ArrayFileWriter
from archive.search.columnar.documents import PerDocumentReader, PerDocumentWriter
from archive.search.columnar.positions import POSITION
from archive.search.columnar.postings import Postings, PostingsWriter, Run
from archive.search.columnar.terms import TermsReader


class Segment(base.Segment):
    """One part of the index. Its files never change; the table of contents, which holds it, says what is deleted."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted: set[int] = set()

    def codec(self) -> "ColumnarCodec":
        """Return what reads the segment."""
        return ColumnarCodec()

    def set_doc_count(self, dc: int) -> None:
        """Say how many documents the segment has."""
        self._count = dc

    def doc_count_all(self) -> int:
        """Return how many documents it has, deleted ones too."""
        return self._count

    def deleted_count(self) -> int:
        """Return how many are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterable[int]:
        """Return those deleted."""
        return frozenset(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Whether one is deleted."""
        return docnum in self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document, or take that back."""
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def should_assemble(self) -> bool:
        """Whether Whoosh may put its files into one: they are read on their own."""
        return False


class ColumnarCodec(base.Codec):
    """Whoosh's door to segments of arrays; their storage is a SealedStorage."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Segment) -> PerDocumentWriter:
        """Return what writes a segment's documents."""
        return PerDocumentWriter(lambda: ArrayFileWriter(segment.create_file(storage, documents.EXTENSION)))

    def field_writer(self, storage: Any, segment: Segment) -> "FieldWriter":
        """Return what writes a segment's terms and postings."""
        return FieldWriter(PostingsWriter(partial(segment.create_file, storage)))

    def per_document_reader(self, storage: Any, segment: Segment) -> PerDocumentReader:
        """Return a segment's documents."""
        return PerDocumentReader(read_documents(storage, segment), segment)

    def terms_reader(self, storage: Any, segment: Segment) -> TermsReader:
        """Return a segment's terms."""
        return TermsReader(read_postings(storage, segment))

    def new_segment(self, storage: Any, indexname: str) -> Segment:  # noqa: ARG002 - Whoosh's own
        """Return a segment to be written."""
        return Segment(indexname)


def read_documents(storage: Any, segment: Segment) -> documents.Documents:
    """Return a segment's documents. Raise FileDamaged."""
    return documents.read(ArrayFile(storage.sealed(segment.make_filename(documents.EXTENSION))))


def read_postings(storage: Any, segment: Segment) -> Postings:
    """Return a segment's inverted file. Raise FileDamaged."""
    return Postings(lambda extension: storage.sealed(segment.make_filename(extension)))


class FieldWriter(base.FieldWriter):
    """Writes postings that Whoosh gives one by one."""

    def __init__(self, postings: PostingsWriter) -> None:
        self._postings = postings
        self._field = ""
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:  # noqa: ARG002 - Whoosh's own
        """Begin a field."""
        self._field = fieldname

    def start_term(self, text: bytes) -> None:
        """Begin a term of the field."""
        self._term = text
        self._documents: list[int] = []
        self._values: list[bytes] = []

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:  # noqa: ARG002 - Whoosh's own
        """Add a posting of the term. Raise TypeError when its weight is not the number of its positions."""
        if weight * POSITION.itemsize != len(vbytes):
            raise TypeError(f"field {self._field} has not the format Positions, or terms in it are boosted")
        self._documents.append(docnum)
        self._values.append(vbytes)

    def finish_term(self) -> None:
        """Write the term."""
        frequencies = np.array([len(value) // POSITION.itemsize for value in self._values], np.uint32)
        positions = np.frombuffer(b"".join(self._values), POSITION)
        counts, found = np.array([len(self._documents)]), np.array(self._documents, np.uint32)
        self._postings.write(Run(self._field, [self._term], counts, found, frequencies, positions))

    def close(self) -> None:
        """Close the files."""
        self._postings.close()
        self.is_closed = True
