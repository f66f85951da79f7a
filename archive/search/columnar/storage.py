"""Files that are written once: durable and sealed when closed, checked before what they hold is used.

A file is its content, a CRC-32 of each of its pages, and a seal that tells the format, the length and the sum of those
sums. Opening checks the seal; a page is checked when it is first read, so that opening costs the same at any size.
"""

import os
import struct
import weakref
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile

VERSION = 1  # raise it with every change of how a segment's files are laid out

_MAGIC = b"LTCOLUMN"
_SEAL = struct.Struct("<8sIIQ")  # magic, version, CRC-32 of the pages' sums and of the length, length of the content
_PAGE = 1 << 14
_PIECE = 1 << 24  # bytes of a file that are held at a time while all of it is read
_SUM = np.dtype("<u4")

Bytes = npt.NDArray[np.uint8]


class FileDamaged(Exception):
    """A file of the index is cut off, altered, of another format, or not there."""


class SealedStorage(FileStorage):
    """A folder of sealed files. Whoosh's own files in it, its tables of contents, are sealed as well."""

    def create_file(self, name: str, **options: Any) -> StructFile:
        """Return a file to write; closing it seals it and brings it to the disk."""
        return StructFile(SealingFile(Path(self._fpath(name))), name=name, onclose=options.get("onclose"))

    def open_file(self, name: str, **options: Any) -> BufferFile:
        """Return the whole content of a file, checked, as Whoosh reads it. Raise FileDamaged."""
        return BufferFile(self.sealed(name).read().tobytes(), name=name, onclose=options.get("onclose"))

    def sealed(self, name: str) -> "SealedFile":
        """Return a file to read pieces of. Raise FileDamaged."""
        return SealedFile(Path(self._fpath(name)))

    def verify(self, name: str) -> None:
        """Read all of a file. Raise FileDamaged when any of it is altered."""
        file = self.sealed(name)
        for start in range(0, file.length, _PIECE):
            file.read(start, min(start + _PIECE, file.length))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file and bring the new name to the disk: the moment of a commit."""
        super().rename_file(oldname, newname, safe=safe)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class SealingFile:
    """A file being written, from its beginning to its end."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._sums: list[int] = []
        self._sum = 0
        self._length = 0

    def write(self, data: "bytes | Bytes") -> None:
        """Append the bytes of a buffer."""
        rest = memoryview(data if isinstance(data, bytes) else data.data)
        self._file.write(rest)
        while rest:
            piece = rest[: _PAGE - self._length % _PAGE]
            self._sum = zlib.crc32(piece, self._sum)
            self._length += len(piece)
            if self._length % _PAGE == 0:
                self._sums.append(self._sum)
                self._sum = 0
            rest = rest[len(piece) :]

    def tell(self) -> int:
        """Return how many bytes have been written."""
        return self._length

    def flush(self) -> None:
        """Do nothing: a file counts from when it is closed."""

    def close(self) -> None:
        """Seal the file and bring it to the disk."""
        if self._length % _PAGE:
            self._sums.append(self._sum)
        sums = np.array(self._sums, _SUM).tobytes()
        self._file.write(sums)
        self._file.write(_SEAL.pack(_MAGIC, VERSION, _sum_of_sums(sums, self._length), self._length))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


class SealedFile:
    """A file to read pieces of, by any number of threads. Making one raises FileDamaged when the seal does not fit.

    The file is read and not mapped into memory: a mapped file that is cut off ends the process.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            self._descriptor = os.open(path, os.O_RDONLY)
        except OSError as fault:
            raise FileDamaged(f"{path.name}: {fault}") from fault
        weakref.finalize(self, os.close, self._descriptor)
        size = os.fstat(self._descriptor).st_size
        if size < _SEAL.size:
            raise self._damaged("it has no seal")
        seal = self._read(size - _SEAL.size, size).tobytes()
        magic, version, whole, self.length = _SEAL.unpack(seal)
        if magic != _MAGIC or version != VERSION:
            raise self._damaged("it has another format")
        pages = -(-self.length // _PAGE)
        if size != self.length + pages * _SUM.itemsize + _SEAL.size:
            raise self._damaged("it has another length")
        sums = self._read(self.length, size - _SEAL.size).tobytes()
        if _sum_of_sums(sums, self.length) != whole:
            raise self._damaged("its sums are wrong")
        self._sums = np.frombuffer(sums, _SUM)
        self._unchecked = np.ones(pages, bool)

    def read(self, start: int = 0, stop: int | None = None) -> Bytes:
        """Return the bytes from `start` up to `stop`. Raise FileDamaged when a page with some of them is damaged."""
        stop = self.length if stop is None else stop
        first, last = start // _PAGE, -(-stop // _PAGE)
        if not self._unchecked[first:last].any():
            return self._read(start, stop)
        begin = first * _PAGE
        around = self._read(begin, min(last * _PAGE, self.length))
        for page in range(first, last):
            piece = around[(page - first) * _PAGE : (page + 1 - first) * _PAGE]
            if zlib.crc32(piece.data) != self._sums[page]:
                raise self._damaged(f"page {page} is altered")
        self._unchecked[first:last] = False
        return around[start - begin : stop - begin]

    def _read(self, start: int, stop: int) -> Bytes:
        buffer = np.empty(stop - start, np.uint8)
        try:
            read = os.preadv(self._descriptor, [buffer.data], start) if buffer.size else 0
        except OSError as fault:
            raise self._damaged("it cannot be read") from fault
        if read != buffer.size:
            raise self._damaged("it has been cut off")
        return buffer

    def _damaged(self, why: str) -> FileDamaged:
        return FileDamaged(f"{self._name}: {why}")


def _sum_of_sums(sums: bytes, length: int) -> int:
    return zlib.crc32(length.to_bytes(8, "little"), zlib.crc32(sums))
