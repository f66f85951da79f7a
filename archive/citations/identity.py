"""What a citation tells of the document it means, and whether it can mean a held one.

A number alone identifies nothing: serials restart every year in every body. A citation means a document of the same
serial, symbol, year and body, as far as the citation tells them; a body named relatively (`UBND tỉnh`) is that of the
citing document's own province, and a number under a former body may be cited as its successor's. Where neither the
symbol nor the citation names a body, only a document of the citing body or of a body that is to all of its province
will do, and of the same day where both tell it. Where no year is told, no document of a later year than the citing one
will do. A law cited by name alone (`Luật An ninh mạng`) means the law of that
name.
"""

import re
from datetime import date
from typing import NamedTuple

from archive.bodies import Authority, Home, below_province, body_key, central_body, is_central, slug
from ingest import numbers

LAWS = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
"""The kinds that are cited by name alone."""

_ASSEMBLY, _COMMITTEE = "quoc-hoi", "ubtvqh"


class Citation(NamedTuple):
    """What one document says of another to name it, and where the saying document comes from."""

    number: str | None
    kind: str | None
    name: str | None
    issued_on: date | None
    issuer: str | None
    citing: Home
    citing_year: int | None


class Identity(NamedTuple):
    """What tells one document from all others, in comparable form, as far as it is known.

    `called` is `ingest.numbers.Number.key`, or the title where there is no number; `year` the one inside the number,
    else of issue; `body` and `province` are keys of `archive.bodies`. A citation that leaves its body open has `series`
    instead: the body of the citing document, in whose own series the number may be. One that leaves its year open has
    `until`: the year of the citing document, as none cites what comes later.
    """

    called: str
    year: int | None
    issued_on: date | None
    body: str | None
    series: str | None
    province: str | None
    until: int | None = None


def cited(citation: Citation) -> Identity:
    """Return what the citation tells of the document it means; what it does not need from its home stays out."""
    number = numbers.parse(citation.number or "")
    title, year = ("", None) if number else _title_and_year(citation.kind, citation.name or citation.number or "")
    if citation.issued_on:
        year = citation.issued_on.year
    if number and number.year:
        year = number.year
    named_by_itself = is_central(number.symbol_key) if number else _is_law(title)
    body = None if named_by_itself else body_key(citation.issuer, citation.citing)
    return Identity(
        called=number.key if number else title,
        year=year,
        issued_on=citation.issued_on,
        body=body,
        series=None if named_by_itself or body else citation.citing.body,
        province=None if named_by_itself else citation.citing.province,
        until=None if year else citation.citing_year,
    )


def issuer_of(called: str, body: str | None) -> str | None:
    """Return the key of the body that issued what is cited so; None when the citation does not tell it.

    A number tells a central body by its symbol, and laws are the National Assembly's or its committee's.
    """
    if body or "/" in called:
        return body or central_body(called.rpartition("/")[2])
    if _is_law(called):
        return _COMMITTEE if called.startswith("phap-lenh-") else _ASSEMBLY
    return None


def cited_key(told: Identity) -> str:
    """Return the address of the cited document while it is not held.

    One for all citations that surely mean the same, and what a citation leaves open stays out of it:
    `45-2016-qd-ttg`, `37-kh-ubnd-2016-ubnd-tien-giang`, `luat-an-ninh-mang-2018`.
    """
    local = told.body or told.province or told.series
    parts: list[object]
    if "/" in told.called:
        serial, *inside, symbol = told.called.split("/")
        parts = [serial, *inside, symbol, None if inside else told.year, local]
    elif _is_law(told.called):
        parts = [told.called, told.year]
    else:
        parts = [told.called, told.issued_on or told.year, local]
    return slug(" ".join(str(part) for part in parts if part)) or "khong-ro"


def listed(identity: Identity, authority: Authority) -> Identity:
    """Return the identity with its bodies told by their records in the authority list."""
    if not authority.has_variants:
        return identity
    body, series = (key and authority.record(key) for key in (identity.body, identity.series))
    return identity._replace(body=body, series=series)


def held(
    number_key: str | None, title_key: str | None, year: int | None, issued_on: date | None, origin: Home
) -> tuple[Identity, ...]:
    """Return the identities under which a held document may be cited: by its number, and a law by its title."""
    return tuple(
        Identity(called, year, issued_on, origin.body, None, origin.province)
        for called in (number_key, title_key)
        if called
    )


def title_key(kind: str | None, subject: str | None) -> str | None:
    """Return the title by which a document is cited without its number, comparable; None for what is no law."""
    return _titled(kind, subject or "") if kind in LAWS else None


def cited_title(kind: str | None, name: str) -> str:
    """Return the title of a law that is cited by that name, comparable with `title_key`; without a year behind it."""
    return _title_and_year(kind, name)[0]


def means(citation: Identity, document: Identity, authority: Authority) -> bool:
    """Return whether the citation can mean the held document: all that both tell agrees, and it tells enough.

    Their bodies are told by their records in the authority list.
    """
    if citation.called != document.called or not _agree(citation.year, document.year):
        return False
    if citation.until and document.year and document.year > citation.until:
        return False
    if citation.body:
        return citation.body == document.body or _by_successor(citation, document, authority)
    if "/" not in citation.called or is_central(citation.called.rpartition("/")[2]):
        return True
    return _in_reach(citation, document) and _agree(citation.issued_on, document.issued_on)


def _by_successor(citation: Identity, document: Identity, authority: Authority) -> bool:
    """Whether a body of the same province that took over the work, or gave it up, is named instead of the issuer."""
    if citation.body is None or document.body is None or document.province is None:
        return False
    bodies = (citation.body, document.body)
    whole = (f"{body.removesuffix(f'-{document.province}')}-{document.province}" for body in bodies)
    related = authority.one_took_over(*bodies) or authority.one_took_over(*whole)  # either may be named relatively
    return related and _agree(citation.issued_on, document.issued_on)


def _in_reach(citation: Identity, document: Identity) -> bool:
    """Whether a number without a body can be the document's: of the citing body, or of one for all its province."""
    if citation.series and citation.series == document.body:
        return True
    same_province = citation.province is not None and citation.province == document.province
    return same_province and not below_province(document.body)


def _title_and_year(kind: str | None, name: str) -> tuple[str, int | None]:
    title = _titled(kind, name)
    ending = re.search(r"(?:-nam)?-((?:19|20)\d\d)$", title)
    return (title[: ending.start()], int(ending[1])) if ending else (title, None)


def _titled(kind: str | None, name: str) -> str:
    title, prefix = slug(name), slug(kind or "")
    return title if f"{title}-".startswith(f"{prefix}-") else f"{prefix}-{title}".strip("-")


def _is_law(title: str) -> bool:
    return title.startswith(tuple(f"{slug(kind)}-" for kind in LAWS))


def _agree(one: date | int | None, other: date | int | None) -> bool:
    return one is None or other is None or one == other
