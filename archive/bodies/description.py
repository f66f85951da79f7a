"""A body as its page tells it, and the list of all: what rules, staff and the documents that a viewer may see know."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from archive.bodies import known
from archive.bodies.authority import Authority, authority
from archive.bodies.known import Level, Link
from archive.catalogue import queries
from archive.catalogue.facts import NameBorne
from archive.errors import NotHeld
from archive.workflow import Viewer
from ingest.orthography import fold

_MOST = 10  # of the bodies cited, and of those that cite


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body in one line: its documents, and the first and last year of those dated."""

    key: str
    title: str
    level: Level
    documents: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a body bears or bore: on how many documents, of which years; and when, as staff say it."""

    name: str
    documents: int = 0
    first: int | None = None
    last: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A body to which another stands somehow: since when, or how often, where either is told."""

    key: str
    title: str
    since: date | None = None
    citers: int = 0


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """All that a body's page shows. `issued` maps year and kind to the number of documents."""

    key: str
    title: str
    level: Level
    symbols: tuple[str, ...]
    names: tuple[Name, ...]
    predecessors: tuple[Related, ...]
    successors: tuple[Related, ...]
    issued: Mapping[tuple[int | None, str | None], int]
    cites: tuple[Related, ...]
    cited_by: tuple[Related, ...]

    @property
    def documents(self) -> int:
        """How many documents the body issued."""
        return sum(self.issued.values())

    @property
    def line(self) -> BodyLine:
        """The body in one line."""
        years = [year for year, _ in self.issued if year]
        first, last = min(years, default=None), max(years, default=None)
        return BodyLine(self.key, self.title, self.level, self.documents, first, last)

    @property
    def borne(self) -> tuple[str, ...]:
        """The names that its documents bear."""
        return tuple(one.name for one in self.names if one.documents)


@dataclass(frozen=True, slots=True)
class Named:
    """A body that a search names; `borne` are the names on documents of it and of those whose work came to it."""

    key: str
    title: str
    predecessors: tuple[Related, ...]
    borne: tuple[str, ...]


def body(session: Session, viewer: Viewer, key: str) -> BodyFacts:
    """Return the body of any of its keys. Raises NotHeld when nothing that the viewer may see tells of it."""
    bodies = authority(session)
    record, keys = bodies.record(key), bodies.keys(key)
    borne = queries.names_borne(session, viewer, keys)
    before, after = bodies.predecessors(record), bodies.successors(record)
    cites = _by_record(bodies, queries.cited_by_bodies(session, viewer, keys))
    cited_by = _by_record(bodies, queries.citing_bodies(session, viewer, keys))
    others = {*(link.key for link in (*before, *after)), *cites, *cited_by} - {record}
    names = {**titles(session, viewer, others), **_title(session, viewer, record, borne)}
    if record not in names:
        raise NotHeld("Kho không biết cơ quan này; hãy tìm trong danh sách cơ quan.")
    return BodyFacts(
        key=record,
        title=names[record],
        level=bodies.level(record),
        symbols=bodies.symbols(record),
        names=_names(bodies, record, borne),
        predecessors=_linked(before, names),
        successors=_linked(after, names),
        issued=queries.issued(session, viewer, keys),
        cites=_counted(cites, names),
        cited_by=_counted(cited_by, names),
    )


def bodies(session: Session, viewer: Viewer, words: str = "", level: Level | None = None) -> tuple[BodyLine, ...]:
    """Return the bodies, of the level or of all, of which a name or symbol has all the words; most documents first."""
    listed = authority(session)
    borne: dict[str, list[NameBorne]] = defaultdict(list)
    for name in queries.names_borne(session, viewer):
        borne[listed.record(name.key)].append(name)
    records = {*borne, *listed.records, *map(listed.record, known.central_bodies())}
    wanted = fold(words).lower().split()
    lines = [
        _line(listed, record, borne[record])
        for record in records
        if (level is None or listed.level(record) == level) and _named(listed, record, borne[record], wanted)
    ]
    return tuple(sorted(filter(None, lines), key=lambda line: (-line.documents, line.title)))


