"""Tantivy without the texts: the least that a search can take it, numbers of documents as the whole answer."""

from bench.search.engines.tantivy import Tantivy


def make() -> Tantivy:
    return Tantivy(keeps_texts=False)
