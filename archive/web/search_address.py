"""The address of a search: all that the search page shows is in it, so that a link, a bookmark and Back work."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, cast, get_args
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from archive.search import FACETS, Filters, Sort, parse
from archive.web import wording, years

PAGE_SIZE = 20
_DATES = {"from": "issued_from", "to": "issued_to"}


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """What is searched for, and how the results are narrowed, sorted and paged (from 1).

    `unfolded` names the facet all of whose values are shown. `notes` are Vietnamese sentences about what in an address
    could not be understood and was left out.
    """

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    page: int = 1
    unfolded: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> Self:
        """Return the search that the arguments of a request describe; what is malformed becomes a note."""
        notes: list[str] = []
        days = {name: _day(args.get(key, ""), notes) for key, name in _DATES.items()}
        chosen = {facet: tuple(dict.fromkeys(filter(None, args.getlist(facet)))) for facet in FACETS}
        chosen["year"] = _years(chosen["year"], notes)
        sort = args.get("sort", "")
        return cls(
            text=args.get("q", "").strip(),
            filters=Filters(**chosen, issued_from=days["issued_from"], issued_to=days["issued_to"]),
            sort=cast("Sort", sort) if sort in get_args(Sort) else "relevance",
            page=_page(args.get("page", "")),
            unfolded=args.get("all", "") if args.get("all", "") in FACETS else "",
            notes=tuple(notes),
        )

    @classmethod
    def of(cls, address: str) -> Self:
        """Return the search of an address as `canonical` writes it."""
        return cls.read(MultiDict(parse_qsl(address)))

    @property
    def narrowed(self) -> bool:
        """Whether anything but words narrows the search."""
        return self.filters != Filters()

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for at all."""
        return not self.text and not self.narrowed and self.sort == "relevance" and self.page == 1

    @property
    def order(self) -> Sort:
        """The order of the results: without words nothing fits better than another, and the newest come first."""
        return self.sort if self._in_words or self.sort != "relevance" else "newest"

    @property
    def _in_words(self) -> bool:
        return bool(parse(self.text).clauses)

    def pairs(self, *without: str) -> tuple[tuple[str, str], ...]:
        """Return the names and values of the address but for those named, as a form's hidden fields carry them."""
        kept = {name: values for name, values in self.arguments().items() if name not in without}
        return tuple((name, value) for name, values in kept.items() for value in values)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the values of the facet that the search is narrowed to."""
        values: tuple[str, ...] = getattr(self.filters, facet)
        return values

    def toggled(self, facet: str, value: str) -> str:
        """Return the address with the facet's value added, or taken away when it is there."""
        values = self.chosen(facet)
        changed = tuple(v for v in values if v != value) if value in values else (*values, value)
        return self._with(filters=replace(self.filters, **{facet: changed}))  # type: ignore[arg-type]  # a facet's name

    def year_clicked(self, year: str) -> str:
        """Return the address after a click on a year of the histogram: a second click makes a span of years."""
        return self._with(filters=replace(self.filters, year=years.clicked(self.filters.year, year)))

    def unfolding(self, facet: str) -> str:
        """Return the address with all values of the facet shown; with none the few most frequent of each."""
        return replace(self, unfolded=facet).url()

    def orders(self) -> Iterator[tuple[Sort, str]]:
        """Yield the orders to choose from, each with its name: those that say something of this search."""
        for sort, label in wording.SORTS.items():
            if sort == self.order or not (sort == "added" or (sort == "relevance" and not self._in_words)):
                yield sort, label

    def sorted(self, sort: Sort) -> str:
        """Return the address with the results in this order."""
        return self._with(sort=sort)

    def paged(self, page: int) -> str:
        """Return the address of another page of the results."""
        return replace(self, page=page).url()

    def anew(self, text: str) -> str:
        """Return the address of a search for other words, narrowed the same."""
        return self._with(text=text)

    def other(self, text: str, filters: Filters) -> str:
        """Return the address of a search for other words, narrowed otherwise."""
        return self._with(text=text, filters=filters)

    def widened(self) -> str:
        """Return the address with nothing narrowing the search but its words."""
        return self._with(filters=Filters())

    def chips(self) -> tuple[tuple[str, str], ...]:
        """Return what narrows the search: for each, how it is shown and the address without it."""
        return tuple((label, self._with(filters=without)) for label, without in self.conditions())

    def conditions(self) -> Iterator[tuple[str, Filters]]:
        """Yield what narrows the search, one condition after another: how it is shown, and the filters without it."""
        filters = self.filters
        for facet in FACETS:
            values = self.chosen(facet)
            for part in years.spans(values) if facet == "year" else ((value,) for value in values):
                label = years.written([wording.facet_value(facet, value) for value in part], "–")
                rest = tuple(value for value in values if value not in part)
                yield label, replace(filters, **{facet: rest})  # type: ignore[arg-type]  # a facet's name
        if filters.issued_from:
            yield _("từ %(day)s", day=wording.day(filters.issued_from)), replace(filters, issued_from=None)
        if filters.issued_to:
            yield _("đến %(day)s", day=wording.day(filters.issued_to)), replace(filters, issued_to=None)

    def canonical(self) -> str:
        """Return what makes the search this one, as an address without its `?`: one for all ways of saying the same."""
        filters = replace(self.filters, **{facet: tuple(sorted(self.chosen(facet))) for facet in FACETS})  # type: ignore[arg-type]  # facets' names
        said = replace(self, text=str(parse(self.text)), filters=filters, page=1, unfolded="")
        return urlencode(said.pairs())

    def title(self) -> str:
        """Return the search in words: what is typed, and what narrows it."""
        return ", ".join(filter(None, (self.text, *(label for label, _ in self.conditions()))))

    def url(self) -> str:
        """Return the address itself."""
        return url_for("search.search", **self.arguments())  # type: ignore[arg-type]  # takes lists for repeated names

    def _with(self, **changes: object) -> str:
        return replace(self, page=1, **changes).url()  # type: ignore[arg-type]  # the callers above name the fields

    def arguments(self) -> dict[str, list[str]]:
        """Return the names of the address with their values, as url_for takes them."""
        filters = self.filters
        named = {"q": [self.text] if self.text else [], **{facet: list(self.chosen(facet)) for facet in FACETS}}
        named["year"] = [years.written(span) for span in years.spans(filters.year)]
        named["from"] = [filters.issued_from.isoformat()] if filters.issued_from else []
        named["to"] = [filters.issued_to.isoformat()] if filters.issued_to else []
        named["sort"] = [self.sort] if self.sort != "relevance" else []
        named["page"] = [str(self.page)] if self.page > 1 else []
        named["all"] = [self.unfolded] if self.unfolded else []
        return {name: values for name, values in named.items() if values}


def _day(written: str, notes: list[str]) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        notes.append(_("Ngày “%(day)s” không dùng được; hãy viết theo dạng 2026-08-18.", day=written[:40]))
        return None


def _years(written: tuple[str, ...], notes: list[str]) -> tuple[str, ...]:
    known = {value: years.expanded(value) for value in written}
    notes += [
        _("Năm “%(year)s” không dùng được; hãy viết như 2024 hoặc 2019-2024.", year=value[:40])
        for value, meant in known.items()
        if not meant
    ]
    return tuple(dict.fromkeys(year for meant in known.values() for year in meant))


def _page(written: str) -> int:
    return min(int(written), 1_000_000) if written.isdecimal() and len(written) < 9 and int(written) > 0 else 1
