"""What is asked of arrays of sorted values and of scores."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.search.columnar.arrays import candidates, common, highest

rows = st.lists(st.integers(0, 400), unique=True, max_size=300).map(sorted)


@given(rows, rows)
def test_common_is_what_both_have(some: list[int], others: list[int]) -> None:
    """Whatever the lengths, the values of both are found, in order, in the type of the first."""
    found = common(np.array(some, np.uint32), np.array(others, np.int64))
    assert found.tolist() == sorted({*some} & {*others})
    assert found.dtype == np.uint32


@given(st.integers(0, 2**32), st.integers(0, 400), st.integers(1, 5_000), st.sampled_from([3, 50, 10**6]))
def test_the_highest_are_among_the_candidates(seed: int, count: int, length: int, kinds: int) -> None:
    """Candidates are as many as asked for, or all, and no value like theirs is left out; the highest are exact."""
    values = np.random.default_rng(seed).integers(0, kinds, length).astype(np.float32)
    places = candidates(values, count)
    assert len(places) >= min(count, length)
    assert np.flatnonzero(values >= values[places].min()).tolist() == places.tolist()
    assert highest(values, count).tolist() == sorted(np.argsort(-values, kind="stable")[:count].tolist())
