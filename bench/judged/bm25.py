"""Plain BM25: every document one row of words without accents, every word of a query optional."""

from collections import Counter
from collections.abc import Iterable
from math import log

from archive.search import IndexEntry
from archive.search.analysis import term, words

K1, B = 1.2, 0.75


class BM25:
    """Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), equation 3.15."""

    def __init__(self, entries: Iterable[IndexEntry]) -> None:
        self._counts = {entry.id: Counter(_words(entry)) for entry in entries}
        self._lengths = {id_: counts.total() for id_, counts in self._counts.items()}
        self._mean = sum(self._lengths.values()) / len(self._lengths)
        self._holding: dict[str, list[int]] = {}
        for id_, counts in self._counts.items():
            for word in counts:
                self._holding.setdefault(word, []).append(id_)

    def search(self, text: str) -> list[int]:
        """Return the ids of the documents with a word of the text, the best first."""
        scores: Counter[int] = Counter()
        for word in _folded(text):
            holding = self._holding.get(word, [])
            weight = log(1 + (len(self._counts) - len(holding) + 0.5) / (len(holding) + 0.5))
            for id_ in holding:
                count = self._counts[id_][word]
                scores[id_] += weight * count * (K1 + 1) / (count + K1 * (1 - B + B * self._lengths[id_] / self._mean))
        return sorted(scores, key=lambda id_: (-scores[id_], id_))


def _words(entry: IndexEntry) -> list[str]:
    named = (entry.number, entry.kind, entry.issuer, entry.subject, *entry.signers, entry.text)
    return _folded("\n".join(filter(None, named)))


def _folded(text: str) -> list[str]:
    return [term(word.group()).folded for word in words(text)]
