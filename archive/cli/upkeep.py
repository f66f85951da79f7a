"""An instance made, checked, put right, copied and brought back."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli import passwords
from archive.cli.invocation import Failed, with_instance
from archive.cli.progress import progress

if TYPE_CHECKING:
    from archive.instance import Instance


@click.command()
@click.pass_obj
def init(directory: Path) -> None:
    """Tạo kho, với người quản lý đầu tiên là admin.

    Mật khẩu được hỏi, hoặc lấy từ biến ARCHIVE_ADMIN_PASSWORD, hoặc được sinh ra khi không có ai để hỏi.
    """
    from archive import instance

    password, drawn = passwords.ask("ARCHIVE_ADMIN_PASSWORD")
    instance.create(directory, password).close()
    click.echo(f"Đã tạo kho tại {directory}, người quản lý là {instance.ADMIN}.")
    passwords.show_drawn(instance.ADMIN, password, drawn=drawn)


@click.command()
@with_instance
def reindex(instance: "Instance") -> None:
    """Lập lại chỉ mục tìm kiếm và các liên kết dẫn chiếu từ danh mục."""
    from archive import citations, indexing

    with instance.catalogue.session() as session:
        citations.settle_all(session)
    with progress("Lập chỉ mục") as tell:
        count = indexing.reindex(instance, tell)
    click.echo(f"{count} văn bản trong chỉ mục")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
@with_instance
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
        _tell_what_is_unbounded(instance)
    if differences:
        raise Failed(f"Có {len(differences)} chỗ không khớp.")
    if not as_json:
        click.echo("Kho tệp, danh mục và chỉ mục khớp nhau, mọi tệp và lịch sử toàn vẹn.")


def _tell_what_is_unbounded(instance: "Instance") -> None:
    from archive import jobs
    from ingest.bounded import BoundedReader

    with BoundedReader(jobs.limits(instance)) as reader:
        lacking = reader.unbounded()
    if lacking:
        click.echo(f"Lưu ý: máy này không đặt được mọi giới hạn cho việc đọc tệp ({'; '.join(lacking)}).")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_instance
def backup(instance: "Instance", file: Path) -> None:
    """Sao lưu toàn bộ kho vào một tệp, trong khi kho vẫn chạy; không ghi đè lên tệp nào."""
    from archive import backup

    with progress("Sao lưu") as tell:
        manifest = backup.backup(instance, file, tell)
    click.echo(f"Đã sao lưu {len(manifest.members)} tệp vào {file}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(directory: Path, file: Path) -> None:
    """Phục hồi kho từ một tệp sao lưu, vào thư mục chưa có kho."""
    from archive import backup

    with progress("Phục hồi") as tell:
        manifest = backup.restore(file, directory, tell)
    click.echo(f"Đã phục hồi {len(manifest.members)} tệp vào {directory}, như lúc {manifest.made_at}Z.")


@click.command("place-words")
@with_instance
def place_words(instance: "Instance") -> None:
    """Đọc lại các tệp tiếp nhận từ bản trước, để biết mỗi từ ở đâu trên trang."""
    from archive import jobs, placing
    from ingest.bounded import BoundedReader
    from ingest.errors import ReadingError

    placed = 0
    waiting = placing.unplaced(instance)
    with progress("Đọc lại") as tell, BoundedReader(jobs.limits(instance)) as reader:
        for done, file_id in enumerate(waiting, start=1):
            try:
                placed += placing.place(instance, reader, file_id) > 0
            except (ReadingError, OSError) as error:
                click.echo(f"Tệp {file_id}: {error}", err=True)
            tell(done, len(waiting))
    click.echo(f"{placed} trên {len(waiting)} tệp nay có chỗ của từng từ")


@click.command("rules")
@with_instance
def check_rules(instance: "Instance") -> None:
    """Thử các ví dụ trong quy tắc riêng của cơ quan (thư mục rules/ của kho)."""
    from ingest.rules import examples, own

    faults = list(examples.faults())
    for fault in faults:
        click.echo(fault)
    if faults:
        raise Failed(f"Có {len(faults)} ví dụ không được đọc như quy tắc nói.")
    count = sum(len(rows) for tables in own().values() for rows in tables.values())
    click.echo(f"{count} quy tắc riêng trong {instance.directory / 'rules'}, mọi ví dụ được đọc đúng.")
