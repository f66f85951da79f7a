"""Our query in Whoosh's terms. Nothing a person types reaches Whoosh's own parser."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from whoosh.query import And, AndMaybe, AndNot, Every, Or, Phrase, Require, Term

from archive.search.analysis import query_terms
from archive.search.query import Clause, Query

_BODY = "body"  # holds every word that a search without a field finds
WEIGHTS = {"subject": 3.0, "number": 2.0}  # what a word counts for in these, beside the 1 in the body


def matching(query: Query, states: Iterable[str]) -> Any:
    """Return the Whoosh query for the documents in one of the states that the clauses mean, those on days left out.

    Words match in their folded form; an excluded word with accents excludes only what is written so. States bound what
    is found and do not count in the score.
    """
    wanted = [clause for clause in _indexed(query) if not clause.excluded]
    unwanted = [_clause(clause, exact=True) for clause in _indexed(query) if clause.excluded]
    required = And([_clause(clause, exact=False) for clause in wanted]) if wanted else Every()
    weightier = [_worth_more(clause) for clause in wanted if clause.field is None and clause.state is None]
    scored = AndMaybe(required, _any(list(chain.from_iterable(weightier)))) if weightier else required
    permitted = Or([Term("state", state) for state in sorted(states)])
    return Require(AndNot(scored, Or(unwanted)) if unwanted else scored, permitted)


def as_typed(query: Query) -> Any | None:
    """Return the Whoosh query for what holds every wanted word with the accents typed; None when none was typed."""
    wanted = [clause for clause in _indexed(query) if not clause.excluded]
    if not any(term.accented for clause in wanted for term in query_terms(clause.text)):
        return None
    return And([_clause(clause, exact=True) for clause in wanted])


def _indexed(query: Query) -> list[Clause]:
    return [clause for clause in query.clauses if clause.days is None]


def _clause(clause: Clause, *, exact: bool) -> Any:
    if clause.state is not None:
        return Term("state", clause.state)
    words = [term.exact if exact else term.folded for term in query_terms(clause.text)]
    return _words(clause.field or _BODY, words, 1.0)


def _worth_more(clause: Clause) -> list[Any]:
    words = [term.folded for term in query_terms(clause.text)]
    return [_words(field, words, weight) for field, weight in WEIGHTS.items()]


def _any(alternatives: list[Any]) -> Any:
    union = Or(alternatives)
    # Left to itself Whoosh scores a whole union before the other words can narrow it.
    union.matcher_type = Or.DEFAULT_MATCHER
    return union


def _words(field: str, words: list[str], weight: float) -> Any:
    return Term(field, words[0], boost=weight) if len(words) == 1 else Phrase(field, words, boost=weight)
