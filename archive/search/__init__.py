"""The search seam: query grammar, Vietnamese analysis, highlighting, and the index behind SearchIndex."""

from archive.search.errors import SearchIndexBusy, SearchIndexDamaged, SearchIndexError, SearchIndexOutdated
from archive.search.query import Clause, Query, parse
from archive.search.results import FACETS, FacetCount, Filters, Hit, IndexEntry, Results, SearchIndex, Sort
from archive.search.whoosh_index import WhooshIndex

__all__ = [
    "FACETS",
    "Clause",
    "FacetCount",
    "Filters",
    "Hit",
    "IndexEntry",
    "Query",
    "Results",
    "SearchIndex",
    "SearchIndexBusy",
    "SearchIndexDamaged",
    "SearchIndexError",
    "SearchIndexOutdated",
    "Sort",
    "WhooshIndex",
    "parse",
]
