"""Why a file could not be read.

    ReadingError
    ├── EmptyFile            no bytes
    ├── UnknownFormat        the bytes are of no kind we read
    ├── DamagedFile          of a kind we read, but broken or cut off
    ├── EncryptedFile        locked with a password
    └── TooLarge             over a bound on time, memory, pages or unpacked size

Every message is one Vietnamese sentence that says what is wrong and what to do. WrongRule is not about a file to read.
"""


class ReadingError(Exception):
    """A file could not be read; `code` is for programs, the message for the person who brought the file."""

    code = "unreadable"


class EmptyFile(ReadingError):
    """The file holds no bytes."""

    code = "empty"


class UnknownFormat(ReadingError):
    """The bytes are of no kind that is read here, whatever the file's name says."""

    code = "unknown_format"


class DamagedFile(ReadingError):
    """The file is of a kind that is read here, but broken or cut off."""

    code = "damaged"


class EncryptedFile(ReadingError):
    """The file is locked with a password."""

    code = "encrypted"


class TooLarge(ReadingError):
    """The file passes a bound on time, memory, pages or unpacked size."""

    code = "too_large"


class WrongRule(ValueError):
    """A row of an office's own rules cannot be used; the message names the file and the row."""
