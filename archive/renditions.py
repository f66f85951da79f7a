"""Documents that may be one: found when a file comes in, put together or kept apart by an editor, and undone.

A document put into another keeps its row, its file and its id: it is in the state `merged`, which nobody's lists,
searches and citations know, and its address leads to the one that it is part of.
"""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from archive import citations, history
from archive.bodies import home
from archive.catalogue import queries
from archive.catalogue.facts import Card
from archive.catalogue.models import Document, DocumentFile, FilePage, TextBand, Twin
from archive.catalogue.queries import events
from archive.comparison import likeness
from archive.errors import NotAllowed, NotHeld, Refused
from archive.fingerprint import fingerprint
from archive.instance import Instance
from archive.transitions import changed, reindex
from archive.workflow import CHANGEABLE, Act, State, Viewer

_NEARLY_ALIKE = 0.95  # of their words in common: plans of two years reach 0.9, a scan and what it was printed from 0.97
_MOST_COMPARED = 10
_GONE = (State.MERGED, State.TRASHED)


class Decision(StrEnum):
    """What the newer of two documents is to the older one."""

    RENDITION = "rendition"  # another file of the same document: a scan, a signed PDF, a DOCX
    VERSION = "version"  # the same document made anew, which takes the older one's place
    DIFFERENT = "different"


def propose(session: Session, document: Document) -> None:
    """Note which held documents the new one may be the same as: same number, year and body, or nearly the same text."""
    text = " ".join(page.text for page in document.files[0].pages)
    values = fingerprint(text)
    others = {*_of_the_same_number(session, document), *_nearly_alike(session, document, text, values)}
    session.add_all(TextBand(value=value, document_id=document.id) for value in values)
    session.add_all(Twin(document_id=document.id, other_id=other) for other in others)


def numbered_alike(
    session: Session, viewer: Viewer, document_id: int, twins: Iterable[tuple[Card, Card]]
) -> tuple[Card, ...]:
    """Return the other documents of the same number, year and body that the viewer sees, decided to be different.

    `twins` are those of the document that are undecided, as `queries.twins` gives them.
    """
    undecided = {card.id for pair in twins for card in pair}
    alike = _of_the_same_number(session, session.get_one(Document, document_id))
    return tuple(queries.cards(session, viewer, set(alike) - undecided).values())


def decide(instance: Instance, viewer: Viewer, document_id: int, other_id: int, decision: Decision) -> int:
    """Settle what the document is to the older one; return the id of the document that stands.

    A version takes over the state of what it replaces, and every file of that. Raises NotAllowed, NotHeld when the
    viewer may no longer see both, Refused when the question is settled already.
    """
    _check(viewer)
    with instance.catalogue.session() as session:
        for one in (document_id, other_id):
            _require_changeable(queries.card(session, viewer, one))
        asked = (Twin.document_id == document_id, Twin.other_id == other_id)
        if session.scalar(select(Twin).where(*asked)) is None:
            raise Refused("Hai văn bản này đã được quyết định rồi; hãy tải lại trang.")
        session.execute(delete(Twin).where(*asked))
        if decision == Decision.DIFFERENT:
            history.record(session, viewer, document_id, history.Action.FILE, {"different_from": other_id})
            citations.settle(session, [document_id])  # what may mean either is in doubt from now on
            return document_id
        part, whole = (document_id, other_id) if decision == Decision.RENDITION else (other_id, document_id)
        if decision == Decision.VERSION:
            _take_over(session, viewer, session.get_one(Document, whole), session.get_one(Document, part))
        _merge(session, viewer, session.get_one(Document, part), whole, decision)
    for one in (document_id, other_id):
        reindex(instance, one)
    return whole


def separate(instance: Instance, viewer: Viewer, whole: int, part_id: int) -> None:
    """Make a document of its own again of one that was merged, in the state it had. Raises NotAllowed, NotHeld."""
    _check(viewer)
    with instance.catalogue.session() as session:
        _require_changeable(queries.card(session, viewer, whole))
        part = session.get(Document, part_id)
        if part is None or part.merged_into != whole:
            raise NotHeld("Tệp này không còn là một phần của văn bản ấy; hãy tải lại trang.")
        before = events.state_before_merging(session, part_id)
        changes = {"state": [part.state, before], "merged_into": [whole, None]}
        history.record(session, viewer, part_id, history.Action.FILE, {"changes": changes})
        part.state, part.merged_into, part.merged_as = before, None, None
        changed(session, part)
    reindex(instance, part_id)


def _require_changeable(card: Card) -> None:
    if card.state not in CHANGEABLE:
        raise Refused("Trạng thái của văn bản không cho gộp hay tách; hãy đổi trạng thái trước.")


def _check(viewer: Viewer) -> None:
    if not viewer.may(Act.EDIT):
        raise NotAllowed("Chỉ biên tập viên được gộp hoặc tách văn bản; hãy nhờ biên tập viên.")


def _merge(session: Session, viewer: Viewer, part: Document, whole: int, decision: Decision) -> None:
    changes = {"state": [part.state, State.MERGED], "merged_into": [None, whole]}
    history.record(session, viewer, part.id, history.Action.FILE, {"changes": changes, "decision": decision})
    history.record(session, viewer, whole, history.Action.FILE, {"merged": part.id, "decision": decision})
    session.execute(update(Document).where(Document.merged_into == part.id).values(merged_into=whole))
    session.execute(delete(Twin).where(or_(Twin.document_id == part.id, Twin.other_id == part.id)))
    part.state, part.merged_into, part.merged_as = State.MERGED, whole, decision
    changed(session, part)


def _take_over(session: Session, viewer: Viewer, newer: Document, older: Document) -> None:
    if newer.state != older.state:
        changes = {"state": [newer.state, older.state]}
        history.record(session, viewer, newer.id, history.Action.STATE, {"changes": changes})
        newer.state = older.state
        changed(session, newer)


def _of_the_same_number(session: Session, document: Document) -> Iterable[int]:
    if document.number_key is None or document.year is None:
        return ()
    body = home(document.issuer, document.superior, document.place).body
    alike = select(Document).where(
        Document.number_key == document.number_key,
        Document.year == document.year,
        Document.id != document.id,
        Document.state.not_in(_GONE),
    )
    return [
        other.id
        for other in session.scalars(alike)
        if body is None or home(other.issuer, other.superior, other.place).body in {body, None}
    ]


def _nearly_alike(session: Session, document: Document, text: str, values: Iterable[int]) -> Iterable[int]:
    sharing = (
        select(TextBand.document_id)
        .join(Document, Document.id == TextBand.document_id)
        .where(TextBand.value.in_(list(values)), Document.id != document.id, Document.state.not_in(_GONE))
        .group_by(TextBand.document_id)
        .order_by(func.count().desc(), TextBand.document_id)
        .limit(_MOST_COMPARED)
    )
    return [other for other in session.scalars(sharing) if likeness(text, _text(session, other)) >= _NEARLY_ALIKE]


def _text(session: Session, document_id: int) -> str:
    pages = select(FilePage.text).join(DocumentFile, DocumentFile.id == FilePage.file_id)
    return " ".join(session.scalars(pages.where(DocumentFile.id == queries.original(document_id))))
