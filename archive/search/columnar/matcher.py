"""The postings of one term as Whoosh's queries walk through them."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Self

import numpy as np
from whoosh.matching import LeafMatcher, ReadTooFar

from archive.search.columnar.arrays import Array
from archive.search.columnar.positions import POSITION
from archive.search.columnar.postings import Postings


class Matcher(LeafMatcher):
    """Stands at one posting of the term after the other."""

    def __init__(self, postings: Postings, place: int, format_: Any, term: Any = None, scorer: Any = None) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._postings = postings
        self._place = range(place, place + 1)
        self._documents = postings.documents(self._place)
        self._frequencies = postings.frequencies(self._place)
        self._ends = np.cumsum(self._frequencies, dtype=np.int64)
        self._at = 0

    @cached_property
    def _positions(self) -> Array:
        return self._postings.positions(self._place)

    def is_active(self) -> bool:
        """Whether it stands at a posting."""
        return self._at < len(self._documents)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def copy(self) -> Self:
        """Return another at the same posting."""
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    def id(self) -> int:
        """Return the posting's document; the last one's past the end, where Whoosh's AndNot asks too."""
        return int(self._documents[min(self._at, len(self._documents) - 1)])

    def all_ids(self) -> Iterator[int]:
        """Return the documents from here on."""
        return iter(self._documents[self._at :].tolist())

    def weight(self) -> float:
        """Return how often the term stands in the document."""
        return float(self._frequencies[self._at])

    def value(self) -> bytes:
        """Return the positions, encoded."""
        end = self._ends[self._at]
        return self._positions[end - self._frequencies[self._at] : end].astype(POSITION).tobytes()

    def next(self) -> bool:
        """Go to the next posting."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return False

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's own
        """Go to the first posting from here on whose document is not below the one given."""
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self._documents[self._at :], id))

    def supports_block_quality(self) -> bool:
        """Whether parts of the list can be left out by their best score: they are not looked at one by one anyway."""
        return False
