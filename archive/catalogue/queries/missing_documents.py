"""Cited documents that the viewer's archive does not hold: not there, or not to be known of; the two are told alike."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.catalogue.facts import Card, Citers, Incoming, MissingDocument, Way
from archive.catalogue.models import NAMING, Cited, Missing, Tally
from archive.catalogue.queries.meanings import meanings, not_held
from archive.catalogue.queries.relations import citers, citing_as
from archive.citations.disagreements import mostly_about
from archive.errors import NotHeld
from archive.workflow import Viewer
from ingest.record import Relation


def missing(session: Session, viewer: Viewer, cited_key: str) -> MissingDocument:
    """Return the missing document of that key. Raises NotHeld when no document that the viewer may see cites it."""
    found = _described(session, viewer, _ranked(viewer).where(Missing.key == cited_key))
    if not found:
        raise NotHeld("Không có văn bản nào được dẫn chiếu như vậy mà kho chưa có; hãy kiểm tra lại địa chỉ.")
    return found[0]


def missed(session: Session, viewer: Viewer, cited_keys: Collection[str]) -> Mapping[str, MissingDocument]:
    """Return key → document for those of the keys under which documents that the viewer may see cite a missing one."""
    found = _described(session, viewer, _ranked(viewer).where(Missing.key.in_(cited_keys)))
    return {document.cited_key: document for document in found}


def most_missed(session: Session, viewer: Viewer, limit: int, offset: int = 0) -> tuple[MissingDocument, ...]:
    """Return the missing documents, those with most citers first, `limit` of them from `offset`."""
    return _described(session, viewer, _ranked(viewer).limit(limit).offset(offset))


def cited_numbered(session: Session, viewer: Viewer, serial: str) -> tuple[MissingDocument, ...]:
    """Return the missing documents cited with that serial (lower case, no leading zeros), most cited first."""
    numbered = select(Cited.key).where(Cited.called.startswith(f"{serial}/", autoescape=True))
    return _described(session, viewer, _ranked(viewer).where(Missing.key.in_(numbered)))


def missing_citers(session: Session, viewer: Viewer, cited_key: str, each: int) -> tuple[Citers, ...]:
    """Return those that cite a missing document, of each relation the `each` newest; only what the viewer may see."""
    return citers(session, viewer, _missing_ways(session, viewer, cited_key), each)


def citing_missing(  # noqa: PLR0913, PLR0917 - what a page of a list is asked, in the order it is said
    session: Session, viewer: Viewer, cited_key: str, relation: Relation | None, limit: int, offset: int = 0
) -> tuple[Incoming, ...]:
    """Return `limit` of those that cite a missing document, in the one relation or in any, newest first."""
    return citing_as(session, viewer, _missing_ways(session, viewer, cited_key), relation, limit, offset)


def arrived(session: Session, viewer: Viewer, cited_key: str) -> Card | None:
    """Return the held document that citations of that key have turned out to mean; None while it is missing."""
    cited = _from_seen(viewer, select(Cited.id).where(Cited.key == cited_key).distinct())
    found = meanings(session, viewer, session.scalars(cited).all())
    alone = [meant[0] for meant in found.values() if len(meant) == 1]
    return min(alone, key=lambda card: card.id, default=None)


def _missing_ways(session: Session, viewer: Viewer, cited_key: str) -> Sequence[int]:
    return session.scalars(select(Cited.id).where(Cited.key == cited_key, not_held(viewer))).all()


def _ranked(viewer: Viewer) -> Select[str, int]:
    ranked = select(Missing.key, Missing.citers).where(Missing.clearance == viewer.clearance)
    return ranked.order_by(Missing.citers.desc(), Missing.key.desc())


def _described(session: Session, viewer: Viewer, ranked: Select[str, int]) -> tuple[MissingDocument, ...]:
    found = session.execute(ranked).all()
    ways = _ways(session, viewer, [key for key, _ in found])
    return tuple(_mostly(key, citers, ways[key]) for key, citers in found)


def _ways(session: Session, viewer: Viewer, keys: Collection[str]) -> dict[str, tuple[Way, ...]]:
    """The different ways in which each is cited by what the viewer may see, the most frequent first."""
    said = (Cited.key, *NAMING)
    times = func.sum(Tally.citers)
    alike = _from_seen(viewer, select(*said, times).where(Cited.key.in_(keys), not_held(viewer)))
    ways: dict[str, tuple[Way, ...]] = defaultdict(tuple)
    for key, *way in session.execute(alike.group_by(*said).order_by(times.desc(), *said)):
        ways[key] = (*ways[key], Way(*way))
    return ways


def _from_seen(viewer: Viewer, cited: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Narrow a question about ways of citing to those of which the viewer may see a citer."""
    return cited.join(Tally, Tally.cited_id == Cited.id).where(Tally.state.in_(sorted(viewer.sees)), Tally.citers > 0)


def _mostly(cited_key: str, citers: int, ways: Sequence[Way]) -> MissingDocument:
    """Describe the document by what most of its citers say of it."""

    def mostly(field: str) -> Any:
        said: Counter[Any] = Counter()
        for way in ways:
            if (value := getattr(way, field)) is not None:
                said[value] += way.citers
        return max(said, key=said.__getitem__, default=None)

    return MissingDocument(
        cited_key=cited_key,
        number=mostly("number"),
        kind=mostly("kind"),
        name=mostly("name"),
        issued_on=mostly("issued_on"),
        issuer=mostly("issuer"),
        subject=mostly_about(ways),
        citers=citers,
        ways=tuple(ways),
    )
