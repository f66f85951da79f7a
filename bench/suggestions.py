"""What suggestions cost while a search is being typed, over an archive of made-up documents.

.venv/bin/python -m bench.suggestions [--documents 100000] [--searches 60]

Each search is typed letter by letter, half of them without accents. Prints the milliseconds of CPU time and of the
clock that a keystroke takes, by what is typed, beside those of a plain search for the same text.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import insert

from archive import suggestions
from archive.catalogue.models import Document, DocumentFile, DocumentSigner
from archive.clock import now
from archive.instance import Instance, create
from archive.search import Filters, IndexEntry, parse
from archive.workflow import CLERK, State
from bench.documents import ACTS, THINGS
from bench.search.corpus import FAMILIES, GIVEN, KINDS, MIDDLES, OFFICES, SEED
from ingest import numbers
from ingest.orthography import fold

BATCH = 5_000


def entries(count: int) -> Iterator[IndexEntry]:
    """Yield documents 1 to `count`, without text: sixteen offices and some hundred communes, thousands of signers."""
    draw = random.Random(SEED)
    communes = [f"Ủy ban nhân dân xã {draw.choice(GIVEN)} {draw.choice(FAMILIES)}" for _ in range(400)]
    for id_ in range(1, count + 1):
        day = date(2015, 1, 1) + timedelta(days=draw.randrange(4_300))
        code, symbol = draw.choice(list(KINDS)), draw.choice(list(OFFICES))
        about = f"{draw.choice(ACTS)} {draw.choice(THINGS)} và {draw.choice(THINGS)}".capitalize()
        yield IndexEntry(
            id=id_,
            version=1,
            state=State.PUBLIC,
            number=f"{draw.randint(1, 4200)}/{code}-{symbol}",
            kind=KINDS[code][0],
            issuer=OFFICES[symbol] if draw.random() < 0.6 else draw.choice(communes),
            subject=f"{about} giai đoạn {day.year}-{day.year + draw.randint(1, 5)} tại {draw.choice(communes)[17:]}",
            issued_on=day,
            signers=(f"{draw.choice(FAMILIES)} {draw.choice(MIDDLES)} {draw.choice(GIVEN)}",),
            text="",
        )


def fill(instance: Instance, made: list[IndexEntry]) -> None:
    """Put the documents into the catalogue and their facts into the index."""
    with instance.catalogue.session() as session:
        for start in range(0, len(made), BATCH):
            lot = made[start : start + BATCH]
            session.execute(insert(Document), [_row(document) for document in lot])
            session.execute(insert(DocumentFile), [_file(document) for document in lot])
            session.execute(
                insert(DocumentSigner),
                [{"document_id": one.id, "ordinal": 0, "name": one.signers[0], "authority": []} for one in lot],
            )
    instance.index.rebuild(made)


def _row(one: IndexEntry) -> dict[str, object]:
    number = numbers.parse(str(one.number))
    return {
        "id": one.id,
        "state": State.PUBLIC,
        "number": one.number,
        "number_key": number.key if number else None,
        "serial": number.serial if number else None,
        "kind": one.kind,
        "issuer": one.issuer,
        "subject": one.subject,
        "issued_on": one.issued_on,
        "recipients": [],
        "created_at": now(),
    }


def _file(one: IndexEntry) -> dict[str, object]:
    facts = {"document_id": one.id, "role": "original", "sha256": f"{one.id:064x}", "name": f"{one.id}.pdf"}
    return {**facts, "format": "pdf", "size": 1, "reading": {}, "added_at": now()}


def typed(draw: random.Random, made: list[IndexEntry], searches: int) -> dict[str, list[str]]:
    """Return what stands in the box after each keystroke, from the second on, by what is being typed."""

    def pieces(one: IndexEntry) -> dict[str, str]:
        words = str(one.subject).split()
        start = draw.randrange(max(1, len(words) - 3))
        return {
            "number": str(one.number),
            "subject": " ".join(words[start : start + 3]),
            "body": str(one.issuer),
            "signer": one.signers[0],
        }

    told: dict[str, list[str]] = {}
    for turn in range(searches):
        for kind, text in pieces(draw.choice(made)).items():
            whole = fold(text).lower() if turn % 2 else text
            told.setdefault(kind, []).extend(whole[:end] for end in range(2, min(len(whole), 24) + 1))
    return told


def report(name: str, act: Callable[[str], object], texts: list[str]) -> None:
    """Print the median, the 95th percentile and the longest of the times that `act` takes."""
    spent, waited = [], []
    for text in texts:
        cpu, clock = time.process_time(), time.perf_counter()
        act(text)
        spent.append((time.process_time() - cpu) * 1000)
        waited.append((time.perf_counter() - clock) * 1000)
    late = [quantiles(times, n=20)[-1] for times in (spent, waited)]
    print(f"{name:28}{median(spent):8.1f}{late[0]:8.1f}{max(spent):8.1f}{median(waited):10.1f}{late[1]:8.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--searches", type=int, default=60, help="typed letter by letter")
    options = parser.parse_args()
    made = list(entries(options.documents))
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "kho", "mật khẩu của phép đo") as instance:
        fill(instance, made)
        print(f"{len(made):,} documents; milliseconds of CPU: median, p95, longest; of the clock: median, p95")
        suggestions.suggest(instance, CLERK, "an")
        for kind, texts in typed(random.Random(1), made, options.searches).items():
            report(f"suggestions, a {kind}", lambda text: suggestions.suggest(instance, CLERK, text), texts)
            report(f"search for a {kind}", lambda text: _search(instance, text), texts)


def _search(instance: Instance, text: str) -> object:
    return instance.index.search(parse(text), states=CLERK.sees, filters=Filters(), sort="relevance", page=1, size=20)


if __name__ == "__main__":
    main()
