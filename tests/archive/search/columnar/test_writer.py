"""What is in an index after commits, deletions and merging is what was put in and not taken out."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.columnar import writer as writing
from archive.search.columnar.snapshot import Snapshot
from archive.search.columnar.storage import FileDamaged
from tests.archive.search.columnar.conftest import add, new, writer

texts = st.lists(st.sampled_from("abcde"), max_size=6).map(" ".join)
facts = st.fixed_dictionaries({"body": texts, "title": texts, "tags": st.sets(st.sampled_from("xyz")).map(tuple)})
commits = st.lists(
    st.dictionaries(st.integers(1, 9), st.none() | facts, min_size=1, max_size=5), min_size=1, max_size=8
)


def held(snapshot: Snapshot) -> dict[int, tuple[dict[str, dict[str, list[int]]], set[str]]]:
    """What the snapshot holds of each document: for each field its terms with their positions, and its tags."""
    ids = snapshot.documents.values("id")
    inverted: dict[int, Any] = {n: {"body": {}, "title": {}} for n in np.flatnonzero(snapshot.alive)}
    for field, term in [(field, term) for field in ("body", "title") for term in "abcde"]:
        postings = snapshot.postings(field, term)
        if postings:
            ends = np.cumsum(postings.frequencies, dtype=int)
            for document, piece in zip(postings.documents, np.split(postings.addresses, ends[:-1]), strict=True):
                if snapshot.alive[document]:
                    inverted[document][field][term] = (piece - snapshot.starts(field)[document]).tolist()
    tags = snapshot.documents.labels("tags")
    return {int(ids[n]): (fields, set(tags.of(n))) for n, fields in inverted.items()}


def expected(facts: Mapping[str, Any]) -> tuple[dict[str, dict[str, list[int]]], set[str]]:
    fields: dict[str, dict[str, list[int]]] = {"body": {}, "title": {}}
    for field, places in fields.items():
        for position, word in enumerate(facts[field].split()):
            places.setdefault(word, []).append(position)
    return fields, set(facts["tags"])


@settings(max_examples=20)
@given(commits, st.booleans())
def test_an_index_holds_what_was_put_in(commits: list[dict[int, Any]], whole: bool) -> None:
    """After any commits that add, replace and delete, a new snapshot and one that grew hold the same, rightly."""
    held_now: dict[int, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = new(Path(folder))
        grown = Snapshot(index)
        for commit in commits:
            ours = writer(index)
            ours.delete("id", commit)
            for id_, facts in commit.items():
                if facts is not None:
                    ours.add({"id": id_, **facts})
            ours.commit(whole=whole)
            held_now = {id_: facts for id_, facts in (held_now | commit).items() if facts is not None}
            grown = Snapshot(index, grown)
        right = {id_: expected(facts) for id_, facts in held_now.items()}
        assert held(grown) == held(Snapshot(index)) == right
        assert len(grown.opened) <= (1 if whole else len(commits))


def test_small_segments_become_one(tmp_path: Path) -> None:
    """However many commits, segments stay few: those of like size become one."""
    index = new(tmp_path)
    for n in range(70):
        add(index, [{"id": n, "body": "a b", "tags": ()}])
    snapshot = Snapshot(index)
    assert len(snapshot.opened) <= 3 * 4
    assert sorted(held(snapshot)) == list(range(70))


def test_many_documents_go_to_the_disk_in_lots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that holds too many words writes a segment and goes on; the commit is still one."""
    monkeypatch.setattr(writing, "_AT_A_TIME", 3)
    index = new(tmp_path)
    ours = writer(index)
    for n in range(10):
        ours.add({"id": n, "body": "a b c", "tags": ("x",)})
    assert Snapshot(index).count == 0
    ours.commit(whole=True)
    assert len(Snapshot(index).opened) == 1
    assert sorted(held(Snapshot(index))) == list(range(10))


def test_long_documents_and_frequent_words(tmp_path: Path) -> None:
    """A word may stand in a document 70,000 times, and beyond the 65,536th place, and merging keeps that."""
    index = new(tmp_path)
    long = "a " * 70_000 + "b"
    add(index, [{"id": 1, "body": "b"}, {"id": 2, "body": long}])
    add(index, [{"id": 3, "body": "b a"}])
    for _ in range(2):
        snapshot = Snapshot(index)
        a, b = snapshot.postings("body", "a"), snapshot.postings("body", "b")
        assert a is not None
        assert b is not None
        assert a.frequencies.tolist() == [70_000, 1]
        assert (b.addresses - snapshot.starts("body")[b.documents]).tolist() == [0, 70_000, 0]
        writer(index).commit(whole=True)
    assert len(Snapshot(index).opened) == 1


def test_leftovers_are_swept(tmp_path: Path) -> None:
    """What a writer left that did not commit, files of any name among them, the next writer removes."""
    index = new(tmp_path)
    add(index, [{"id": 1, "body": "a"}])
    kept = {path.name for path in tmp_path.iterdir()}
    ours = writer(index)
    ours.add({"id": 2, "body": "b"})
    ours._flush()
    (tmp_path / "_MAIN_9.toc.1700000000").write_bytes(b"cut off")
    assert len(list(tmp_path.iterdir())) > len(kept)
    writer(index)
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_a_damaged_segment_is_said(tmp_path: Path) -> None:
    """Any file of a segment that is altered is said when it is opened or asked."""
    index = new(tmp_path)
    add(index, [{"id": 1, "body": "a b a", "title": "a", "tags": ("x",)}])
    for path in sorted(tmp_path.iterdir()):
        content = path.read_bytes()
        path.write_bytes(bytes([content[0] ^ 255]) + content[1:])
        with pytest.raises(FileDamaged):
            held(Snapshot(index))
        path.write_bytes(content)
    assert held(Snapshot(index)).keys() == {1}
