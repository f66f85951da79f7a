"""Reading in a child process: a file that hangs, crashes or swells it costs one error, not the application."""

from ingest.bounded.limits import Limits
from ingest.bounded.reader import BoundedReader

__all__ = ["BoundedReader", "Limits"]
