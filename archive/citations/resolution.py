"""Which held documents a citation means, kept level with the catalogue: for each way of citing, the documents it can.

References that say the same are one `Cited` row, and `Meaning` leads from it to documents: so a law that arrives is
tied to its ten thousand citers by the few ways in which they cite it. `Tally` counts the citers of each way, and
`Missing` ranks, for each clearance, what is cited and not held. All of it follows from documents and their readings.
"""

import gc
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from archive.bodies import Authority, authority, home
from archive.catalogue.database import Catalogue
from archive.catalogue.facts import FileRole
from archive.catalogue.models import (
    BodyTally,
    Cited,
    Document,
    DocumentFile,
    DocumentReference,
    Meaning,
    Mismatch,
    Tally,
)
from archive.catalogue.statements import insert_all, slices
from archive.citations import mismatches
from archive.citations.corrections import laid_over, standing
from archive.citations.identity import Identity, held, issuer_of, listed, means, title_key
from archive.citations.ranking import count, count_all, count_bodies, rank, rank_all
from archive.citations.ways import Said, Way, said, under_records
from ingest.record import Reference


def settle(session: Session, document_ids: Collection[int]) -> None:
    """Update what the documents cite, and which citations mean them, after they came or changed in any way.

    Call it in the transaction that wrote them, their rows flushed. The cost grows with the number of their references
    and of the ways in which others cite them, not with the archive.
    """
    touched = _withdraw(session, document_ids)
    touched |= _enter(session, document_ids)
    rank(session, touched)
    mismatches.note(session, touched, document_ids)


def catch_up(catalogue: Catalogue) -> int:
    """Settle every document that has changed since it was settled, or never was; return how many."""
    with catalogue.reading() as session:
        behind = session.scalars(select(Document.id).where(Document.traced_version < Document.version)).all()
    for some in slices(behind):
        with catalogue.session() as session:
            settle(session, some)
    return len(behind)


def leave(session: Session, document_ids: Collection[int]) -> None:
    """Take away what the documents cite and what is known to mean them; call it before their rows are deleted."""
    touched = _withdraw(session, document_ids)
    rank(session, touched)
    mismatches.note(session, touched, document_ids)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: what is made by the million has no cycles, and a third of the time went there."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_without_collection()
def settle_all(session: Session) -> int:
    """Settle every document from scratch, as after a change of the rules about bodies; return how many there are."""
    for table in (Mismatch, DocumentReference, Meaning, Tally, BodyTally, Cited):
        session.execute(delete(table))
    ids = session.scalars(select(Document.id).order_by(Document.id)).all()
    bodies: Counter[tuple[str | None, str | None, str]] = Counter()
    _name(session, ids)  # all of them before what any of them cites
    for some in slices(ids, _AT_ONCE):
        bodies.update(_enter_anew(session, some))
    count_all(session)
    count_bodies(session, bodies)
    rank_all(session)
    mismatches.note_all(session)
    return len(ids)


_AT_ONCE = 5_000  # documents settled: the more, the seldomer their ways are looked for among all others
_REFERENCES = msgspec.json.Decoder(tuple[Reference, ...])
_CITES = (
    select(Cited.id, Cited.called, Cited.body, DocumentReference.citing_state, Document.body_key)
    .join(DocumentReference.cited)
    .join(Document, Document.id == DocumentReference.document_id)
)


@dataclass(frozen=True, slots=True)
class _Citing:
    """A document that cites: its body, and its state and day, as its references repeat them; and what it cites."""

    id: int
    body: str | None
    state: str
    day: date | None
    cites: tuple[Said, ...]


def _withdraw(session: Session, document_ids: Collection[int]) -> set[int]:
    """Take the documents out of everything derived; return the ids of the ways of citing that are concerned."""
    touched: set[int] = set()
    for some in slices(document_ids):
        cites = session.execute(_CITES.where(DocumentReference.document_id.in_(some))).all()
        count(session, {pair: -times for pair, times in Counter((row.id, row.citing_state) for row in cites).items()})
        bodies = Counter((row.body_key, issuer_of(row.called, row.body), row.citing_state) for row in cites)
        count_bodies(session, {named: -times for named, times in bodies.items()})
        session.execute(delete(DocumentReference).where(DocumentReference.document_id.in_(some)))
        meant = Meaning.document_id.in_(some)
        touched.update(row.id for row in cites)
        touched.update(session.scalars(select(Meaning.cited_id).where(meant)))
        session.execute(delete(Meaning).where(meant))
    return touched


