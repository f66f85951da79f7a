"""What a document cites, as the catalogue keeps it: each document cited once, in one way, with all its mentions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from archive.bodies import Authority, Home
from archive.citations.disagreements import Naming
from archive.citations.identity import Citation, Identity, cited, cited_key, listed
from ingest.record import Mention, Reference, Relation

_STRENGTH = {relation: place for place, relation in enumerate(Relation)}  # the strongest first


class Way(NamedTuple):
    """One way of citing, as the columns of the table `cited` but its id; a tuple, as millions of rows are compared."""

    key: str
    number: str | None
    kind: str | None
    name: str | None
    issued_on: date | None
    issuer: str | None
    subject: str | None
    called: str
    year: int | None
    body: str | None
    series: str | None
    province: str | None
    until: int | None
    chosen_id: int | None = None

    @property
    def identity(self) -> Identity:
        """What the way tells of the document it means."""
        return Identity(self.called, self.year, self.issued_on, self.body, self.series, self.province, self.until)

    @property
    def naming(self) -> Naming:
        """What the way names the document by."""
        return Naming(self.number, self.kind, self.name, self.issued_on, self.issuer, self.subject)


@dataclass(frozen=True, slots=True)
class Said:
    """A document cited: in which way, how, and where, in reading order."""

    way: Way
    relation: Relation
    mentions: tuple[Mention, ...]


def said(references: Iterable[Reference], origin: Home, year: int | None) -> tuple[Said, ...]:
    """Return the documents that references in a document of that origin and year cite.

    What surely means one document is one.
    """
    return merged(
        Said(_way(reference, origin, year), reference.relation, reference.mentions) for reference in references
    )


def under_records(cites: tuple[Said, ...], authority: Authority) -> tuple[Said, ...]:
    """Return what is cited with the keys that the records of the bodies make: variants of one body have one key."""
    if not authority.has_variants:
        return cites
    keys = (cited_key(listed(one.way.identity, authority)) for one in cites)
    return tuple(replace(one, way=one.way._replace(key=key)) for one, key in zip(cites, keys, strict=True))


def merged(cites: Iterable[Said]) -> tuple[Said, ...]:
    """Return what is cited with one key as one: the first to say a thing is believed, the strongest relation stays."""
    by_key: dict[str, Said] = {}
    for one in cites:
        known = by_key.get(one.way.key)
        by_key[one.way.key] = _joined(known, one) if known else one
    return tuple(by_key.values())


def _joined(one: Said, other: Said) -> Said:
    relation = min(one.relation, other.relation, key=_STRENGTH.__getitem__)
    mentions = sorted((*one.mentions, *other.mentions), key=lambda mention: (mention.page, mention.start))
    return Said(one.way, relation, tuple(mentions))


def _way(reference: Reference, origin: Home, year: int | None) -> Way:
    naming = (reference.number, reference.kind, reference.name, reference.issued_on, reference.issuer)
    key, told = _identified(Citation(*naming, origin, year))
    return Way(
        key, *naming, reference.subject, told.called, told.year, told.body, told.series, told.province, told.until
    )


@lru_cache(maxsize=20_000)  # the same laws and plans are cited again and again
def _identified(citation: Citation) -> tuple[str, Identity]:
    told = cited(citation)
    return cited_key(told), told
