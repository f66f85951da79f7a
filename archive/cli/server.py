"""The processes that run until they are stopped: the server, and the worker that it starts."""

import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import click

from archive.cli.invocation import with_instance

if TYPE_CHECKING:
    from archive.instance import Instance


@click.command()
@click.option("--host", help="Địa chỉ lắng nghe; mặc định theo config.toml.")
@click.option("--port", type=click.IntRange(0, 65535), help="Cổng lắng nghe; mặc định theo config.toml.")
@with_instance
def serve(instance: "Instance", host: str | None, port: int | None) -> None:
    """Chạy máy chủ và việc tiếp nhận tệp, đến khi bấm Ctrl-C."""
    from archive import serving

    logging.getLogger().setLevel(logging.WARNING)
    serving.serve(
        instance,
        instance.settings.host if host is None else host,
        instance.settings.port if port is None else port,
        lambda address: click.echo(f"Kho đang chạy tại {address} (Ctrl-C để dừng)"),
    )


@click.command(hidden=True)
@with_instance
def work(instance: "Instance") -> None:
    """Tiếp nhận các tệp đã gửi đến, đến khi đầu vào chuẩn kết thúc; `serve` chạy lệnh này."""
    from archive import jobs

    logging.getLogger().setLevel(logging.WARNING)
    threading.Thread(target=_end_with_input, daemon=True).start()
    jobs.work(instance)


def _end_with_input() -> None:
    """End this process as SIGTERM would once its standard input ends: whoever started it is gone."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
