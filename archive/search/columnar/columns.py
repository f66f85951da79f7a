"""What is known of each document beside its text: a value of one size, or labels of which it may bear several."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from whoosh import columns

from archive.search.columnar.arrays import Array, ArrayFile, ArrayFileWriter


@dataclass(frozen=True, slots=True)
class Values:
    """One value for each document."""

    array: Array

    def of(self, document: int) -> Any:
        """Return the document's value."""
        return self.array[document].item()

    def write(self, file: ArrayFileWriter, name: str) -> None:
        """Put the column into a file."""
        file.extend(f"values {name}", self.array)

    @classmethod
    def read(cls, file: ArrayFile, name: str) -> Self:
        """Return the column from a file."""
        return cls(file[f"values {name}"])


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels, sorted; and each bearing of one: the document in rising order, and the label's place among them."""

    labels: tuple[str, ...]
    documents: Array
    ordinals: Array

    def of(self, document: int) -> tuple[str, ...]:
        """Return the document's labels."""
        first, last = np.searchsorted(self.documents, [document, document + 1])
        return tuple(self.labels[ordinal] for ordinal in self.ordinals[first:last])

    def bearers(self, chosen: Container[str]) -> Array:
        """Return the documents that bear one of the labels chosen, once for each."""
        wanted = np.array([label in chosen for label in self.labels], bool)
        documents: Array = self.documents[wanted[self.ordinals]]
        return documents

    def write(self, file: ArrayFileWriter, name: str) -> None:
        """Put the column into a file."""
        texts = [label.encode() for label in self.labels]
        file.extend(f"labels {name}", np.frombuffer(b"".join(texts), np.uint8))
        file.extend(f"label ends {name}", np.cumsum([len(text) for text in texts], dtype=np.uint32))
        file.extend(f"bearers {name}", self.documents)
        file.extend(f"ordinals {name}", self.ordinals)

    @classmethod
    def read(cls, file: ArrayFile, name: str) -> Self:
        """Return the column from a file."""
        text = file[f"labels {name}"].tobytes()
        ends = file[f"label ends {name}"].tolist()
        labels = tuple(text[start:end].decode() for start, end in zip([0, *ends], ends, strict=False))
        return cls(labels, file[f"bearers {name}"], file[f"ordinals {name}"])


Data = Values | Labels
KINDS: dict[str, type[Values] | type[Labels]] = {"values": Values, "labels": Labels}


def kind(data: Data) -> str:
    """Return the name that KINDS has for the column's type."""
    return "values" if isinstance(data, Values) else "labels"


def joined(parts: Sequence[tuple[Data, Array]]) -> Data:
    """Return a column of several lots of documents as one, of each those for which the mask holds."""
    values = [data.array[kept] for data, kept in parts if isinstance(data, Values)]
    return Values(np.concatenate(values)) if values else _joined_labels(parts)  # type: ignore[arg-type]  # they are alike


def _joined_labels(parts: Sequence[tuple[Labels, Array]]) -> Labels:
    labels = tuple(sorted({label for data, _ in parts for label in data.labels}))
    place = {label: ordinal for ordinal, label in enumerate(labels)}
    documents, ordinals = [], []
    base = 0
    for data, kept in parts:
        bearing = kept[data.documents]
        numbers = np.cumsum(kept, dtype=np.int64) + base - 1
        documents.append(numbers[data.documents[bearing]].astype(np.uint32))
        ordinals.append(np.array([place[label] for label in data.labels], np.uint32)[data.ordinals[bearing]])
        base += int(np.count_nonzero(kept))
    return Labels(labels, np.concatenate(documents), np.concatenate(ordinals))


class ValueColumn(columns.Column):
    """A Whoosh column of values of one NumPy type; documents without one have the default."""

    def __init__(self, dtype: str, default: Any = 0) -> None:
        self.dtype = dtype
        self._default = default

    def packed(self, values: Mapping[int, Any], count: int) -> Values:
        """Return the column of `count` documents of which some have values."""
        array: Array = np.full(count, self._default, self.dtype)
        array[list(values)] = np.array(list(values.values()), self.dtype)
        return Values(array)


class LabelColumn(columns.Column):
    """A Whoosh column of labels: a document's value is a tuple of different strings, empty by default."""

    _default = ()

    def packed(self, values: Mapping[int, Sequence[str]], count: int) -> Labels:  # noqa: ARG002 - as ValueColumn's
        """Return the column of documents of which some have labels."""
        labels = tuple(sorted({label for row in values.values() for label in row}))
        place = {label: ordinal for ordinal, label in enumerate(labels)}
        bearings = [(document, place[label]) for document in sorted(values) for label in values[document]]
        table = np.array(bearings, np.uint32).reshape(-1, 2)
        return Labels(labels, table[:, 0].copy(), table[:, 1].copy())


class ColumnReader(columns.ColumnReader):
    """A column as Whoosh reads it, document by document."""

    def __init__(self, data: Data, count: int) -> None:
        self._data = data
        self._doccount = count

    def __getitem__(self, document: int) -> Any:
        return self._data.of(document)
