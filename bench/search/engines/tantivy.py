"""Tantivy, a compiled engine, with its own tokenizers: the words as they are, and without accents in fields beside.

It keeps the texts, as its users do to show them, and reads each document found. It is asked for the page of results
alone: it need not count all that is found, and skips what cannot be among the best.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy as tv

from bench.search.corpus import Document
from bench.search.questions import FACETS, SIZE, Question

_COUNTED = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}
_MEMORY = 256_000_000  # bytes for building


class Tantivy:
    def __init__(self, *, keeps_texts: bool) -> None:
        self._keeps_texts = keeps_texts

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        folder.mkdir()
        index = _with_tokenizers(tv.Index(self._new_schema(), path=str(folder)))
        writer = index.writer(_MEMORY, 1)
        for document in documents:
            writer.add_document(_document(document))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._index = _with_tokenizers(tv.Index.open(str(folder)))
        self._searcher, self._schema = self._index.searcher(), self._index.schema

    def ask(self, question: Question) -> list[int]:
        query, offset = self._query(question), (question.page - 1) * SIZE
        order = {"order_by_field": "day"} if question.newest else {}
        found = self._searcher.search(query, SIZE, count=False, offset=offset, **order)
        if question.facets:
            self._searcher.aggregate(query, _COUNTED)
        return [self._searcher.doc(address)["id"][0] for _, address in found.hits]

    def total(self, question: Question) -> int:
        return self._searcher.search(self._query(question), 1, count=True).count or 0

    def add(self, document: Document) -> None:
        writer = self._index.writer(15_000_000, 1)
        writer.add_document(_document(document))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _new_schema(self) -> Any:
        builder = tv.SchemaBuilder()
        builder.add_integer_field("id", stored=True, indexed=True)
        builder.add_text_field("number", tokenizer_name="raw", index_option="basic")
        for name in ("kind", "issuer"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        for name in ("year", "day"):
            builder.add_integer_field(name, indexed=True, fast=True)
        for name in ("subject", "text"):
            builder.add_text_field(name, stored=self._keeps_texts, tokenizer_name="words", index_option="position")
            builder.add_text_field(f"{name}_folded", tokenizer_name="folded", index_option="position")
        return builder.build()

    def _query(self, question: Question) -> Any:
        text, subject = ("text_folded", "subject_folded") if question.folded else ("text", "subject")
        parts = []
        if question.phrase:
            parts.append(tv.Query.phrase_query(self._schema, text, list(question.words)))
        elif question.weighted:
            parts += [self._weighted(word, subject, text) for word in question.words]
        else:
            parts += [self._term(text, word) for word in question.words]
        parts += [self._term("subject", question.subject)] if question.subject else []
        parts += [self._term("number", question.number)] if question.number else []
        parts += [tv.Query.const_score_query(self._term("issuer", question.issuer), 0.0)] if question.issuer else []
        if question.days:
            first, last = (day.toordinal() for day in question.days)
            days = tv.Query.range_query(self._schema, "day", tv.FieldType.Integer, first, last)
            parts.append(tv.Query.const_score_query(days, 0.0))
        if not parts:
            return tv.Query.all_query()
        clauses = [(tv.Occur.Must, part) for part in parts]
        clauses += [(tv.Occur.MustNot, self._term("text", question.without))] if question.without else []
        return tv.Query.boolean_query(clauses) if len(clauses) > 1 else parts[0]

    def _term(self, field: str, word: str) -> Any:
        return tv.Query.term_query(self._schema, field, word)

    def _weighted(self, word: str, subject: str, text: str) -> Any:
        weightier = tv.Query.boost_query(self._term(subject, word), 3.0)
        return tv.Query.boolean_query([(tv.Occur.Should, weightier), (tv.Occur.Should, self._term(text, word))])


def make() -> Tantivy:
    return Tantivy(keeps_texts=True)


def _with_tokenizers(index: Any) -> Any:
    def words() -> Any:
        return tv.TextAnalyzerBuilder(tv.Tokenizer.simple()).filter(tv.Filter.lowercase())

    index.register_tokenizer("words", words().build())
    index.register_tokenizer("folded", words().filter(tv.Filter.ascii_fold()).build())
    return index


def _document(document: Document) -> Any:
    made = tv.Document()
    for name in ("number", "kind", "issuer", "subject", "text"):
        made.add_text(name, getattr(document, name))
    made.add_text("subject_folded", document.subject)
    made.add_text("text_folded", document.text)
    made.add_integer("id", document.id)
    made.add_integer("year", document.issued_on.year)
    made.add_integer("day", document.issued_on.toordinal())
    return made
