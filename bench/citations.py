"""What tracing costs in a made-up archive of 100,000 documents and 1,000,000 references, cited by a power law.

.venv/bin/python -m bench.citations [--documents 10000 100000] [--references 10] [--keep FOLDER]

For each size, in a catalogue of its own: resolving everything from scratch, by the clock and by the processor; then the
median and the 95th percentile of what follows, by the clock and by the processor. Documents are drawn as they are read:
the more cited, the more often. An arrival is a document that is cited already, with its rows and the citations waiting.
Seven citations in ten tell the subject, some of them shortened; one in a hundred tells that of another document, and
one in a hundred another day. What was made up stays in the folder that --keep names, for the next time.
A body has one in forty of all documents, so merging two says what the meaning of its citations costs.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive import citations
from archive.bodies import description, editing
from archive.bodies.known import Level
from archive.catalogue import queries
from archive.catalogue.database import Catalogue
from archive.catalogue.models import Document, DocumentFile, FilePage
from archive.catalogue.queries.chains import Reach
from archive.errors import NotHeld
from archive.workflow import CLERK, Role, State, Viewer
from ingest import numbers

READER = Viewer(None, "bench", Role.READER)
NOON = datetime(2026, 11, 22, 12)
PROVINCES = ("Lam Sơn", "Hà Bình", "Sông Tiền", "Đông Giang", "Tây Sơn")
LOCAL = (("Ủy ban nhân dân tỉnh {}", "UBND", "UBND tỉnh"), ("Sở Nội vụ tỉnh {}", "SNV", "Sở Nội vụ"),
         ("Sở Y tế tỉnh {}", "SYT", "Sở Y tế"), ("Sở Tài chính tỉnh {}", "STC", "Sở Tài chính"))  # fmt: skip
CENTRAL = (("Chính phủ", "CP"), ("Thủ tướng Chính phủ", "TTg"), ("Bộ Nội vụ", "BNV"), ("Bộ Tài chính", "BTC"))
KINDS = (("Kế hoạch", "KH"), ("Quyết định", "QĐ"), ("Thông báo", "TB"), ("Công văn", "CV"))
RELATIONS = {"legal_basis": 450, "implements": 200, "cites": 280, "proposed_by": 67, "amends": 2, "replaces": 1}
TOPICS = (
    "chuyển đổi số", "cấp nước sạch", "phòng chống thiên tai", "văn thư lưu trữ", "biên chế công chức",
    "giảm nghèo bền vững", "giáo dục nghề nghiệp", "an toàn thực phẩm", "quản lý khoáng sản", "trồng rừng ven biển",
    "khám chữa bệnh", "đầu tư công", "du lịch sinh thái", "bảo vệ trẻ em", "giao thông nông thôn", "quy hoạch đô thị",
)  # fmt: skip
TEXT = "Căn cứ các văn bản sau đây và tình hình thực tế của địa phương; " * 40


class World:
    """Documents that could exist, the most cited first; two in five are not held, most of them of central bodies."""

    def __init__(self, held: int, seed: int) -> None:
        self.draw = random.Random(seed)
        self.size = held * 5 // 3
        self.weights = [*accumulate(1 / (rank + 10) for rank in range(self.size))]
        places = [*range(self.size)]
        self.draw.shuffle(places)
        self.held = sorted(places[:held])

    def row(self, place: int, id_: int) -> dict[str, object]:
        """Return the document of that place in the ranking as a row of the catalogue."""
        draw = random.Random(place)
        day = date(2012, 1, 1) + timedelta(days=draw.randrange(5_000))
        kind, code = draw.choice(KINDS)
        if draw.random() < 0.2:
            issuer, symbol = draw.choice(CENTRAL)
            superior = where = None
        else:
            name, symbol, _ = draw.choice(LOCAL)
            where = draw.choice(PROVINCES)
            issuer, superior = name.format(where), f"Ủy ban nhân dân tỉnh {where}"
        number = f"{place % 9_000 + 1}/{code}-{symbol}"
        parsed = numbers.parse(number)
        return {
            "id": id_, "state": State.DRAFT if draw.random() < 0.02 else State.PUBLIC, "number": number,
            "number_key": parsed.key, "serial": parsed.serial, "symbol_key": parsed.symbol_key, "year": day.year,
            "issued_on": day, "place": where, "issuer": issuer, "superior": superior, "kind": kind,
            "subject": " và ".join(draw.sample(TOPICS, 3)), "recipients": [], "created_at": NOON, "version": 1,
            "indexed_version": 0, "traced_version": 0,
        }  # fmt: skip

    def cited(self, province: str | None) -> dict[str, object]:
        """Return a reference as a document of the province was read to make it, its wording varying a little."""
        draw = self.draw
        place = draw.choices(range(self.size), cum_weights=self.weights)[0]
        row = self.row(place, 0)
        at_home = row["place"] is not None and row["place"] == province
        short = next((short for name, _, short in LOCAL if name.format(row["place"]) == row["issuer"]), None)
        issuer = short if at_home and draw.random() < 0.5 else row["issuer"]
        start = draw.randrange(2_000)
        slip = timedelta(days=draw.randrange(1, 10) if draw.random() < 0.01 else 0)
        return {
            "number": row["number"], "kind": row["kind"], "name": None,
            "issued_on": (row["issued_on"] + slip).isoformat() if draw.random() < 0.9 else None,
            "issuer": issuer if draw.random() < 0.9 else None,
            "subject": self.told(row["subject"]) if draw.random() < 0.7 else None,
            "relation": draw.choices([*RELATIONS], [*RELATIONS.values()])[0],
            "mentions": [{"page": 1, "start": start, "end": start + 12, "text": row["number"]}],
        }  # fmt: skip

    def told(self, subject: str) -> str:
        """Return the subject as a citer tells it: in full, shortened, or that of another document."""
        draw = self.draw
        slip = draw.random()
        if slip < 0.01:
            return " và ".join(draw.sample(TOPICS, 3))
        return subject.partition(" và ")[0] if slip < 0.16 else subject


def keep(session: Session, world: World, held: list[tuple[int, int]], references: int) -> None:
    """Write documents, given as id and place in the ranking, with what was read of them."""
    rows = [world.row(place, id_) for id_, place in held]
    session.execute(insert(Document), rows)
    session.execute(insert(DocumentFile), [original(world, row, references) for row in rows])
    session.execute(insert(FilePage), [{"file_id": row["id"], "number": 1, "text": TEXT} for row in rows])


def original(world: World, row: dict[str, object], references: int) -> dict[str, object]:
    """Return the row of the file that a document was read from."""
    cited = [world.cited(row["place"]) for _ in range(world.draw.randrange(2 * references + 1))]
    return {
        "id": row["id"], "document_id": row["id"], "role": "original", "sha256": f"{row['id']:064x}", "size": 1,
        "name": f"{row['id']}.pdf", "format": "pdf", "reading": {"references": cited}, "added_at": NOON,
    }  # fmt: skip


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    arguments.add_argument("--references", type=int, default=10, help="of a document, on average")
    arguments.add_argument("--times", type=int, default=200, help="that each thing is asked for")
    arguments.add_argument("--keep", type=Path, help="folder in which the documents that were made up stay")
    asked = arguments.parse_args()
    for documents in asked.documents:
        with tempfile.TemporaryDirectory() as folder:
            world = World(documents + asked.times, seed=1)
            late = set(world.draw.sample(world.held, asked.times))
            made = (asked.keep or Path(folder)) / f"{documents}-{asked.references}-{asked.times}.sqlite"
            if not made.exists():
                make(made, world, late, asked.references)
            path = Path(folder) / "archive.sqlite"
            shutil.copyfile(made, path)
            measure(path, world, late, asked.references)


def make(path: Path, world: World, late: set[int], references: int) -> None:
    """Make up the documents that are there before the late ones, not yet settled."""
    catalogue = Catalogue(f"sqlite:///{path}")
    catalogue.create()
    early = [(id_, place) for id_, place in enumerate(world.held, 1) if place not in late]
    for start in range(0, len(early), 5_000):
        with catalogue.session() as session:
            keep(session, world, early[start : start + 5_000], references)
    catalogue.close()


def measure(path: Path, world: World, late: set[int], references: int) -> None:
    """Print what everything costs in an archive of that size."""
    catalogue = Catalogue(f"sqlite:///{path}")
    catalogue.migrate()
    world.draw = random.Random(2)  # whether the documents have just been made up or not
    early = [(id_, place) for id_, place in enumerate(world.held, 1) if place not in late]
    times = len(late)
    clock, processor = time.perf_counter(), time.process_time()
    with catalogue.session() as session:
        citations.settle_all(session)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(f"\n{len(early):,} documents, {path.stat().st_size / 1e6:,.0f} MB")
    print(f"everything from scratch: {clock:.1f} s by the clock, {processor:.1f} s of processor")
    print(f"{'milliseconds':34}{'clock':>9}{'p95':>9}{'processor':>12}{'p95':>6}")
    later = iter([(id_, place) for id_, place in enumerate(world.held, 1) if place in late])
    told("an arrival", timed(times, lambda: arrive(catalogue, world, next(later), references)))
    shares = [1 / (place + 10) for _, place in early]
    read = iter(world.draw.choices([id_ for id_, _ in early], shares, k=20 * times))
    for what, ask in QUESTIONS.items():
        told(what, timed(times, lambda ask=ask: answered(catalogue, ask, next(read))))
    with catalogue.reading() as session:
        keys = [one.key for one in description.bodies(session, CLERK, level=Level.PROVINCE)]
    pairs = zip(keys[::2], keys[1::2], strict=False)
    told("a body merged, and undone", timed(len(keys) // 2, lambda: merged(catalogue, pairs)))
    catalogue.close()


def arrive(catalogue: Catalogue, world: World, late: tuple[int, int], references: int) -> None:
    with catalogue.session() as session:
        keep(session, world, [late], references)
        citations.settle(session, [late[0]])


def relations(session: Session, document_id: int) -> None:
    queries.outgoing(session, READER, document_id)
    queries.incoming(session, READER, document_id, 10)


def missing_page(session: Session, document_id: int) -> None:
    (lacked,) = queries.most_missed(session, READER, 1, document_id % 100)
    queries.missing(session, READER, lacked.cited_key)
    queries.missing_citers(session, READER, lacked.cited_key, 10)


def mismatches_page(session: Session, _id: int, page: int = 0) -> None:
    queries.mismatch_counts(session, READER)
    queries.mismatches(session, READER, None, 26, page * 25)


def body_page(session: Session, document_id: int) -> None:
    key = session.scalar(select(Document.body_key).where(Document.id == document_id))
    description.body(session, READER, key)


def merged(catalogue: Catalogue, merges: Iterator[tuple[str, str]]) -> None:
    variant, whole = next(merges)
    with catalogue.session() as session:
        editing.merge(session, CLERK, variant, whole)
        (event, *_) = editing.timeline(session, whole)
        editing.undo(session, CLERK, event.id)


QUESTIONS: dict[str, Callable[[Session, int], object]] = {
    "relations of a document": relations,
    "chain, six levels up and down": lambda session, id_: queries.chain(session, READER, id_, Reach(6, 6)),
    "missing, first page": lambda session, _: queries.most_missed(session, READER, 50),
    "missing, some page": lambda session, id_: queries.most_missed(session, READER, 50, id_ % 40 * 50),
    "a missing document": missing_page,
    "mismatches, first page": mismatches_page,
    "mismatches, some page": lambda session, id_: mismatches_page(session, id_, id_ % 40),
    "a body's page": body_page,
    "the bodies, by their documents": lambda session, _: description.bodies(session, READER),
}


def answered(catalogue: Catalogue, ask: Callable[[Session, int], object], document_id: int) -> None:
    with catalogue.reading() as session, suppress(NotHeld):  # one in fifty is a draft
        ask(session, document_id)


def timed(times: int, run: Callable[[], object]) -> Iterator[tuple[float, float]]:
    """Yield the milliseconds of each run, by the clock and by the processor."""
    for _ in range(times):
        clock, processor = time.perf_counter(), time.process_time()
        run()
        yield 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)


def told(what: str, taken: Iterator[tuple[float, float]]) -> None:
    columns = (f"{median(one):9.1f}{quantiles(one, n=20)[-1]:9.1f}" for one in zip(*taken, strict=True))
    print(f"{what:34}{''.join(columns)}", flush=True)


if __name__ == "__main__":
    main()
