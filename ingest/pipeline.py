"""How a file becomes a Record: the file to read first.

    bytes ─ reader ─▶ pages ─▶ running text ─▶ header ─▶ signature block ─▶ references ─▶ Record

The reader has repaired the text already (`normalise.repair`), so that offsets count in the text that is kept.
"""

import hashlib
from dataclasses import replace
from pathlib import Path

from ingest import header, readers, references, running_text, signature_block, signatures
from ingest.header import Header
from ingest.readers import Progress, Reading
from ingest.record import Problem, Record
from ingest.running_text import RunningText


def read(path: str | Path, progress: Progress | None = None, trust: Path | None = None) -> Record:
    """Return what the file says.

    `progress` is called as pages are read. `trust` is a folder of certificates that may vouch for digital
    signatures. Raises a ReadingError, whose message tells the person who brought the file what is wrong, and OSError
    when the file cannot be opened.
    """
    place = Path(path)
    reading = readers.read_pages(place, progress)
    with place.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    record = understand(str(path), sha256, reading)
    if record.format != "pdf":
        return record
    signed = signatures.in_pdf(place, record, trust)
    return replace(record, signatures=signed.found, problems=(*record.problems, *signed.problems))


def understand(file: str, sha256: str, reading: Reading) -> Record:
    """Return the record of a file whose pages of text have been read; pure: the same pages give the same record."""
    run = running_text.run(reading.pages, recognised=reading.text_source == "ocr")
    top = header.read(run)
    foot = signature_block.read(run, top.body)
    return Record(
        file=file,
        sha256=sha256,
        format=reading.format,
        pages=reading.pages,
        text_source=reading.text_source,
        number=top.number,
        issued_on=top.issued_on,
        place=top.place,
        issuer=top.issuer,
        superior=top.superior,
        kind=top.kind,
        subject=top.subject,
        signers=foot.signers,
        recipients=foot.recipients,
        references=references.in_run(run, top.number, top.kind),
        evidence=top.evidence | foot.evidence,
        problems=(*reading.problems, *_missing(run, top)),
    )


def _missing(run: RunningText, top: Header) -> list[Problem]:
    """What staff will have to fill in by hand; nothing where there is no text to look in."""
    if not run.lines:
        return []
    problems = []
    if top.number is None:
        problems.append(Problem("no_number", "Không đọc thấy số, ký hiệu của văn bản; hãy xem bản gốc và bổ sung."))
    if top.issued_on is None:
        problems.append(Problem("no_date", "Không đọc thấy ngày ban hành của văn bản; hãy xem bản gốc và bổ sung."))
    return problems
