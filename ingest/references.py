"""Dẫn chiếu: every document that a text cites, once, with all its mentions.

The flow: citations by number and laws by name → the relation and the subject that each mention tells → short forms that
fit exactly one of them → one Reference for each document, in the order of first mention, with the strongest relation.
"""

from collections import defaultdict
from collections.abc import Sequence

from ingest import bodies, citations, cited_subjects, laws, relations, running_text, short_forms
from ingest.citations import Citation, CitedDocument
from ingest.numbers import parse
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
    numbered = citations.find(run.text, misread=run.recognised)
    found = sorted([*numbered, *laws.find(run.text, numbered)], key=lambda citation: citation.start)
    own = parse(number) if number else None
    gathered = _Gathered()
    told = zip(found, relations.tell(run.text, found), cited_subjects.tell(run.text, found), strict=True)
    for citation, relation, subject in told:
        if not (own and citation.number and citation.number.key == own.key):
            gathered.add(citation, relation, subject)
    for place, cited in short_forms.find(run.text, gathered.documents, found, kind):
        cited.places.append(place)
    return tuple(_reference(run, cited) for cited in gathered.documents)


class _Gathered:
    """The documents cited so far, each found again by its number or, for a law, by its name."""

    def __init__(self) -> None:
        self.documents: list[CitedDocument] = []
        self._by_key: dict[str, list[CitedDocument]] = defaultdict(list)

    def add(self, citation: Citation, relation: Relation, subject: str | None) -> None:
        keys = [citation.number.key] if citation.number else []
        keys += [bodies.key(citation.name)] if citation.name else []
        cited = next((cited for key in keys for cited in self._by_key[key] if _same(cited, citation)), None)
        if cited is None:
            cited = _document(citation, relation)
            self.documents.append(cited)
        _merge(cited, citation, relation)
        cited.subject = cited.subject or subject
        for key in keys:
            if not any(cited is known for known in self._by_key[key]):
                self._by_key[key].append(cited)


def _document(citation: Citation, relation: Relation) -> CitedDocument:
    return CitedDocument(
        citation.number,
        citation.written,
        citation.kind,
        citation.name,
        citation.issued_on,
        citation.issuer,
        relation,
    )


def _merge(cited: CitedDocument, citation: Citation, relation: Relation) -> None:
    """Add a mention and what it says; the first to say a thing is believed, the strongest relation stays."""
    cited.places.append((citation.start, citation.end))
    if cited.number is None and citation.number:
        cited.number, cited.written = citation.number, citation.written
    cited.relation = min(cited.relation, relation, key=_STRENGTH.__getitem__)
    cited.issued_on = cited.issued_on or citation.issued_on
    cited.issuer = cited.issuer or citation.issuer
    cited.name = cited.name or citation.name
    cited.kind = cited.kind or citation.kind


def _same(cited: CitedDocument, citation: Citation) -> bool:
    """Say whether a mention that shares its number or name means this document: no year tells them apart."""
    days = {day.year for day in (cited.issued_on, citation.issued_on) if day}
    if cited.number and citation.number:
        return cited.number.key == citation.number.key and len(days) < 2
    numbered = {thing.number.year for thing in (cited, citation) if thing.number and thing.number.year}
    return len(days | numbered) < 2


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
        cited.subject,
    )