def _enter(session: Session, document_ids: Collection[int]) -> set[int]:
    """Write what the documents cite, and which ways of citing mean them; return the ids of the ways concerned."""
    _name(session, document_ids)
    citing, ids, new = _cite(session, document_ids)
    count(session, Counter((ids[cited.way], one.state) for one in citing for cited in one.cites))
    count_bodies(session, Counter(_bodies(citing)))
    meanings = {*meant_of(session, document_ids), *meant_by(session, new, set(document_ids))}
    note(session, meanings)
    return {*ids.values(), *(way for way, _ in meanings)}


def _enter_anew(session: Session, document_ids: Collection[int]) -> Counter[tuple[str | None, str | None, str]]:
    """Write what the documents cite, and which held ones that means, all of them named; return `_bodies`, counted."""
    citing, _, new = _cite(session, document_ids)
    note(session, set(meant_by(session, new)))
    return Counter(_bodies(citing))


def _cite(session: Session, document_ids: Collection[int]) -> tuple[list[_Citing], dict[Way, int], dict[Way, int]]:
    """Write what the documents cite; return it with the ids of its ways, and of those among them that are new."""
    citing = _read(session, document_ids)
    ids, new = _ways(session, dict.fromkeys(cited.way for one in citing for cited in one.cites).keys())
    _write(session, citing, ids)
    return citing, ids, new


def _bodies(citing: Iterable[_Citing]) -> Iterator[tuple[str | None, str | None, str]]:
    """Yield for each reference the body that makes it, the one whose document it cites, and the state it counts in."""
    for one in citing:
        yield from ((one.body, issuer_of(cited.way.called, cited.way.body), one.state) for cited in one.cites)


def note(session: Session, meanings: Iterable[tuple[int, int]]) -> None:
    """Write which documents ways of citing mean: the ids of each pair, none of which is known yet."""
    insert_all(session, Meaning, [{"cited_id": way, "document_id": document} for way, document in meanings])


def _name(session: Session, document_ids: Collection[int]) -> None:
    """Note which bodies issued the documents, by which titles laws are cited, and that all are settled as they are."""
    header = (Document.issuer, Document.superior, Document.place)
    for some in slices(document_ids):
        these = Document.id.in_(some)
        rows = session.execute(
            select(Document.id, Document.version, Document.kind, Document.subject, *header).where(these)
        )
        named = [
            {
                "id": row.id,
                "traced_version": row.version,
                "title_key": title_key(row.kind, row.subject),
                "body_key": home(row.issuer, row.superior, row.place).body,
            }
            for row in rows
        ]
        session.execute(update(Document), named)


def _read(session: Session, document_ids: Collection[int]) -> list[_Citing]:
    """What the documents cite: what their originals were read to, with staff's corrections laid over it."""
    citing: dict[int, _Citing] = {}
    header = (Document.issuer, Document.superior, Document.place)
    read = DocumentFile.reading["references"].as_string().label("read")
    question = (
        select(Document.id, Document.state, Document.year, Document.issued_on, *header, read)
        .join(Document.files)
        .where(DocumentFile.role == FileRole.ORIGINAL)
        .order_by(DocumentFile.id)
    )
    corrections, bodies = standing(session, document_ids), authority(session)
    for some in slices(document_ids):
        for row in session.execute(question.where(Document.id.in_(some))):
            origin = home(row.issuer, row.superior, row.place)
            cites = said(_REFERENCES.decode(row.read or "[]"), origin, row.year)
            if row.id in corrections:
                cites = laid_over(cites, corrections[row.id], origin, row.year)
            cites = under_records(cites, bodies)
            citing.setdefault(row.id, _Citing(row.id, origin.body, row.state, row.issued_on, cites))
    return list(citing.values())


