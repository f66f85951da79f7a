"""A backup holds everything, and what is no longer one is refused with what is wrong."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import accounts, backup, disposal, history, transitions
from archive.catalogue import queries
from archive.consistency import check
from archive.errors import ArchiveError, BackupDamaged, ConfigurationError, InstanceExists, StoreDamaged
from archive.finding import find, to_json
from archive.instance import Instance
from archive.search import Filters
from archive.workflow import CLERK, Role, State
from tests.archive.conftest import PASSWORD


def found(instance: Instance) -> object:
    """All that a search answers but the scores: in an index not made anew they still weigh what was replaced."""
    answer = to_json(find(instance, CLERK, "trồng rừng", Filters(), "relevance", 1, 10))
    return answer | {"hits": [{**hit, "score": None} for hit in answer["hits"]]}


@pytest.fixture
def full(instance: Instance, brought: Callable[[State], int]) -> Instance:
    """An instance with documents in several states, an account, an office's rule and a certificate."""
    for state in (State.DRAFT, State.PUBLIC, State.WITHDRAWN, State.TRASHED):
        brought(state)
    with instance.catalogue.session() as session:
        accounts.add_user(session, "lan", PASSWORD, Role.EDITOR)
    (instance.directory / "rules").mkdir()
    (instance.directory / "rules" / "kinds.toml").write_text("", encoding="utf-8")
    (instance.directory / "trust" / "ca.pem").write_text("chứng thư", encoding="utf-8")
    return instance


@pytest.fixture
def file(full: Instance, tmp_path: Path) -> Path:
    """A backup of it."""
    backup.backup(full, tmp_path / "kho.tar")
    return tmp_path / "kho.tar"


def test_a_restored_archive_is_the_same(full: Instance, file: Path, tmp_path: Path) -> None:
    """Documents, files, states, history, accounts, settings: it is whole, and finds the same."""
    told: list[tuple[int, int]] = []
    manifest = backup.restore(file, tmp_path / "kho khác", lambda done, total: told.append((done, total)))
    assert told[-1] == (len(manifest.members), len(manifest.members))
    with Instance(tmp_path / "kho khác") as restored:
        assert check(restored) == ()
        assert found(restored) == found(full)
        assert restored.secret_key == full.secret_key
        with restored.catalogue.session() as session:
            assert accounts.verify_password(session, "lan", PASSWORD)
            assert history.first_broken(session) is None
    assert (tmp_path / "kho khác" / "trust" / "ca.pem").read_text(encoding="utf-8") == "chứng thư"
    assert (tmp_path / "kho khác" / "rules" / "kinds.toml").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_backup_is_for_its_owner_alone_and_overwrites_nothing(full: Instance, file: Path) -> None:
    """It holds passwords' hashes and the secret key."""
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    with pytest.raises(ArchiveError, match="không ghi đè"):
        backup.backup(full, file)
    assert file.read_bytes() == before


def test_what_comes_in_meanwhile_is_not_in_it_and_harms_nothing(
    full: Instance, keep: Callable[..., int], tmp_path: Path
) -> None:
    """The backup is of one moment: a document taken in while it is written is whole in the archive, absent in it."""
    told = []

    def tell(done: int, total: int) -> None:
        if not told:
            keep("Đến trong lúc sao lưu")
        told.append(done)

    backup.backup(full, tmp_path / "kho.tar", tell)
    backup.restore(tmp_path / "kho.tar", tmp_path / "lại")
    with Instance(tmp_path / "lại") as restored:
        assert check(restored) == ()
    assert check(full) == ()


