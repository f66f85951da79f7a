"""Spoil real files at random, in every format, and read each in the bounded child: a record or a clear error, always.

    .venv/bin/python -m bench.fuzz [--cases 10000] [--seed 1] [--jobs 2]

The same seed spoils the same files in the same way. A fault is a case after which the reader raised anything else than
a ReadingError or died of an unforeseen exception, took longer than its bound, held the file open, or left a program
running; its file is kept in --keep. Files come from samples/ and from FOLDER..., those up to 150 kB.
"""

import argparse
import io
import itertools
import logging
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, current_thread

from PIL import Image

from ingest.bounded import BoundedReader, Limits
from ingest.errors import ReadingError
from ingest.formats import sniff
from ingest.record import Record
from ingest.render import render_page

ROOT = Path(__file__).parents[1]
SIZE_MOST = 150_000  # bytes of a file that is spoilt: small ones make more cases of the same time
SECONDS = 20.0
DYING = 15.0  # seconds over the bound in which a child is killed and another started
# How many of a hundred cases: LibreOffice takes seconds where others take milliseconds, and so does Tesseract, which
# reads images and the pages of a PDF whose text the spoiling has made rubbish.
SHARES = {"pdf": 16, "docx": 34, "html": 24, "text": 14, "markdown": 7, "image": 2, "doc": 1, "odt": 1, "rtf": 1}
NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999")

