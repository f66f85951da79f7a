"""The evaluation of a query is what Whoosh's own matchers make of it."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import FileIndex
from whoosh.query import And, AndMaybe, Every, Or, Phrase, Term

from archive.search import IndexEntry, WhooshIndex, parse
from archive.search.analysis import query_terms, tokens
from archive.search.columnar.storage import SealedStorage
from archive.search.query import Clause, Query
from archive.search.ranking import BODY, WEIGHTS, Word
from tests.archive.search.conftest import Found, entry

WORDS = ("kế", "ke", "hoạch", "hòa", "hoà", "hoa", "đi", "28/KH-UBND", "2026")
texts = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)
entries = st.lists(st.tuples(texts, texts, st.sampled_from(["public", "internal"])), min_size=1, max_size=8)
words = st.sampled_from(WORDS)
clauses = st.one_of(
    words,
    words.map(lambda word: f"-{word}"),
    words.map(lambda word: f"trích yếu:{word}"),
    st.lists(words, min_size=2, max_size=4).map(lambda row: f'"{" ".join(row)}"'),
    st.just("năm:2026"),
)
queries = st.lists(clauses, min_size=1, max_size=4).map(lambda parts: parse(" ".join(parts)))


def wanted_in_whooshs_terms(query: Query) -> Any:
    """The query as Whoosh has it: words in their folded form, the weights of subject and number beside the body's."""
    wanted = [clause for clause in query.clauses if clause.days is None and not clause.excluded]
    plain = [term.folded for clause in wanted if clause.field is None for term in query_terms(clause.text)]
    weightier = [Term(field, word, boost=weight) for field, weight in WEIGHTS.items() for word in plain]
    required = And([side_by_side(clause) for clause in wanted]) if wanted else Every()
    return AndMaybe(required, Or(weightier)) if weightier else required


def unwanted_in_whooshs_terms(query: Query) -> Any:
    """What the query excludes. Whoosh's own exclusion lets documents through, and AndMaybe within Require loses scores
    where one skips."""
    unwanted = [clause for clause in query.clauses if clause.days is None and clause.excluded]
    return Or([side_by_side(clause, exact=True) for clause in unwanted])


def side_by_side(clause: Clause, *, exact: bool = False) -> Any:
    terms = [term.exact if exact else term.folded for term in query_terms(clause.text)]
    field = clause.field or BODY
    return Term(field, terms[0]) if len(terms) == 1 else Phrase(field, terms)


@settings(max_examples=40)
@given(entries, entries, queries)
def test_documents_and_scores_are_those_of_whooshs_matchers(first: Any, second: Any, query: Query) -> None:
    """For any query the documents found, and what their words score, are Whoosh's, over two segments."""
    with tempfile.TemporaryDirectory() as folder:
        index = WhooshIndex(Path(folder))
        index.create()
        known = []
        for batch in (first, second):
            start = len(known)
            for n, (text, subject, state) in enumerate(batch, start=start):
                known.append(entry(n, text, subject=subject, state=state, issued_on=date(2025 + n % 2, 1, 1)))
            index.write(known[start:])
        evaluator = index._evaluator()
        found = evaluator.matches(query, evaluator.in_states(frozenset({"public", "internal"})))
        whole = found.documents[found.whole]
        with FileIndex(SealedStorage(str(next(Path(folder).glob("generation-*"))))).searcher() as searcher:
            unwanted = {hit.docnum for hit in searcher.search(unwanted_in_whooshs_terms(query), limit=None)}
            hits = searcher.search(wanted_in_whooshs_terms(query), limit=None)
            expected = {
                hit.docnum: hit.score
                for hit in hits
                if hit.docnum not in unwanted and in_time(query, known[hit.docnum])
            }
        assert set(whole.tolist()) == set(expected)
        wanted = [clause for clause in query.clauses if clause.days is None and not clause.excluded]
        if wanted:
            asked = [Word(clause.field, term.folded) for clause in wanted for term in query_terms(clause.text)]
            scores = dict(zip(whole.tolist(), evaluator._ranking.by_words(asked, whole).tolist(), strict=True))
            assert scores == pytest.approx(expected, rel=1e-4)


@settings(max_examples=25)
@given(entries, st.lists(words, min_size=3, max_size=6).map(" ".join), st.sampled_from(["relevance", "newest"]))
def test_pages_go_through_all_that_is_found(known: Any, text: str, sort: Any) -> None:
    """Pages of two neither repeat nor skip a document; those that lack words say which, and are as many as counted."""
    with tempfile.TemporaryDirectory() as folder:
        ask = Found(indexed(Path(folder), known))
        whole = ask.results(text, sort=sort)
        pages = [ask.results(text, sort=sort, page=page, size=2) for page in range(1, whole.total // 2 + 2)]
        assert [hit for page in pages for hit in page.hits] == list(whole.hits)
        assert sum(bool(hit.lacking) for hit in whole.hits) == whole.lacking
        assert len(whole.hits) == whole.total


@settings(max_examples=25)
@given(entries, st.lists(words, min_size=1, max_size=6))
def test_no_word_in_other_accents_only_comes_before_all_as_typed(known: Any, typed: list[str]) -> None:
    """Whatever is asked: after a document with a word in other accents only follows none with every word as typed."""
    with tempfile.TemporaryDirectory() as folder:
        hits = Found(indexed(Path(folder), known)).results(" ".join(typed)).hits
    asked = {term for word in typed for term in query_terms(word)}
    as_typed, otherwise = [], []
    for hit in hits:
        has = {token.term for field in known[hit.id][:2] for token in tokens(field)}
        folded = {term.folded for term in has}
        as_typed.append(all(term in has if term.accented else term.folded in folded for term in asked))
        otherwise.append(any(term.accented and term.folded in folded and term not in has for term in asked))
    assert all(not any(as_typed[at:]) for at, other in enumerate(otherwise) if other)


def indexed(folder: Path, known: Any) -> WhooshIndex:
    index = WhooshIndex(folder)
    index.create()
    index.write(entry(n, text, subject=subject, state=state) for n, (text, subject, state) in enumerate(known))
    return index


def in_time(query: Query, one: IndexEntry) -> bool:
    days = [clause.days for clause in query.clauses if clause.days]
    return all(one.issued_on is not None and its.first <= one.issued_on <= its.last for its in days)
