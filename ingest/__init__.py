"""Reading: a file in, a Record out. Knows no database, no web, no index.

from ingest import read
record = read("ke-hoach.pdf")
"""

from ingest.contract import to_json
from ingest.errors import ReadingError
from ingest.pipeline import read, understand
from ingest.record import Evidence, Mention, Page, Problem, Record, Reference, Relation, Signer, Word

__all__ = [
    "Evidence",
    "Mention",
    "Page",
    "Problem",
    "ReadingError",
    "Record",
    "Reference",
    "Relation",
    "Signer",
    "Word",
    "read",
    "to_json",
    "understand",
]
