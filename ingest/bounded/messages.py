"""What parent and child say to each other, one JSON object a line; no pickle, for the child reads untrusted files."""

import msgspec

from ingest.record import Record


class Read(msgspec.Struct, frozen=True, tag="read"):
    """Read a file; paths are what the file system calls them, which need not be text."""

    path: bytes
    trust: bytes | None = None


class Render(msgspec.Struct, frozen=True, tag="render"):
    """Draw a page of a PDF, `width` pixels wide."""

    path: bytes
    page: int
    width: int


class MakeSearchable(msgspec.Struct, frozen=True, tag="make_searchable"):
    """Make the searchable rendition of a file that was read into the record."""

    path: bytes
    record: Record


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The child has imported what it needs; `unbounded` tells which bounds the system does not let it be held to."""

    unbounded: tuple[str, ...] = ()


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """`page` of `total` pages are read; the next may be one that is being recognised."""

    page: int
    total: int
    recognising: bool = False


class HasRead(msgspec.Struct, frozen=True, tag="has_read"):
    """The file is read; `record.file` is empty, for the parent knows the name as it was given."""

    record: Record


class HasRendered(msgspec.Struct, frozen=True, tag="has_rendered"):
    """The page is drawn."""

    image: bytes


class HasMade(msgspec.Struct, frozen=True, tag="has_made"):
    """The rendition is made."""

    pdf: bytes


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The file could not be read: the code of a ReadingError, its message, and the cause for the log."""

    code: str
    message: str
    cause: str


Request = Read | Render | MakeSearchable
Reply = Ready | Progress | HasRead | HasRendered | HasMade | Failed
