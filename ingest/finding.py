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


# How often a field is right where recognition has read the text, at most: letters lose their marks (bench/accuracy.py).
_RECOGNISED = {"number": 0.9, "issued_on": 0.9, "issuer": 0.9, "superior": 0.9, "subject": 0.5, "signers": 0.75}


def evidence(run: RunningText, field: str, found: Found) -> Evidence:
    """Return the evidence for a record's field: the page and its offsets, and the box where the file has geometry."""
    mention = found.shown or run.mention(found.start, found.end)
    confidence = min(found.confidence, _RECOGNISED.get(field, 0.95)) if run.recognised else found.confidence
    return Evidence(mention.page, mention.start, mention.end, found.rule, confidence, run.box(mention))
