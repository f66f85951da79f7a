"""Staff at their browsers: each searches, opens what is found, reads, and searches again, until told to stop."""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from bench.load.files import File
from bench.server import CUT_OFF, Browser, Unexpected
from bench.serving import typed

LOOKING = 3.0  # seconds, on average, that a person looks at a page before asking for another


class Person(threading.Thread):
    """One of the staff; one who `bears` it asks on when a connection is cut off, for whom it else is a fault."""

    def __init__(self, number: int, browser: Browser, documents: int, *, bears: bool = False) -> None:
        super().__init__(daemon=True)
        self.seconds: dict[str, list[float]] = defaultdict(list)  # what was asked for → how long each answer took
        self.faults: list[str] = []
        self._browser = browser
        self._documents = documents
        self._bears = bears
        self._draw = random.Random(number)
        self._stopping = threading.Event()

    def run(self) -> None:
        """Work until `stop`."""
        for what, path in self._wishes():
            if self._stopping.wait(self._draw.expovariate(1 / LOOKING)):
                return
            self._ask(what, path)

    def stop(self) -> None:
        """Let the person see the page asked for, and go."""
        self._stopping.set()
        self.join()

    def _wishes(self) -> Iterator[tuple[str, str]]:
        while True:
            search = f"/?q={quote(typed(self._draw))}"
            yield "search page", search
            if self._documents and self._draw.random() < 0.3:
                yield "search page", f"{search}&page=2"
            for _ in range(self._draw.randrange(3) if self._documents else 0):
                yield "document page", f"/van-ban/{self._draw.randint(1, self._documents)}"

    def _ask(self, what: str, path: str) -> None:
        began = time.perf_counter()
        try:
            self._browser.get(path)
        except Unexpected as unexpected:
            self.faults.append(str(unexpected))
        except CUT_OFF as cut:
            self.faults += [] if self._bears else [f"{path}: {cut!r}"]
        else:
            self.seconds[what].append(time.perf_counter() - began)


class Bringer(threading.Thread):
    """Brings files, one after another into one job; one that is not acknowledged is brought again."""

    def __init__(self, browser: Browser, coming: Sequence[File], pause: float = 0.0) -> None:
        super().__init__(daemon=True)
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.faults: list[str] = []
        self._browser = browser
        self._coming = coming
        self._pause = pause

    def run(self) -> None:
        """Bring them all."""
        job: str | None = None
        for file in self._coming:
            job = self._bring(file, job)
            time.sleep(self._pause)

    def _bring(self, file: File, job: str | None) -> str:
        while True:
            began = time.perf_counter()
            try:
                job = self._browser.send(file, job)
            except CUT_OFF:
                time.sleep(0.2)
            else:
                self.seconds["acknowledgement of a file"].append(time.perf_counter() - began)
                return job
