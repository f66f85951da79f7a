"""The command line, `archive`. A command's docstring is its help, which people read, and so in Vietnamese."""

# ruff: noqa: PLC0415 - a command imports what it needs: all of it takes 0.7 s to load, `archive --help` 0.1 s without

import gettext
import json
import logging
import os
import secrets
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Concatenate, ParamSpec

import click

from archive.errors import ArchiveError
from archive.workflow import CLERK, STAFF, Role, State

if TYPE_CHECKING:
    from archive.catalogue.facts import DepositFacts
    from archive.finding import Found
    from archive.instance import Instance

_Asked = ParamSpec("_Asked")
_CHECKOUT = Path(__file__).parents[1]


class _Failed(click.ClickException):
    """What a command could not do, said in one line; exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"Lỗi: {' '.join(self.message.split())}", file=file, err=True)


class _Commands(click.Group):
    """Turns whatever a command raises into one line, unless --verbose asks for the traceback; speaks Vietnamese."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line. What click itself says is translated as click has it: through gettext's domain."""
        gettext.bindtextdomain("click", str(Path(__file__).parent / "translations"))
        gettext.textdomain("click")
        os.environ["LANGUAGE"] = "vi"
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params["verbose"]:
                raise
            if isinstance(error, ArchiveError):
                raise _Failed(str(error)) from error
            reason = f"{type(error).__name__}: {error}"
            raise _Failed(f"Lỗi ngoài dự kiến ({reason}); chạy lại với --verbose để xem chi tiết.") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--instance",
    "directory",
    envvar="ARCHIVE_INSTANCE",
    type=click.Path(file_okay=False, path_type=Path, resolve_path=True),
    default=_CHECKOUT / "instance",
    help="Thư mục của kho; mặc định là instance/ cạnh chương trình, hoặc biến ARCHIVE_INSTANCE.",
)
@click.option("--verbose", is_flag=True, help="Ghi lại từng bước, và chi tiết của lỗi.")
@click.pass_context
def main(ctx: click.Context, directory: Path, verbose: bool) -> None:
    """Kho lưu trữ văn bản: tiếp nhận, tìm lại, lần theo dẫn chiếu."""
    ctx.obj = directory
    logging.basicConfig(
        level=logging.INFO if verbose else logging.CRITICAL, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )


def _with_instance(command: Callable[Concatenate["Instance", _Asked], None]) -> Callable[_Asked, None]:
    """Give the command the instance of the folder, open, and close it afterwards."""

    @wraps(command)
    def opened(*args: _Asked.args, **asked: _Asked.kwargs) -> None:
        from archive.instance import open_instance

        with open_instance(click.get_current_context().obj) as instance:
            command(instance, *args, **asked)

    return opened


@main.command()
@click.pass_obj
def init(directory: Path) -> None:
    """Tạo kho, với người quản lý đầu tiên là admin.

    Mật khẩu được hỏi, hoặc lấy từ biến ARCHIVE_ADMIN_PASSWORD, hoặc được sinh ra khi không có ai để hỏi.
    """
    from archive import instance

    password, drawn = _password("ARCHIVE_ADMIN_PASSWORD")
    instance.create(directory, password).close()
    click.echo(f"Đã tạo kho tại {directory}, người quản lý là {instance.ADMIN}.")
    _show_drawn(instance.ADMIN, password, drawn=drawn)


@main.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@_with_instance
def ingest(instance: "Instance", paths: tuple[Path, ...]) -> None:
    """Tiếp nhận các tệp, và mọi tệp trong các thư mục, trừ tệp ẩn."""
    from ingest.signatures import unreadable_roots

    for problem in unreadable_roots(instance.trust):
        click.echo(problem.message, err=True)
    kept: list[Path] = []
    unread: list[Path] = []
    deposits = _take_in(instance, _opened(_files(paths), kept, unread))
    for path, deposit in zip(kept, deposits, strict=True):
        if deposit.state == "failed":
            click.echo(f"{path}: {deposit.message}", err=True)
    count = Counter(deposit.state for deposit in deposits)
    failed = count["failed"] + len(unread)
    click.echo(f"{count['done']} đã tiếp nhận, {count['held']} đã có sẵn, {failed} lỗi")
    if failed:
        sys.exit(1)


@main.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Số văn bản được in ra.")
@_with_instance
def search(instance: "Instance", query: str, as_json: bool, limit: int) -> None:
    """Tìm văn bản, như người quản lý thấy."""
    from archive import finding
    from archive.search import Filters

    found = finding.find(instance, CLERK, query, Filters(), "relevance", 1, limit)
    if as_json:
        click.echo(json.dumps(finding.to_json(found), ensure_ascii=False))
        return
    for note in found.notes:
        click.echo(note, err=True)
    for hit in found.hits:
        click.echo(_told(hit))
    click.echo(f"{found.total} văn bản")


