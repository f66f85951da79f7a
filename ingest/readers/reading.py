"""What a reader gives back, whatever the format: pages of clean text, and what could not be read."""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.record import Format, Page, Problem, TextSource

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages of one file in reading order, where their text came from, and what could not be read."""

    format: Format
    pages: tuple[Page, ...]
    text_source: TextSource | None = "embedded"
    problems: tuple[Problem, ...] = ()
