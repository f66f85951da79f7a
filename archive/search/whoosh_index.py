"""The search index on Whoosh, in a folder of its own (see generations)."""

import pickle
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import whoosh.index
from whoosh.filedb.filetables import FileFormatError
from whoosh.searching import Searcher

from archive.search import analysis, generations, whoosh_schema
from archive.search.errors import SearchIndexOutdated
from archive.search.facets import narrowed
from archive.search.generations import Generation
from archive.search.query import Days, Query
from archive.search.results import Filters, Hit, IndexEntry, Results, Sort
from archive.search.whoosh_query import as_typed, matching
from archive.search.whoosh_schema import SCHEMA, Facts, document

_BUILDING_MEMORY = 256  # MB that Whoosh may fill before it sorts postings onto disk
# What Whoosh is seen to raise on files that are missing, cut off, overwritten or not its own; it checks nothing itself.
_DAMAGE = (
    AssertionError, AttributeError, EOFError, FileFormatError, ImportError, LookupError, MemoryError, OSError,
    OverflowError, TypeError, ValueError, pickle.UnpicklingError, struct.error, whoosh.index.IndexError, zlib.error,
)  # fmt: skip


class _Found(NamedTuple):
    facts: Facts
    score: float

    @property
    def values(self) -> tuple[tuple[str, ...], ...]:
        return self.facts.values


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """One committed state, opened. Only one thread at a time may use it: Whoosh's readers keep positions in files."""

    generation: Generation
    searcher: Searcher
    facts: dict[int, Facts]  # by Whoosh's number of the document

    def found(self, query: Query, states: frozenset[str], issued: Days | None) -> Iterator[_Found]:
        """Yield every document that matches; score below 1 for accents unlike those typed, from 1 to 2 for others."""
        exact = as_typed(query)
        days = [(clause.days, not clause.excluded) for clause in query.clauses if clause.days is not None]
        days += [(issued, True)] if issued else []
        for number, score, typed in self._scores(matching(query, states), exact):
            facts = self.facts[number]
            if all(_within(facts.day, span) is wanted for span, wanted in days):
                yield _Found(facts, score / (1 + score) + typed)

    def _scores(self, query: Any, exact: Any | None) -> Iterator[tuple[int, float, bool]]:
        """Yield the number and score of each document that matches, and whether it matches the exact query too."""
        for leaf, offset in self.searcher.leaf_searchers():
            matcher = query.matcher(leaf, leaf.context())
            typed = exact.matcher(leaf, leaf.boolean_context()) if exact else None
            while matcher.is_active():
                number = matcher.id()
                yield offset + number, matcher.score(), typed is None or _holds(typed, number)
                matcher.next()


def _holds(matcher: Any, number: int) -> bool:
    """Whether the matcher finds the document, asked for in rising order."""
    if matcher.is_active() and matcher.id() < number:
        matcher.skip_to(number)
    return bool(matcher.is_active() and matcher.id() == number)


