"""The package's one door."""

import archive.search


def test_the_door_names_what_it_gives() -> None:
    """Everything the door names is there, and nothing of Whoosh's is among it."""
    for name in archive.search.__all__:
        assert not getattr(archive.search, name).__class__.__module__.startswith("whoosh.")
        assert not getattr(getattr(archive.search, name), "__module__", "").startswith("whoosh.")
    assert list(archive.search.__all__) == sorted(archive.search.__all__, key=lambda name: (not name.isupper(), name))
