"""SQLite FTS5 over our tokens, exact and without accents in columns beside, with the facts in a table."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from archive.search.analysis import Token, tokens
from bench.search.corpus import Document
from bench.search.questions import FACETS, SIZE, Question

_TABLES = """
create table document(id integer primary key, number text, kind text, issuer text, year int, day int);
create index number on document(number);
create index issuer on document(issuer);
create index day on document(day);
create virtual table found using fts5(
    subject, text, subject_folded, text_folded,
    content='', tokenize="unicode61 remove_diacritics 0 tokenchars '/.'"
);
"""


class Fts5:
    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        folder.mkdir()
        self._connect(folder)
        self._connection.executescript(_TABLES)
        for document in documents:
            self._insert(document)
        self._connection.execute("insert into found(found) values('optimize')")
        self._connection.commit()
        self._connection.execute("pragma wal_checkpoint(truncate)")
        self._connection.close()

    def open(self, folder: Path) -> None:
        self._connect(folder)
        self._connection.execute("pragma mmap_size=8000000000")
        self._connection.execute("create temp table kept(id integer primary key)")

    def ask(self, question: Question) -> list[int]:
        if question.facets:
            self._count_facets(question)
        page = f"limit {SIZE} offset {(question.page - 1) * SIZE}"
        return [row[0] for row in self._select(_id(question), question, f"{self._order(question)} {page}")]

    def total(self, question: Question) -> int:
        return int(self._select("count(*)", question).fetchone()[0])

    def add(self, document: Document) -> None:
        self._insert(document)
        self._connection.commit()

    def _connect(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "index.sqlite")
        for setting in ("journal_mode=wal", "synchronous=normal", "cache_size=-256000"):
            self._connection.execute(f"pragma {setting}")

    def _insert(self, document: Document) -> None:
        day = document.issued_on
        facts = (document.id, document.number, document.kind, document.issuer, day.year, day.toordinal())
        self._connection.execute("insert into document values(?, ?, ?, ?, ?, ?)", facts)
        subject, text = list(tokens(document.subject)), list(tokens(document.text))
        columns = (_exact(subject), _exact(text), _folded(subject), _folded(text))
        self._connection.execute(
            "insert into found(rowid, subject, text, subject_folded, text_folded) values(?, ?, ?, ?, ?)",
            (document.id, *columns),
        )

    def _count_facets(self, question: Question) -> None:
        self._connection.execute("delete from temp.kept")
        self._select(_id(question), question, before="insert into temp.kept")
        for facet in FACETS:
            counts = f"select {facet}, count(*) from temp.kept join document using(id) group by 1"  # noqa: S608 - ours
            self._connection.execute(counts).fetchall()

    def _select(self, what: str, question: Question, after: str = "", before: str = "") -> sqlite3.Cursor:
        where, values = _where(question)
        sql = f"{before} select {what} from {_source(question)} {where} {after}"  # noqa: S608 - all of it ours
        return self._connection.execute(sql, values)

    def _order(self, question: Question) -> str:
        if question.newest:
            return "order by day desc"
        if question.weighted:
            return "order by bm25(found, 3.0, 1.0, 3.0, 1.0)"
        return "order by rank" if _match(question) else ""


def make() -> Fts5:
    return Fts5()


def _source(question: Question) -> str:
    if not _match(question):
        return "document"
    of_facts = question.newest or question.issuer or question.days
    return "found join document on document.id = found.rowid" if of_facts else "found"


def _id(question: Question) -> str:
    return "found.rowid" if _match(question) else "document.id"


def _where(question: Question) -> tuple[str, list[Any]]:
    conditions: list[tuple[str, Sequence[Any]]] = []
    match = _match(question)
    conditions += [("found match ?", (match,))] if match else []
    conditions += [("number = ?", (question.number,))] if question.number else []
    conditions += [("issuer = ?", (question.issuer,))] if question.issuer else []
    if question.days:
        conditions.append(("day between ? and ?", [day.toordinal() for day in question.days]))
    if not conditions:
        return "", []
    return "where " + " and ".join(sql for sql, _ in conditions), [
        value for _, values in conditions for value in values
    ]


def _match(question: Question) -> str:
    suffix = "_folded" if question.folded else ""
    columns = f"{{subject{suffix} text{suffix}}}" if question.weighted else f"text{suffix}"
    if question.phrase:
        parts = [f'{columns} : "{" ".join(question.words)}"']
    else:
        parts = [f'{columns} : "{word}"' for word in question.words]
    parts += [f'subject : "{question.subject}"'] if question.subject else []
    wanted = " AND ".join(parts)
    return f'({wanted}) NOT text : "{question.without}"' if question.without else wanted


def _exact(row: list[Token]) -> str:
    return " ".join(token.term.exact for token in row)


def _folded(row: list[Token]) -> str:
    return " ".join(token.term.folded for token in row)
