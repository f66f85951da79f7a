"""The engines that are asked, each behind the same few questions; a module each, loaded only where it runs."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Protocol

from bench.search.corpus import Document
from bench.search.questions import Question

NAMES = ("ours", "tantivy", "tantivy_bare", "fts5", "stock")
DEFAULT = ("ours", "tantivy", "fts5")


class Engine(Protocol):
    """A search engine over an index in a folder."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Make the index in a new folder, in bulk, so that nothing is left to be done."""
        ...

    def open(self, folder: Path) -> None:
        """Open the index for searching and adding."""
        ...

    def ask(self, question: Question) -> list[int]:
        """Return the ids of the page of documents found, best first, or newest first where asked."""
        ...

    def total(self, question: Question) -> int:
        """Return how many documents are found."""
        ...

    def add(self, document: Document) -> None:
        """Put one more document in, for good; `ask` finds it from then on."""
        ...


def engine(name: str) -> Engine:
    """Return the engine of that name."""
    found: Engine = import_module(f"bench.search.engines.{name}").make()
    return found
