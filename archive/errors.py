"""What can go wrong in the archive.

    ArchiveError
    ├── ConfigurationError     a setting is unknown or has a value it cannot have
    ├── InstanceMissing        there is no instance here yet
    ├── InstanceExists         there is one already
    ├── CatalogueUnavailable   the catalogue's database does not answer: locked too long, its disk full, or gone
    ├── AlreadyHeld            the archive holds these very bytes
    ├── NotHeld                no such document, file, page, job or account, or not for this viewer
    │   ├── Withdrawn          this viewer could see it until it was withdrawn, or the like, and may know that
    │   └── Merged             it is part of another document now
    ├── NotAllowed             the role does not permit it
    ├── Refused                what was asked cannot be done as asked (a weak password, a name taken, no file chosen)
    ├── BackupDamaged          a file is no backup, or no longer as it was written
    └── StoreDamaged           a kept file's bytes no longer have their checksum

Every message is one Vietnamese sentence that says what is wrong and what to do.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.catalogue.facts import Tombstone


class ArchiveError(Exception):
    """Anything the archive says no to; the message is for the person who asked."""


class ConfigurationError(ArchiveError):
    """A setting is unknown or has a value it cannot have."""


class InstanceMissing(ArchiveError):
    """There is no instance in the folder."""


class InstanceExists(ArchiveError):
    """The folder holds an instance already."""


class CatalogueUnavailable(ArchiveError):
    """The catalogue's database does not answer; what was to be written is not."""


class AlreadyHeld(ArchiveError):
    """The archive holds these very bytes, in the document `document_id`."""

    def __init__(self, message: str, document_id: int) -> None:
        super().__init__(message)
        self.document_id = document_id


class NotHeld(ArchiveError):
    """There is no such thing here, or none that this viewer may know of; the two are never told apart."""


class Withdrawn(NotHeld):
    """The document was withdrawn, out of force or recalled; the tombstone is for whoever could see it before."""

    def __init__(self, message: str, tombstone: "Tombstone") -> None:
        super().__init__(message)
        self.tombstone = tombstone


class Merged(NotHeld):
    """What was asked for is part of another document now, `document_id`."""

    def __init__(self, message: str, document_id: int) -> None:
        super().__init__(message)
        self.document_id = document_id


class NotAllowed(ArchiveError):
    """The viewer's role does not permit it."""


class Refused(ArchiveError):
    """What was asked cannot be done as asked; the message says what would be."""


class BackupDamaged(ArchiveError):
    """A file is no backup of an archive, or no longer as it was written; the message says where."""


class StoreDamaged(ArchiveError):
    """A kept file is missing or its bytes no longer have their checksum."""
