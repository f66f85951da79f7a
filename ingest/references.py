"""Dẫn chiếu: every document that a text cites, once, with all its mentions.

The flow: citations by number and laws by name → the relation each mention tells → short forms that fit exactly one of them →
one Reference for each document, in the order of first mention, with the strongest relation.
"""

from collections.abc import Sequence
from datetime import date

from ingest import citations, laws, relations, running_text, short_forms
from ingest.citations import Citation, CitedDocument
from ingest.numbers import Number, parse
from ingest.record import Mention, Page, Reference, Relation
from ingest.running_text import RunningText

_STRENGTH = {relation: place for place, relation in enumerate(Relation)}


def find(pages: Sequence[Page], number: str | None = None, kind: str | None = None) -> tuple[Reference, ...]:
    """Return the documents cited in the pages (numbered from 1), in the order of first mention.

    `number` and `kind` are the text's own, where it has them: a document never cites itself. A pasted text is one page.
    """
    return in_run(running_text.run(pages), number, kind)


def in_run(run: RunningText, number: str | None = None, kind: str | None = None) -> tuple[Reference, ...]:
    """Return the documents cited in a run; as `find`, for a text that has been run together already."""
    numbered = citations.find(run.text)
    found = sorted([*numbered, *laws.find(run.text, numbered)], key=lambda citation: citation.start)
    own = parse(number) if number else None
    gathered: list[CitedDocument] = []
    for citation, relation in zip(found, relations.tell(run.text, found), strict=True):
        if not (own and citation.number and citation.number.key == own.key and _own_year(citation, own)):
            _gather(gathered, citation, relation)
    for place, cited in short_forms.find(run.text, gathered, found, kind):
        cited.places.append(place)
    return tuple(_reference(run, cited) for cited in gathered)


def _own_year(citation: Citation, own: Number) -> bool:
    return own.year is None or citation.number is None or citation.number.year == own.year


def _gather(gathered: list[CitedDocument], citation: Citation, relation: Relation) -> None:
    cited = next((cited for cited in gathered if _same(cited, citation)), None)
    if cited is None:
        cited = CitedDocument(
            citation.number,
            citation.written,
            citation.kind,
            citation.name,
            citation.issued_on,
            citation.issuer,
            relation,
        )
        gathered.append(cited)
    cited.places.append((citation.start, citation.end))
    if cited.number is None and citation.number:
        cited.number, cited.written = citation.number, citation.written
    cited.relation = min(cited.relation, relation, key=_STRENGTH.__getitem__)
    cited.issued_on = cited.issued_on or citation.issued_on
    cited.issuer = cited.issuer or citation.issuer
    cited.name = cited.name or citation.name
    cited.kind = cited.kind or citation.kind


def _same(cited: CitedDocument, citation: Citation) -> bool:
    """One document: the same number and no other year; for a law cited by name the same name."""
    if cited.number and citation.number:
        return cited.number.key == citation.number.key and _year_fits(cited.issued_on, citation.issued_on)
    one, other = (thing.number.year if thing.number else None for thing in (cited, citation))
    if not all(
        year in (None, day.year) for year in (one, other) for day in (cited.issued_on, citation.issued_on) if day
    ):
        return False  # another law of the same name
    return _year_fits(cited.issued_on, citation.issued_on) and bool(
        cited.name and citation.name and laws.same(cited.name, citation.name)
    )


def _year_fits(one: date | None, other: date | None) -> bool:
    return one is None or other is None or one.year == other.year


def _reference(run: RunningText, cited: CitedDocument) -> Reference:
    mentions: list[Mention] = [run.mention(start, end) for start, end in sorted(cited.places)]
    return Reference(
        cited.written,
        cited.kind,
        cited.issued_on,
        cited.issuer,
        cited.relation,
        tuple(mentions),
        None if cited.written else cited.name,
    )
