"""What is known about documents, as data: one TOML table a subject, each row with examples that the tests run.

An office has a folder of such files for rows of its own, with the same names, tables and keys (`add`). Where a row has
a `name`, it stands in place of the row here of that name; any other row is one more.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ingest.rules import office

_own: dict[str, office.Tables] = {}
_folder: Path | None = None


def add(folder: Path) -> None:
    """Let this process, and the children that read for it, go by the folder's rows too. Call it before rules are used.

    Raises WrongRule, whose message names the file and the row; adding the same rows again does nothing.
    """
    global _folder, _own
    own = {path.stem: office.read(path, _shipped()) for path in office.listed(folder)}
    if own != _own and load.cache_info().currsize:
        raise RuntimeError("the rules of this process are in use")
    _folder, _own = folder, own


def folder() -> Path | None:
    """Return the folder of the office's own rows that this process goes by, None without one."""
    return _folder


def own() -> dict[str, office.Tables]:
    """Return the office's own rows: the file's name without its ending → table → rows."""
    return _own


@cache
def load(name: str) -> office.Tables:
    """Return the tables of `name`.toml: table name → rows, in the order of the file, then those of the office."""
    added = _own.get(name, {})
    return {table: _joined(rows, added.get(table, [])) for table, rows in _shipped()[name].items()}


@cache
def any_of(name: str, table: str, *, key: str = "words", upper: bool = False) -> str:
    """Return a regular expression of the texts under `key`, one or many a row, longest first, breaks allowed."""
    values = [row[key] for row in load(name)[table]]
    phrases = {phrase for value in values for phrase in (value if isinstance(value, list) else [value])}
    return one_of(phrase.upper() if upper else phrase for phrase in phrases)


def one_of(phrases: Iterable[str]) -> str:
    """Return a regular expression of the phrases, longest first, breaks allowed."""
    longest = sorted(phrases, key=lambda text: (-len(text), text))
    return "|".join(r"\s{1,3}".join(re.escape(word) for word in phrase.split()) for phrase in longest)


@cache
def _shipped() -> dict[str, office.Tables]:
    listed = (file for file in files(__package__).iterdir() if file.name.endswith(".toml"))
    return {file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8")) for file in listed}


def _joined(rows: list[dict[str, Any]], added: list[dict[str, Any]]) -> list[dict[str, Any]]:
    replaced = {row["name"] for row in added if "name" in row}
    return [*(row for row in rows if row.get("name") not in replaced), *added]
