"""What is known about documents, as data: one TOML table a subject, each row with examples that the tests run."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of `name`.toml: table name → rows, in the order of the file."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
