"""Which bodies took over from which, by `ingest/rules`: the work of one that ended, and the provinces that merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from archive.bodies import Home, body_key, slug
from ingest import rules

_ANYWHERE = Home(None, None)
_Seat = tuple[str, str]  # the key of what a body is, and of where: ("so-tttt", "tien-giang")


@dataclass(frozen=True, slots=True)
class Kin:
    """The bodies, by the names they issued under, that came before one and that came after it."""

    predecessors: tuple[str, ...]
    successors: tuple[str, ...]


def kin(name: str, among: Iterable[str]) -> Kin:
    """Return which of the names are those of the body's predecessors and successors, in their order."""
    seat, names = _seat(name), tuple(among)
    later = _later(seat)
    return Kin(
        tuple(other for other in names if seat in _later(_seat(other))),
        tuple(other for other in names if _seat(other) in later),
    )


@lru_cache(maxsize=10_000)
def _seat(name: str) -> _Seat:
    key = body_key(name, _ANYWHERE) or ""
    known = (base for base in _bodies() if key == base or key.startswith(f"{base}-"))
    base = max(known, key=len, default=key)
    return base, key[len(base) + 1 :]


@lru_cache(maxsize=10_000)
def _later(seat: _Seat) -> frozenset[_Seat]:
    bodies, places = _with_later(seat[0], _bodies()), _with_later(seat[1], _places())
    return frozenset((body, place) for body in bodies for place in places) - {seat}


def _with_later(key: str, following: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    found, coming = {key}, [key]
    while coming:
        new = set(following.get(coming.pop(), ())) - found
        found |= new
        coming += new
    return frozenset(found)


@cache
def _bodies() -> Mapping[str, tuple[str, ...]]:
    """Every body's key → those of the bodies that took its work over."""
    return {_key(row["name"]): tuple(map(_key, row.get("successors", ()))) for row in rules.load("bodies")["body"]}


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """Every province's key → that of the one it became part of."""
    merged = (row for row in rules.load("provinces")["province"] if "successor" in row)
    return {slug(row["name"]): (slug(row["successor"]),) for row in merged}


def _key(name: str) -> str:
    return body_key(name, _ANYWHERE) or slug(name)
