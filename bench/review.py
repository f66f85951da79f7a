"""What an editor waits for who reviews: the queue, a document beside its page, and accepting it, over HTTP.

.venv/bin/python -m bench.review [--waiting 1000] [--reviewed 40]

So many made-up documents wait, and so many PDFs of two pages besides, which are then reviewed one after the other.
Prints of each step the median and the 95th percentile, and what the server works for one.
"""

import argparse
import io
import re
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from html import unescape
from pathlib import Path
from statistics import median, quantiles

from archive import accession
from archive.instance import Instance, create
from archive.workflow import CLERK, State
from bench.filling import fill
from bench.pdf import pdf
from bench.server import PASSWORD, Browser, processor_seconds, served, timed
from ingest.bounded import BoundedReader

_VALUES = re.compile(r'<input(?=[^>]*name="(\w+)")(?=[^>]*value="([^"]*)")|<textarea[^>]*name="(\w+)"[^>]*>([^<]*)<')


def main() -> None:
    """Fill an archive, serve it, review what waits in it, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--waiting", type=int, default=1000)
    parser.add_argument("--reviewed", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "kho"
        with create(directory, PASSWORD) as instance:
            fill(instance, options.waiting, State.DRAFT)
            letters = range(options.waiting + 1, options.waiting + options.reviewed + 1)
            _take_in(instance, len(letters))
        with served(directory) as server:
            browser = Browser(server.port)
            browser.sign_in()
            _measure(browser, server.pid, letters)


def _take_in(instance: Instance, count: int) -> None:
    letters = ((f"{n}.pdf", io.BytesIO(pdf(pages=2, seed=n, number=f"{n}/KH-SNV"))) for n in range(1, count + 1))
    job_id = accession.deposit(instance, CLERK, letters, State.DRAFT)
    with BoundedReader() as reader:
        for deposit_id in accession.waiting(instance, job_id):
            accession.take_in(instance, reader, deposit_id)


def _measure(browser: Browser, process: int, letters: Iterable[int]) -> None:
    def report(what: str, acts: Iterable[Callable[[], object]]) -> None:
        before = processor_seconds(process)
        seconds = [timed(act) for act in acts]
        spent = (processor_seconds(process) - before) / len(seconds)
        print(
            f"{what}: median {median(seconds) * 1000:.0f} ms, p95 {quantiles(seconds, n=20)[18] * 1000:.0f} ms, "
            f"{spent * 1000:.0f} ms of a processor"
        )

    report("queue", [partial(browser.get, "/duyet") for _ in letters])
    report("queue, oldest first", [partial(browser.get, "/duyet?theo=cu-nhat") for _ in letters])
    report(
        "image of a page, drawn beforehand for the next",
        [partial(browser.get, f"/van-ban/{n}/trang/1") for n in letters],
    )
    report("image of a page, drawn already", [partial(browser.get, f"/van-ban/{n}/trang/1") for n in letters])
    report("document", [partial(browser.get, f"/duyet/{n}") for n in letters])
    forms = [(f"/duyet/{n}", _form(browser.get(f"/duyet/{n}").decode())) for n in letters]
    report("accepting", [partial(browser.submit, path, form) for path, form in forms])


def _form(page: str) -> dict[str, str]:
    """Return what the page's form sends when its document is accepted."""
    within = page.split('<form id="review"')[1]
    named = ((one[0] or one[2], unescape(one[1] or one[3])) for one in _VALUES.findall(within))
    return {"viec": "circulate", **dict(reversed([*named]))}


if __name__ == "__main__":
    main()
