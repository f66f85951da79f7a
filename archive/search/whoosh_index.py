"""The search index on Whoosh, in a folder of its own (see generations)."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import whoosh.index
from whoosh.index import FileIndex

from archive.search import analysis, generations, sorting, whoosh_schema
from archive.search.columnar.snapshot import Snapshot
from archive.search.columnar.storage import FileDamaged, SealedStorage
from archive.search.columnar.writer import Writer
from archive.search.completion import completions
from archive.search.errors import SearchIndexOutdated
from archive.search.evaluation import Evaluator, Matches
from archive.search.facets import narrowed
from archive.search.generations import Generation
from archive.search.query import Days, Query
from archive.search.results import Completions, Filters, Hit, IndexEntry, Results, Sort
from archive.search.spelling import respelled
from archive.search.whoosh_schema import SCHEMA, document, forms, row

# What is raised on files that are missing, cut off, altered, or not the index's own.
_DAMAGE = (FileDamaged, whoosh.index.IndexError)


@dataclass(frozen=True, slots=True)
class _State:
    """One committed state, opened."""

    generation: Generation
    commits: frozenset[str]
    evaluator: Evaluator


class WhooshIndex:
    """A SearchIndex in a folder; opens when first used. Threads may share one, and other processes write meanwhile.

    Every method but `create` and `rebuild` raises SearchIndexDamaged when the folder holds no index that can be read.
    """

    def __init__(self, directory: Path, *, patience: float = 30.0) -> None:
        """Name the folder, and for how many seconds a writer waits for another before SearchIndexBusy is raised."""
        self._directory = directory
        self._patience = patience
        self._opening = threading.Lock()
        self._state: _State | None = None

    def create(self) -> None:
        """Make an empty index where there is none. Raise SearchIndexDamaged in a folder that holds other things."""
        self._directory.mkdir(parents=True, exist_ok=True)
        if any(self._directory.iterdir()):
            self.check()
        else:
            self.rebuild(())

    def check(self) -> None:
        """Open the index, so that what is wrong with it is raised now."""
        self._evaluator()

    def close(self) -> None:
        """Let go of every file; the index opens again when used."""
        self._state = None

    @property
    def needs_rebuild(self) -> bool:
        """Whether another version of the program made the index: until `rebuild` it cannot be written."""
        generation = generations.current(self._directory)
        return (generation.schema, generation.analysis) != (whoosh_schema.VERSION, analysis.VERSION)

    def search(  # noqa: PLR0913 - the six things a search is asked, one name each
        self, query: Query, *, states: frozenset[str], filters: Filters, sort: Sort, page: int, size: int
    ) -> Results:
        """Return one page of what is found, as SearchIndex says. Scores are those of Matches."""
        evaluator = self._evaluator()
        try:
            return _results(evaluator, query, states, filters, sort, (page, size))
        except _DAMAGE as fault:
            raise generations.damaged(self._directory) from fault

    def complete(self, typed: str, *, states: frozenset[str], size: int) -> Completions:
        """Return what documents in one of the states offer for a text being typed, as SearchIndex says."""
        evaluator = self._evaluator()
        try:
            return completions(evaluator.snapshot, typed, evaluator.in_states(states), size)
        except _DAMAGE as fault:
            raise generations.damaged(self._directory) from fault

    def respelled(self, query: Query, *, states: frozenset[str], found: int) -> Query | None:
        """Return the query that was meant where a word of it is hardly found, as SearchIndex says."""
        evaluator = self._evaluator()
        try:
            return respelled(evaluator, query, evaluator.in_states(states), found=found)
        except _DAMAGE as fault:
            raise generations.damaged(self._directory) from fault

    def write(self, entries: Iterable[IndexEntry], removed: Iterable[int] = ()) -> None:
        """Put entries in and take ids out in one commit, as SearchIndex says.

        Raise SearchIndexBusy when another writes for too long, SearchIndexOutdated when the index needs a rebuild.
        """
        with self._turn():
            if self.needs_rebuild:
                raise _outdated()
            newest = {entry.id: entry for entry in entries}
            try:
                writer = self._writer(generations.current(self._directory).folder)
                writer.delete("id", newest.keys() | set(removed))
                for entry in newest.values():
                    writer.add(document(entry))
                writer.commit()
            except _DAMAGE as fault:
                raise generations.damaged(self._directory) from fault

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        """Make a new index of the entries, each id once; then let it answer in place of the old. Return their number.

        An index that is damaged or outdated is no hindrance. Other writers wait, for they would write in vain.
        """
        self._directory.mkdir(parents=True, exist_ok=True)
        count = 0
        with self._turn():
            folder = generations.following(self._directory)
            (self._directory / folder).mkdir()
            FileIndex.create(self._storage(folder), SCHEMA)
            writer = self._writer(folder)
            for count, entry in enumerate(entries, start=1):  # noqa: B007 - its last value is the number of entries
                writer.add(document(entry))
            writer.commit(whole=True)
            generations.switch(self._directory, Generation(folder, whoosh_schema.VERSION, analysis.VERSION))
        return count

    def versions(self) -> dict[int, int]:
        """Return id → version of every document in the index."""
        snapshot = self._evaluator().snapshot
        known = snapshot.documents.values("id"), snapshot.documents.values("version")
        ids, versions = (column[snapshot.alive].tolist() for column in known)
        return dict(zip(ids, versions, strict=True))

    def verify(self) -> None:
        """Read every file of the last commit whole, as SearchIndex says. Raise SearchIndexBusy as `write` does."""
        with self._turn():
            try:
                storage = self._storage(generations.current(self._directory).folder)
                segments = Snapshot(FileIndex(storage)).opened.keys()
                for name in storage.list():
                    if name.partition(".")[0] in segments:  # others are of commits before, or were never finished
                        storage.verify(name)
            except _DAMAGE as fault:
                raise generations.damaged(self._directory) from fault

    def _turn(self) -> Any:
        return generations.turn(self._directory, self._patience)

    def _evaluator(self) -> Evaluator:
        """Return what answers from the last commit."""
        while True:
            committed = self._committed()
            if committed[0].schema != whoosh_schema.VERSION:
                raise _outdated()
            try:
                return self._opened(*committed)
            except _DAMAGE as fault:
                if committed == self._committed():
                    raise generations.damaged(self._directory) from fault
                # a commit or a rebuild removed the files while they were being opened

    def _committed(self) -> tuple[Generation, frozenset[str]]:
        """Return what every commit and every rebuild changes: the generation, and Whoosh's tables of contents in it."""
        generation = generations.current(self._directory)
        try:
            return generation, generations.commits(self._directory, generation)
        except FileNotFoundError:  # a rebuild has removed it since
            return generation, frozenset()

    def _opened(self, generation: Generation, commits: frozenset[str]) -> Evaluator:
        with self._opening:
            state = self._state
            if state is None or (state.generation, state.commits) != (generation, commits):
                before = state.evaluator.snapshot if state and state.generation == generation else None
                snapshot = Snapshot(FileIndex(self._storage(generation.folder)), before)
                state = self._state = _State(generation, commits, Evaluator(snapshot))
            return state.evaluator

    def _writer(self, folder: str) -> Writer:
        return Writer(FileIndex(self._storage(folder)), row, forms)

    def _storage(self, folder: str) -> SealedStorage:
        return SealedStorage(str(self._directory / folder))


