"""Does the index live through what happens to it: a writer killed, a file spoilt, a machine stopped in the midst?

.venv/bin/python -m bench.faults [--times 200] [--spoilt 300] [--archives 20] [--seed 1]

Kills a process that writes to the index `times` times, spoils a file of an index `spoilt` times, and stops an archive
that takes files in `archives` times. Prints what came of it, each fault with what it takes to see it again; the exit
status is 1 when there is one.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.progress import track

from bench.faults import damage, stopping
from bench.faults.killing import Trials


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200, help="writers killed")
    parser.add_argument("--spoilt", type=int, default=300, help="files spoilt")
    parser.add_argument("--archives", type=int, default=20, help="archives stopped")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    multiprocessing.get_context("forkserver").set_forkserver_preload(["bench.faults.stopping", "bench.faults.killing"])
    with tempfile.TemporaryDirectory() as folder:
        faults = [
            *kill(Path(folder) / "killed", options.times, options.seed),
            *spoil(Path(folder), options.spoilt, options.seed),
            *stop(Path(folder), options.archives, options.seed),
        ]
    for fault in faults:
        print(f"FAULT {fault}")
    sys.exit(1 if faults else 0)


def kill(folder: Path, times: int, seed: int) -> list[str]:
    began = time.perf_counter()
    trials = Trials(folder, seed)
    for _ in track(trials.run(times), "killing", times, transient=True):
        pass
    print(
        f"{times} writers killed in {time.perf_counter() - began:.0f} s, {trials.done} writes committed, "
        f"{trials.answered} searches answered meanwhile: {len(trials.faults)} faults"
    )
    if times:
        left = size(folder)
        trials.rebuild()
        print(f"what is left of {len(trials.held)} documents: {left}; rebuilt: {size(folder)}")
    return trials.faults


def size(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB"


def spoil(folder: Path, times: int, seed: int) -> list[str]:
    outcomes = list(track(damage.trials(folder, times, seed), "spoiling", times, transient=True))
    said = Counter(outcome.said for outcome in outcomes)
    print(f"{times} files spoilt: " + ", ".join(f"{count} {what}" for what, count in said.most_common()))
    return [f"spoilt {outcome.how}: {outcome.why}" for outcome in outcomes if outcome.why]


def stop(folder: Path, times: int, seed: int) -> list[str]:
    faults = []
    documents = 0
    for number in track(range(times), "stopping", transient=True):
        outcome = stopping.trial(folder / f"archive-{number}", seed + number)
        documents += outcome.documents
        faults += [f"archive stopped, seed {seed + number}: {what}" for what in outcome.faults]
    print(f"{times} archives stopped while {documents} files went in: {len(faults)} faults")
    return faults


if __name__ == "__main__":
    main()
