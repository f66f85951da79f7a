"""How every command is run: on the instance of the folder, and what it raises said in one line."""

import gettext
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from archive.instance import Instance

_Asked = ParamSpec("_Asked")
_TRANSLATIONS = Path(__file__).parents[1] / "translations"


class Failed(click.ClickException):
    """What a command could not do, said in one line; exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(f"Lỗi: {' '.join(self.message.split())}", file=file, err=True)


class Commands(click.Group):
    """The commands: what one raises becomes one Vietnamese line, unless --verbose asks for the traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line. Click translates what it says itself by way of the gettext domain `click`."""
        gettext.bindtextdomain("click", str(_TRANSLATIONS))
        gettext.textdomain("click")
        os.environ["LANGUAGE"] = "vi"
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for. Raises Failed for all that it did not foresee."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["verbose"]:
                raise
            if isinstance(error, ArchiveError):
                raise Failed(str(error)) from error
            reason = f"{type(error).__name__}: {error}"
            raise Failed(f"Lỗi ngoài dự kiến ({reason}); chạy lại với --verbose để xem chi tiết.") from error


def with_instance(command: Callable[Concatenate["Instance", _Asked], None]) -> Callable[_Asked, None]:
    """Return the command with its first argument supplied: the instance of the folder, open while it runs."""

    @wraps(command)
    def opened(*args: _Asked.args, **asked: _Asked.kwargs) -> None:
        from archive.instance import open_instance

        with open_instance(click.get_current_context().obj) as instance:
            command(instance, *args, **asked)

    return opened
