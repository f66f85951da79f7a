"""What `ingest/rules` know of a body, by its key: its name, symbols and level, and which bodies took over from which.

A local body is one of each province: what its row says holds in every one, and where provinces merged it went on as the
body of the province it became part of, unless its work had gone to another body.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from archive.bodies.keys import DISTRICT, Home, below_province, body_key, slug
from ingest import rules

NOWHERE = Home(None, None)
"""Where a name is said of which nothing is known but itself."""

_PROVINCIAL = re.compile(r"(?:.+-)?(?:so|tinh-uy|tinh-doan|thanh-uy)-.+|(?:.+-)?(?:ubnd|hdnd)-.+")
_IN_A_CITY = {"tỉnh": "thành phố", "Tỉnh ủy": "Thành ủy", "Tỉnh Đoàn": "Thành Đoàn"}


class Level(StrEnum):
    """Of what a body is: of the state, of a province, of a district, of a commune or a ward; or of none of these."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Link:
    """One of two bodies between which work was handed over, and the day of that as far as it is known."""

    key: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class _Seat:
    base: str  # the key of what a body is: "so-tttt"
    place: str  # and of where: "tien-giang"; empty for a central one

    @property
    def key(self) -> str:
        return f"{self.base}-{self.place}".rstrip("-")


def central_bodies() -> tuple[str, ...]:
    """Return the keys of the bodies of the state, in the order of the rules."""
    return tuple(base for base, row in _rows().items() if row["level"] == "central")


def name(key: str) -> str | None:
    """Return the full name of the body; None when the rules do not know it, or not its province."""
    seat = _seat(key)
    row = _rows().get(seat.base)
    if row is None or not seat.place:
        return row["name"] if row and row["level"] == "central" else None
    province = _provinces().get(seat.place)
    if province is None or row["level"] == "central":
        return None
    rank = "thành phố" if "city_since" in province else province["type"]
    ending = re.search(rf"\b(?:{'|'.join(_IN_A_CITY)}|Thành ủy)$", row["name"])
    if ending is None:
        return f"{row['name']} {rank} {province['name']}"
    word = ending[0] if rank == "tỉnh" else _IN_A_CITY.get(ending[0], ending[0])
    return f"{row['name'][: ending.start()]}{word} {province['name']}"


def symbols(key: str) -> tuple[str, ...]:
    """Return what the numbers of the body's documents carry."""
    row = _rows().get(_seat(key).base)
    return tuple(row.get("symbols", ())) if row else ()


def aliases(key: str) -> tuple[str, ...]:
    """Return the other ways in which running text writes the body's name, without its province."""
    row = _rows().get(_seat(key).base)
    return tuple(row.get("aliases", ())) if row else ()


def level(key: str) -> Level:
    """Return the level of the body of that key."""
    seat = _seat(key)
    row = _rows().get(seat.base)
    if row and row["level"] == "central" and not seat.place:
        return Level.CENTRAL
    if below_province(key):
        return Level.DISTRICT if DISTRICT.search(key) else Level.COMMUNE
    return Level.PROVINCE if seat.place in _provinces() or _PROVINCIAL.fullmatch(key) else Level.OTHER


def can_share_a_province(one: str, other: str) -> bool:
    """Return whether the keys of two bodies do not tell that they are of different provinces."""
    return len({_seat(one).place, _seat(other).place} & _provinces().keys()) < 2


@lru_cache(maxsize=10_000)
def successors(key: str) -> tuple[Link, ...]:
    """Return the bodies to which the body's work went at one step."""
    seat = _seat(key)
    return tuple(_of_bodies(seat, _later_bodies())) or tuple(_of_places(seat, _later_places()))


@lru_cache(maxsize=10_000)
def predecessors(key: str) -> tuple[Link, ...]:
    """Return the bodies whose work came to the body at one step."""
    seat = _seat(key)
    ended = seat.base in _later_bodies()
    return (*_of_bodies(seat, _earlier_bodies()), *(() if ended else _of_places(seat, _earlier_places())))


def _of_bodies(seat: _Seat, links: Mapping[str, tuple[Link, ...]]) -> Iterator[Link]:
    return (Link(_Seat(link.key, seat.place).key, link.since) for link in links.get(seat.base, ()))


def _of_places(seat: _Seat, links: Mapping[str, tuple[Link, ...]]) -> Iterator[Link]:
    return (Link(_Seat(seat.base, link.key).key, link.since) for link in links.get(seat.place, ()))


@lru_cache(maxsize=10_000)
def _seat(key: str) -> _Seat:
    known = (base for base in _rows() if key == base or key.startswith(f"{base}-"))
    base = max(known, key=len, default=key)
    return _Seat(base, key[len(base) + 1 :])


@cache
def _rows() -> Mapping[str, dict[str, Any]]:
    """Every body's key → its row; that of a province's body without the word tỉnh, as keys leave it out."""
    return {_base(row["name"]): row for row in reversed(rules.load("bodies")["body"])}


@cache
def _later_bodies() -> Mapping[str, tuple[Link, ...]]:
    """Every body's key → those of the bodies that took its work over."""
    return {
        _base(row["name"]): tuple(Link(_base(successor), row.get("until")) for successor in row["successors"])
        for row in rules.load("bodies")["body"]
        if "successors" in row
    }


@cache
def _later_places() -> Mapping[str, tuple[Link, ...]]:
    """Every province's key → that of the one it became part of."""
    merged = (row for row in rules.load("provinces")["province"] if "successor" in row)
    return {slug(row["name"]): (Link(slug(row["successor"]), row.get("until")),) for row in merged}


@cache
def _earlier_bodies() -> Mapping[str, tuple[Link, ...]]:
    return _turned(_later_bodies())


@cache
def _earlier_places() -> Mapping[str, tuple[Link, ...]]:
    return _turned(_later_places())


def _turned(links: Mapping[str, tuple[Link, ...]]) -> Mapping[str, tuple[Link, ...]]:
    turned: dict[str, tuple[Link, ...]] = {}
    for earlier, later in links.items():
        for link in later:
            turned[link.key] = (*turned.get(link.key, ()), Link(earlier, link.since))
    return turned


@cache
def _provinces() -> Mapping[str, dict[str, Any]]:
    return {slug(row["name"]): row for row in rules.load("provinces")["province"]}


def _base(written: str) -> str:
    return (body_key(written, NOWHERE) or slug(written)).removesuffix("-tinh")