def _results(  # noqa: PLR0913, PLR0917 - what a search is asked
    evaluator: Evaluator, query: Query, states: frozenset[str], filters: Filters, sort: Sort, page: tuple[int, int]
) -> Results:
    snapshot = evaluator.snapshot
    permitted = evaluator.in_states(states)
    if filters.issued_from or filters.issued_to:
        permitted = permitted & evaluator.within(Days(filters.issued_from or date.min, filters.issued_to or date.max))
    by_relevance = sort == "relevance"
    found = evaluator.matches(query, permitted, scored=by_relevance)
    kept, counts = narrowed(snapshot, found.documents, filters)
    if kept is not None:
        found = Matches(found.documents[kept], found.scores[kept], found.whole[kept])
    shown = sorting.page(snapshot, found, sort, *page)
    documents = found.documents[shown]
    ids = snapshot.documents.values("id")[documents].tolist()
    scores = found.scores[shown].tolist() if by_relevance else [0.0] * len(ids)
    lacking = [()] * len(ids) if found.whole[shown].all() else evaluator.lacking(query, documents.tolist())
    hits = tuple(map(Hit, ids, scores, lacking))
    return Results(len(found.documents), hits, counts, int(np.count_nonzero(~found.whole)))


def _outdated() -> SearchIndexOutdated:
    return SearchIndexOutdated(
        "Chỉ mục tìm kiếm do một phiên bản khác của chương trình dựng nên. Hãy chạy `archive reindex` để dựng lại."
    )
