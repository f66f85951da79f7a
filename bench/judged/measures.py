"""How good a ranking is, seen from its first ten."""

from collections.abc import Sequence
from math import log2

DEPTH = 10


def reciprocal_rank(rank: int | None) -> float:
    """Return 1 for the first place, 1/2 for the second …, and 0 for a document not among the first ten."""
    return 1 / rank if rank and rank <= DEPTH else 0.0


def ndcg(grades: Sequence[int], all_grades: Sequence[int]) -> float:
    """Return the discounted cumulative gain of the first ten, given their grades, against the best order of all.

    The gain of a grade is 2 to its power less 1, discounted by the logarithm of the place (Järvelin and Kekäläinen
    2002, in the form of Burges et al. 2005).
    """
    best = _gain(sorted(all_grades, reverse=True))
    return _gain(grades) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades[:DEPTH], start=1))
