"""The original files, kept by content: `store/ab/cd/<sha256>`. What is in is whole, and is never written again."""

import errno
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from archive.errors import ArchiveError, StoreDamaged

_CHUNK = 1 << 20
_DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store holds of a stream: the SHA-256 of its bytes in lower-case hex, and how many bytes there are."""

    sha256: str
    size: int


class Store:
    """The kept files under one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._incoming = directory / "incoming"

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this checksum are, if they are held."""
        return self._directory / sha256[:2] / sha256[2:4] / sha256

    def put(self, stream: BinaryIO) -> Kept:
        """Keep the bytes of the stream from where it stands; on return they are on the disk, power cut or not.

        Bytes already held are left as they are. Raises ArchiveError when they cannot be written (a full disk), and then
        leaves nothing of them behind.
        """
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._incoming, delete=False) as temporary:
                try:
                    kept = _copy(stream, temporary)
                    self._admit(Path(temporary.name), kept.sha256)
                finally:
                    Path(temporary.name).unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveError(_unwritten(error)) from error
        return kept

    def require(self, sha256: str) -> None:
        """Raise StoreDamaged unless a file of this checksum is held, whatever its bytes."""
        if not self.path(sha256).exists():
            raise StoreDamaged(f"Kho thiếu tệp {sha256}; hãy gửi lại tệp này, hoặc lấy lại từ bản sao lưu.")

    def digests(self) -> Iterator[str]:
        """Yield the checksum, as its name says, of every file held, in order."""
        for path in sorted(self._directory.glob("??/??/*")):
            yield path.name

    def verify(self, sha256: str) -> None:
        """Raise StoreDamaged unless the file is held and its bytes still have this checksum."""
        try:
            with self.path(sha256).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError as error:
            raise StoreDamaged(f"Kho thiếu tệp {sha256}; hãy lấy lại tệp này từ bản sao lưu.") from error
        except OSError as error:
            raise StoreDamaged(f"Tệp {sha256} trong kho không đọc được ({error.strerror}); hãy xem ổ đĩa.") from error
        if found != sha256:
            raise StoreDamaged(f"Tệp {sha256} trong kho đã bị thay đổi; hãy lấy lại tệp này từ bản sao lưu.")

    def remove(self, sha256: str) -> None:
        """Let go of the bytes, if they are held: only for what nothing in the catalogue names any more.

        Does nothing while `nothing_removed` lasts somewhere.
        """
        with self._lock() as lock, suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.path(sha256).unlink(missing_ok=True)

    @contextmanager
    def alone(self, sha256: str, *, wait: bool) -> Iterator[bool]:
        """Say whether no other process has the bytes for itself, and keep it so as long as it lasts.

        To `wait` until that is so is always to have them. A process that dies lets go of them.
        """
        with self.path(sha256).open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    @contextmanager
    def nothing_removed(self) -> Iterator[None]:
        """Let no process remove anything as long as it lasts; more is taken in all the same."""
        with self._lock() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    def sweep(self) -> None:
        """Remove what a crash left half written; younger than a day it may still be on its way in."""
        for path in self._incoming.glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - _DAY:
                    path.unlink()

    def _lock(self) -> IO[bytes]:
        return (self._directory / "lock").open("ab")

    def _admit(self, temporary: Path, sha256: str) -> None:
        path = self.path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.chmod(0o444)
            temporary.replace(path)  # whoever wins a race brings the same bytes
        for directory in (path.parent, path.parent.parent, self._directory):
            flush_directory(directory)


def _copy(source: BinaryIO, target: IO[bytes]) -> Kept:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return Kept(digest.hexdigest(), size)


def flush_directory(directory: Path) -> None:
    """Bring the names in the directory onto the disk: a new file is only safe there once its name is."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritten(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "Ổ đĩa của kho đã đầy nên tệp chưa được giữ; hãy giải phóng dung lượng rồi gửi lại tệp."
    return f"Không ghi được tệp vào kho ({error.strerror}); hãy kiểm tra quyền ghi và ổ đĩa của kho rồi gửi lại tệp."
