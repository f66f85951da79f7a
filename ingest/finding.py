"""A value read from the run of a document, before it becomes a field of the record with its evidence."""

from dataclasses import dataclass

from ingest.record import Evidence, Mention
from ingest.running_text import RunningText


@dataclass(frozen=True, slots=True)
class Found:
    """A value, where it stands in the run, the rule that read it, and how surely (0 to 1).

    A value of None says that the place of the field was found and is blank. `shown` is where the page's text has the
    value, where that is outside the run.
    """

    value: str | None
    start: int
    end: int
    rule: str
    confidence: float
    shown: Mention | None = None


def evidence(run: RunningText, found: Found) -> Evidence:
    """Return the evidence for a record: the page and its offsets, and the box where the file has geometry."""
    mention = found.shown or run.mention(found.start, found.end)
    return Evidence(mention.page, mention.start, mention.end, found.rule, found.confidence, run.box(mention))
