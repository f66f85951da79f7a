"""Sao lưu: the whole archive in one file, made while it runs, and an instance made of such a file.

The file is a tar archive. Its first member, `manifest.<SHA-256 of itself>.json`, names every other with its size and
SHA-256, and those follow in that order:

    archive.sqlite                  the catalogue at one moment
    config.toml secret_key          the settings, and what signs the sessions: keep the file as safe as the archive
    rules/… trust/…                 what the office has added
    store/ab/cd/<sha256>            every kept file that the catalogue names

The search index is left out: restoring rebuilds it.
"""

import hashlib
import json
import os
import re
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, mkdtemp
from typing import IO, BinaryIO

import msgspec
from sqlalchemy import create_engine

from archive import clock, disposal, indexing
from archive.errors import ArchiveError, BackupDamaged, InstanceExists, StoreDamaged
from archive.instance import Instance
from archive.store import flush_directory

_FORMAT = 1
_CATALOGUE = "archive.sqlite"
_ALONE = ("config.toml", "secret_key")
_FOLDERS = ("rules", "trust")
_MANIFEST = re.compile(r"manifest\.([0-9a-f]{64})\.json")
_MANIFEST_BYTES = 1 << 30  # more is no manifest
_CHUNK = 1 << 20
_MOVED = re.compile(r"^(?=\s*catalogue_url\b)", re.MULTILINE)
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup: its name there, which is its place in the instance, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and when (UTC) its catalogue was as it is in it."""

    format: int
    made_at: str
    members: tuple[Member, ...]


def backup(instance: Instance, target: Path, tell: Tell = lambda _done, _total: None) -> Manifest:
    """Write everything the instance holds into the file, which must not be there yet; return what that is.

    On return it is on the disk; what fails leaves no file. `tell` is called after each member with how many
    are written, of how many. Raises ArchiveError: the file is there or cannot be written, a kept file is damaged.
    """
    try:
        file = _create(target, 0o600)
    except FileExistsError as error:
        raise ArchiveError(f"Đã có tệp {target}; hãy chọn tên khác, sao lưu không ghi đè lên tệp nào.") from error
    except OSError as error:
        raise ArchiveError(
            f"Không tạo được tệp {target} ({error.strerror}); hãy kiểm tra thư mục và quyền ghi."
        ) from error
    try:
        with ExitStack() as undoing:
            undoing.callback(target.unlink)
            with file, TemporaryDirectory(dir=instance.directory) as folder, instance.store.nothing_removed():
                manifest = _write(instance, Path(folder), file, tell)
                file.flush()
                os.fsync(file.fileno())
                flush_directory(target.absolute().parent)
            undoing.pop_all()
    except OSError as error:
        raise ArchiveError(f"Không ghi hết được {target} ({error.strerror}); hãy xem dung lượng ổ đĩa.") from error
    return manifest


def restore(source: Path, directory: Path, tell: Tell = lambda _done, _total: None) -> Manifest:
    """Make the instance in the directory what the backup holds, its index rebuilt; return what that is.

    Nothing is seen of it before all of it is there and verified. Raises InstanceExists when the directory is not empty,
    BackupDamaged when the file is no backup or not as it was written, ConfigurationError when a later version of the
    software wrote it.
    """
    if directory.exists() and any(directory.iterdir()):
        raise InstanceExists(f"Thư mục {directory} không trống; hãy phục hồi vào một thư mục chưa có gì.")
    directory.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=directory.parent, prefix=f".{directory.name}-"))
    try:
        manifest = _unpack(source, folder, tell)
        with Instance(folder) as instance:
            instance.catalogue.migrate()
            indexing.reindex(instance)
        folder.replace(directory)
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # of what failed: whole, it stands under its own name now
    return manifest


def _write(instance: Instance, folder: Path, file: BinaryIO, tell: Tell) -> Manifest:
    snapshot = folder / _CATALOGUE
    instance.catalogue.snapshot(snapshot)
    members = tuple(_members(instance, snapshot))
    manifest = Manifest(_FORMAT, clock.now().isoformat(timespec="seconds"), tuple(member for member, _ in members))
    written = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    name = f"manifest.{hashlib.sha256(written).hexdigest()}.json"
    (folder / name).write_bytes(written)
    with tarfile.open(fileobj=file, mode="w|") as tar:
        _add(tar, Member(name, len(written), ""), folder / name)
        for done, (member, path) in enumerate(members, 1):
            if _add(tar, member, path) != member.sha256:
                raise StoreDamaged(f"Tệp {path} đã bị thay đổi; hãy chạy `archive check` và sửa trước khi sao lưu.")
            tell(done, len(members))
    return manifest


def _members(instance: Instance, snapshot: Path) -> Iterator[tuple[Member, Path]]:
    yield _described(_CATALOGUE, snapshot)
    for name in _ALONE:
        yield _described(name, instance.directory / name)
    for folder in _FOLDERS:
        for path in sorted((instance.directory / folder).rglob("*")):
            if path.is_file():
                yield _described(path.relative_to(instance.directory).as_posix(), path)
    for sha256 in _digests(snapshot):
        path = instance.store.path(sha256)
        instance.store.require(sha256)
        yield Member(f"store/{sha256[:2]}/{sha256[2:4]}/{sha256}", path.stat().st_size, sha256), path


def _described(name: str, path: Path) -> tuple[Member, Path]:
    with path.open("rb") as file:
        return Member(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()), path


def _digests(snapshot: Path) -> list[str]:
    engine = create_engine(f"sqlite:///{snapshot}")  # as it is: a Catalogue would write into it
    try:
        with engine.connect() as connection:
            return sorted(connection.scalars(disposal.held_digests()))
    finally:
        engine.dispose()


def _add(tar: tarfile.TarFile, member: Member, path: Path) -> str:
    """Add the file to the archive; return the SHA-256 of what went in."""
    entry = tarfile.TarInfo(member.name)
    entry.size, entry.mode, entry.mtime = member.size, 0o600, int(path.stat().st_mtime)
    with path.open("rb") as file:
        hashed = _Hashed(file)
        tar.addfile(entry, hashed)
    return hashed.sha256


class _Hashed:
    """A file being read, and the SHA-256 of what was read of it so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self._file.read(size)
        self._digest.update(chunk)
        return chunk


