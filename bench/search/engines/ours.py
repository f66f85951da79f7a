"""Ours, through the door that the pages use: every search also counts all that is found, and its facets."""

from collections.abc import Iterable
from pathlib import Path

from archive.search import Filters, IndexEntry, Results, Sort, WhooshIndex, parse
from bench.search.corpus import Document
from bench.search.questions import FACETS, SIZE, Question

_PUBLIC = frozenset({"public"})


class Ours:
    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        WhooshIndex(folder).rebuild(map(_entry, documents))

    def open(self, folder: Path) -> None:
        self._index = WhooshIndex(folder)
        self._index.check()

    def ask(self, question: Question) -> list[int]:
        results = self._search(question)
        for facet in FACETS if question.facets else ():
            list(results.facets[facet])
        return [hit.id for hit in results.hits]

    def total(self, question: Question) -> int:
        return self._search(question).total

    def add(self, document: Document) -> None:
        self._index.write([_entry(document)])

    def _search(self, question: Question) -> Results:
        first, last = question.days or (None, None)
        sort: Sort = "newest" if question.newest else "relevance"
        filters = Filters(issuer=(question.issuer,) if question.issuer else (), issued_from=first, issued_to=last)
        return self._index.search(
            parse(_typed(question)), states=_PUBLIC, filters=filters, sort=sort, page=question.page, size=SIZE
        )


def make() -> Ours:
    return Ours()


def _typed(question: Question) -> str:
    words = " ".join(question.words)
    parts = [f'"{words}"' if question.phrase else words]
    parts += [f"-{question.without}"] if question.without else []
    parts += [f"trích yếu:{question.subject}"] if question.subject else []
    parts += [f"số:{question.number}"] if question.number else []
    return " ".join(parts)


def _entry(document: Document) -> IndexEntry:
    return IndexEntry(
        id=document.id, version=1, state="public", number=document.number, kind=document.kind, issuer=document.issuer,
        subject=document.subject, issued_on=document.issued_on, signers=(document.signer,), text=document.text,
    )  # fmt: skip
