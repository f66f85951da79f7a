"""Store, catalogue and index compared, and the index made anew."""

from collections.abc import Callable

import pytest

from archive import indexing
from archive.catalogue.models import Document
from archive.consistency import check
from archive.instance import Instance
from archive.search import IndexEntry

Keep = Callable[..., int]


def codes(instance: Instance) -> list[str]:
    return [difference.code for difference in check(instance)]


def test_all_agrees(instance: Instance, keep: Keep) -> None:
    """An archive that nothing has happened to has no differences."""
    keep("Một")
    keep("Hai")
    assert check(instance) == ()


def test_what_comes_in_meanwhile_is_no_difference(
    instance: Instance, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check takes minutes in which the archive goes on: documents taken in while it reads are not told of."""
    keep("Một")
    read_file, read_index = instance.store.verify, instance.index.verify
    monkeypatch.setattr(instance.store, "verify", lambda sha256: (keep("Hai"), read_file(sha256)))
    monkeypatch.setattr(instance.index, "verify", lambda: (keep("Ba"), read_index()))
    assert check(instance) == ()


def test_changed_and_lost_bytes(instance: Instance, keep: Keep) -> None:
    """A kept file whose bytes changed, and one that is gone, are named by their checksums."""
    keep("Một")
    keep("Hai")
    changed, lost = (instance.store.path(sha256) for sha256 in sorted(instance.store.digests()))
    changed.chmod(0o600)
    changed.write_bytes(b"else")
    lost.unlink()
    assert codes(instance) == ["file_damaged", "file_damaged"]
    assert changed.name in check(instance)[0].message


def test_bytes_without_a_row(instance: Instance) -> None:
    """A file in the store that the catalogue does not know is reported."""
    path = instance.store.path("ab" * 32)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    assert codes(instance) == ["file_unknown"]


def test_index_behind_short_and_beyond(instance: Instance, keep: Keep) -> None:
    """Documents that the index lacks, has old, or has for no reason are told apart; making it anew mends all."""
    missing, behind = keep("Một"), keep("Hai")
    stray = IndexEntry(99, 1, "public", None, None, None, None, None, (), "")
    instance.index.write([stray], removed=[missing])
    with instance.catalogue.session() as session:
        session.get_one(Document, behind).version += 1
    assert codes(instance) == ["index_missing", "index_behind", "index_unknown"]
    told: list[tuple[int, int]] = []
    assert indexing.reindex(instance, lambda done, total: told.append((done, total))) == 2
    assert told == [(1, 2), (2, 2)]
    assert check(instance) == ()
    assert indexing.catch_up(instance) == 0


def test_index_altered_where_nobody_looks(instance: Instance, keep: Keep) -> None:
    """What no search has read yet is read, too."""
    keep("Một")
    altered = next((instance.directory / "index").rglob("*.positions"))
    content = altered.read_bytes()
    altered.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    assert codes(instance) == ["index_unreadable"]


def test_index_that_cannot_be_opened(instance: Instance, keep: Keep) -> None:
    """A broken index is one difference, and making it anew mends it."""
    keep("Một")
    for path in (instance.directory / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    instance.index.close()
    assert codes(instance) == ["index_unreadable"]
    indexing.reindex(instance)
    assert check(instance) == ()
