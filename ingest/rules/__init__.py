"""What is known about documents, as data: one TOML table a subject, each row with examples that the tests run."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of `name`.toml: table name → rows, in the order of the file."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def any_of(name: str, table: str, *, key: str = "words", upper: bool = False) -> str:
    """Return a regular expression of the texts under `key`, one or many a row, longest first, breaks allowed."""
    values = [row[key] for row in load(name)[table]]
    phrases = {phrase for value in values for phrase in (value if isinstance(value, list) else [value])}
    longest = sorted((phrase.upper() if upper else phrase for phrase in phrases), key=lambda text: (-len(text), text))
    return "|".join(r"\s{1,3}".join(re.escape(word) for word in phrase.split()) for phrase in longest)
