"""What reading a PDF costs: our reader beside plain pdfplumber and plain PDFium, in one run on the same files.

.venv/bin/python -m bench.reading [--runs 5] [--folder PATH]

Prints time and peak memory of a PDF of 2,000 pages, read in a bounded child; then the CPU of one of 10 pages from bytes
to Record; then for each file, or for each size of made-up PDF, the median pages per second of CPU; then the pages per
second of `python -m ingest` on a heap of two-page letters, one reader and two.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from statistics import median

import pdfplumber
import pypdfium2

import ingest
from bench.pdf import pdf
from ingest.bounded import BoundedReader
from ingest.readers import read_pages

SIZES = (2, 10, 100)
LONG = 2_000
LETTERS = 200


def ours(path: Path) -> int:
    return len(read_pages(path).pages)


def whole(path: Path) -> int:
    return len(ingest.read(path).pages)


def plain_pdfplumber(path: Path) -> int:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.close()
        return len(document.pages)


def plain_pdfium(path: Path) -> int:
    with closing(pypdfium2.PdfDocument(path)) as document:
        for page in document:
            with closing(page), closing(page.get_textpage()) as text:
                text.get_text_range()
        return len(document)


READERS: dict[str, Callable[[Path], int]] = {
    "our pages": ours,
    "our Record": whole,
    "pdfplumber": plain_pdfplumber,
    "PDFium": plain_pdfium,
}


def seconds(read: Callable[[Path], int], path: Path, runs: int) -> float:
    """Return the median CPU seconds of a reading, after one that does not count."""
    read(path)
    spent = []
    for _ in range(runs):
        began = time.process_time()
        read(path)
        spent.append(time.process_time() - began)
    return median(spent)


def compare(paths: Iterable[Path], runs: int) -> None:
    print(f"{'pages per CPU second':32}" + "".join(f"{name:>12}" for name in READERS))
    for path in paths:
        pages = plain_pdfium(path)
        rates = [pages / seconds(read, path, runs) for read in READERS.values()]
        print(f"{path.stem[:24]:24}{pages:>6}  " + "".join(f"{rate:>12,.0f}" for rate in rates))


def long_one(folder: Path) -> None:
    path = folder / "long.pdf"
    path.write_bytes(pdf(LONG))
    began = time.perf_counter()
    with BoundedReader() as reader:
        reader.read(path)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{LONG:,} pages, bytes to Record in a bounded child: {took:.1f} s, peak {peak:.0f} MB")


def in_jobs(letter: Path) -> None:
    for jobs in (1, 2):
        command = [sys.executable, "-m", "ingest", "--jobs", str(jobs), *[str(letter)] * LETTERS]
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own module
        print(f"--jobs {jobs}: {2 * LETTERS / (time.perf_counter() - began):.0f} pages a second, from start to end")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="compare on the PDFs of this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        long_one(folder)
        made = {size: folder / f"made-{size}.pdf" for size in SIZES}
        for size, path in made.items():
            path.write_bytes(pdf(size))
        print(f"10 pages, bytes to Record: {seconds(whole, made[10], options.runs):.3f} s of CPU")
        compare(sorted(options.folder.glob("*.pdf")) if options.folder else made.values(), options.runs)
        in_jobs(made[2])


if __name__ == "__main__":
    main()
