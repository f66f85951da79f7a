"""What a reader returns, whatever the format: pages of clean text, and what could not be read."""

from dataclasses import dataclass
from typing import Protocol

from ingest.record import Format, Page, Problem, TextSource


class Progress(Protocol):
    """A function that is called with how far the reading of a file has come; what it raises stops the reading."""

    def __call__(self, page: int, total: int, *, recognising: bool = False) -> None:
        """Take note that `page` of `total` pages are read, and whether the next is an image to be recognised."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages of one file in reading order, where their text came from, and what could not be read."""

    format: Format
    pages: tuple[Page, ...]
    text_source: TextSource | None = "embedded"
    problems: tuple[Problem, ...] = ()
