"""Why the index cannot answer.

    SearchIndexError
    ├── SearchIndexDamaged     its folder is missing, not an index, or broken
    ├── SearchIndexOutdated    another version of the program made it
    └── SearchIndexBusy        another is writing, and went on for longer than we wait

Nothing is lost by any of them: the index is made from the catalogue and the store.
"""

from archive.errors import ArchiveError


class SearchIndexError(ArchiveError):
    """The index cannot answer; the message says what to do."""


class SearchIndexDamaged(SearchIndexError):
    """The index's folder is missing, is no index, or is broken."""


class SearchIndexOutdated(SearchIndexError):
    """The index was made with another schema or another analysis than this program's."""


class SearchIndexBusy(SearchIndexError):
    """Another process kept writing for longer than a writer waits; what was to be written is not."""
