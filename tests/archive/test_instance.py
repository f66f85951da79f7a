"""An instance: made once, opened whole, closed to others."""

import stat
from pathlib import Path

import pytest

from archive import accounts
from archive.errors import ConfigurationError, InstanceExists, InstanceMissing, Refused
from archive.instance import ADMIN, create, open_instance
from archive.workflow import Role

PASSWORD = "mùa xuân ở Bến Tre"


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_instance_has_its_first_manager(tmp_path: Path) -> None:
    """Making an instance makes its parts and the account of its first manager."""
    with create(tmp_path / "kho", PASSWORD) as instance, instance.catalogue.session() as session:
        admin = accounts.verify_password(session, ADMIN, PASSWORD)
        assert admin is not None
        assert admin.role is Role.MANAGER
        assert instance.index.versions() == {}
        assert list(instance.store.digests()) == []


def test_an_instance_is_its_owners_alone(tmp_path: Path) -> None:
    """The folder and the secret key are closed to other users of the machine, a folder made before too."""
    (tmp_path / "kho").mkdir(mode=0o755)
    create(tmp_path / "kho", PASSWORD).close()
    assert _mode(tmp_path / "kho") == 0o700
    assert _mode(tmp_path / "kho" / "secret_key") == 0o600


def test_each_instance_has_its_own_secret(tmp_path: Path) -> None:
    """The secret key is drawn anew for every instance, and is the same whenever it is opened."""
    with create(tmp_path / "a", PASSWORD) as a, create(tmp_path / "b", PASSWORD) as b:
        assert a.secret_key != b.secret_key
        assert len(a.secret_key) == 64
    with open_instance(tmp_path / "a") as again:
        assert again.secret_key == a.secret_key


def test_an_instance_is_not_made_over_another(tmp_path: Path) -> None:
    """Where there is an instance, none is made, and the one there stays as it is."""
    create(tmp_path, PASSWORD).close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(InstanceExists, match=r"đã có kho.*hãy"):
        create(tmp_path, PASSWORD)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_a_weak_password_makes_nothing(tmp_path: Path) -> None:
    """A refused password leaves the folder unmade."""
    with pytest.raises(Refused):
        create(tmp_path / "kho", "ngắn")
    assert not (tmp_path / "kho").exists()


def test_a_missing_instance_says_how_to_make_one(tmp_path: Path) -> None:
    """Opening where there is none names the command that makes one, and makes nothing."""
    with pytest.raises(InstanceMissing, match="archive init"):
        open_instance(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_settings_are_read_when_opened(tmp_path: Path) -> None:
    """The instance's config.toml holds; a wrong one is refused."""
    create(tmp_path, PASSWORD).close()
    (tmp_path / "config.toml").write_text("port = 9000")
    with open_instance(tmp_path) as instance:
        assert instance.settings.port == 9000
    (tmp_path / "config.toml").write_text("prot = 9000")
    with pytest.raises(ConfigurationError, match="prot"):
        open_instance(tmp_path)
