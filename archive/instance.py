"""An instance: one folder with the catalogue, the store, the index, the settings and the secret key of an archive.

instance/
  config.toml       settings, each with its default
  rules/            rows that the office adds to the rules by which documents are read; need not be there
  secret_key        signs sessions; whoever has it can forge one
  archive.sqlite    the catalogue of record
  history_seals     the seals of what was done, to which lines are only ever added: shows when history was cut off
  store/            the original files
  index/            the search index, which the two above can rebuild
  trust/            certificates (PEM or DER) that may vouch for digital signatures
  inbox/            files laid here are taken in; a setting can name another folder
"""

import secrets
from pathlib import Path
from types import TracebackType
from typing import Self

from archive import accounts, citations, config
from archive.catalogue.database import Catalogue
from archive.errors import ConfigurationError, InstanceExists, InstanceMissing
from archive.search import WhooshIndex
from archive.store import Store
from archive.workflow import Role
from ingest import rules
from ingest.errors import WrongRule

ADMIN = "admin"
"""The name of the first manager."""


class Instance:
    """An open instance; use it as a context manager, or close it when done."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.settings = config.load(directory / "config.toml")
        self.secret_key = (directory / "secret_key").read_text(encoding="ascii")
        self.store = Store(directory / "store")
        self.index = WhooshIndex(directory / "index")
        self.trust = directory / "trust"
        self.inbox = Path(self.settings.inbox.replace("{instance}", str(directory)))
        self.catalogue = Catalogue(self.settings.catalogue_url.replace("{instance}", str(directory)))

    def close(self) -> None:
        """Let go of the index's files and the catalogue's connections."""
        self.index.close()
        self.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create(directory: Path, admin_password: str) -> Instance:
    """Make an instance in the directory, with its first manager, and return it open.

    Raises InstanceExists when the directory holds one, and Refused, before anything is made, for a weak password.
    """
    if (directory / "config.toml").exists():
        raise InstanceExists(f"Thư mục {directory} đã có kho; hãy dùng kho đó hoặc chọn thư mục khác với --instance.")
    accounts.check_password(ADMIN, admin_password)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory.chmod(0o700)
    (directory / "store").mkdir(exist_ok=True)
    (directory / "trust").mkdir(exist_ok=True)
    (directory / "inbox").mkdir(exist_ok=True)
    _write_secret(directory / "secret_key")
    (directory / "config.toml").write_text(config.template(), encoding="utf-8")
    instance = Instance(directory)
    instance.catalogue.create()
    instance.index.create()
    with instance.catalogue.session() as session:
        accounts.add_user(session, ADMIN, admin_password, Role.MANAGER)
    return instance


def open_instance(directory: Path) -> Instance:
    """Open the instance in the directory, its catalogue brought to this version's form.

    This process then reads by the office's own rules, too. Raises InstanceMissing when there is none, and
    ConfigurationError when its settings, its rules or its catalogue do not fit.
    """
    if not (directory / "config.toml").exists():
        raise InstanceMissing(f"Thư mục {directory} chưa có kho; hãy chạy `archive init` để tạo kho.")
    if (directory / "rules").is_dir():
        _add_rules(directory / "rules")
    instance = Instance(directory)
    instance.catalogue.migrate()
    citations.catch_up(instance.catalogue)
    instance.store.sweep()
    return instance


def _add_rules(folder: Path) -> None:
    try:
        rules.add(folder)
    except WrongRule as error:
        raise ConfigurationError(str(error)) from error


def _write_secret(path: Path) -> None:
    path.touch(mode=0o600)
    path.write_text(secrets.token_hex(32), encoding="ascii")
