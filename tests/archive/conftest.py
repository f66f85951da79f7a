"""A fresh instance, and ways to get documents into it that say only what a test is about."""

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from archive import accession, accounts, transitions
from archive import instance as instances
from archive.catalogue.database import Catalogue
from archive.catalogue.models import Deposit
from archive.instance import Instance
from archive.workflow import CLERK, State
from ingest.readers import Progress
from ingest.record import Page, Record

PASSWORD = "Hoa-ban-trang-2026"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # as cheap as argon2 can be

# State → a way that staff could go to bring a draft there; into `merged` a document comes with another.
PATHS: dict[State, tuple[str, ...]] = {
    State.DRAFT: (),
    State.PENDING: ("submit",),
    State.INTERNAL: ("circulate",),
    State.PUBLIC: ("publish",),
    State.EXPIRED: ("publish", "expire"),
    State.WITHDRAWN: ("circulate", "withdraw"),
    State.FROZEN: ("circulate", "freeze"),
    State.TRASHED: ("submit", "trash"),
}


@dataclass(frozen=True)
class Says:
    """A reader to whom every file says the same."""

    record: Record

    def read(self, path: Path, progress: Progress) -> Record:
        progress(1, len(self.record.pages))
        return replace(self.record, sha256=path.name)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords cheaply: their cost is tested with the accounts."""
    monkeypatch.setattr(accounts, "_HASHER", QUICK)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an instance just made, to be copied: its migrations and its password take a third of a second."""
    folder = tmp_path_factory.mktemp("made") / "instance"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", QUICK)
        instances.create(folder, PASSWORD).close()
    return folder


@pytest.fixture(scope="session")
def made_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty catalogue, to be copied likewise."""
    path = tmp_path_factory.mktemp("made") / "archive.sqlite"
    catalogue = Catalogue(f"sqlite:///{path}")
    catalogue.create()
    catalogue.close()
    return path


@pytest.fixture
def kho(made: Path, tmp_path: Path) -> Path:
    """The folder of an empty instance, whose first manager is `admin` with PASSWORD."""
    return Path(shutil.copytree(made, tmp_path / "kho"))


@pytest.fixture
def instance(made: Path, tmp_path: Path) -> Iterator[Instance]:
    """An empty instance, whose first manager is `admin` with PASSWORD."""
    with Instance(shutil.copytree(made, tmp_path / "instance")) as instance:
        yield instance


@pytest.fixture
def keep(instance: Instance) -> Callable[..., int]:
    """Make the archive hold a document with these facts of a Record, its pages given as texts; return its id."""

    def keep(*pages: str, state: State = State.PUBLIC, **facts: object) -> int:
        read = record(*pages, **facts)
        content = io.BytesIO(repr(read).encode())
        job_id = accession.deposit(instance, CLERK, [("văn bản.txt", content)], state)
        (deposit_id,) = accession.waiting(instance, job_id)
        accession.take_in(instance, Says(read), deposit_id)
        with instance.catalogue.reading() as session:
            return session.get_one(Deposit, deposit_id).document_id

    return keep


@pytest.fixture
def brought(instance: Instance, keep: Callable[..., int]) -> Callable[[State], int]:
    """Make the archive hold a document, brought to the state on a way that staff could go; return its id."""

    serials = count(1)

    def brought(state: State) -> int:
        held = keep(f"Bản {next(serials)}", state=State.DRAFT, number="3/KH-UBND", subject="Trồng rừng ngập mặn")
        for name in PATHS[state]:
            transitions.move(instance, CLERK, held, name, "lý do")
        return held

    return brought


def record(*pages: str, **facts: object) -> Record:
    """Return a Record of a text file with these pages and facts."""
    made = Record("văn bản.txt", "", "text", tuple(Page(i, text) for i, text in enumerate(pages or ("",), 1)))
    return replace(made, **facts)
