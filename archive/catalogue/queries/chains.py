"""The chain of a document: what it rests on, what that rests on, and so on up; and what rests on it, down."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.facts import Card, Status
from archive.catalogue.models import Cited, DocumentReference, Meaning
from archive.catalogue.queries.documents import card, cards
from archive.catalogue.queries.meanings import meanings, no_other
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
    start = _held(card(session, viewer, document_id), 0)
    found = _Found({start.key: start})
    half = reach.most // 2 if reach.down else reach.most  # what lies above leaves room for what lies below
    _climb(session, viewer, found, start, reach, half)
    _descend(session, viewer, found, start, reach)
    return Chain(tuple(found.nodes.values()), tuple(dict.fromkeys(found.links)), found.cut)


@dataclass(slots=True)
class _Found:
    nodes: dict[str, Node]
    links: list[Link] = field(default_factory=list)
    cut: bool = False

    def add(self, node: Node, most: int) -> bool:
        """Return whether the node is in the chain now; it is not when there is no more room."""
        if node.key not in self.nodes and len(self.nodes) >= most:
            self.cut = True
            return False
        self.nodes.setdefault(node.key, node)
        return True


def _climb(  # noqa: PLR0913, PLR0917 - one level after another of the same walk
    session: Session, viewer: Viewer, found: _Found, start: Node, reach: Reach, most: int
) -> None:
    frontier = [start]
    for level in range(-1, -reach.up - 1, -1):
        known = set(found.nodes)
        for link, node in _cited(session, viewer, frontier, level, reach.relations):
            if found.add(node, most):
                found.links.append(link)
        frontier = [node for key, node in found.nodes.items() if key not in known and node.document_id]
        if not frontier:
            return


def _descend(session: Session, viewer: Viewer, found: _Found, start: Node, reach: Reach) -> None:
    frontier = [start]
    for level in range(1, reach.down + 1):
        known = set(found.nodes)
        for link, node in _citing(session, viewer, frontier, level, reach):
            if found.add(node, reach.most):
                found.links.append(link)
        frontier = [node for key, node in found.nodes.items() if key not in known]
        if not frontier:
            return


def _cited(
    session: Session, viewer: Viewer, citing: Collection[Node], level: int, relations: frozenset[Relation]
) -> Iterator[tuple[Link, Node]]:
    """What the documents cite, in reading order."""
    by_id = {node.document_id: node.key for node in citing}
    cites = (
        select(DocumentReference.document_id, DocumentReference.relation, Cited)
        .join(DocumentReference.cited)
        .where(DocumentReference.document_id.in_(by_id), DocumentReference.relation.in_(sorted(relations)))
        .order_by(DocumentReference.document_id, DocumentReference.ordinal)
    )
    rows = session.execute(cites).all()
    meant = meanings(session, viewer, {way.id for _, _, way in rows})
    for document_id, relation, way in rows:
        targets = [one for one in meant.get(way.id, ()) if one.id != document_id]
        node = _held(targets[0], level) if len(targets) == 1 else _only_cited(way, level, bool(targets))
        yield Link(by_id[document_id], node.key, Relation(relation)), node


def _citing(
    session: Session, viewer: Viewer, cited: Collection[Node], level: int, reach: Reach
) -> Iterator[tuple[Link, Node]]:
    """What cites the documents, the newest first and no more than can fit."""
    by_id = {node.document_id: node.key for node in cited}
    newest = (
        select(DocumentReference.document_id, DocumentReference.relation, Meaning.document_id.label("cited_id"))
        .join(Meaning, Meaning.cited_id == DocumentReference.cited_id)
        .where(
            Meaning.document_id.in_(by_id),
            no_other(viewer),
            DocumentReference.relation.in_(sorted(reach.relations)),
            DocumentReference.citing_state.in_(sorted(viewer.sees)),
        )
        .order_by(DocumentReference.citing_day.desc().nulls_last(), DocumentReference.id.desc())
        .limit(4 * reach.most)  # some cite what is in the chain already
    )
    rows = session.execute(newest).all()
    seen = cards(session, viewer, {row.document_id for row in rows})
    for row in rows:
        if row.document_id in seen and row.document_id != row.cited_id:
            node = _held(seen[row.document_id], level)
            yield Link(node.key, by_id[row.cited_id], Relation(row.relation)), node


def _held(document: Card, level: int) -> Node:
    return Node(
        key=f"vb-{document.id}",
        level=level,
        status=Status.RESOLVED,
        number=document.number,
        kind=document.kind,
        issued_on=document.issued_on,
        issuer=document.issuer,
        subject=document.subject or document.file_name,
        document_id=document.id,
        state=document.state,
    )


def _only_cited(way: Cited, level: int, ambiguous: bool) -> Node:
    return Node(
        key=f"dan-{way.key}",
        level=level,
        status=Status.AMBIGUOUS if ambiguous else Status.MISSING,
        number=way.number,
        kind=way.kind,
        issued_on=way.issued_on,
        issuer=way.issuer,
        subject=way.name,
        cited_key=None if ambiguous else way.key,
    )
