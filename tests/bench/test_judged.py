"""The arithmetic of the judged queries."""

import pytest

from bench.judged.measures import ndcg, reciprocal_rank


def test_reciprocal_rank() -> None:
    """The first place is worth 1, the tenth a tenth, and what is not among the ten nothing."""
    assert [reciprocal_rank(rank) for rank in (1, 2, 10, 11, None)] == [1.0, 0.5, 0.1, 0.0, 0.0]


@pytest.mark.parametrize(
    ("grades", "share"),
    [
        ([3, 2, 1], 1.0),
        ([1, 2, 3], (1 + 3 / 1.5849625 + 7 / 2) / (7 + 3 / 1.5849625 + 1 / 2)),
        ([0, 0, 0, 3], 7 / 2.3219281 / (7 + 3 / 1.5849625 + 1 / 2)),
        ([], 0.0),
    ],
)
def test_ndcg(grades: list[int], share: float) -> None:
    """The gain of the first ten is discounted by place, and measured against the best order of all there is."""
    assert ndcg(grades, [1, 3, 0, 2, 0]) == pytest.approx(share)


def test_ndcg_of_nothing_to_find() -> None:
    """Where no document is worth anything, nothing is gained."""
    assert ndcg([0, 0], [0, 0]) == 0.0
