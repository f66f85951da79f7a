"""The authority list: the bodies as the rules know them, with what staff say of them laid over.

Documents and citations keep the key of the name that they bear. Which record a key belongs to is looked up when it is
asked for, so that renaming or merging bodies changes nothing in documents, citations and index.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.bodies import known
from archive.bodies.changes import Change, Said, read, standing_events
from archive.bodies.keys import body_key
from archive.bodies.known import NOWHERE, Level, Link
from archive.catalogue.models import Event
from archive.history import about_bodies

_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Kin:
    """The bodies, by the names they issued under, that came before one and that came after it."""

    predecessors: tuple[str, ...]
    successors: tuple[str, ...]


class Authority:
    """The list as it stands with the things that staff say; a body is named by any of its keys, and told by its record.

    Kept in memory for as long as nothing more is said: see `authority`.
    """

    def __init__(self, said: Iterable[Said] = ()) -> None:
        self._all = tuple(said)
        self._into = dict(pair for one in self._all for pair in _variants(one))
        self._closures: dict[tuple[str, bool], frozenset[str]] = {}

    def record(self, key: str) -> str:
        """Return the key of the record that the key belongs to: itself, unless staff made it a variant of another."""
        while key in self._into:
            key = self._into[key]
        return key

    def readdressed(self, address: str) -> str:
        """Return an address that ends with a body's key as it is since that body was made a variant of another."""
        variants = (key for key in self._into if f"-{address}".endswith(f"-{key}"))
        variant = max(variants, key=len, default="")
        return f"{address.removesuffix(variant)}{self.record(variant)}" if variant else address

    def record_of(self, name: str) -> str:
        """Return the key of the record of a body named in full; empty when there is no name."""
        return self.record(body_key(name, NOWHERE) or "")

    def keys(self, key: str) -> frozenset[str]:
        """Return every key that belongs to the record of the body."""
        record = self.record(key)
        return frozenset({record}) | self._variants.get(record, frozenset())

    def said(self, key: str) -> tuple[Said, ...]:
        """Return what staff say of the body, under whichever of its keys, in the order it was said."""
        return self._by_record.get(self.record(key), ())

    @property
    def records(self) -> frozenset[str]:
        """The keys of the records of which staff say anything."""
        return frozenset(self._by_record)

    @property
    def has_variants(self) -> bool:
        """Whether staff made any name a variant of another body's."""
        return bool(self._into)

    @cached_property
    def renamed(self) -> frozenset[str]:
        """The keys of the records to which staff gave a title or variants: documents may bear other names."""
        titled = (self.record(one.body) for one in self._all if one.change == Change.TITLE)
        return frozenset({*titled, *self._variants})

    def title(self, key: str) -> str | None:
        """Return the name by which staff have the body shown, else that of the rules; None when neither knows it."""
        titles = (one.text for one in reversed(self.said(key)) if one.change == Change.TITLE)
        return next(titles, None) or known.name(self.record(key))

    def names(self, key: str) -> tuple[Said, ...]:
        """Return the names that staff say the body bears or bore."""
        return tuple(one for one in self.said(key) if one.change in {Change.TITLE, Change.NAME})

    def symbols(self, key: str) -> tuple[str, ...]:
        """Return the symbols that the numbers of the body's documents carry."""
        added = (one.text or "" for one in self.said(key) if one.change == Change.SYMBOL)
        return tuple(dict.fromkeys([*known.symbols(self.record(key)), *added]))

    def level(self, key: str) -> Level:
        """Return of what the body is."""
        levels = (Level(one.text) for one in reversed(self.said(key)) if one.change == Change.LEVEL and one.text)
        return next(levels, known.level(self.record(key)))

    def successors(self, key: str) -> tuple[Link, ...]:
        """Return the bodies to which the body's work went at one step."""
        return self._links(key, known.successors, self._handed_on, self._severed)

    def predecessors(self, key: str) -> tuple[Link, ...]:
        """Return the bodies whose work came to the body at one step."""
        severed = frozenset((later, earlier) for earlier, later in self._severed)
        return self._links(key, known.predecessors, self._taken_over, severed)

    def later(self, key: str) -> frozenset[str]:
        """Return all that the body's work went to, over any number of steps."""
        return self._closure(self.record(key), forward=True)

    def earlier(self, key: str) -> frozenset[str]:
        """Return all whose work came to the body, over any number of steps."""
        return self._closure(self.record(key), forward=False)

    def line(self, key: str) -> frozenset[str]:
        """Return the body with all that came before and after it."""
        return frozenset({self.record(key)}) | self.earlier(key) | self.later(key)

    def kin(self, name: str, among: Iterable[str]) -> Kin:
        """Return which of the names are those of the body's predecessors and successors, in their order."""
        record, others = self.record_of(name), [(other, self.record_of(other)) for other in among]
        earlier, later = self.earlier(record), self.later(record)
        return Kin(
            tuple(other for other, its in others if its in earlier),
            tuple(other for other, its in others if its in later),
        )

    def one_took_over(self, one: str, other: str) -> bool:
        """Return whether of two bodies of one province one took over the other's work, perhaps by way of others."""
        one, other = self.record(one), self.record(other)
        return other in self.earlier(one) | self.later(one) and known.can_share_a_province(one, other)

    @cached_property
    def _variants(self) -> Mapping[str, frozenset[str]]:
        variants: dict[str, set[str]] = defaultdict(set)
        for key in self._into:
            variants[self.record(key)].add(key)
        return {record: frozenset(keys) for record, keys in variants.items()}

    @cached_property
    def _by_record(self) -> Mapping[str, tuple[Said, ...]]:
        found: dict[str, tuple[Said, ...]] = {}
        for one in self._all:
            others = (one.other,) if one.change in {Change.SUCCESSOR, Change.SEVERED} else ()
            for key in {self.record(key) for key in (one.body, *others) if key}:
                found[key] = (*found.get(key, ()), one)
        return found

    @cached_property
    def _handed_on(self) -> Mapping[str, tuple[Link, ...]]:
        return self._handed(lambda one: (one.body, one.other))

    @cached_property
    def _taken_over(self) -> Mapping[str, tuple[Link, ...]]:
        return self._handed(lambda one: (one.other, one.body))

    def _handed(self, way: Callable[[Said], tuple[str | None, str | None]]) -> Mapping[str, tuple[Link, ...]]:
        links: dict[str, tuple[Link, ...]] = {}
        for one in self._all:
            start, end = way(one)
            if one.change == Change.SUCCESSOR and start and end:
                links[self.record(start)] = (*links.get(self.record(start), ()), Link(end, one.since))
        return links

    @cached_property
    def _severed(self) -> frozenset[tuple[str, str]]:
        """The pairs of records of which the last word of staff is that the second did not take over from the first."""
        last: dict[tuple[str, str], Change] = {}
        for one in self._all:
            if one.change in {Change.SUCCESSOR, Change.SEVERED} and one.other:
                last[self.record(one.body), self.record(one.other)] = one.change
        return frozenset(pair for pair, change in last.items() if change == Change.SEVERED)

    def _links(
        self,
        key: str,
        ruled: Callable[[str], tuple[Link, ...]],
        told: Mapping[str, tuple[Link, ...]],
        severed: frozenset[tuple[str, str]],
    ) -> tuple[Link, ...]:
        record = self.record(key)
        links = [*(link for one in sorted(self.keys(record)) for link in ruled(one)), *told.get(record, ())]
        found = {self.record(link.key): Link(self.record(link.key), link.since) for link in links}
        return tuple(link for other, link in found.items() if other != record and (record, other) not in severed)

    def _closure(self, record: str, *, forward: bool) -> frozenset[str]:
        if (record, forward) not in self._closures:
            step = self.successors if forward else self.predecessors
            found, coming = {record}, [record]
            while coming:
                new = {link.key for link in step(coming.pop())} - found
                found |= new
                coming += new
            self._closures[record, forward] = frozenset(found - {record})
        return self._closures[record, forward]


def _variants(one: Said) -> Iterator[tuple[str, str]]:
    """The key that what is said makes a variant, with the key of the body that it then is."""
    if one.other and one.other != one.body:
        if one.change == Change.MERGE:
            yield one.body, one.other
        elif one.change in {Change.TITLE, Change.NAME}:
            yield one.other, one.body


_lists: dict[str, Authority] = {}  # by the seal of the last event about bodies


def authority(session: Session) -> Authority:
    """Return the list as it now stands.

    A seal vouches for all events before its own: two lists with the same last event are one, in whatever archive.
    """
    last = session.scalar(select(Event.digest).where(about_bodies()).order_by(Event.id.desc()).limit(1)) or ""
    listed = _lists.get(last)
    if listed is None:
        if len(_lists) >= _REMEMBERED:
            _lists.clear()
        listed = _lists[last] = Authority(map(read, standing_events(session).values()))
    return listed
