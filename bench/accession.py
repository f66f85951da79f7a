"""What taking files in costs, without HTTP: 100 text files of about 10 KB, and a 10-page PDF until it is found.

.venv/bin/python -m bench.accession [--files 100] [--pdfs 5]

Prints the total and the median of a file, and of it the part that is reading; then the median of the PDFs.
"""

import argparse
import io
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from archive import accession
from archive.instance import Instance, create
from archive.search import Filters, parse
from archive.workflow import CLERK, State
from bench.documents import make
from bench.pdf import pdf
from ingest.bounded import BoundedReader
from ingest.readers import Progress
from ingest.record import Record


class Timed:
    """A reader that notes how long each reading took."""

    def __init__(self, reader: BoundedReader) -> None:
        self._reader = reader
        self.seconds: list[float] = []

    def read(self, path: Path, progress: Progress) -> Record:
        begun = time.perf_counter()
        record = self._reader.read(path, progress)
        self.seconds.append(time.perf_counter() - begun)
        return record


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=100)
    arguments.add_argument("--pdfs", type=int, default=5)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as directory, BoundedReader() as bounded:
        reader = Timed(bounded)
        with create(Path(directory) / "instance", "mật khẩu của phép đo") as instance:
            begun = time.perf_counter()
            each = [taken_in(instance, reader, one.text.encode(), ".txt") for one in make(asked.files)]
            print(f"{len(each)} text files: {time.perf_counter() - begun:.1f} s, the start of the reader included")
            told("a text file", each)
            told("  reading it", reader.seconds)
            reader.seconds.clear()
            told(
                "a 10-page PDF, until found",
                [taken_in(instance, reader, pdf(10, seed), ".pdf") for seed in range(asked.pdfs)],
            )
            told("  reading it", reader.seconds)


def taken_in(instance: Instance, reader: Timed, content: bytes, ending: str) -> float:
    """Return the seconds from handing the file over until a search finds its document."""
    begun = time.perf_counter()
    job_id = accession.deposit(instance, CLERK, [(f"van-ban{ending}", io.BytesIO(content))], State.PUBLIC)
    before = total(instance)
    for deposit_id in accession.waiting(instance, job_id):
        accession.take_in(instance, reader, deposit_id)
    if total(instance) != before + 1:
        raise SystemExit("the file did not become a document")
    return time.perf_counter() - begun


def total(instance: Instance) -> int:
    """Return how many documents a search finds."""
    return instance.index.search(parse(""), states=CLERK.sees, filters=Filters(), sort="newest", page=1, size=1).total


def told(what: str, seconds: Iterable[float]) -> None:
    """Print the median and the longest."""
    milliseconds = [1000 * one for one in seconds]
    print(f"{what}: median {median(milliseconds):.0f} ms, longest {max(milliseconds):.0f} ms")


if __name__ == "__main__":
    main()
