"""Indexes of tiny texts, written by Whoosh's own writer or by ours."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import COLUMN, TEXT, FieldType, Schema
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from archive.search.columnar.codec import ColumnarCodec
from archive.search.columnar.columns import LabelColumn, ValueColumn
from archive.search.columnar.inversion import Row
from archive.search.columnar.positions import Positions
from archive.search.columnar.storage import SealedStorage
from archive.search.columnar.writer import Writer

SCHEMA = Schema(
    title=FieldType(format=Positions(), analyzer=SpaceSeparatedTokenizer(), scorable=True),
    body=FieldType(format=Positions(), analyzer=SpaceSeparatedTokenizer(), scorable=True),
    id=COLUMN(ValueColumn("i8")),
    tags=COLUMN(LabelColumn()),
)
STOCK = Schema(title=TEXT(analyzer=SpaceSeparatedTokenizer()), body=TEXT(analyzer=SpaceSeparatedTokenizer()))


def new(folder: Path) -> FileIndex:
    folder.mkdir(exist_ok=True)
    return FileIndex.create(SealedStorage(str(folder)), SCHEMA)


def row(text: str) -> Row:
    words = text.split()
    return Row(words, np.arange(len(words)), [])


def writer(index: FileIndex) -> Writer:
    """Our writer, for the words between blanks."""
    return Writer(index, row, lambda word: (word, None))


def add_by_whoosh(index: FileIndex, documents: Iterable[Mapping[str, Any]]) -> None:
    """Write documents through the codec, as Whoosh's own writer does it, and leave its merging out."""
    through = SegmentWriter(index, codec=ColumnarCodec())
    for document in documents:
        through.add_document(**document)
    through.commit(merge=False)


def add(index: FileIndex, documents: Iterable[Mapping[str, Any]]) -> None:
    ours = writer(index)
    for document in documents:
        ours.add(document)
    ours.commit()
