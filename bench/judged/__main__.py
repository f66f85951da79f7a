"""How well what is meant is found: judged queries, ours beside plain BM25 on one field.

.venv/bin/python -m bench.judged [--corpus PATH]

Prints MRR@10 of the queries that mean one document (known), by how they are typed, and nDCG@10 of those that mean a
topic, with the topics where plain BM25 does better; then every query whose document is not first, with its place and
what stands first. Queries that mean a document which is not at hand are left out, and counted. Of the documents found
for a topic those count that are made up, and of the others those that somebody has read and judged.
"""

import argparse
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

from archive.search import Filters, WhooshIndex, parse
from bench.accuracy import CORPUS
from bench.judged.bm25 import BM25
from bench.judged.holdings import Holding, holdings
from bench.judged.measures import DEPTH, ndcg, reciprocal_rank
from bench.judged.plans import Labels
from ingest.orthography import fold

DATA = Path(__file__).with_name("queries.toml")
SLIPS = ("typo", "missing", "wrong")

SIZE = 30  # results asked for: topics pass over what nobody has judged

Search = Callable[[str], list[int]]  # the ids of the first SIZE


@dataclass(frozen=True, slots=True)
class Known:
    """A query that means one document, and what each engine finds."""

    text: str
    slip: str | None
    meant: Holding
    found: dict[str, list[int]]

    def rank(self, engine: str) -> int | None:
        """Return the place of what is meant, from 1; None when it is not among the ten."""
        found = self.found[engine][:DEPTH]
        return found.index(self.meant.entry.id) + 1 if self.meant.entry.id in found else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    queries = tomllib.loads(DATA.read_text(encoding="utf-8"))
    held = holdings(options.corpus)
    with tempfile.TemporaryDirectory() as folder:
        index = WhooshIndex(Path(folder))
        index.rebuild(one.entry for one in held)
        plain = BM25(one.entry for one in held)
        engines: dict[str, Search] = {"ours": partial(ours, index), "BM25": plain.search}
        known = ask_known(queries["known"], held, engines)
        print(
            f"{len(held)} documents; {len(known)} queries that mean one, {len(queries['known']) - len(known)} left out"
        )
        print_known(known, list(engines))
        print_topics(queries["topic"], held, engines)
        index.close()
    print_not_first(known, {one.entry.id: one for one in held})


def ours(index: WhooshIndex, text: str) -> list[int]:
    found = index.search(
        parse(text), states=frozenset({"public"}), filters=Filters(), sort="relevance", page=1, size=SIZE
    )
    return [hit.id for hit in found.hits]


def ask_known(queries: Iterable[dict[str, Any]], held: list[Holding], engines: dict[str, Search]) -> list[Known]:
    named = {one.name: one for one in held}
    asked = []
    for query in queries:
        meant = named.get(query["document"])
        if meant:
            found = {name: search(query["text"]) for name, search in engines.items()}
            asked.append(Known(query["text"], query.get("slip"), meant, found))
        elif "." not in query["document"]:
            sys.exit(f"No plan is called: {query['document']}")
    return asked


def print_known(known: list[Known], engines: list[str]) -> None:
    groups = {
        "all": known,
        "with accents": [one for one in known if one.text != fold(one.text)],
        "without": [one for one in known if one.text == fold(one.text)],
        "no slip": [one for one in known if one.slip is None],
        **{slip: [one for one in known if one.slip == slip] for slip in SLIPS},
    }
    print(f"\nMRR@{DEPTH}{'queries':>23}" + "".join(f"{engine:>10}" for engine in engines))
    for name, group in groups.items():
        means = (fmean(reciprocal_rank(one.rank(engine)) for one in group) for engine in engines)
        print(f"{name:20}{len(group):9}" + "".join(f"{mean:10.3f}" for mean in means))


def print_topics(queries: list[dict[str, Any]], held: list[Holding], engines: dict[str, Search]) -> None:
    worth = {query["text"]: [_topic_ndcg(query, held, search) for search in engines.values()] for query in queries}
    means = map(fmean, zip(*worth.values(), strict=True))
    print(f"\nnDCG@{DEPTH}{len(queries):23}" + "".join(f"{mean:10.3f}" for mean in means))
    for text, (ours_gains, plain_gains) in sorted(worth.items(), key=lambda one: one[1][0]):
        if ours_gains < plain_gains:
            print(f"  {text:50}{ours_gains:10.3f}{plain_gains:10.3f}")


def _topic_ndcg(query: dict[str, Any], held: list[Holding], search: Search) -> float:
    read = query.get("read", {})
    grades = {
        one.entry.id: grade(one.labels, query["wanted"]) if one.labels else read[one.name]
        for one in held
        if one.labels or one.name in read
    }
    return ndcg([grades[id_] for id_ in search(query["text"]) if id_ in grades], list(grades.values()))


def grade(labels: Labels, wanted: dict[str, Any]) -> int:
    """Return 3 for a document with every label that is wanted, 2 for one short of one, 1 for the topic alone, else 0.

    A document that speaks of the topic in passing is worth 1 where nothing else is wanted.
    """
    if labels.topic != wanted["topic"]:
        return int(labels.passing == wanted["topic"] and len(wanted) == 1)
    has = asdict(labels)
    short = sum(has[label] != value for label, value in wanted.items())
    return max(3 - short, 1)


def print_not_first(known: list[Known], held: dict[int, Holding]) -> None:
    print("\nnot in first place:")
    for one in known:
        rank = one.rank("ours")
        if rank != 1:
            first = held[one.found["ours"][0]].name if one.found["ours"] else "nothing found"
            place = str(rank) if rank else "-"
            print(f"{place:>3}  {one.text}  [{one.slip or 'no slip'}; BM25 {one.rank('BM25') or '-'}]")
            print(f"       meant: {one.meant.name}\n       first: {first}")


if __name__ == "__main__":
    main()
