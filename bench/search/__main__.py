"""What a search costs beside other engines: the same documents, the same questions, one run.

.venv/bin/python -m bench.search [--documents 20000 ...] [--engines NAME ...] [--queries 30] [--reuse]

Prints for each class of questions the milliseconds of processor time, median and 95th percentile, twenty results each,
how many documents they find, and the geometric mean of ours against each, also for the first time that a question is
asked, when little of it is at hand; then what building, opening, serving and adding take. With several numbers of
documents, how ours grows: cost ~ documents to the power printed. Documents and indexes stay in a folder under the
temporary one; `--reuse` asks the indexes that an earlier run has left there.
"""

import argparse
import time
from dataclasses import dataclass
from math import exp, log
from statistics import fmean, linear_regression, median, quantiles

from bench.search import corpus, measuring
from bench.search.engines import DEFAULT, NAMES
from bench.search.measuring import ADDED, Built, Served
from bench.search.questions import Vocabulary, questions

DRAWN_FROM = 20_000  # documents at most that the questions are drawn from


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine over one number of documents."""

    built: Built | None
    served: Served


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000])
    parser.add_argument("--engines", nargs="+", choices=NAMES, default=list(DEFAULT))
    parser.add_argument("--queries", type=int, default=30, help="of each class")
    parser.add_argument("--reuse", action="store_true", help="build nothing that an earlier run has built")
    options = parser.parse_args()
    ours: dict[int, Served] = {}
    for count in options.documents:
        measured = measure(count, options.engines, options.queries, reuse=options.reuse)
        print_times(count, {name: one.served for name, one in measured.items()})
        print_costs(count, measured)
        if "ours" in measured:
            ours[count] = measured["ours"].served
    if len(ours) > 1:
        print_growth(ours)


def measure(count: int, engines: list[str], queries: int, *, reuse: bool) -> dict[str, Measured]:
    """Build and ask each engine over the first `count` documents."""
    asked = questions(Vocabulary.of(corpus.documents(min(count, DRAWN_FROM))), queries)
    generator, first = corpus.Generator(), int(time.time())  # an index that is reused has those of earlier runs
    spare = [generator.document(first + n) for n in range(ADDED)]
    measured = {}
    for name in engines:
        folder = corpus.CACHE / f"{name}-{count}"
        built = None if reuse and folder.exists() else measuring.build(name, count, folder)
        measured[name] = Measured(built, measuring.serve(name, folder, asked, spare))
    return measured


def print_times(count: int, served: dict[str, Served]) -> None:
    print(f"\n{count} documents, milliseconds: median, 95th percentile" + "".join(f"{name:>19}" for name in served))
    for kind in next(iter(served.values())).times:
        cells = (f"{median(one.times[kind]):10.2f} {_p95(one.times[kind]):8.2f}" for one in served.values())
        print(f"{kind:48}" + "".join(cells))
    for name, one in served.items():
        if name != "ours" and "ours" in served:
            ours = served["ours"]
            again, first = against(ours.times, one.times), against(ours.first, one.first)
            print(
                f"ours is {again:.3f} times {name}, geometric mean over the classes; {first:.3f} times the first time"
            )
    print("\ndocuments found, median" + " " * 25 + "".join(f"{name:>19}" for name in served))
    for kind in next(iter(served.values())).found:
        print(f"{kind:48}" + "".join(f"{one.found[kind]:19}" for one in served.values()))


def print_costs(count: int, measured: dict[str, Measured]) -> None:
    print(f"\n{count} documents" + " " * 32 + "".join(f"{name:>19}" for name in measured))
    built = [one.built for one in measured.values()]
    _row("documents a second", [f"{count / one.seconds:.0f}" if one else "-" for one in built])
    _row("documents a second of a processor", [f"{count / one.processor_seconds:.0f}" if one else "-" for one in built])
    _row("building, megabytes at most", [f"{one.memory:.0f}" if one else "-" for one in built])
    _row("index / text", [f"{one.size / one.text:.2f}" if one else "-" for one in built])
    served = [one.served for one in measured.values()]
    _row("opening, seconds", [f"{one.opening:.2f}" for one in served])
    _row("serving, megabytes (of them its own)", [f"{one.memory:.0f} ({one.own:.0f})" for one in served])
    _row("one added and found, seconds", [f"{median(one.adding):.2f}" for one in served])
    _row("  at most", [f"{max(one.adding):.2f}" for one in served])


def _row(what: str, cells: list[str]) -> None:
    print(f"{what:48}" + "".join(f"{cell:>19}" for cell in cells))


def print_growth(served: dict[int, Served]) -> None:
    """Print what ours costs at each number of documents, and the exponent of the line through the logarithms."""
    print("\nours, milliseconds, median, at" + "".join(f"{count:>10}" for count in served) + f"{'exponent':>10}")
    for kind in next(iter(served.values())).times:
        costs = [median(one.times[kind]) for one in served.values()]
        slope = linear_regression([log(count) for count in served], [log(cost) for cost in costs]).slope
        print(f"{kind:30}" + "".join(f"{cost:10.2f}" for cost in costs) + f"{slope:10.2f}")


def against(ours: dict[str, list[float]], other: dict[str, list[float]]) -> float:
    """Return how many times the other's median ours takes, the geometric mean over the classes.

    A slow engine is asked fewer questions: the same are compared.
    """
    return exp(fmean(log(median(ours[kind][: len(times)]) / median(times)) for kind, times in other.items()))


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
