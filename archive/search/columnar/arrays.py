"""Several named arrays in one file; and whole numbers that are small but for a few.

The arrays stand one after the other, each at a multiple of eight bytes; a directory in JSON at the end tells their
types and places.
"""

import json
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.search.columnar.storage import FileDamaged, SealedFile

Array = npt.NDArray[Any]

_ALIGNMENT = 8
_PEAKS = 16  # times as many as are asked for: of so many groups the highest are compared
_FEW = 16  # times as many values: then each is sought among them
_LENGTH = 8  # bytes that tell how long the directory is


def spans(starts: Array, lengths: Array) -> Array:
    """Return the indices of slices of an array, one slice after the other."""
    before = np.cumsum(lengths, dtype=np.int64) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum(dtype=np.int64)))


def differences(values: Array) -> Array:
    """Return by how much each value is above the one before it, the first above 0."""
    steps = values.copy()
    steps[1:] -= values[:-1]
    return steps


def common(some: Array, others: Array) -> Array:
    """Return what is in both, in the type of the first; both rise, without a value twice."""
    few, many = (some, others) if len(some) < len(others) else (others, some)
    both: Array
    if len(few) * _FEW < len(many):
        at = np.searchsorted(many, few)
        at[at == len(many)] = 0
        both = few[many[at] == few]
    else:
        merged = np.concatenate([few, many])
        merged.sort(kind="stable")  # finds that both rise, and only merges them
        both = merged[1:][merged[1:] == merged[:-1]]
    return both.astype(some.dtype, copy=False)


def candidates(values: Array, count: int) -> Array:
    """Return the places, in rising order, of the `count` highest values at least, and of few others.

    Of a value whose place is returned, no equal or higher one is left out.
    """
    peaks = values
    while len(peaks) > max(_PEAKS * count, 1 << 11):
        half = len(peaks) // 2
        peaks = np.maximum(peaks[:half], peaks[-half:])
    if not 0 < count < len(peaks):
        return np.arange(len(values))
    return np.flatnonzero(values >= np.partition(peaks, -count)[-count])


def highest(values: Array, count: int) -> Array:
    """Return the places of the `count` highest values, in rising order; of equal ones the first."""
    places = candidates(values, count)
    return np.sort(places[np.argsort(-values[places], kind="stable")[:count]])


class ArrayFileWriter:
    """Writes arrays, each given whole or piece after piece, to anything with write, tell and close."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._directory: dict[str, tuple[str, int, int]] = {}

    def extend(self, name: str, piece: Array) -> None:
        """Append to the array of that name. Raise ValueError when another array has been begun after it."""
        if name not in self._directory:
            self._directory[name] = (piece.dtype.str, self._aligned(), 0)
        typed, start, count = self._directory[name]
        if start + count * piece.itemsize != self._file.tell() or typed != piece.dtype.str:
            raise ValueError(f"array {name} is not the one being written")
        self._file.write(np.ascontiguousarray(piece).view(np.uint8))
        self._directory[name] = (typed, start, count + len(piece))

    def close(self, **facts: Any) -> None:
        """Write the directory, with facts that JSON can hold, and close the file."""
        directory = json.dumps({"arrays": self._directory, "facts": facts}).encode()
        self._file.write(directory)
        self._file.write(len(directory).to_bytes(_LENGTH, "little"))
        self._file.close()

    def _aligned(self) -> int:
        self._file.write(bytes(-self._file.tell() % _ALIGNMENT))
        return int(self._file.tell())


class ArrayFile:
    """The arrays of a file, read when asked for; `facts` are those given when it was written."""

    def __init__(self, file: SealedFile) -> None:
        self._file = file
        end = file.length - _LENGTH
        if end < 0:
            raise FileDamaged("a file of arrays has no directory")
        length = int.from_bytes(file.read(end, file.length).tobytes(), "little")
        directory = json.loads(file.read(end - length, end).tobytes())
        self._directory: dict[str, tuple[str, int, int]] = directory["arrays"]
        self.facts: dict[str, Any] = directory["facts"]

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def __getitem__(self, name: str) -> Array:
        return self.slice(name, 0, self._directory[name][2])

    def slice(self, name: str, start: int, stop: int) -> Array:
        """Return the values from `start` up to `stop` of the array of that name."""
        typed, offset, _ = self._directory[name]
        size = np.dtype(typed).itemsize
        return self._file.read(offset + start * size, offset + stop * size).view(typed)


class NarrowWriter:
    """Writes whole numbers in a narrow type, and beside them the few that do not fit, with their places."""

    def __init__(self, file: ArrayFileWriter, name: str, dtype: npt.DTypeLike) -> None:
        self._file = file
        self._name = name
        self._dtype = np.dtype(dtype)
        self._count = 0
        self._places = [np.empty(0, np.uint64)]
        self._wide = [np.empty(0, np.uint32)]
        self.extend(np.empty(0, np.uint32))

    def extend(self, values: Array) -> None:
        """Append whole numbers below 2³²."""
        self._file.extend(self._name, values.astype(self._dtype))
        wide = np.flatnonzero(values > np.iinfo(self._dtype).max)
        if wide.size:
            self._places.append((wide + self._count).astype(np.uint64))
            self._wide.append(values[wide].astype(np.uint32))
        self._count += len(values)

    def close(self) -> None:
        """Write those that do not fit; the file stays open."""
        self._file.extend(f"{self._name} wide places", np.concatenate(self._places))
        self._file.extend(f"{self._name} wide", np.concatenate(self._wide))


class NarrowArray:
    """Reads what a NarrowWriter wrote."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._name = name
        self._places = file[f"{name} wide places"]
        self._wide = file[f"{name} wide"]

    def slice(self, start: int, stop: int) -> Array:
        """Return the numbers from `start` up to `stop`, in the narrow type when all of them fit."""
        values = self._file.slice(self._name, start, stop)
        first, last = np.searchsorted(self._places, np.array([start, stop], np.uint64))
        if first == last:
            return values
        values = values.astype(np.uint32)
        values[self._places[first:last].astype(np.int64) - start] = self._wide[first:last]
        return values
