"""What a reader gives back, whatever the format: pages of clean text, and what could not be read."""

from dataclasses import dataclass
from typing import Protocol

from ingest.record import Format, Page, Problem, TextSource


class Progress(Protocol):
    """What is told how far the reading of a file has come; what it raises stops the reading."""

    def __call__(self, page: int, total: int, *, recognising: bool = False) -> None:
        """Hear that `page` of `total` pages are read, and whether the next is an image whose text is recognised."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages of one file in reading order, where their text came from, and what could not be read."""

    format: Format
    pages: tuple[Page, ...]
    text_source: TextSource | None = "embedded"
    problems: tuple[Problem, ...] = ()
