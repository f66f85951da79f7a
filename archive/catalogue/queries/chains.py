"""The chain of a document: what it rests on, what that rests on, and so on up; and what rests on it, down."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from archive.catalogue.facts import Card, Status
from archive.catalogue.models import Cited, Document, DocumentReference, Meaning
from archive.catalogue.queries.documents import card, cards, seen_by
from archive.catalogue.queries.meanings import meant_ids, no_other
from archive.catalogue.queries.passages import NEWEST_FIRST
from archive.workflow import Viewer
from ingest.record import Relation

RESTING = frozenset(
    [Relation.LEGAL_BASIS, Relation.IMPLEMENTS, Relation.GUIDES, Relation.CONTINUES, Relation.ATTACHED_TO]
)
"""The relations by which a document rests on one it cites."""


@dataclass(frozen=True, slots=True)
class Node:
    """A document in a chain: a held one, or one that is only cited, as the first to cite it there tells it.

    `level` is 0 for the document the chain is of, negative for what it rests on, positive for what rests on it.
    `cited_key` names the page of a missing document.
    """

    key: str
    level: int
    status: Status
    number: str | None
    kind: str | None
    issued_on: date | None
    issuer: str | None
    subject: str | None
    document_id: int | None = None
    cited_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """That one document of a chain, by its key, cites another."""

    citing: str
    cited: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Chain:
    """The documents of a chain, the one it is of first, then as they are met; `cut` says that there are more."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a chain goes: levels up and down, by which relations, and to how many documents at most."""

    up: int
    down: int
    relations: frozenset[Relation] = RESTING
    most: int = 60


def chain(session: Session, viewer: Viewer, document_id: int, reach: Reach) -> Chain:
    """Return the chain of the document; only what the viewer may see is in it. Raises NotHeld.

    A document is in it once, at the level where it is met first; of more documents than fit the newest citers stay.
    """
    start = _Met(f"vb-{document_id}", 0, document_id)
    first = card(session, viewer, document_id)
    found = _Found({start.key: start})
    _climb(session, viewer, found, start, reach)
    _descend(session, viewer, found, start, reach)
    ids = {met.document_id for met in found.met.values() if met.document_id}
    held = {**cards(session, viewer, ids), document_id: first}
    nodes = (_node(met, held) for met in found.met.values())
    return Chain(tuple(nodes), tuple(dict.fromkeys(found.links)), found.cut)


@dataclass(frozen=True, slots=True)
class _Met:
    """A document met on the way: a held one, or `cited`, the way in which one that is not held is cited."""

    key: str
    level: int
    document_id: int | None = None
    cited: Row[*tuple[Any, ...]] | None = None
    status: Status = Status.RESOLVED


@dataclass(slots=True)
class _Found:
    met: dict[str, _Met]
    links: list[Link] = field(default_factory=list)
    cut: bool = False

    def level(self, steps: Iterable[tuple[Link, _Met]], most: int) -> dict[int, str]:
        """Take in the steps of one level as far as there is room; return the held documents new in it, by id."""
        new: dict[int, str] = {}
        for link, met in steps:
            if met.key not in self.met and len(self.met) >= most:
                self.cut = True
                continue
            if met.key not in self.met and met.document_id:
                new[met.document_id] = met.key
            self.met.setdefault(met.key, met)
            self.links.append(link)
        return new


def _climb(session: Session, viewer: Viewer, found: _Found, start: _Met, reach: Reach) -> None:
    most = reach.most // 2 if reach.down else reach.most  # what lies above leaves room for what lies below
    frontier = {start.document_id or 0: start.key}
    for level in range(-1, -reach.up - 1, -1):
        frontier = found.level(_cited(session, viewer, frontier, level, reach.relations), most)
        if found.cut or not frontier:
            return


def _descend(session: Session, viewer: Viewer, found: _Found, start: _Met, reach: Reach) -> None:
    frontier = {start.document_id or 0: start.key}
    for level in range(1, reach.down + 1):
        frontier = found.level(_citing(session, viewer, frontier, level, reach), reach.most)
        if len(found.met) >= reach.most or not frontier:
            return


def _cited(
    session: Session, viewer: Viewer, citing: Mapping[int, str], level: int, relations: frozenset[Relation]
) -> Iterator[tuple[Link, _Met]]:
    """What the documents, by id, cite, in reading order."""
    said = (Cited.id, Cited.key, Cited.number, Cited.kind, Cited.name, Cited.issued_on, Cited.issuer)
    cites = (
        select(DocumentReference.document_id, DocumentReference.relation, *said)
        .join(DocumentReference.cited)
        .where(DocumentReference.document_id.in_(citing), DocumentReference.relation.in_(sorted(relations)))
        .order_by(DocumentReference.document_id, DocumentReference.ordinal)
    )
    rows = session.execute(cites).all()
    meant = meant_ids(session, viewer, {row.id for row in rows})
    for row in rows:
        targets = [id_ for id_ in meant.get(row.id, ()) if id_ != row.document_id]
        if len(targets) == 1:
            met = _Met(f"vb-{targets[0]}", level, targets[0])
        else:
            status = Status.AMBIGUOUS if targets else Status.MISSING
            met = _Met(f"dan-{row.key}", level, cited=row, status=status)
        yield Link(citing[row.document_id], met.key, Relation(row.relation)), met


def _citing(
    session: Session, viewer: Viewer, cited: Mapping[int, str], level: int, reach: Reach
) -> Iterator[tuple[Link, _Met]]:
    """What cites the documents, by id, the newest first and no more than can fit."""
    alone = select(Meaning.cited_id, Meaning.document_id).where(Meaning.document_id.in_(cited), no_other(viewer))
    meant = {row.cited_id: row.document_id for row in session.execute(alone)}
    newest = (  # within the index: the documents themselves are looked at only for these
        select(DocumentReference.id)
        .where(
            DocumentReference.cited_id.in_(meant),
            DocumentReference.relation.in_(sorted(reach.relations)),
            DocumentReference.citing_state.in_(sorted(viewer.sees)),
        )
        .order_by(*NEWEST_FIRST)
        .limit(4 * reach.most)  # some cite what is in the chain already
    )
    cites = (
        select(DocumentReference.document_id, DocumentReference.relation, DocumentReference.cited_id)
        .join(Document, Document.id == DocumentReference.document_id)
        .where(DocumentReference.id.in_(newest.scalar_subquery()), seen_by(viewer))
        .order_by(*NEWEST_FIRST)
    )
    for row in session.execute(cites):
        if row.document_id != meant[row.cited_id]:
            met = _Met(f"vb-{row.document_id}", level, row.document_id)
            yield Link(met.key, cited[meant[row.cited_id]], Relation(row.relation)), met


def _node(met: _Met, held: Mapping[int, Card]) -> Node:
    if met.cited:
        return Node(
            key=met.key,
            level=met.level,
            status=met.status,
            number=met.cited.number,
            kind=met.cited.kind,
            issued_on=met.cited.issued_on,
            issuer=met.cited.issuer,
            subject=met.cited.name,
            cited_key=met.cited.key if met.status == Status.MISSING else None,
        )
    document = held[met.document_id or 0]
    return Node(
        key=met.key,
        level=met.level,
        status=met.status,
        number=document.number,
        kind=document.kind,
        issued_on=document.issued_on,
        issuer=document.issuer,
        subject=document.subject or document.file_name,
        document_id=document.id,
        state=document.state,
    )
