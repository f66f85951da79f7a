"""The facets of what was found as the search page shows them: values to choose, each with its address."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.search import FacetCount
from archive.web import wording
from archive.web.search_address import SearchAddress

_FEW = 6  # values shown of a facet until all are asked for


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how it is shown, how many documents have it, and the address with it added or taken away."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the values to show, chosen ones among them; `more` is how many values are not shown."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: int


def facets(address: SearchAddress, counts: dict[str, tuple[FacetCount, ...]]) -> tuple[Facet, ...]:
    """Return the facets that have something to choose: the years, drawn as a histogram, are not among them."""
    made = (_facet(address, name, counts.get(name, ())) for name in wording.FACETS if name != "year")
    return tuple(facet for facet in made if facet.choices)


def _facet(address: SearchAddress, name: str, counts: Sequence[FacetCount]) -> Facet:
    chosen = address.chosen(name)
    if name == "state" and len(counts) < 2 and not chosen:
        return Facet(name, wording.FACETS[name], (), 0)  # nothing to choose between
    few = len(counts) if address.unfolded == name else _FEW
    absent = set(chosen).difference(count.value for count in counts)
    listed = [FacetCount(value, 0) for value in chosen if value in absent] + list(counts[:few])
    listed += [count for count in counts[few:] if count.value in chosen]
    choices = tuple(
        Choice(
            wording.facet_value(name, count.value),
            count.count,
            address.toggled(name, count.value),
            count.value in chosen,
        )
        for count in listed
    )
    return Facet(name, wording.FACETS[name], choices, len(counts) + len(absent) - len(listed))
