"""The store: kept by content, whole or not at all, never written again."""

import errno
import hashlib
import io
import os
import stat
from pathlib import Path

import pytest

from archive.errors import ArchiveError, StoreDamaged
from archive.store import Kept, Store

PLAN = "Kế hoạch số 12/KH-UBND".encode()
DIGEST = hashlib.sha256(PLAN).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def _files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


def test_bytes_are_kept_under_their_checksum(store: Store, tmp_path: Path) -> None:
    """What is put is held byte for byte, read-only, two folders deep, and nothing lies beside it."""
    assert store.put(io.BytesIO(PLAN)) == Kept(DIGEST, len(PLAN))
    path = tmp_path / "store" / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert store.path(DIGEST) == path
    assert path.read_bytes() == PLAN
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert _files(tmp_path) == [path]


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    """Putting held bytes again leaves the kept file untouched."""
    store.put(io.BytesIO(PLAN))
    before = store.path(DIGEST).stat()
    assert store.put(io.BytesIO(PLAN)) == Kept(DIGEST, len(PLAN))
    after = store.path(DIGEST).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_large_and_empty_streams(store: Store) -> None:
    """A stream longer than any buffer is kept whole, and one of no bytes is kept too."""
    large = os.urandom(1 << 20) * 3 + b"."
    assert store.put(io.BytesIO(large)).size == len(large)
    assert store.put(io.BytesIO()) == Kept(hashlib.sha256().hexdigest(), 0)
    assert store.path(hashlib.sha256(large).hexdigest()).read_bytes() == large


def test_digests_names_what_is_held(store: Store) -> None:
    """The digests are those of the kept files, in order, and none before the first file."""
    assert list(store.digests()) == []
    kept = [store.put(io.BytesIO(bytes([n]))).sha256 for n in range(5)]
    assert list(store.digests()) == sorted(kept)


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_failing_disk_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch, step: str, code: int) -> None:
    """When the disk fails at any step the error says what to do, nothing is half kept, and a later try succeeds."""

    def fail(*_args: object, **_kept: object) -> None:
        raise OSError(code, os.strerror(code))

    said = "Không ghi được" if code == errno.EIO else "đã đầy"
    with monkeypatch.context() as disk:
        disk.setattr(os, step, fail)
        with pytest.raises(ArchiveError, match=f"{said}.*hãy"):
            store.put(io.BytesIO(PLAN))
    assert _files(store.path(DIGEST).parents[2]) == []
    assert store.put(io.BytesIO(PLAN)) == Kept(DIGEST, len(PLAN))


def test_a_stream_that_breaks_off_leaves_nothing(store: Store, tmp_path: Path) -> None:
    """A stream that fails half way is not kept."""

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionError
            return super().read(min(size or 5, 5))

    with pytest.raises(ArchiveError):
        store.put(Broken(PLAN))
    assert _files(tmp_path) == []


def test_verify_names_damage_and_loss(store: Store) -> None:
    """Changed bytes and a lost file are told apart, each with what to do; whole files pass."""
    store.put(io.BytesIO(PLAN))
    store.verify(DIGEST)
    store.path(DIGEST).chmod(0o644)
    store.path(DIGEST).write_bytes(PLAN[:-1])
    with pytest.raises(StoreDamaged, match=r"đã bị thay đổi.*bản sao lưu"):
        store.verify(DIGEST)
    store.path(DIGEST).unlink()
    with pytest.raises(StoreDamaged, match=r"thiếu tệp.*bản sao lưu"):
        store.verify(DIGEST)


def test_one_at_a_time_has_bytes_for_itself(store: Store) -> None:
    """Whoever asks meanwhile is told so, and has them as soon as they are let go."""
    store.put(io.BytesIO(PLAN))
    with store.alone(DIGEST, wait=False) as first, store.alone(DIGEST, wait=False) as second:
        assert (first, second) == (True, False)
    with store.alone(DIGEST, wait=True) as third:
        assert third


def test_sweep_removes_only_old_leftovers(store: Store, tmp_path: Path) -> None:
    """What a crash left half written goes after a day; what may still be coming in, and what is kept, stays."""
    store.put(io.BytesIO(PLAN))
    old, young = tmp_path / "store" / "incoming" / "old", tmp_path / "store" / "incoming" / "young"
    old.touch()
    young.touch()
    os.utime(old, (0, 0))
    store.sweep()
    assert sorted(_files(tmp_path)) == sorted([young, store.path(DIGEST)])
