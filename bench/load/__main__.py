"""Forty signed files before lunch, five times over: does the archive bear a busy morning, and being killed in it?

.venv/bin/python -m bench.load [--documents 5000] [--staff 30] [--files 200] [--kills 50] [--seed 1]

First `staff` people search and read in an archive of `documents` while `files` files are brought by two of them, one
file after another as the page's script does: how long the pages and the acknowledgements took. Then the same number of
files goes into an empty archive while its server and its worker are killed `kills` times: whatever was acknowledged
must be a document once, and `archive check` have nothing to say. Every fault is printed; the exit status is then 1.
"""

import argparse
import hashlib
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import select

from archive import accession, accounts, consistency
from archive.catalogue.models import DocumentFile
from archive.instance import Instance, create, open_instance
from archive.workflow import Role
from bench.filling import fill
from bench.load.files import File, files
from bench.load.killing import Killer
from bench.load.people import Bringer, Person
from bench.server import PASSWORD, Browser, Server, served, timed, until


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--staff", type=int, default=30)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    coming = list(files(options.files, options.seed))
    with tempfile.TemporaryDirectory() as folder:
        faults = busy(Path(folder) / "busy", options.documents, options.staff, coming)
        if options.kills:
            faults += killed(Path(folder) / "killed", options.kills, options.seed, coming)
    for fault in faults:
        print(f"FAULT {fault}")
    sys.exit(1 if faults else 0)


def busy(directory: Path, documents: int, staff: int, coming: Sequence[File]) -> list[str]:
    """Let staff work while the files come; print what they waited for; return what went wrong."""
    with create(directory, PASSWORD) as instance:
        fill(instance, documents)
        with instance.catalogue.session() as session:
            for number in range(staff):
                accounts.add_user(session, f"nv{number}", PASSWORD, Role.READER)
        with served(directory) as server:
            people = [Person(number, _signed_in(server, f"nv{number}"), documents) for number in range(staff)]
            bringers = [Bringer(_signed_in(server), coming[half::2]) for half in range(2)]
            for one in (*people, *bringers):
                one.start()
            taken = timed(lambda: _finish(instance, bringers))
            for person in people:
                person.stop()
        _report(people, bringers)
        print(f"{len(coming)} files, from the first sent to the last read: {taken:.0f} s")
        return [*(fault for one in (*people, *bringers) for fault in one.faults), *_lost(instance, coming)]


def killed(directory: Path, kills: int, seed: int, coming: Sequence[File]) -> list[str]:
    """Bring the files into an archive that is killed meanwhile; return what was lost, doubled or left unlike."""
    with create(directory, PASSWORD) as instance, served(directory) as server:
        bringer = Bringer(_signed_in(server), coming, pause=kills * 2.5 / len(coming))
        person = Person(1, _signed_in(server), 0, bears=True)
        killer = Killer(server, kills, seed)
        for one in (bringer, person, killer):
            one.start()
        killer.join()
        _finish(instance, [bringer])
        person.stop()
    with open_instance(directory) as instance:
        unlike = [f"{difference.code}: {difference.message}" for difference in consistency.check(instance)]
        faults = [*bringer.faults, *person.faults, *_lost(instance, coming), *unlike]
    print(
        f"killed: server {killer.killed['server']} times, worker {killer.killed['worker']} times, "
        f"while {len(coming)} files came: {len(faults)} faults"
    )
    return faults


def _signed_in(server: Server, name: str = "admin") -> Browser:
    browser = Browser(server.port)
    browser.sign_in(name)
    return browser


def _finish(instance: Instance, bringers: Sequence[Bringer]) -> None:
    for bringer in bringers:
        bringer.join()
    until(lambda: not accession.waiting(instance))


def _report(people: Sequence[Person], bringers: Sequence[Bringer]) -> None:
    together: dict[str, list[float]] = defaultdict(list)
    for one in (*people, *bringers):
        for what, seconds in one.seconds.items():
            together[what] += seconds
    for what, seconds in together.items():
        middle, p95 = median(seconds) * 1000, quantiles(seconds, n=20)[18] * 1000
        print(f"{what}: median {middle:.0f} ms, p95 {p95:.0f} ms, longest {max(seconds):.1f} s, {len(seconds)} times")


def _lost(instance: Instance, coming: Sequence[File]) -> list[str]:
    """Return the files that are not in the archive exactly once."""
    with instance.catalogue.reading() as session:
        held = Counter(session.scalars(select(DocumentFile.sha256)))
    counts = {name: held[hashlib.sha256(content).hexdigest()] for name, content in coming}
    return [f"{name} is in the archive {count} times" for name, count in counts.items() if count != 1]


if __name__ == "__main__":
    main()
