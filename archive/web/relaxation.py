"""Query relaxation: what to try when nothing was found. Only searches that find something are offered."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, NamedTuple

from archive import finding
from archive.instance import Instance
from archive.search import Clause, Filters, Query, find_number, parse
from archive.web.search_address import SearchAddress
from archive.workflow import Viewer

Loss = Literal["condition", "conditions", "phrases", "fields", "words", "rest"]

_READ_FIELDS = ("number", "kind", "issuer", "subject", "signer")  # whose words stand in the text, too
_MOST_WORDS = 10  # of a query that are tried one by one
_OFFERED = 4  # searches with fewer words


@dataclass(frozen=True, slots=True)
class Wider:
    """A wider search: what it leaves out (`rest`: all but `what`), its address, how many documents it finds."""

    loss: Loss
    what: str
    address: str
    total: int


class _Try(NamedTuple):
    loss: Loss
    what: str
    clauses: tuple[Clause, ...]
    filters: Filters


def relaxed(instance: Instance, viewer: Viewer, address: SearchAddress) -> tuple[Wider, ...]:
    """Return the wider searches to offer the viewer, nearest first; each finds something."""

    def total(clauses: Iterable[Clause], filters: Filters) -> int:
        return finding.count(instance, viewer, str(Query(tuple(clauses))), filters)

    def finding_any(tries: Iterable[_Try]) -> Iterator[Wider]:
        for one in tries:
            if found := total(one.clauses, one.filters):
                yield Wider(one.loss, one.what, address.other(str(Query(one.clauses)), one.filters), found)

    clauses = parse(address.text).clauses[:_MOST_WORDS]
    wider = [*finding_any(_fewer_conditions(clauses, address))]
    wider += islice(finding_any(_fewer_words(clauses, address.filters)), _OFFERED)
    less = (*_serial(address.text), *_known_words(clauses, total))
    return tuple(wider or islice(finding_any(less), _OFFERED))


def _serial(text: str) -> Iterator[_Try]:
    number = find_number(text)
    if number:
        serial = Clause(number.serial, "number")
        yield _Try("rest", str(serial), (serial,), Filters())


def _fewer_conditions(clauses: tuple[Clause, ...], address: SearchAddress) -> Iterator[_Try]:
    conditions = list(address.conditions())
    if len(conditions) > 1:
        for label, without in conditions:
            yield _Try("condition", label, clauses, without)
    if conditions:
        yield _Try("conditions", "", clauses, Filters())


def _fewer_words(clauses: tuple[Clause, ...], filters: Filters) -> Iterator[_Try]:
    loose = _loosened(clauses)
    if loose != clauses:
        yield _Try("phrases", "", loose, filters)
    anywhere = tuple(replace(clause, field=None) if clause.field in _READ_FIELDS else clause for clause in clauses)
    if anywhere != clauses:
        yield _Try("fields", "", anywhere, filters)
    if len(loose) > 1:
        for at, clause in enumerate(loose):
            yield _Try("words", str(clause), loose[:at] + loose[at + 1 :], filters)


def _known_words(clauses: tuple[Clause, ...], total: Callable[[Iterable[Clause], Filters], int]) -> Iterator[_Try]:
    """Without all words that the archive has nowhere; or each word alone."""
    wanted = tuple(clause for clause in _loosened(clauses) if not clause.excluded)
    known = tuple(clause for clause in wanted if total([clause], Filters()))
    unknown = " ".join(str(clause) for clause in wanted if clause not in known)
    if unknown and known:
        yield _Try("words", unknown, known, Filters())
    for clause in known:
        yield _Try("rest", str(clause), (clause,), Filters())


def _loosened(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses with the words of wanted phrases apart."""
    return tuple(word for clause in clauses for word in _words(clause))


def _words(clause: Clause) -> tuple[Clause, ...]:
    if not clause.quoted or clause.excluded or clause.field:
        return (clause,)
    return tuple(replace(clause, text=word, quoted=False) for word in clause.text.split())