def _unpack(source: Path, folder: Path, tell: Tell) -> Manifest:
    try:
        with source.open("rb") as file, tarfile.open(fileobj=file, mode="r|") as tar:
            manifest = _manifest(source, tar)
            for done, member in enumerate(manifest.members, 1):
                _extract(source, tar, member, folder)
                tell(done, len(manifest.members))
            if tar.next() is not None:
                raise _damaged(source, "có tệp thừa ở cuối")
    except tarfile.TarError as error:
        raise _damaged(source, "không đọc được như một bản sao lưu của kho") from error
    except OSError as error:
        raise ArchiveError(
            f"Không đọc được {source} hoặc không ghi được ({error.strerror}); hãy kiểm tra ổ đĩa."
        ) from error
    config = folder / "config.toml"
    # the catalogue is now where an instance keeps its own, wherever it was
    config.write_text(_MOVED.sub("# ", config.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "store").mkdir(exist_ok=True)
    (folder / "trust").mkdir(exist_ok=True)
    return manifest


def _manifest(source: Path, tar: tarfile.TarFile) -> Manifest:
    entry = tar.next()
    named = _MANIFEST.fullmatch(entry.name) if entry else None
    if entry is None or named is None or entry.size > _MANIFEST_BYTES:
        raise _damaged(source, "không phải là bản sao lưu của kho")
    content = tar.extractfile(entry)
    written = content.read() if content else b""
    if hashlib.sha256(written).hexdigest() != named[1]:
        raise _damaged(source, "danh sách tệp đã bị thay đổi")
    manifest = msgspec.json.decode(written, type=Manifest)
    if manifest.format != _FORMAT:
        raise _damaged(source, "do một phiên bản phần mềm khác tạo ra")
    missing = {_CATALOGUE, *_ALONE} - {member.name for member in manifest.members}
    strays = [member.name for member in manifest.members if not _is_ours(member.name)]
    if missing or strays:
        raise _damaged(source, f"danh sách tệp thiếu hoặc có tên lạ: {', '.join([*sorted(missing), *strays][:3])}")
    return manifest


def _is_ours(name: str) -> bool:
    """Whether a member of this name has a place in an instance, and nowhere outside."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or str(path) != name or "\0" in name:
        return False
    return name in {_CATALOGUE, *_ALONE} or (len(path.parts) > 1 and path.parts[0] in {"store", *_FOLDERS})


def _extract(source: Path, tar: tarfile.TarFile, member: Member, folder: Path) -> None:
    entry = tar.next()
    if entry is None:
        raise _damaged(source, f"bị cắt cụt, thiếu từ tệp {member.name}")
    if entry.name != member.name or not entry.isreg():
        raise _damaged(source, f"có {entry.name} ở chỗ của {member.name}")
    content = tar.extractfile(entry)
    path = folder / member.name
    path.parent.mkdir(parents=True, exist_ok=True)
    with _create(path, 0o444 if member.name.startswith("store/") else 0o600) as file:
        hashed = _Hashed(content) if content else None
        with suppress(tarfile.ReadError):  # cut off: what there is has another checksum
            while hashed and (chunk := hashed.read(_CHUNK)):
                file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if hashed is None or hashed.sha256 != member.sha256:
        raise _damaged(source, f"tệp {member.name} đã bị thay đổi hoặc bị cắt cụt")


def _create(path: Path, mode: int) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")


def _damaged(source: Path, what: str) -> BackupDamaged:
    return BackupDamaged(f"Không phục hồi từ {source}: {what}; hãy dùng một bản sao lưu khác.")
