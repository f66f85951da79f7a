"""An archive filled with made-up documents at once: rows of the catalogue as accession writes them, then the index."""

import hashlib
from collections.abc import Iterator
from itertools import islice

from archive import cataloguing, clock, indexing
from archive.catalogue.models import Deposit, Job
from archive.instance import Instance
from archive.workflow import State
from bench.search.corpus import Document, documents
from ingest.record import Page, Record, Signer

_BATCH = 500
_PAGES = 3


def fill(instance: Instance, count: int, state: State = State.INTERNAL) -> None:
    """Put the first `count` documents of the searches' corpus into the catalogue and the index, without their files."""
    source = documents(count)
    while together := list(islice(source, _BATCH)):
        with instance.catalogue.session() as session:
            deposits = list(map(_deposit, together))
            session.add(Job(id=str(together[0].id), created_at=clock.now(), document_state=state, deposits=deposits))
            rows = [
                cataloguing.document(_record(one), brought) for one, brought in zip(together, deposits, strict=True)
            ]
            session.add_all(rows)
            session.flush()
            for row, brought in zip(rows, deposits, strict=True):
                brought.document_id = row.id
    indexing.reindex(instance)


def _deposit(document: Document) -> Deposit:
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    return Deposit(name=f"{document.id}.txt", sha256=digest, size=len(document.text.encode()), state="done")


def _record(document: Document) -> Record:
    return Record(
        file=f"{document.id}.txt",
        sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        format="text",
        pages=tuple(Page(number, text) for number, text in enumerate(_pages(document.text), start=1)),
        number=document.number,
        issued_on=document.issued_on,
        issuer=document.issuer,
        kind=document.kind,
        subject=document.subject,
        signers=(Signer(document.signer, None),),
    )


def _pages(text: str) -> Iterator[str]:
    lines = text.splitlines()
    length = -(-len(lines) // _PAGES)
    for first in range(0, len(lines), length):
        yield "\n".join(lines[first : first + length])
