"""The documents that are searched: real ones where they are at hand, the samples, and made-up plans beside them.

Real files are read in place, once: what was read is kept in the folder of the measurements, for recognition is slow.
"""

import hashlib
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

import ingest
from archive.search import IndexEntry
from bench.accuracy import CORPUS
from bench.judged.plans import Labels, plans
from bench.search.corpus import CACHE
from ingest.errors import ReadingError
from ingest.record import Record

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "documents"


@dataclass(frozen=True, slots=True)
class Holding:
    """One document: the name that queries mean it by, its entry for the index, and what a made-up plan is about."""

    name: str
    entry: IndexEntry
    labels: Labels | None = None


def holdings(corpus: Path = CORPUS) -> list[Holding]:
    """Return every document, with ids from 1. Without the corpus only what comes with the program."""
    files = list(_files(corpus))
    held = [Holding(path.name, _entry(id_, record)) for id_, (path, record) in enumerate(_records(files), start=1)]
    first = len(files) + 1
    return held + [Holding(_name(plan.entry), plan.entry, plan.labels) for plan in plans(first)]


def _files(corpus: Path) -> Iterator[Path]:
    for folder in (SAMPLES, corpus / "files", corpus / "more", corpus.parent / "samples"):
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.suffix not in {".csv", ".jsonl"})


def _records(files: list[Path]) -> Iterator[tuple[Path, Record]]:
    for path in track(files, "reading", transient=True):
        kept = CACHE / "records" / f"{hashlib.sha256(path.read_bytes()).hexdigest()}.pickle"
        if not kept.exists():
            try:
                record = ingest.read(path)
            except ReadingError as error:
                print(f"{path.name}: {error}")
                continue
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(record))
        yield path, pickle.loads(kept.read_bytes())  # noqa: S301 - written above


def _entry(id_: int, record: Record) -> IndexEntry:
    return IndexEntry(
        id=id_, version=1, state="public", number=record.number, kind=record.kind, issuer=record.issuer,
        subject=record.subject, issued_on=record.issued_on, text="\n".join(page.text for page in record.pages),
        signers=tuple(signer.name for signer in record.signers if signer.name),
    )  # fmt: skip


def _name(plan: IndexEntry) -> str:
    subject = plan.subject or ""
    return f"{plan.kind} {subject[:1].lower()}{subject[1:]}"
