"""How long a search takes: `python bench/search.py --documents 1000`.

Makes documents of about 10 KB from a vocabulary of its own with a fixed seed, indexes them in a temporary folder, and
prints the milliseconds of wall time per query, median and 95th percentile, twenty results and all facets each.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from archive.search import Filters, IndexEntry, Query, Sort, WhooshIndex, best_passage, parse
from ingest.orthography import fold

INITIALS = tuple("b,c,ch,d,đ,g,gi,h,kh,l,m,n,ng,nh,ph,qu,r,s,t,th,tr,v,x".split(","))  # noqa: SIM905 - a list to read
RHYMES = tuple(
    (  # noqa: SIM905 - likewise
        "a á à ả ạ ai ái an án ang áng anh ánh ao áo âm ân ấn ật âu ê ể ệ en ên ết i í ì ị ia iêm iên iến iện iết iêu "
        "in ình o ó ò oa òa ọc oi ới on òn ong ông ộng ơ ờ ơi ợp u ú ù ủ ụ ua ùa ui ung ùng uôc ước ươi ương ường ưu y"
    ).split()
)
KINDS = {"KH": "Kế hoạch", "QĐ": "Quyết định", "CT": "Chỉ thị", "NQ": "Nghị quyết", "BC": "Báo cáo"}
OFFICES = [f"Sở {name}" for name in ("Nội vụ", "Y tế", "Tài chính", "Công Thương", "Tư pháp", "Xây dựng", "Ngoại vụ")]
SIGNERS = ["Lê Văn An", "Trần Thị Bình", "Nguyễn Văn Cường", "Phạm Thị Dung", "Huỳnh Văn Em", "Võ Thị Phượng"]
SYLLABLES = 1_900  # of about 5.2 characters with the blank: 10 KB


class Vocabulary:
    """Syllables drawn as a text draws them: a few all the time, most of them rarely (Zipf)."""

    def __init__(self, chance: random.Random) -> None:
        self.syllables = [initial + rhyme for initial in INITIALS for rhyme in RHYMES]
        chance.shuffle(self.syllables)
        self.weights = [1 / (rank + 3) for rank in range(len(self.syllables))]
        self.chance = chance

    def text(self, count: int) -> str:
        return " ".join(self.chance.choices(self.syllables, self.weights, k=count))

    def frequent(self) -> str:
        return self.chance.choice(self.syllables[5:60])

    def rare(self) -> str:
        return self.chance.choice(self.syllables[-300:])


def entries(vocabulary: Vocabulary, count: int) -> Iterator[IndexEntry]:
    """Yield documents 1 to `count`."""
    chance = vocabulary.chance
    for n in range(1, count + 1):
        code = chance.choice(list(KINDS))
        yield IndexEntry(
            id=n, version=1, state="public", number=f"{chance.randrange(1, 900)}/{code}-UBND", kind=KINDS[code],
            issuer=chance.choice(OFFICES), subject=vocabulary.text(14), signers=(chance.choice(SIGNERS),),
            issued_on=date(2010, 1, 1) + timedelta(days=chance.randrange(5_000)), text=vocabulary.text(SYLLABLES),
        )  # fmt: skip


def query_classes(vocabulary: Vocabulary, texts: list[str]) -> dict[str, Callable[[], str]]:
    """Return for each class of query what makes one of it."""

    def phrase(length: int) -> str:
        words = vocabulary.chance.choice(texts).split()
        start = vocabulary.chance.randrange(len(words) - length)
        return " ".join(words[start : start + length])

    return {
        "rare word": vocabulary.rare,
        "frequent word": vocabulary.frequent,
        "three frequent words": lambda: " ".join(vocabulary.frequent() for _ in range(3)),
        "three words without accents": lambda: fold(" ".join(vocabulary.frequent() for _ in range(3))),
        "phrase of four": lambda: f'"{phrase(4)}"',
        "eight words of a text": lambda: phrase(8),
        "word and date range": lambda: f"{vocabulary.frequent()} từ:2013 đến:2015",
        "word and exclusion": lambda: f"{vocabulary.frequent()} -{vocabulary.frequent()}",
        "number": lambda: f"{vocabulary.chance.randrange(1, 900)}/KH-UBND",
        "everything": lambda: "",
    }


def measure(run: Callable[[Query], object], queries: list[Query]) -> str:
    """Return median and 95th percentile of the milliseconds that `run` takes for each query."""
    times = []
    for query in queries:
        start = time.perf_counter()
        run(query)
        times.append((time.perf_counter() - start) * 1000)
    return f"{statistics.median(times):9.2f} {statistics.quantiles(times, n=20)[-1]:9.2f}"


def main() -> None:
    """Build, then print a line per class of query."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--queries", type=int, default=30, help="of each class")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    vocabulary = Vocabulary(random.Random(options.seed))
    documents = list(entries(vocabulary, options.documents))
    texts = [document.text for document in documents]
    size = sum(len(text.encode()) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        index = WhooshIndex(Path(folder))
        start = time.perf_counter()
        index.rebuild(documents)
        seconds = time.perf_counter() - start
        taken = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        print(f"{len(documents)} documents, {size / len(documents) / 1000:.1f} KB each")
        print(f"built at {len(documents) / seconds:.0f} documents/s, index / text = {taken / size:.1f}")
        start = time.perf_counter()
        index.write(documents[:1])
        index.versions()
        print(f"one document written and seen in {time.perf_counter() - start:.2f} s\n")
        print(f"{'milliseconds':30} {'median':>9} {'p95':>9}")

        def search(query: Query, sort: Sort = "relevance") -> None:
            index.search(query, states=frozenset({"public"}), filters=Filters(), sort=sort, page=1, size=20)

        for name, make in query_classes(vocabulary, texts).items():
            queries = [parse(make()) for _ in range(options.queries)]
            print(f"{name:30} {measure(search, queries)}")
        queries = [parse(vocabulary.frequent()) for _ in range(options.queries)]
        print(f"{'frequent word, newest first':30} {measure(lambda query: search(query, 'newest'), queries)}")
        queries = [parse(" ".join(vocabulary.frequent() for _ in range(3))) for _ in range(options.queries)]
        print(f"{'best passage of one document':30} {measure(lambda query: best_passage(texts[:1], query), queries)}")
        index.close()


if __name__ == "__main__":
    main()