def body_named(session: Session, viewer: Viewer, words: str) -> Named | None:
    """Return the body of which the words are a full name; None when they are none, or nothing is held of its line."""
    bodies = authority(session)
    record = bodies.record_of(words)
    before = bodies.predecessors(record)
    names = titles(session, viewer, [record, *(link.key for link in before)]) if record else {}
    if record not in names:
        return None
    line = {key for one in (record, *bodies.earlier(record)) for key in bodies.keys(one)}
    borne = tuple(dict.fromkeys(name.name for name in queries.names_borne(session, viewer, line)))
    return Named(record, names[record], _linked(before, names), borne) if borne else None


def titles(session: Session, viewer: Viewer, keys: Collection[str]) -> Mapping[str, str]:
    """Return record → title of those of the bodies of which staff, rules or what the viewer may see tell a name."""
    bodies = authority(session)
    found = {record: bodies.title(record) for record in {bodies.record(key) for key in keys}}
    unknown = {key for record, title in found.items() if title is None for key in bodies.keys(record)}
    borne = queries.names_borne(session, viewer, unknown) if unknown else ()
    for name in borne:
        found[bodies.record(name.key)] = found[bodies.record(name.key)] or name.name
    nameless = {key for key in unknown if found[bodies.record(key)] is None}
    for key, cited in queries.names_cited(session, viewer, nameless).items():
        found[bodies.record(key)] = cited
    return {record: title for record, title in found.items() if title}


def _title(session: Session, viewer: Viewer, record: str, borne: Iterable[NameBorne]) -> Mapping[str, str]:
    """The title of a body of which the names on documents are known already, under its key; nothing without one."""
    title = authority(session).title(record) or next((one.name for one in borne), None)
    return {record: title} if title else titles(session, viewer, [record])


def _line(bodies: Authority, record: str, borne: Collection[NameBorne]) -> BodyLine | None:
    title = bodies.title(record) or next((one.name for one in borne), None)
    if title is None:
        return None
    first = min((one.first for one in borne if one.first), default=None)
    last = max((one.last for one in borne if one.last), default=None)
    return BodyLine(record, title, bodies.level(record), sum(one.documents for one in borne), first, last)


def _named(bodies: Authority, record: str, borne: Iterable[NameBorne], wanted: Collection[str]) -> bool:
    if not wanted:
        return True
    said = (one.text or "" for one in bodies.names(record))
    told = (bodies.title(record) or "", *bodies.symbols(record), *known.aliases(record), *said)
    words = fold(" ".join((*told, *(one.name for one in borne)))).lower()
    return all(word in words for word in wanted)


def _names(bodies: Authority, record: str, borne: Iterable[NameBorne]) -> tuple[Name, ...]:
    """The names that documents bear, those of one spelling together, and those that staff know; the oldest first."""
    found: dict[str, Name] = {}
    for one in borne:
        with_it = found.get(one.name, Name(one.name))
        years = [year for year in (one.first, one.last, with_it.first, with_it.last) if year]
        documents = with_it.documents + one.documents
        found[one.name] = Name(one.name, documents, min(years, default=None), max(years, default=None))
    for said in bodies.names(record):
        name = said.text or ""
        with_it = found.get(name, Name(name))
        found[name] = Name(name, with_it.documents, with_it.first, with_it.last, said.since, said.until)
    return tuple(sorted(found.values(), key=_age))


def _age(name: Name) -> tuple[int, int, str]:
    begins = name.since.year if name.since else name.first
    ends = name.until.year if name.until else name.last
    return begins or 9999, ends or 9999, name.name


def _by_record(bodies: Authority, tallies: Mapping[str, int]) -> Mapping[str, int]:
    found: dict[str, int] = defaultdict(int)
    for key, citers in tallies.items():
        found[bodies.record(key)] += citers
    return dict(sorted(found.items(), key=lambda pair: -pair[1])[:_MOST])


def _linked(links: Iterable[Link], names: Mapping[str, str]) -> tuple[Related, ...]:
    return tuple(Related(link.key, names[link.key], since=link.since) for link in links if link.key in names)


def _counted(tallies: Mapping[str, int], names: Mapping[str, str]) -> tuple[Related, ...]:
    return tuple(Related(key, names[key], citers=citers) for key, citers in tallies.items() if key in names)