class WhooshIndex:
    """A SearchIndex in a folder; opens when first used. Threads may share one, and other processes write meanwhile.

    Every method but `create` and `rebuild` raises SearchIndexDamaged when the folder holds no index that can be read.
    """

    def __init__(self, directory: Path, *, patience: float = 30.0) -> None:
        """Name the folder, and for how many seconds a writer waits for another before SearchIndexBusy is raised."""
        self._directory = directory
        self._patience = patience
        self._idle: list[_Snapshot] = []

    def create(self) -> None:
        """Make an empty index where there is none. Raise SearchIndexDamaged in a folder that holds other things."""
        self._directory.mkdir(parents=True, exist_ok=True)
        if any(self._directory.iterdir()):
            self.check()
        else:
            self.rebuild(())

    def check(self) -> None:
        """Open the index, so that what is wrong with it is raised now."""
        with self._snapshot():
            pass

    def close(self) -> None:
        """Let go of every file; the index opens again when used."""
        while self._idle:
            self._idle.pop().searcher.close()

    @property
    def needs_rebuild(self) -> bool:
        """Whether another version of the program made the index: until `rebuild` it cannot be written."""
        generation = generations.current(self._directory)
        return (generation.schema, generation.analysis) != (whoosh_schema.VERSION, analysis.VERSION)

    def search(  # noqa: PLR0913 - the six things a search is asked, one name each
        self, query: Query, *, states: frozenset[str], filters: Filters, sort: Sort, page: int, size: int
    ) -> Results:
        """Return one page of what is found, as SearchIndex says.

        A score lies from 1 to 2 when the document holds every word with the accents typed, else from 0 to 1.
        """
        found: list[_Found] = []
        if states:
            with self._snapshot() as snapshot:
                found += snapshot.found(query, states, _issued(filters))
        kept, facets = narrowed(found, filters)
        kept.sort(key=lambda one: _order(one, sort))
        shown = kept[(page - 1) * size : page * size]
        hits = tuple(Hit(one.facts.id, one.score if sort == "relevance" else 0.0) for one in shown)
        return Results(len(kept), hits, facets)

    def write(self, entries: Iterable[IndexEntry], removed: Iterable[int] = ()) -> None:
        """Put entries in and take ids out in one commit, as SearchIndex says.

        Raise SearchIndexBusy when another writes for too long, SearchIndexOutdated when the index needs a rebuild.
        """
        newest = {entry.id: entry for entry in entries}
        with self._turn():
            if self.needs_rebuild:
                raise _outdated()
            with self._opened(generations.current(self._directory)).writer() as writer:
                with writer.searcher() as searcher:
                    for number in newest.keys() | set(removed):
                        writer.delete_by_term("id", number, searcher=searcher)
                for entry in newest.values():
                    writer.add_document(**document(entry))

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        """Make a new index of the entries, each id once; then let it answer in place of the old. Return their number.

        An index that is damaged or outdated is no hindrance. Other writers wait, for they would write in vain.
        """
        self._directory.mkdir(parents=True, exist_ok=True)
        count = 0
        with self._turn():
            folder = generations.following(self._directory)
            (self._directory / folder).mkdir()
            index = whoosh.index.create_in(str(self._directory / folder), SCHEMA)
            with index.writer(limitmb=_BUILDING_MEMORY) as writer:
                for count, entry in enumerate(entries, start=1):  # noqa: B007 - its last value is the number of entries
                    writer.add_document(**document(entry))
            generation = Generation(folder, whoosh_schema.VERSION, analysis.VERSION)
            generations.switch(self._directory, generation)
        return count

    def versions(self) -> dict[int, int]:
        """Return id → version of every document in the index."""
        with self._snapshot() as snapshot:
            return {facts.id: facts.version for facts in snapshot.facts.values()}

    def _turn(self) -> Any:
        return generations.turn(self._directory, self._patience)

    @contextmanager
    def _snapshot(self) -> Iterator[_Snapshot]:
        """Lend the last committed state; a fault of its files is SearchIndexDamaged."""
        snapshot = self._latest()
        try:
            yield snapshot
        except _DAMAGE as fault:
            snapshot.searcher.close()
            raise generations.damaged(self._directory) from fault
        self._idle.append(snapshot)

    def _latest(self) -> _Snapshot:
        while True:
            generation, commits = self._committed()
            if generation.schema != whoosh_schema.VERSION:
                raise _outdated()
            try:
                return self._reused(generation) or self._open(generation)
            except _DAMAGE as fault:
                if (generation, commits) == self._committed():
                    raise generations.damaged(self._directory) from fault
                # a commit or a rebuild removed the files while they were being opened

    def _committed(self) -> tuple[Generation, frozenset[str]]:
        """Return what every commit and every rebuild changes: the generation, and Whoosh's tables of contents in it."""
        generation = generations.current(self._directory)
        try:
            return generation, frozenset(toc.name for toc in (self._directory / generation.folder).glob("*.toc"))
        except FileNotFoundError:  # a rebuild has removed it since
            return generation, frozenset()

    def _reused(self, generation: Generation) -> _Snapshot | None:
        while self._idle:
            snapshot = self._idle.pop()
            if snapshot.generation == generation and snapshot.searcher.up_to_date():
                return snapshot
            # Not Searcher.refresh(): it keeps the segments that a merge has replaced, and finds documents twice.
            snapshot.searcher.close()
        return None

    def _open(self, generation: Generation) -> _Snapshot:
        searcher = self._opened(generation).searcher()
        facts = {number: Facts(*stored["facts"]) for number, stored in searcher.iter_docs()}
        return _Snapshot(generation, searcher, facts)

    def _opened(self, generation: Generation) -> Any:
        return whoosh.index.open_dir(str(self._directory / generation.folder))


def _outdated() -> SearchIndexOutdated:
    return SearchIndexOutdated(
        "Chỉ mục tìm kiếm do một phiên bản khác của chương trình dựng nên. Hãy chạy `archive reindex` để dựng lại."
    )


def _issued(filters: Filters) -> Days | None:
    if filters.issued_from is None and filters.issued_to is None:
        return None
    return Days(filters.issued_from or date.min, filters.issued_to or date.max)


def _within(day: int, span: Days) -> bool:
    return span.first.toordinal() <= day <= span.last.toordinal()


def _order(found: _Found, sort: Sort) -> tuple[Any, ...]:
    facts = found.facts
    match sort:
        case "relevance":
            return (-found.score, facts.id)
        case "newest":
            return (-facts.day, facts.id)
        case "oldest":
            return (not facts.day, facts.day, facts.id)
        case "number":
            return (facts.number, facts.id)
        case "added":
            return (-facts.id,)