def _ways(session: Session, ways: Set[Way]) -> tuple[dict[Way, int], dict[Way, int]]:
    """Return the ids of the rows of these ways, and among them those of the rows that were not there before."""
    ids: dict[Way, int] = {}
    for some in slices({way.key for way in ways}):
        ids.update((Way._make(row), id_) for row, id_ in _rows(session, Cited.key.in_(some)) if row in ways)
    last = session.scalar(select(func.max(Cited.id))) or 0  # nobody else writes meanwhile
    new = {way: id_ for id_, way in enumerate((way for way in ways if way not in ids), last + 1)}
    insert_all(session, Cited, [{"id": id_, **way._asdict()} for way, id_ in new.items()])
    return ids | new, new


def known_ways(session: Session, which: ColumnElement[bool]) -> dict[Way, int]:
    """Return the ways of citing for which a term about `Cited` holds, with the ids of their rows."""
    return {Way._make(way): id_ for way, id_ in _rows(session, which)}


def _rows(session: Session, which: ColumnElement[bool]) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Yield the columns of each way of citing for which the term holds, which equal a `Way`, with the id of its row."""
    ways = select(*(getattr(Cited, column) for column in Way._fields), Cited.id).where(which)
    for row in session.connection().execute(ways):  # past the ORM, which takes as long again
        yield row[:-1], row[-1]


def _write(session: Session, citing: Iterable[_Citing], ids: Mapping[Way, int]) -> None:
    rows = [
        {
            "document_id": one.id,
            "ordinal": ordinal,
            "cited_id": ids[cited.way],
            "relation": cited.relation,
            "mentions": cited.mentions,
            "citing_state": one.state,
            "citing_day": one.day,
        }
        for one in citing
        for ordinal, cited in enumerate(one.cites)
    ]
    insert_all(session, DocumentReference, rows)


def meant_of(session: Session, document_ids: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the id of each way of citing, of all there are, that can mean one of the documents, with that one's."""
    bodies = authority(session)
    for some in slices(document_ids):
        identities = _identities(session, Document.id.in_(some), bodies)
        ways = _called(session, identities.keys(), bodies)
        for called, documents in identities.items():
            for document, identity in documents:
                yield from ((way, document) for way, told in ways[called] if means(told, identity, bodies))
        chosen = session.execute(select(Cited.id, Cited.chosen_id).where(Cited.chosen_id.in_(some)))
        yield from ((way, document) for way, document in chosen if document)


def meant_by(
    session: Session, ways: Mapping[Way, int], known: Collection[int] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Yield the number that is given to a way of citing with the id of each held document, not known, it can mean."""
    bodies = authority(session)
    by_name: dict[str, list[tuple[Identity, int]]] = defaultdict(list)
    for way, id_ in ways.items():
        if way.chosen_id is None:
            by_name[way.called].append((listed(way.identity, bodies), id_))
        elif way.chosen_id not in known and session.scalar(select(Document.id).where(Document.id == way.chosen_id)):
            yield id_, way.chosen_id
    for some in slices(by_name):
        for term in (Document.number_key.in_(some), Document.title_key.in_(some)):
            for called, documents in _identities(session, term, bodies).items():
                for document, identity in documents:
                    if document not in known:
                        yield from ((id_, document) for told, id_ in by_name[called] if means(told, identity, bodies))


def _identities(
    session: Session, which: ColumnElement[bool], bodies: Authority
) -> dict[str, list[tuple[int, Identity]]]:
    """What held documents are called → their ids and identities."""
    header = (Document.issuer, Document.superior, Document.place)
    named = (Document.number_key, Document.title_key, Document.year, Document.issued_on)
    found: dict[str, list[tuple[int, Identity]]] = defaultdict(list)
    for row in session.execute(select(Document.id, *named, *header).where(which)):
        origin = home(row.issuer, row.superior, row.place)
        for identity in held(row.number_key, row.title_key, row.year, row.issued_on, origin):
            found[identity.called].append((row.id, listed(identity, bodies)))
    return found


def _called(session: Session, names: Collection[str], bodies: Authority) -> dict[str, list[tuple[int, Identity]]]:
    """What documents are called → the ways of citing them so of which staff have not said what they mean."""
    found: dict[str, list[tuple[int, Identity]]] = defaultdict(list)
    told = (getattr(Cited, column) for column in Identity._fields)
    open_ones = select(Cited.id, *told).where(Cited.chosen_id.is_(None))
    for some in slices(names):
        for id_, *identity in session.connection().execute(open_ones.where(Cited.called.in_(some))):
            one = listed(Identity._make(identity), bodies)
            found[one.called].append((id_, one))
    return found