@main.command()
@_with_instance
def reindex(instance: "Instance") -> None:
    """Lập lại chỉ mục tìm kiếm và các liên kết dẫn chiếu từ danh mục."""
    from archive import citations, indexing

    with instance.catalogue.session() as session:
        citations.settle_all(session)
    with _progress("Lập chỉ mục") as tell:
        count = indexing.reindex(instance, tell)
    click.echo(f"{count} văn bản trong chỉ mục")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
@_with_instance
def check(instance: "Instance", as_json: bool) -> None:
    """Đối chiếu kho tệp, danh mục và chỉ mục; kiểm tra tính toàn vẹn của từng tệp và của lịch sử."""
    from archive import consistency

    differences = consistency.check(instance)
    if as_json:
        listed = [asdict(difference) for difference in differences]
        click.echo(json.dumps({"ok": not differences, "differences": listed}, ensure_ascii=False))
    else:
        for difference in differences:
            click.echo(difference.message)
    if differences:
        raise _Failed(f"Có {len(differences)} chỗ không khớp.")
    if not as_json:
        click.echo("Kho tệp, danh mục và chỉ mục khớp nhau, mọi tệp và lịch sử toàn vẹn.")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_with_instance
def backup(instance: "Instance", file: Path) -> None:
    """Sao lưu toàn bộ kho vào một tệp, trong khi kho vẫn chạy; không ghi đè lên tệp nào."""
    from archive import backup

    with _progress("Sao lưu") as tell:
        manifest = backup.backup(instance, file, tell)
    click.echo(f"Đã sao lưu {len(manifest.members)} tệp vào {file}.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(directory: Path, file: Path) -> None:
    """Phục hồi kho từ một tệp sao lưu, vào thư mục chưa có kho."""
    from archive import backup

    with _progress("Phục hồi") as tell:
        manifest = backup.restore(file, directory, tell)
    click.echo(f"Đã phục hồi {len(manifest.members)} tệp vào {directory}, như lúc {manifest.made_at}Z.")


@main.command("place-words")
@_with_instance
def place_words(instance: "Instance") -> None:
    """Đọc lại các tệp tiếp nhận từ bản trước, để biết mỗi từ ở đâu trên trang."""
    from archive import jobs, placing
    from ingest.bounded import BoundedReader
    from ingest.errors import ReadingError

    placed = 0
    waiting = placing.unplaced(instance)
    with _progress("Đọc lại") as tell, BoundedReader(jobs.limits(instance)) as reader:
        for done, file_id in enumerate(waiting, start=1):
            try:
                placed += placing.place(instance, reader, file_id) > 0
            except (ReadingError, OSError) as error:
                click.echo(f"Tệp {file_id}: {error}", err=True)
            tell(done, len(waiting))
    click.echo(f"{placed} trên {len(waiting)} tệp nay có chỗ của từng từ")


@main.command("rules")
@_with_instance
def check_rules(instance: "Instance") -> None:
    """Thử các ví dụ trong quy tắc riêng của cơ quan (thư mục rules/ của kho)."""
    from ingest.rules import examples, own

    faults = list(examples.faults())
    for fault in faults:
        click.echo(fault)
    if faults:
        raise _Failed(f"Có {len(faults)} ví dụ không được đọc như quy tắc nói.")
    count = sum(len(rows) for tables in own().values() for rows in tables.values())
    click.echo(f"{count} quy tắc riêng trong {instance.directory / 'rules'}, mọi ví dụ được đọc đúng.")


@main.group()
def user() -> None:
    """Tài khoản của người dùng."""


@user.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([role.value for role in STAFF]), help="Vai trò.")
@_with_instance
def add_user(instance: "Instance", name: str, role: str) -> None:
    """Thêm tài khoản NAME.

    Mật khẩu được hỏi, hoặc lấy từ biến ARCHIVE_USER_PASSWORD, hoặc được sinh ra khi không có ai để hỏi.
    """
    from archive import accounts

    password, drawn = _password("ARCHIVE_USER_PASSWORD")
    with instance.catalogue.session() as session:
        added = accounts.add_user(session, name, password, Role(role), CLERK)
    click.echo(f"Đã thêm tài khoản {added.name}, vai trò {added.role}.")
    _show_drawn(added.name, password, drawn=drawn)


@user.command("password")
@click.argument("name")
@_with_instance
def change_password(instance: "Instance", name: str) -> None:
    """Đặt mật khẩu mới cho tài khoản NAME; mọi phiên đăng nhập của tài khoản kết thúc.

    Mật khẩu được hỏi, hoặc lấy từ biến ARCHIVE_USER_PASSWORD, hoặc được sinh ra khi không có ai để hỏi.
    """
    from archive import accounts

    password, drawn = _password("ARCHIVE_USER_PASSWORD")
    with instance.catalogue.session() as session:
        accounts.change_password(session, name, password)
    click.echo(f"Đã đổi mật khẩu của {name}; mọi phiên đăng nhập của tài khoản này đã kết thúc.")
    _show_drawn(name, password, drawn=drawn)


