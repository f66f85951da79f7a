"""What the catalogue can be asked. Every question takes a session and the viewer who asks, and is answered with facts.

Who may see what is a term of the SQL itself: what a viewer may not see is not counted, not hinted at, not there.
"""

from archive.catalogue.queries.bodies import (
    cited_by_bodies,
    citing_bodies,
    issued,
    issuers,
    names_borne,
    names_cited,
)
from archive.catalogue.queries.chains import chain
from archive.catalogue.queries.corrections import corrections
from archive.catalogue.queries.deposits import job, jobs
from archive.catalogue.queries.documents import (
    card,
    cards,
    document,
    file,
    history,
    numbered,
    numbers_starting,
    original,
    texts,
    trash,
)
from archive.catalogue.queries.events import entered, happenings
from archive.catalogue.queries.force import forces
from archive.catalogue.queries.geometries import geometries
from archive.catalogue.queries.holdings import totals
from archive.catalogue.queries.mismatches import mismatch_counts, mismatches, mismatches_of
from archive.catalogue.queries.missing_documents import (
    arrived,
    cited_numbered,
    citing_missing,
    missed,
    missing,
    missing_citers,
    most_missed,
)
from archive.catalogue.queries.relations import citing, incoming, outgoing
from archive.catalogue.queries.renditions import rendition, renditions, twins, undecided
from archive.catalogue.queries.reviews import next_queued, queue, queued, sure
from archive.catalogue.queries.saved_searches import (
    appeared,
    arrivals,
    deleted_search,
    saved_as,
    saved_search,
    saved_searches,
    subscribed,
)

__all__ = [
    "appeared",
    "arrivals",
    "arrived",
    "card",
    "cards",
    "chain",
    "cited_by_bodies",
    "cited_numbered",
    "citing",
    "citing_bodies",
    "citing_missing",
    "corrections",
    "deleted_search",
    "document",
    "entered",
    "file",
    "forces",
    "geometries",
    "happenings",
    "history",
    "incoming",
    "issued",
    "issuers",
    "job",
    "jobs",
    "mismatch_counts",
    "mismatches",
    "mismatches_of",
    "missed",
    "missing",
    "missing_citers",
    "most_missed",
    "names_borne",
    "names_cited",
    "next_queued",
    "numbered",
    "numbers_starting",
    "original",
    "outgoing",
    "queue",
    "queued",
    "rendition",
    "renditions",
    "saved_as",
    "saved_search",
    "saved_searches",
    "subscribed",
    "sure",
    "texts",
    "totals",
    "trash",
    "twins",
    "undecided",
]
