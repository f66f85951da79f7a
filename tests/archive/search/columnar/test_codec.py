"""Whoosh's own writer and queries on the codec answer as they do on Whoosh's own files."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.query import (
    And,
    AndMaybe,
    AndNot,
    Every,
    FuzzyTerm,
    Not,
    Or,
    Phrase,
    Prefix,
    Require,
    Term,
    TermRange,
    Wildcard,
)  # fmt: skip

from tests.archive.search.columnar.conftest import STOCK, add, add_by_whoosh, new

WORDS = ("an", "ăn", "ban", "bàn", "cam", "cham", "dan", "đàn")
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
documents = st.lists(st.fixed_dictionaries({"title": texts, "body": texts}), min_size=1, max_size=8)
batches = st.lists(documents, min_size=1, max_size=2)
terms = st.builds(Term, st.sampled_from(["title", "body"]), st.sampled_from(WORDS))
phrases = st.builds(Phrase, st.just("body"), st.lists(st.sampled_from(WORDS), min_size=2, max_size=3))
others = st.one_of(
    st.builds(Prefix, st.just("body"), st.sampled_from(["a", "b", "c", "đ"])),
    st.builds(Wildcard, st.just("body"), st.sampled_from(["*an", "?an", "c*m"])),
    st.builds(FuzzyTerm, st.just("body"), st.sampled_from(WORDS)),
    st.just(TermRange("body", "b", "d")),
    st.just(Every()),
)
queries = st.recursive(
    st.one_of(terms, phrases, others),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(And),
        st.lists(inner, min_size=2, max_size=3).map(Or),
        st.builds(AndNot, inner, inner), st.builds(AndMaybe, inner, inner), st.builds(Require, inner, inner),
        inner.map(lambda query: And([Every(), Not(query)])),
    ),
    max_leaves=5,
)  # fmt: skip


def answers(index: FileIndex, query: Any, deleted: Sequence[int]) -> dict[int, float]:
    if deleted:
        writer = index.writer()
        for document in deleted:
            writer.delete_document(document)
        writer.commit(merge=False)
    with index.searcher() as searcher:
        return {hit.docnum: hit.score for hit in searcher.search(query, limit=None)}


def stock(batches: Sequence[Sequence[dict[str, str]]]) -> FileIndex:
    index = FileIndex.create(RamStorage(), STOCK)
    for batch in batches:
        writer = index.writer()
        for document in batch:
            writer.add_document(**document)
        writer.commit(merge=False)
    return index


@settings(max_examples=30)
@given(batches, queries)
def test_ids_and_scores_are_those_of_stock_whoosh(batches: list[list[dict[str, str]]], query: Any) -> None:
    """For any query the documents and their scores are those of Whoosh's own codec, over several segments."""
    expected = answers(stock(batches), query, ())
    with tempfile.TemporaryDirectory() as folder:
        for way in (add_by_whoosh, add):
            index = new(Path(folder) / way.__name__)
            for batch in batches:
                way(index, batch)
            assert answers(index, query, ()) == pytest.approx(expected, rel=1e-5), way.__name__
