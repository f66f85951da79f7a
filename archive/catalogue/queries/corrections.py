"""What staff have corrected of a document's references."""

from sqlalchemy.orm import Session

from archive.catalogue.facts import CorrectionFact
from archive.catalogue.queries import events
from archive.catalogue.queries.documents import cards, require
from archive.citations.corrections import not_undone, read
from archive.history import Action
from archive.workflow import Viewer


def corrections(session: Session, viewer: Viewer, document_id: int) -> tuple[CorrectionFact, ...]:
    """Return the corrections that stand, the latest first. Raises NotHeld."""
    require(session, viewer, document_id)
    made = {one.id: one for one in events.of_document(session, document_id) if one.action == Action.REFERENCE}
    stand = not_undone([(one.id, one.detail) for one in made.values()])
    told = [(made[id_], read(detail)) for id_, detail in stand]
    targets = cards(session, viewer, [correction.target for _, correction in told if correction.target])
    return tuple(
        CorrectionFact(
            id=event.id,
            at=event.at,
            by=event.by,
            change=correction.change,
            text=correction.place.text,
            relation=correction.relation,
            target=targets.get(correction.target or 0),
        )
        for event, correction in told
    )
