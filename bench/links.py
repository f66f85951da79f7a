"""The links that the archive makes in a corpus taken in whole, and which of them are wrong.

.venv/bin/python -m bench.links [--corpus PATH] [--records FILE...]

Reads every file below the corpus, or takes records that `python -m ingest` has written, into a catalogue of its own. A
link is right beyond doubt when the citation tells the day and it is that of the document with the number cited: no two
bodies give one number on one day. Every other link is printed to be judged by eye, and so is what may have been missed:
a citation of the number of a held document, of whatever day and body, that does not lead to it.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy.orm import Session

import ingest
from archive import cataloguing, citations
from archive.catalogue import queries
from archive.catalogue.database import Catalogue
from archive.catalogue.facts import Card, Outgoing
from archive.catalogue.models import Deposit, Job
from archive.workflow import CLERK, State
from bench.accuracy import CORPUS
from ingest import numbers
from ingest.errors import ReadingError
from ingest.record import Record

NOON = datetime(2026, 11, 22, 12)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--records", type=Path, nargs="+", help="records as `python -m ingest` writes them")
    asked = parser.parse_args()
    if not asked.records and not asked.corpus.is_dir():
        sys.exit(f"No corpus in {asked.corpus}; name one with --corpus.")
    records = _written(asked.records) if asked.records else _read(asked.corpus)
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(f"sqlite:///{folder}/archive.sqlite")
        catalogue.create()
        with catalogue.session() as session:
            _report(session, _keep(session, records))
        catalogue.close()


def _written(paths: Iterable[Path]) -> Iterator[Record]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if "error" not in record:
                yield msgspec.convert(record | {"pages": [], "signatures": []}, Record)


def _read(corpus: Path) -> Iterator[Record]:
    for path in sorted(path for path in corpus.rglob("*.*") if path.parent != corpus and path.suffix != ".csv"):
        try:
            yield replace(ingest.read(path), pages=(), signatures=())
        except ReadingError as error:
            print(f"{path}: {error}", file=sys.stderr)


def _keep(session: Session, records: Iterable[Record]) -> list[int]:
    job = Job(id="links", created_at=NOON, document_state=State.PUBLIC)
    held = {record.sha256: record for record in records}  # the same bytes may lie there twice
    documents = [
        cataloguing.document(record, Deposit(job=job, name=Path(record.file).name, sha256=sha256, size=0, state="done"))
        for sha256, record in held.items()
    ]
    session.add(job)
    session.add_all(documents)
    session.flush()
    citations.settle_all(session)
    return [document.id for document in documents]


def _report(session: Session, document_ids: list[int]) -> None:
    cards = queries.cards(session, CLERK, document_ids)
    cited = [(cards[id_], one) for id_ in document_ids for one in queries.outgoing(session, CLERK, id_)]
    links = [(citing, one, one.target) for citing, one in cited if one.target]
    doubtful = [link for link in links if not _same(link[1], link[2])]
    print(f"{len(document_ids)} documents, {len(cited)} references: {len(links)} links, of these", end=" ")
    print(f"{len(links) - len(doubtful)} right beyond doubt; {sum(bool(one.candidates) for _, one in cited)} ambiguous")
    print("\nLinks to be judged:")
    for citing, one, target in doubtful:
        print(f"  {_told(citing)}\n    cites {_said(one)}\n    → {_told(target)}")
    print("\nWhat may have been missed:")
    for citing, one in cited:
        for card in cards.values():
            if not one.target and card.id not in {citing.id, *(c.id for c in one.candidates)} and _alike(one, card):
                print(f"  {_told(citing)}\n    cites {_said(one)}\n    not → {_told(card)}")


def _same(cited: Outgoing, held: Card) -> bool:
    return _alike(cited, held) and cited.issued_on is not None and cited.issued_on == held.issued_on


def _alike(cited: Outgoing, held: Card) -> bool:
    told, own = numbers.parse(cited.number or ""), numbers.parse(held.number or "")
    return told is not None and own is not None and told.key == own.key


def _told(card: Card) -> str:
    return f"{card.file_name}: {card.number}, {card.issued_on}, {card.issuer}, {(card.subject or '')[:60]}"


def _said(cited: Outgoing) -> str:
    return f"{cited.number or cited.name}, {cited.issued_on}, {cited.issuer}: {cited.mentions[0].text!r}"


if __name__ == "__main__":
    main()
