"""Documents taken in, and found."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from archive.cli.invocation import with_instance
from archive.cli.progress import progress
from archive.workflow import CLERK, State

if TYPE_CHECKING:
    from archive.catalogue.facts import DepositFacts
    from archive.finding import Found
    from archive.instance import Instance


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@with_instance
def ingest(instance: "Instance", paths: tuple[Path, ...]) -> None:
    """Tiếp nhận các tệp, và mọi tệp trong các thư mục, trừ tệp ẩn."""
    from ingest.signatures import unreadable_roots

    for problem in unreadable_roots(instance.trust):
        click.echo(problem.message, err=True)
    kept: list[Path] = []
    unread: list[Path] = []
    deposits = _take_in(instance, _opened(_files(paths), kept, unread))
    for path, deposit in zip(kept, deposits, strict=True):
        if deposit.state == "failed":
            click.echo(f"{path}: {deposit.message}", err=True)
    count = Counter(deposit.state for deposit in deposits)
    failed = count["failed"] + len(unread)
    click.echo(f"{count['done']} đã tiếp nhận, {count['held']} đã có sẵn, {failed} lỗi")
    if failed:
        sys.exit(1)


@click.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Số văn bản được in ra.")
@with_instance
def search(instance: "Instance", query: str, as_json: bool, limit: int) -> None:
    """Tìm văn bản, như người quản lý thấy."""
    from archive import finding
    from archive.search import Filters

    found = finding.find(instance, CLERK, query, Filters(), "relevance", 1, limit)
    if as_json:
        click.echo(json.dumps(finding.to_json(found), ensure_ascii=False))
        return
    for note in found.remarks:
        click.echo(note, err=True)
    for hit in found.hits:
        click.echo(_told(hit))
    click.echo(f"{found.total} văn bản")


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those under the folders named but for hidden ones, each folder in the order of names."""
    for path in paths:
        if path.is_dir():
            yield from _files(sorted(child for child in path.iterdir() if not child.name.startswith(".")))
        elif path.is_file():
            yield path


def _opened(files: Iterable[Path], kept: list[Path], unread: list[Path]) -> Iterator[tuple[str, BinaryIO]]:
    for path in files:
        try:
            stream = path.open("rb")
        except OSError as error:
            click.echo(f"{path}: không mở được ({error.strerror}); hãy kiểm tra quyền đọc.", err=True)
            unread.append(path)
            continue
        with stream:
            yield path.name, stream
        kept.append(path)


def _take_in(instance: "Instance", files: Iterable[tuple[str, BinaryIO]]) -> tuple["DepositFacts", ...]:
    """Take the files in and return what became of each, in their order."""
    from archive import accession, jobs
    from archive.catalogue import queries
    from ingest.bounded import BoundedReader

    job_id = accession.deposit(instance, CLERK, files, State.INTERNAL)
    waiting = accession.waiting(instance, job_id)
    with BoundedReader(jobs.limits(instance), instance.trust) as reader, progress("Tiếp nhận") as tell:
        for done, deposit_id in enumerate(waiting, 1):
            jobs.attempt(instance, reader, deposit_id, wait=True)
            tell(done, len(waiting))
    with instance.catalogue.reading() as session:
        return queries.job(session, CLERK, job_id).deposits


def _told(hit: "Found") -> str:
    card = hit.card
    issued = f"{card.issued_on:%d/%m/%Y}" if card.issued_on else None
    heading = " · ".join(part for part in (card.number, card.kind, issued, card.issuer) if part)
    lacking = f"Không có từ: {', '.join(hit.lacking)}" if hit.lacking else None
    lines = [heading or f"Văn bản {card.id}", card.subject, hit.snippet, lacking]
    return "\n    ".join(" ".join(line.split()) for line in lines if line) + "\n"
