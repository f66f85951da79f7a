"""How far a command has come, on the standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield the function to call with how many are done, of how many: a bar on a terminal, else a line per hundred."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress

        with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=Console(stderr=True)) as bar:
            task = bar.add_task(label, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    else:
        yield lambda done, total: _say(label, done, total)


def _say(label: str, done: int, total: int) -> None:
    if done % 100 == 0 or done == total:
        click.echo(f"{label}: {done}/{total}", err=True)