@user.command("close")
@click.argument("name")
@_with_instance
def close_account(instance: "Instance", name: str) -> None:
    """Đóng tài khoản NAME: mọi phiên đăng nhập và mã truy cập kết thúc, những gì người đó đã làm vẫn còn."""
    from archive import accounts

    with instance.catalogue.session() as session:
        accounts.close(session, CLERK, name)
    click.echo(f"Đã đóng tài khoản {name}.")


@user.command("reopen")
@click.argument("name")
@_with_instance
def reopen_account(instance: "Instance", name: str) -> None:
    """Mở lại tài khoản NAME, với mật khẩu đã có."""
    from archive import accounts

    with instance.catalogue.session() as session:
        accounts.reopen(session, CLERK, name)
    click.echo(f"Đã mở lại tài khoản {name}.")


@user.command("revoke")
@click.argument("name")
@_with_instance
def revoke_tokens(instance: "Instance", name: str) -> None:
    """Thu hồi mọi mã truy cập API của tài khoản NAME."""
    from archive import accounts

    with instance.catalogue.session() as session:
        count = accounts.revoke_tokens(session, name)
    click.echo(f"Đã thu hồi {count} mã truy cập của {name}.")


@user.command("token")
@click.argument("name")
@_with_instance
def issue_token(instance: "Instance", name: str) -> None:
    """In ra một mã truy cập API mới của tài khoản NAME; mã không xem lại được."""
    from archive import accounts

    with instance.catalogue.session() as session:
        token = accounts.issue_token(session, name)
    click.echo(token)


@main.command()
@click.option("--host", help="Địa chỉ lắng nghe; mặc định theo config.toml.")
@click.option("--port", type=click.IntRange(0, 65535), help="Cổng lắng nghe; mặc định theo config.toml.")
@_with_instance
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


@main.command(hidden=True)
@_with_instance
def work(instance: "Instance") -> None:
    """Tiếp nhận các tệp đã gửi đến, đến khi đầu vào chuẩn kết thúc; `serve` chạy lệnh này."""
    from archive import jobs

    logging.getLogger().setLevel(logging.WARNING)
    threading.Thread(target=_end_with_input, daemon=True).start()
    jobs.work(instance)


def _password(variable: str) -> tuple[str, bool]:
    """The password of the environment variable, else one typed twice, else one drawn at random; and whether drawn."""
    if os.environ.get(variable):
        return os.environ[variable], False
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(12), True
    typed: str = click.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại mật khẩu", err=True)
    return typed, False


def _show_drawn(name: str, password: str, *, drawn: bool) -> None:
    if drawn:
        click.echo(f"Mật khẩu của {name} (chỉ hiện một lần này): {password}")


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those under the folders named but for hidden ones, each folder in the order of names."""
    for path in paths:
        if path.is_dir():
            yield from _files(sorted(child for child in path.iterdir() if not child.name.startswith(".")))
        elif path.is_file():
            yield path


def _opened(files: Iterable[Path], kept: list[Path], unread: list[Path]) -> Iterator[tuple[str, BinaryIO]]:
    for path in files:
        try:
            stream = path.open("rb")
        except OSError as error:
            click.echo(f"{path}: không mở được ({error.strerror}); hãy kiểm tra quyền đọc.", err=True)
            unread.append(path)
            continue
        with stream:
            yield path.name, stream
        kept.append(path)


def _take_in(instance: "Instance", files: Iterable[tuple[str, BinaryIO]]) -> tuple["DepositFacts", ...]:
    """Take the files in and return what became of each, in their order."""
    from archive import accession, jobs
    from archive.catalogue import queries
    from ingest.bounded import BoundedReader

    job_id = accession.deposit(instance, CLERK, files, State.INTERNAL)
    waiting = accession.waiting(instance, job_id)
    with BoundedReader(jobs.limits(instance), instance.trust) as reader, _progress("Tiếp nhận") as tell:
        for done, deposit_id in enumerate(waiting, 1):
            jobs.attempt(instance, reader, deposit_id)
            tell(done, len(waiting))
    with instance.catalogue.reading() as session:
        return queries.job(session, CLERK, job_id).deposits


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is to be told how many are done of how many: a bar on a terminal, a line now and then in a log."""
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


def _told(hit: "Found") -> str:
    card = hit.card
    issued = f"{card.issued_on:%d/%m/%Y}" if card.issued_on else None
    heading = " · ".join(part for part in (card.number, card.kind, issued, card.issuer) if part)
    lacking = f"Không có từ: {', '.join(hit.lacking)}" if hit.lacking else None
    lines = [heading or f"Văn bản {card.id}", card.subject, hit.snippet, lacking]
    return "\n    ".join(" ".join(line.split()) for line in lines if line) + "\n"


def _end_with_input() -> None:
    """End this process as SIGTERM would once its standard input ends: whoever started it is gone."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