Sources = dict[str, list[bytes]]
Spoil = Callable[[random.Random, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: `said` is "record", the code of an error, or "FAULT", which `why` explains."""

    case: int
    format: str
    seconds: float
    said: str
    why: str = ""


class Deaths(logging.Handler):
    """What dying children said last, by the thread that read."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: defaultdict[Thread, list[str]] = defaultdict(list)

    def emit(self, record: logging.LogRecord) -> None:
        self.words[current_thread()].append(record.getMessage())


class Trial:
    """Spoils and reads cases, each thread with a reader of its own; closes them in the end."""

    def __init__(self, sources: Sources, seed: int, folder: Path, keep: Path) -> None:
        self.sources, self.seed, self.folder, self.keep = sources, seed, folder, keep
        self.deaths = Deaths()
        logging.getLogger("ingest.bounded").addHandler(self.deaths)
        self.readers: dict[Thread, BoundedReader] = {}

    def run(self, case: int) -> Outcome:
        """Return the outcome of the case, the file of a fault kept."""
        draw = random.Random(f"{self.seed}-{case}")
        shares = {format_: share for format_, share in SHARES.items() if format_ in self.sources}
        (format_,) = draw.choices(list(shares), list(shares.values()))
        path = self.folder / f"{case}.{format_}"
        path.write_bytes(spoilt(draw, draw.choice(self.sources[format_])))
        outcome = self._read(case, format_, path)
        if outcome.said == "FAULT":
            shutil.copy(path, self.keep)
        path.unlink()
        return outcome

    def _read(self, case: int, format_: str, path: Path) -> Outcome:
        thread = current_thread()
        reader = self.readers.setdefault(thread, BoundedReader(Limits(seconds=SECONDS, page_seconds=0)))
        begun = time.perf_counter()
        try:
            record = reader.read(path)
        except ReadingError as error:
            said, fault = error.code, ""
        except Exception as error:  # noqa: BLE001 - finding these is what this is for
            said, fault = "", repr(error)
        else:
            said, fault = "record", disagreement(record)
        seconds = time.perf_counter() - begun
        fault = fault or unforeseen(self.deaths.words.pop(thread, [])) or left_over(path)
        if seconds > SECONDS + DYING:
            fault = fault or "took longer than the bound"
        return Outcome(case, format_, seconds, "FAULT" if fault else said, fault)

    def close(self) -> None:
        """Close the readers."""
        for reader in self.readers.values():
            reader.close()


def unforeseen(words: list[str]) -> str:
    """Return the last words of a child that an exception ended; a signal is PDFium's or a bound's, and answered."""
    return next((text for text in words if "Traceback" in text), "")


def disagreement(record: Record) -> str:
    """Return a mention whose text is not its page's from start to end, nothing when all are."""
    for mention in itertools.chain.from_iterable(reference.mentions for reference in record.references):
        text = record.pages[mention.page - 1].text[mention.start : mention.end]
        if text != mention.text:
            return f"the mention {mention.text!r} is {text!r} on its page"
    return ""


def left_over(path: Path) -> str:
    """Return what still holds the file after its answer, nothing when none does: this process, a child, a program."""
    for pid in [os.getpid(), *offspring(os.getpid())]:
        for entry in open_files(pid):
            if entry == str(path):
                return f"process {pid} holds {entry}"
    return ""


def offspring(pid: int) -> Iterator[int]:
    """Yield the processes below this one."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue  # it has ended
        for child in children:
            yield child
            yield from offspring(child)


def open_files(pid: int) -> Iterator[str]:
    """Yield the paths that a process has open."""
    try:
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            yield str(entry.readlink())
    except OSError:
        return  # it has ended


def spoilt(draw: random.Random, data: bytes) -> bytes:
    """Return the file spoilt in a few places: as it is, or inside a member of its ZIP or a stream of its PDF."""
    if data.startswith(b"PK") and draw.random() < 0.6:
        return in_member(draw, data)
    if data.startswith(b"%PDF") and draw.random() < 0.4:
        return in_stream(draw, data)
    return in_places(draw, data)


def in_places(draw: random.Random, data: bytes) -> bytes:
    """Return the bytes with one to six spoils."""
    for _ in range(draw.randint(1, 6)):
        data = draw.choice(SPOILS)(draw, data) if data else data
    return data


def in_member(draw: random.Random, data: bytes) -> bytes:
    """Return the ZIP packed anew with one member spoilt, so that its checksums hold."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = draw.choice([name for name in old.namelist() if name.endswith(".xml")])
        for name in old.namelist():
            new.writestr(name, in_places(draw, old.read(name)) if name == chosen else old.read(name))
    return packed.getvalue()


def in_stream(draw: random.Random, data: bytes) -> bytes:
    """Return the PDF with what one of its compressed streams unpacks to spoilt."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not streams:
        return in_places(draw, data)
    start, end = draw.choice(streams).span(1)
    try:
        unpacked = zlib.decompress(data[start:end])
    except zlib.error:
        return in_places(draw, data)
    return data[:start] + zlib.compress(in_places(draw, unpacked)) + data[end:]


def flip(draw: random.Random, data: bytes) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << draw.randrange(8)]) + data[at + 1 :]


def overwrite(draw: random.Random, data: bytes) -> bytes:
    at, piece = draw.randrange(len(data)), draw.randbytes(draw.randint(1, 16))
    return data[:at] + piece + data[at + len(piece) :]


def remove(draw: random.Random, data: bytes) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + data[at + draw.randint(1, 2 ** draw.randint(1, 12)) :]


def repeat(draw: random.Random, data: bytes) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + data[at : at + draw.randint(1, 2000)] * draw.randint(2, 9) + data[at:]


def cut_off(draw: random.Random, data: bytes) -> bytes:
    return data[: draw.randrange(len(data))]


def renumber(draw: random.Random, data: bytes) -> bytes:
    found = list(itertools.islice(re.finditer(rb"\d+", data), draw.randint(1, 500)))
    return data[: found[-1].start()] + draw.choice(NUMBERS) + data[found[-1].end() :] if found else data


def exchange(draw: random.Random, data: bytes) -> bytes:
    one, other = sorted(draw.randrange(len(data)) for _ in range(2))
    length = draw.randint(1, 64)
    return data[:one] + data[other : other + length] + data[one:]


SPOILS: tuple[Spoil, ...] = (flip, overwrite, overwrite, remove, repeat, cut_off, renumber, exchange)


def sources(folders: Iterable[Path], scratch: Path) -> Sources:
    """Return files by format: those found, and what is made of the samples so that every format is there."""
    found: Sources = defaultdict(list)
    listed = [path for folder in folders for path in sorted(folder.glob("*"))]
    for path in [*listed, *made(scratch)]:
        if 0 < path.stat().st_size <= SIZE_MOST:
            found[sniff(path)].append(path.read_bytes())
    return dict(found)


def made(scratch: Path) -> list[Path]:
    """Make texts in other encodings, pictures of a page's top, and what LibreOffice writes, of the samples."""
    documents = ROOT / "samples" / "documents"
    text = next(documents.glob("*.txt")).read_text(encoding="utf-8")
    for encoding in ("utf-16", "utf-16-be", "cp1258"):
        (scratch / f"{encoding}.txt").write_bytes(text.encode(encoding, "ignore"))
    with Image.open(io.BytesIO(render_page(next(documents.glob("*.pdf")), 1, 700))) as page:
        top = page.convert("RGB").crop((0, 60, 700, 200))
        for ending in ("png", "jpeg", "tiff"):
            top.save(scratch / f"top.{ending}")
    if shutil.which("soffice"):
        letter = shutil.copy(next(documents.glob("*.docx")), scratch / "letter.docx")
        profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
        for ending in ("doc", "odt", "rtf"):
            command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", scratch, letter]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own arguments
    return sorted(path for path in scratch.iterdir() if path.is_file())


def told(outcomes: Iterable[Outcome], total: int) -> list[Outcome]:
    """Print what came of the cases, each fault when it is found; return the faults."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    slowest: dict[str, Outcome] = {}
    faults = []
    for done, outcome in enumerate(outcomes, start=1):
        counts[outcome.format][outcome.said] += 1
        if outcome.seconds > slowest.get(outcome.format, outcome).seconds or outcome.format not in slowest:
            slowest[outcome.format] = outcome
        if outcome.said == "FAULT":
            faults.append(outcome)
            print(f"case {outcome.case}, {outcome.format}: {outcome.why}", flush=True)
        if done % 1000 == 0:
            print(f"{done} of {total}", file=sys.stderr)
    for format_, said in sorted(counts.items()):
        slow = slowest[format_]
        answers = ", ".join(f"{count} {what}" for what, count in said.most_common())
        print(f"{format_:9} {said.total():6} cases: {answers}; slowest {slow.seconds:.1f} s (case {slow.case})")
    return faults


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="more files to spoil")
    arguments.add_argument("--cases", type=int, default=10_000)
    arguments.add_argument("--first", type=int, default=0, help="the case to begin with")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()), help="where faults' files go")
    asked = arguments.parse_args()
    os.nice(19)
    before = len(list(open_files(os.getpid())))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(asked.jobs) as pool:
        (Path(folder) / "made").mkdir()
        beside = ROOT.parent / "shared" / "corpus"
        folders = [ROOT / "samples" / "documents", beside / "files", beside / "more", *asked.folders]
        trial = Trial(sources(folders, Path(folder) / "made"), asked.seed, Path(folder), asked.keep)
        faults = told(pool.map(trial.run, range(asked.first, asked.first + asked.cases)), asked.cases)
        trial.close()
    left = len(list(open_files(os.getpid()))) - before
    print(f"{len(faults)} faults; {left} files left open")
    sys.exit(1 if faults or left else 0)


if __name__ == "__main__":
    main()
