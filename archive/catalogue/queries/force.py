"""Whether documents are in force: by what later documents did to them, and by staff's own word."""

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.facts import Effect, EventFact, Force, Standing
from archive.catalogue.models import Document, DocumentReference, Meaning
from archive.catalogue.queries import events
from archive.catalogue.queries.documents import seen_by
from archive.catalogue.queries.meanings import no_other
from archive.catalogue.queries.passages import passages, sentence_of
from archive.workflow import IN_EFFECT, State, Viewer
from ingest import dates
from ingest.record import Relation

_WHOLE = {
    Relation.REPEALS: Standing.REPEALED,
    Relation.REPLACES: Standing.REPLACED,
    Relation.SUSPENDS: Standing.SUSPENDED,
    Relation.AMENDS: Standing.AMENDED,
}
_VERB = re.compile(r"(?:thay thế|thay cho|bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực|đình chỉ|ngưng hiệu lực)", re.IGNORECASE)
_PART = re.compile(r"(?<!\w)(?:điều|khoản|điểm|mục|chương|phụ lục|cụm từ|một phần|một số)(?!\w)", re.IGNORECASE)
_IN_FORCE = re.compile(r"này\s+có\s+hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+kể)?\s+từ\s+", re.IGNORECASE)
_MOST = 150  # effects looked at; a document has a handful, and a page asks for those of what it cites
_BEFORE = 160  # characters before a citation in which it is said that only a part is meant


def forces(session: Session, viewer: Viewer, document_ids: Collection[int]) -> dict[int, Force]:
    """Return how those of the documents stand that something was done to, as far as the viewer may see what did it.

    Of an unissued document's effects nothing is told: it has none yet. A document that is left out is in force as far
    as the archive knows.
    """
    effects = _effects(session, viewer, document_ids)
    expired = session.scalars(
        select(Document.id).where(Document.id.in_(document_ids), Document.state == State.EXPIRED, seen_by(viewer))
    ).all()
    said = events.entered(session, expired, State.EXPIRED) if expired else {}
    return {id_: _force(effects.get(id_, ()), said.get(id_)) for id_ in {*effects, *said}}


def _effects(session: Session, viewer: Viewer, document_ids: Collection[int]) -> dict[int, tuple[Effect, ...]]:
    done = (
        select(DocumentReference.id, Meaning.document_id)
        .join(Meaning, Meaning.cited_id == DocumentReference.cited_id)
        .where(
            Meaning.document_id.in_(document_ids),
            Meaning.document_id != DocumentReference.document_id,
            DocumentReference.relation.in_(sorted(_WHOLE)),
            DocumentReference.citing_state.in_(sorted(IN_EFFECT & viewer.sees)),
            no_other(viewer),
        )
        .order_by(DocumentReference.relation.desc(), DocumentReference.citing_day)  # amendments, the most, last
        .limit(_MOST)
    )
    of = {row.id: row.document_id for row in session.execute(done)}
    effects: dict[int, list[Effect]] = defaultdict(list)
    for reference, document in passages(session, viewer, of) if of else ():
        relation, first = Relation(reference.relation), reference.mentions[0]
        partly = relation == Relation.AMENDS or _is_part(reference.text or "", first["start"])
        since = _in_force_from(reference.text or "", document.issued_on)
        effect = Effect(relation, partly, since, document, sentence_of(reference), first["page"], reference.ordinal)
        effects[of[reference.id]].append(effect)
    return {id_: tuple(made) for id_, made in effects.items()}


def _in_force_from(text: str, issued_on: date | None) -> date | None:
    """Return the day from which the document is in force, if its page says one after that of issue; else that of issue.

    `Quyết định này có hiệu lực kể từ ngày 01 tháng 4 năm 2025 và thay thế Quyết định số …`.
    """
    says = _IN_FORCE.search(text)
    told = dates.following(text, says.end()) if says else None
    return told.day if told and told.day and issued_on and told.day > issued_on else issued_on


def _is_part(text: str, start: int) -> bool:
    """Whether the words before a citation say that only a part is meant: `bãi bỏ khoản 2 Điều 5 của Quyết định …`."""
    before = text[max(0, start - _BEFORE) : start]
    verbs = [verb.end() for verb in _VERB.finditer(before)]
    return bool(verbs) and _PART.search(before, verbs[-1]) is not None


def _force(effects: tuple[Effect, ...], said: EventFact | None) -> Force:
    standings = [(_standing(effect), effect.since) for effect in effects]
    if said:
        standings.append((Standing.EXPIRED, date.fromisoformat(said.detail.get("since") or said.at.date().isoformat())))
    order = list(Standing)
    standing = min((one for one, _ in standings), key=order.index)
    since = min((day for one, day in standings if one == standing and day), default=None)
    return Force(standing, since, effects, said.reason if said else None)


def _standing(effect: Effect) -> Standing:
    if effect.partly and effect.relation in {Relation.REPEALS, Relation.REPLACES}:
        return Standing.PARTLY
    return _WHOLE[effect.relation]
