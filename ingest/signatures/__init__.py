"""Chữ ký số: the digital signatures of a PDF, as far as they can be checked without a network.

embedded    find the signatures in the file, and whether the signed bytes are intact
changes     what was added to the file after a signature
trust       whether the certificate's chain leads to a certificate that the office trusts
signatory   who signed, and in which role
verdict     all of it in one sentence
"""

import mmap
from pathlib import Path
from typing import NamedTuple

from ingest.record import Problem, Record, Signature

# A signature dictionary is never compressed: the byte range that it names goes around a part of itself.
_MARK = b"/ByteRange"


class Signatures(NamedTuple):
    """The signatures in the order in which they were made, and what stood in the way of checking them."""

    found: tuple[Signature, ...] = ()
    problems: tuple[Problem, ...] = ()


def in_pdf(path: Path, record: Record, trust: Path | None = None) -> Signatures:
    """Return the signatures of the PDF that was read into the record.

    `trust` is a folder of certificates that the office trusts to vouch for others. Nothing is asked of a network, so
    that revocation is never known. What cannot be read is a Signature that says so; raises OSError only.
    """
    if not _is_marked(path):
        return Signatures()
    from ingest.signatures import embedded  # noqa: PLC0415 - most files are not signed, and pyHanko loads slowly
    from ingest.signatures.trust import roots_in  # noqa: PLC0415 - likewise

    roots = roots_in(trust)
    return Signatures(embedded.read(path, record, roots), roots.problems)


def unreadable_roots(trust: Path) -> tuple[Problem, ...]:
    """Return a problem for each file in the folder of trusted certificates that cannot be read as one."""
    if not trust.is_dir() or not any(trust.iterdir()):
        return ()
    from ingest.signatures.trust import roots_in  # noqa: PLC0415 - likewise

    return roots_in(trust).problems


def _is_marked(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(_MARK) >= 0
