"""What was read lately."""

import numpy as np
import pytest

from archive.search.columnar.recent import Recent


def test_what_was_used_last_is_kept() -> None:
    """An array is read once while it is at hand, and cannot be changed; for want of room those used longest ago go."""
    reads: list[str] = []

    def get(name: str) -> None:
        def read() -> np.ndarray:
            reads.append(name)
            return np.zeros(4_000, np.uint8)

        array = recent.get(name, read)
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1

    recent = Recent(10_000)
    for name in "abacab":
        get(name)
    assert reads == ["a", "b", "c", "b"]
