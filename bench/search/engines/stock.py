"""Whoosh as it comes: a field of the words as they are and one without accents, its own codec, ranges and facets."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import whoosh.index
from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.query import And, Every, Not, NumericRange, Or, Phrase, Term

from archive.search.analysis import term, words
from bench.search.corpus import Document
from bench.search.questions import FACETS, SIZE, Question

_MEMORY = 512  # MB for building


class Words(Analyzer):
    """The words of a text, one after the other."""

    def __init__(self, *, folded: bool) -> None:
        self._folded = folded

    def __call__(self, value: str, **_: Any) -> Iterator[Any]:
        given = Token(positions=True)
        given.boost, given.stopped = 1.0, False
        for position, word in enumerate(words(value)):
            found = term(word.group())
            given.pos, given.text = position, found.folded if self._folded else found.exact
            yield given


class Stock:
    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        folder.mkdir()
        with whoosh.index.create_in(str(folder), _schema()).writer(limitmb=_MEMORY) as writer:
            for document in documents:
                writer.add_document(**_document(document))

    def open(self, folder: Path) -> None:
        self._index = whoosh.index.open_dir(str(folder))
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> list[int]:
        options: dict[str, Any] = {"sortedby": "day", "reverse": True} if question.newest else {}
        options |= {"groupedby": list(FACETS)} if question.facets else {}
        options |= {"filter": Term("issuer", question.issuer)} if question.issuer else {}
        found = self._searcher.search(_query(question), limit=SIZE * question.page, **options)
        if question.facets:
            for facet in FACETS:
                found.groups(facet)
        return [hit["id"] for hit in found[SIZE * (question.page - 1) :]]

    def total(self, question: Question) -> int:
        wanted = And([_query(question), Term("issuer", question.issuer)]) if question.issuer else _query(question)
        return len(self._searcher.search(wanted, limit=1))

    def add(self, document: Document) -> None:
        with self._index.writer() as writer:
            writer.add_document(**_document(document))
        self._searcher.close()
        self._searcher = self._index.searcher()


def make() -> Stock:
    return Stock()


def _query(question: Question) -> Any:
    suffix = "_folded" if question.folded else ""
    text, subject = f"text{suffix}", f"subject{suffix}"
    if question.phrase:
        parts = [Phrase(text, list(question.words))]
    elif question.weighted:
        parts = [Or([Term(subject, word, boost=3.0), Term(text, word)]) for word in question.words]
    else:
        parts = [Term(text, word) for word in question.words]
    parts += [Term("subject", question.subject)] if question.subject else []
    parts += [Term("number", question.number)] if question.number else []
    if question.days:
        first, last = (day.toordinal() for day in question.days)
        parts.append(NumericRange("day", first, last))
    parts += [Not(Term("text", question.without))] if question.without else []
    if not parts:
        return Every()
    return And(parts) if len(parts) > 1 else parts[0]


def _schema() -> Schema:
    def text(*, folded: bool) -> TEXT:
        return TEXT(analyzer=Words(folded=folded))

    return Schema(
        id=NUMERIC(int, stored=True, unique=True),
        number=ID(),
        kind=ID(sortable=True),
        issuer=ID(sortable=True),
        year=NUMERIC(int, sortable=True),
        day=NUMERIC(int, sortable=True),
        subject=text(folded=False),
        subject_folded=text(folded=True),
        text=text(folded=False),
        text_folded=text(folded=True),
    )


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "number": document.number,
        "kind": document.kind,
        "issuer": document.issuer,
        "year": document.issued_on.year,
        "day": document.issued_on.toordinal(),
        "subject": document.subject,
        "subject_folded": document.subject,
        "text": document.text,
        "text_folded": document.text,
    }
