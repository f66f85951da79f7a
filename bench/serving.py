"""What a person waits for: the pages of a running server over an archive of made-up documents, asked for over HTTP.

.venv/bin/python -m bench.serving [--documents 1000] [--requests 200] [--instance FOLDER]

The documents are written straight into catalogue and index; an archive that FOLDER holds from an earlier run is served
as it is. Prints for the search page, the JSON search, the suggestions and the document page the median and the 95th
percentile, and what the server works for one; the memory of the server; then how long a 10-page PDF takes from upload
to being found, and 100 text files of 10 KB from upload to the last being read.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from archive import accounts
from archive.instance import Instance, create, open_instance
from bench.documents import ACTS, THINGS, WHO, make
from bench.filling import fill
from bench.pdf import pdf
from bench.server import PASSWORD, Browser, megabytes, processor_seconds, served, timed, until
from ingest.orthography import fold


def main() -> None:
    """Fill an archive, serve it, ask it, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=200, help="of each kind of page")
    parser.add_argument("--instance", type=Path, help="where the archive is kept for another run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        directory = options.instance or Path(folder) / "kho"
        if not directory.exists():
            _filled(directory, options.documents)
        with open_instance(directory) as instance:
            _measure(instance, options.documents, options.requests)


def _filled(directory: Path, documents: int) -> None:
    with create(directory, PASSWORD) as instance:
        seconds = timed(lambda: fill(instance, documents))
    print(f"{documents} documents written: {seconds:.0f} s, {documents / seconds:.0f} a second")


def _measure(instance: Instance, documents: int, requests: int) -> None:
    with instance.catalogue.session() as session:
        token = accounts.issue_token(session, "admin")
    with served(instance.directory) as server:
        browser, process = Browser(server.port, token), server.pid
        browser.sign_in()
        _measure_pages(browser, process, documents, requests)
        print(f"memory of the server: {megabytes(process):.0f} MB")
        fresh = time.time_ns()  # an archive that is kept holds the files of earlier runs
        _measure_upload(browser, "a 10-page PDF", [("ke-hoach.pdf", pdf(pages=10, seed=fresh))])
        texts = [(f"{n}.txt", document.text.encode()) for n, document in enumerate(make(100, seed=fresh))]
        _measure_upload(browser, "100 text files in one request", texts)


def _measure_pages(browser: Browser, process: int, documents: int, requests: int) -> None:
    draw = random.Random(3)
    searches = [f"q={quote(typed(draw))}" for _ in range(requests)]
    beginnings = [f"q={quote(typed(draw)[: draw.randint(2, 12)])}" for _ in range(requests)]
    numbers = [draw.randrange(1, documents + 1) for _ in range(requests)]

    def report(what: str, acts: Iterable[Callable[[], object]]) -> None:
        before = processor_seconds(process)
        seconds = [timed(act) for act in acts]
        spent = (processor_seconds(process) - before) / len(seconds)
        print(
            f"{what}: median {median(seconds) * 1000:.0f} ms, p95 {quantiles(seconds, n=20)[18] * 1000:.0f} ms, "
            f"{spent * 1000:.0f} ms of a processor, {len(seconds)} requests"
        )

    report("search page", [partial(browser.get, f"/?{q}") for q in searches])
    report("search page, second of the results", [partial(browser.get, f"/?{q}&page=2") for q in searches])
    report("JSON search", [partial(browser.get_json, f"/api/v1/search?{q}") for q in searches])
    report("suggestions", [partial(browser.get_json, f"/api/v1/suggest?{q}") for q in beginnings])
    report("document page", [partial(browser.get, f"/van-ban/{number}") for number in numbers])


def typed(draw: random.Random) -> str:
    """What staff type: two or three things, half of them without accents, some as a phrase."""
    words = f"{draw.choice(ACTS)} {draw.choice(THINGS)}"
    shapes = (words, fold(words), f'"{draw.choice(THINGS)}" {draw.choice(WHO)}', fold(draw.choice(THINGS)))
    return draw.choice(shapes)


def _measure_upload(browser: Browser, what: str, files: list[tuple[str, bytes]]) -> None:
    def bring() -> None:
        job = browser.upload(files)
        until(lambda: browser.get_json(f"/api/v1/jobs/{job}")["state"] not in {"queued", "running"})

    print(f"{what}, from upload to searchable: {timed(bring):.2f} s")


if __name__ == "__main__":
    main()
