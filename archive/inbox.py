"""The watched folder: a file laid in it is taken in as if it had been uploaded, and leaves it once the store has it."""

import logging
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from archive import accession
from archive.instance import Instance
from archive.workflow import CLERK, State

SETTLED = 10.0
"""Seconds for which a file must not have changed: until then a scanner or a copy may still be writing it."""
_UNFINISHED = (".part", ".crdownload", ".tmp")  # as browsers and copying programs name what they still write
_log = logging.getLogger(__name__)


def collect(instance: Instance) -> str | None:
    """Deposit every settled file of the folder, as drafts in one job, then remove it there; return the job's id.

    None when nothing has settled. Killed in between, the next call deposits the same bytes again, which makes no second
    document. Raises ArchiveError or OSError when they cannot be kept; then the files stay where they are.
    """
    settled = {path: path.stat().st_mtime_ns for path in _settled(instance.inbox)}
    if not settled:
        return None
    job_id = accession.deposit(instance, CLERK, _streams(settled), State.DRAFT)
    for path, changed in settled.items():
        if path.stat().st_mtime_ns == changed:  # else what has come since is another file
            path.unlink()
    return job_id


def _settled(folder: Path) -> Iterator[Path]:
    """The files that may be taken, those in folders below too; what is hidden or a link is nobody's document."""
    latest = time.time() - SETTLED
    for path in sorted(folder.rglob("*")):
        if any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts):
            continue
        if path.is_symlink() or not path.is_file() or path.name.lower().endswith(_UNFINISHED):
            continue
        if not os.access(path, os.R_OK):
            _log.warning("%s lies in the watched folder and may not be read", path)
        elif path.stat().st_mtime < latest:
            yield path


def _streams(paths: Iterable[Path]) -> Iterator[tuple[str, BinaryIO]]:
    for path in paths:
        with path.open("rb") as stream:
            yield path.name, stream
