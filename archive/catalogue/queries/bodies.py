"""What bodies, told by keys of `archive.bodies`, have issued, cite and are cited by, as far as the viewer may see."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.catalogue.facts import NameBorne
from archive.catalogue.models import BodyTally, Cited, Document, Tally
from archive.workflow import Viewer


def names_borne(session: Session, viewer: Viewer, keys: Collection[str] | None = None) -> tuple[NameBorne, ...]:
    """Return the names under which the bodies of these keys, or all, issued documents, the most frequent first."""
    held = _held(viewer, Document.body_key.is_not(None) if keys is None else Document.body_key.in_(keys)).subquery()
    documents = func.sum(held.c.documents)
    names = (
        select(held.c.body_key, held.c.issuer, documents, func.min(held.c.year), func.max(held.c.year))
        .where(held.c.issuer.is_not(None))
        .group_by(held.c.body_key, held.c.issuer)
        .order_by(documents.desc(), held.c.body_key, held.c.issuer)
    )
    return tuple(
        NameBorne(key, name, documents, first, last)
        for key, name, documents, first, last in session.execute(names)
        if key and name
    )


def issuers(session: Session, keys: Collection[str]) -> tuple[str, ...]:
    """Return the names under which the bodies issued documents, whoever may see these: to search by, not to show."""
    names = select(Document.issuer).where(Document.body_key.in_(keys), Document.issuer.is_not(None)).distinct()
    return tuple(name for name in session.scalars(names) if name)


def issued(session: Session, viewer: Viewer, keys: Collection[str]) -> Mapping[tuple[int | None, str | None], int]:
    """Return year and kind → how many documents of that year and kind the bodies issued."""
    held = _held(viewer, Document.body_key.in_(keys)).subquery()
    by = (held.c.year, held.c.kind)
    found = session.execute(select(*by, func.sum(held.c.documents)).group_by(*by))
    return {(year, kind): documents for year, kind, documents in found}


def cited_by_bodies(session: Session, viewer: Viewer, keys: Collection[str]) -> Mapping[str, int]:
    """Return the key of each body that documents of these bodies cite → how often, the most frequent first.

    A document counts once for each document it cites; one whose body the citation leaves open does not count.
    """
    return _tallied(session, viewer, BodyTally.cited, BodyTally.citing.in_(keys))


def citing_bodies(session: Session, viewer: Viewer, keys: Collection[str]) -> Mapping[str, int]:
    """Return the key of each body whose documents cite these bodies' → how often, the most frequent first."""
    return _tallied(session, viewer, BodyTally.citing, BodyTally.cited.in_(keys))


def names_cited(session: Session, viewer: Viewer, keys: Collection[str]) -> Mapping[str, str]:
    """Return key → the longest name by which documents cite the body; relative names are short."""
    names = (
        select(Cited.body, Cited.issuer)
        .join(Tally, Tally.cited_id == Cited.id)
        .where(Cited.body.in_(keys), Cited.issuer.is_not(None), Tally.state.in_(sorted(viewer.sees)), Tally.citers > 0)
        .distinct()
    )
    found = {(key, name) for key, name in session.execute(names) if key and name} if keys else set()
    return dict(sorted(found, key=lambda pair: (len(pair[1]), pair)))


def _held(viewer: Viewer, which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Count the documents in the order of the index of bodies, by all of its columns: one pass, nothing to sort."""
    columns = (Document.body_key, Document.state, Document.year, Document.kind, Document.issuer)
    # the state as an expression, for SQLite not to begin with all documents of a state
    seen = Document.state.concat("").in_(sorted(viewer.sees))
    return select(*columns, func.count().label("documents")).where(which, seen).group_by(*columns)


def _tallied(
    session: Session, viewer: Viewer, by: InstrumentedAttribute[str], which: ColumnElement[bool]
) -> Mapping[str, int]:
    times = func.sum(BodyTally.citers)
    counted = (
        select(by, times)
        .where(which, BodyTally.state.in_(sorted(viewer.sees)))
        .group_by(by)
        .having(times > 0)
        .order_by(times.desc(), by)
    )
    return {key: int(citers) for key, citers in session.execute(counted)}
