"""Documents that are cited otherwise than they are, or than others cite them, as far as the viewer may see both."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.catalogue import facts
from archive.catalogue.models import NAMING, Cited, Dismissal, Mismatch
from archive.catalogue.queries import events
from archive.catalogue.queries.documents import cards, require
from archive.catalogue.queries.relations import one_citing
from archive.citations.disagreements import held
from archive.workflow import Viewer


def mismatches(  # noqa: PLR0913 - what a page of a list is asked, in the order it is said
    session: Session, viewer: Viewer, field: str | None, limit: int, offset: int = 0, *, dismissed: bool = False
) -> tuple[facts.Mismatch, ...]:
    """Return `limit` mismatches in the one field or in any, told by most first: the open ones or the dismissed."""
    found = _ranked(viewer, dismissed=dismissed)
    if field:
        found = found.where(Mismatch.field == field)
    return _told(session, viewer, found.limit(limit).offset(offset))


def mismatches_of(session: Session, viewer: Viewer, document_id: int) -> tuple[facts.Mismatch, ...]:
    """Return the open mismatches of a held document. Raises NotHeld."""
    require(session, viewer, document_id)
    return _told(session, viewer, _ranked(viewer, dismissed=False).where(Mismatch.document_id == document_id))


def mismatch_counts(session: Session, viewer: Viewer) -> dict[str, int]:
    """Return field → how many open mismatches there are in it."""
    ranked = _ranked(viewer, dismissed=False).order_by(None)
    counted = ranked.with_only_columns(Mismatch.field, func.count().label("times")).group_by(Mismatch.field)
    return {row.field: row.times for row in session.execute(counted)}


def _ranked(viewer: Viewer, *, dismissed: bool) -> Select[*tuple[Any, ...]]:
    which = Dismissal.mark.is_not(None) if dismissed else Dismissal.mark.is_(None)
    return (
        select(
            Mismatch.mark,
            Mismatch.field,
            Mismatch.document_id,
            Mismatch.key,
            Mismatch.cited_id,
            Mismatch.other_id,
            Mismatch.citers,
            Dismissal.event_id,
        )
        .outerjoin(Dismissal, Dismissal.mark == Mismatch.mark)
        .where(Mismatch.clearance == viewer.clearance, which)
        .order_by(Mismatch.citers.desc(), Mismatch.mark.desc())
    )


def _told(session: Session, viewer: Viewer, ranked: Select[*tuple[Any, ...]]) -> tuple[facts.Mismatch, ...]:
    rows = session.execute(ranked).all()
    if not rows:
        return ()
    ways = {way for row in rows for way in (row.cited_id, row.other_id) if way}
    said = select(Cited.id, *NAMING)
    cited = {way.id: way for way in session.execute(said.where(Cited.id.in_(ways)))}
    citing = one_citing(session, viewer, ways)
    documents = cards(session, viewer, {row.document_id for row in rows if row.document_id})
    put_away = events.numbered(session, {row.event_id for row in rows if row.event_id})
    return tuple(
        facts.Mismatch(
            mark=row.mark,
            field=row.field,
            told=getattr(cited[row.cited_id], row.field),
            against=getattr(held(documents[row.document_id]) if row.document_id else cited[row.other_id], row.field),
            citers=row.citers,
            document=documents.get(row.document_id),
            cited_key=row.key,
            title=cited[row.cited_id].number or cited[row.cited_id].name,
            citing=citing.get(row.cited_id),
            otherwise=citing.get(row.other_id),
            dismissed=put_away.get(row.event_id),
        )
        for row in rows
    )