def test_nothing_is_removed_from_the_store_while_a_backup_is_made(
    full: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is deleted for good in that time is in the backup, and goes from the store at the next sweep."""
    monkeypatch.setattr(disposal, "_check_term", lambda *_: None)
    (trashed,) = [path for path in full.store.digests() if path in _digests_of(full, 4)]

    def tell(done: int, total: int) -> None:
        if done == 1:
            disposal.erase(full, CLERK, 4, "Nhầm")

    backup.backup(full, tmp_path / "kho.tar", tell)
    assert full.store.path(trashed).exists()
    disposal.sweep(full)
    assert not full.store.path(trashed).exists()
    backup.restore(tmp_path / "kho.tar", tmp_path / "lại")
    with Instance(tmp_path / "lại") as restored:
        assert transitions.move(restored, CLERK, 4, "restore") == State.PENDING
        assert check(restored) == ()


def test_a_damaged_store_is_not_backed_up(full: Instance, tmp_path: Path) -> None:
    """A backup that could not be restored is never made; the file that is damaged is named."""
    kept = full.store.path(next(full.store.digests()))
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes()[:-1] + b"!")
    with pytest.raises(StoreDamaged, match=kept.name):
        backup.backup(full, tmp_path / "kho.tar")
    assert not (tmp_path / "kho.tar").exists()


def test_an_instance_is_never_restored_over_another(full: Instance, file: Path) -> None:
    """A directory in which anything lies is refused."""
    with pytest.raises(InstanceExists, match="không trống"):
        backup.restore(file, full.directory)


def test_a_catalogue_elsewhere_does_not_follow(full: Instance, tmp_path: Path) -> None:
    """Restored beside the living archive, the copy never opens that one's catalogue."""
    setting = f'catalogue_url = "sqlite:///{full.directory}/archive.sqlite"\n'
    (full.directory / "config.toml").write_text(f"{setting}threads = 3\n", encoding="utf-8")
    with Instance(full.directory) as elsewhere:
        backup.backup(elsewhere, tmp_path / "kho.tar")
    backup.restore(tmp_path / "kho.tar", tmp_path / "lại")
    with Instance(tmp_path / "lại") as restored:
        assert str(restored.directory) in str(restored.catalogue._url)
        assert restored.settings.threads == 3


def _refused(file: Path, tmp_path: Path, what: str) -> None:
    with pytest.raises(BackupDamaged, match=what):
        backup.restore(file, tmp_path / "lại")
    assert not (tmp_path / "lại").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("part", [0, 0.01, 0.3, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(file: Path, tmp_path: Path, part: float) -> None:
    """Wherever it ends, and nothing is left in the directory or beside it."""
    whole = file.read_bytes().rstrip(b"\0")
    file.write_bytes(whole[: int(len(whole) * part)])
    _refused(file, tmp_path, "bị cắt cụt|không đọc được|không phải là bản sao lưu|bị thay đổi")


@pytest.mark.parametrize("name", ["manifest.", "archive.sqlite", "config.toml", "trust/ca.pem", "store/"])
def test_a_changed_byte_is_found_and_its_file_named(file: Path, tmp_path: Path, name: str) -> None:
    """In whichever member it lies."""
    with tarfile.open(file) as tar:
        member = next(entry for entry in tar if entry.name.startswith(name))
    content = bytearray(file.read_bytes())
    content[member.offset_data + member.size // 2] ^= 1
    file.write_bytes(content)
    _refused(file, tmp_path, "danh sách tệp đã bị thay đổi" if name == "manifest." else member.name)


@pytest.mark.parametrize(
    "content", [b"", b"ten bytes..", b"PK\x03\x04" + bytes(600), bytes(10_240)], ids=["empty", "text", "zip", "zeros"]
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever it is."""
    file = tmp_path / "khác.tar"
    file.write_bytes(content)
    _refused(file, tmp_path, "không đọc được|không phải là bản sao lưu")


@pytest.mark.parametrize(
    "name", ["../ngoài", "/etc/cron.d/x", "store/../../ngoài", "archive.sqlite/../../x", "secret_key2", "store", "a\0b"]
)
def test_a_name_that_leads_elsewhere_is_refused(file: Path, tmp_path: Path, name: str) -> None:
    """A forged backup writes nowhere but into the instance."""
    with tarfile.open(file) as tar:
        listed = json.loads((tar.extractfile(tar.getmembers()[0]) or io.BytesIO()).read())
    listed["members"].append({"name": name, "size": 1, "sha256": hashlib.sha256(b"x").hexdigest()})
    written = json.dumps(listed).encode()
    with tarfile.open(file, "w") as tar:
        entry = tarfile.TarInfo(f"manifest.{hashlib.sha256(written).hexdigest()}.json")
        entry.size = len(written)
        tar.addfile(entry, io.BytesIO(written))
    _refused(file, tmp_path, "có tên lạ")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_links_are_not_followed(file: Path, tmp_path: Path, kind: bytes) -> None:
    """A member that is no plain file is refused."""
    forged = tmp_path / "giả.tar"
    with tarfile.open(file) as tar, tarfile.open(forged, "w") as out:
        for entry in tar:
            content = tar.extractfile(entry)
            if entry.name == "config.toml":
                entry.type, entry.linkname, entry.size, content = kind, "/etc/passwd", 0, None
            out.addfile(entry, content)
    _refused(forged, tmp_path, "ở chỗ của config.toml")


def test_a_backup_of_a_later_version_is_refused(full: Instance, tmp_path: Path) -> None:
    """With the remedy, and nothing is left of it."""
    with full.catalogue.session() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    backup.backup(full, tmp_path / "kho.tar")
    with pytest.raises(ConfigurationError, match="cập nhật phần mềm"):
        backup.restore(tmp_path / "kho.tar", tmp_path / "lại")
    assert not (tmp_path / "lại").exists()


def _digests_of(instance: Instance, document_id: int) -> list[str]:
    with instance.catalogue.reading() as session:
        return [queries.file(session, CLERK, document_id).sha256]
