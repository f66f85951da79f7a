"""What was read or reckoned lately, kept in memory up to a bound."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from archive.search.columnar.arrays import Array

_BESIDE = 300  # bytes, about, that an array and its key take beside its values


class Recent:
    """Arrays by a key, those used last; threads may share one."""

    def __init__(self, capacity: int) -> None:
        """Begin empty; `capacity` is how many bytes the arrays may have together."""
        self._capacity = capacity
        self._arrays: OrderedDict[Hashable, Array] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, read: Callable[[], Array]) -> Array:
        """Return the array of that key, which nobody may change; make it when it is not at hand."""
        with self._lock:
            known = self._arrays.get(key)
            if known is not None:
                self._arrays.move_to_end(key)
                return known
        array = read()
        array.setflags(write=False)
        with self._lock:
            if key not in self._arrays:
                self._arrays[key] = array
                self._size += _size(array)
            while self._size > self._capacity:
                self._size -= _size(self._arrays.popitem(last=False)[1])
        return array


def _size(array: Array) -> int:
    return array.nbytes + _BESIDE
