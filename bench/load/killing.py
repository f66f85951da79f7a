"""A server and its worker killed again and again while files come in."""

import os
import random
import signal
import threading
import time
from contextlib import suppress

from bench.server import Server

PAUSE = (0.3, 2.5)  # seconds between the answer of a server and the next kill


class Killer(threading.Thread):
    """Kills the server, which it then starts anew, or the worker, which the server replaces, `times` times."""

    def __init__(self, server: Server, times: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.killed = {"server": 0, "worker": 0}
        self._server = server
        self._times = times
        self._draw = random.Random(seed)

    def run(self) -> None:
        """Kill until it is enough."""
        while sum(self.killed.values()) < self._times:
            time.sleep(self._draw.uniform(*PAUSE))
            worker = self._server.worker() if self._draw.random() < 0.5 else None
            if worker is None:
                self._server.restart()
                self.killed["server"] += 1
            else:
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
                    self.killed["worker"] += 1
