"""The search seam: query grammar, Vietnamese analysis, highlighting, and the index behind SearchIndex."""

from archive.search.errors import SearchIndexBusy, SearchIndexDamaged, SearchIndexError, SearchIndexOutdated
from archive.search.highlight import Passage, Span, best_passage, joined, mark
from archive.search.number_query import NumberQuery, cited_numbers, find_number
from archive.search.query import Clause, Query, parse
from archive.search.results import (
    FACETS,
    Completions,
    FacetCount,
    Filters,
    Hit,
    IndexEntry,
    Results,
    SearchIndex,
    Sort,
)
from archive.search.whoosh_index import WhooshIndex

__all__ = [
    "FACETS",
    "Clause",
    "Completions",
    "FacetCount",
    "Filters",
    "Hit",
    "IndexEntry",
    "NumberQuery",
    "Passage",
    "Query",
    "Results",
    "SearchIndex",
    "SearchIndexBusy",
    "SearchIndexDamaged",
    "SearchIndexError",
    "SearchIndexOutdated",
    "Sort",
    "Span",
    "WhooshIndex",
    "best_passage",
    "cited_numbers",
    "find_number",
    "joined",
    "mark",
    "parse",
]
