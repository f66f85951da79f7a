"""Where a term stands in a field, as Whoosh keeps it with a posting: the positions themselves, side by side."""

from collections.abc import Iterable, Sequence

import numpy as np
from whoosh import formats

POSITION = np.dtype("<u4")


class Positions(formats.Positions):
    """Positions as an array of POSITION; the frequency is their number."""

    def encode(self, positions: Sequence[int]) -> bytes:
        """Return the posting value for the positions."""
        return np.array(positions, POSITION).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the positions of a posting value."""
        positions: list[int] = np.frombuffer(value, POSITION).tolist()
        return positions

    def decode_frequency(self, value: bytes) -> int:
        """Return how many positions a posting value has."""
        return len(value) // POSITION.itemsize

    def combine(self, values: Iterable[bytes]) -> bytes:
        """Return the posting value for all positions of several."""
        return self.encode(sorted({position for value in values for position in self.decode_positions(value)}))
