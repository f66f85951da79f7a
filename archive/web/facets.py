"""The facets of what was found as the search page shows them: values to choose, each with its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from archive.bodies import Authority
from archive.search import FacetCount
from archive.web import wording
from archive.web.search_address import SearchAddress

_FEW = 6  # values shown of a facet until all are asked for
_NOT_WORTH_HIDING = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how it is shown, how many documents have it, and the address with it added or taken away."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the values to show, chosen ones among them; `more` is how many values are not shown.

    `predecessors` and `successors` are values that can be added: the bodies that came before and after those chosen.
    `pages` are the names of the bodies chosen with the addresses of their pages.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: int
    predecessors: tuple[Choice, ...] = ()
    successors: tuple[Choice, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()


def facets(address: SearchAddress, counts: Mapping[str, Sequence[FacetCount]], bodies: Authority) -> tuple[Facet, ...]:
    """Return the facets that have something to choose: the years, drawn as a histogram, are not among them."""
    made = (_facet(address, name, counts.get(name, ()), bodies) for name in wording.FACETS if name != "year")
    return tuple(facet for facet in made if facet.choices)


def _facet(address: SearchAddress, name: str, counts: Sequence[FacetCount], bodies: Authority) -> Facet:
    chosen = address.chosen(name)
    if name == "state" and len(counts) < 2 and not chosen:
        return Facet(name, wording.FACETS[name], (), 0)  # nothing to choose between
    few = len(counts) if address.unfolded == name or len(counts) <= _FEW + _NOT_WORTH_HIDING else _FEW
    absent = set(chosen).difference(count.value for count in counts) if chosen else set()
    listed = [FacetCount(value, 0) for value in chosen if value in absent] + list(counts[:few])
    listed += [count for count in counts[few:] if count.value in chosen] if chosen else []
    choices = tuple(_choice(address, name, count) for count in listed)
    more = len(counts) + len(absent) - len(listed)
    facet = Facet(name, wording.FACETS[name], choices, more)
    return _of_bodies(facet, address, counts, bodies) if name == "issuer" and chosen else facet


def _of_bodies(facet: Facet, address: SearchAddress, counts: Sequence[FacetCount], bodies: Authority) -> Facet:
    """Return the facet with what there is about the bodies chosen: their pages, and the bodies before and after."""
    before, after = _kin(address, counts, bodies)
    held = [choice.label for choice in facet.choices if choice.chosen and choice.count]
    pages = ((name, url_for("bodies.body", key=bodies.record_of(name))) for name in held)
    return replace(facet, predecessors=before, successors=after, pages=tuple(pages))


def _kin(
    address: SearchAddress, counts: Sequence[FacetCount], bodies: Authority
) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Return the bodies that came before those chosen, and those that came after, where not chosen themselves."""
    others = {count.value: count for count in counts if count.value not in address.filters.issuer}
    kin = [bodies.kin(name, others) for name in address.filters.issuer]
    before = dict.fromkeys(name for one in kin for name in one.predecessors)
    after = dict.fromkeys(name for one in kin for name in one.successors if name not in before)
    return (
        tuple(_choice(address, "issuer", others[name]) for name in before),
        tuple(_choice(address, "issuer", others[name]) for name in after),
    )


def _choice(address: SearchAddress, facet: str, count: FacetCount) -> Choice:
    label, chosen = wording.facet_value(facet, count.value), count.value in address.chosen(facet)
    return Choice(label, count.count, address.toggled(facet, count.value), chosen)
