"""`archive user`: accounts, their passwords and tokens."""

from typing import TYPE_CHECKING

import click

from archive.cli import passwords
from archive.cli.invocation import with_instance
from archive.workflow import CLERK, STAFF, Role

if TYPE_CHECKING:
    from archive.instance import Instance


@click.group()
def user() -> None:
    """Tài khoản của người dùng."""


@user.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([role.value for role in STAFF]), help="Vai trò.")
@with_instance
def add_user(instance: "Instance", name: str, role: str) -> None:
    """Thêm tài khoản NAME.

    Mật khẩu được hỏi, hoặc lấy từ biến ARCHIVE_USER_PASSWORD, hoặc được sinh ra khi không có ai để hỏi.
    """
    from archive import accounts

    password, drawn = passwords.ask("ARCHIVE_USER_PASSWORD")
    with instance.catalogue.session() as session:
        added = accounts.add_user(session, name, password, Role(role), CLERK)
    click.echo(f"Đã thêm tài khoản {added.name}, vai trò {added.role}.")
    passwords.show_drawn(added.name, password, drawn=drawn)


@user.command("password")
@click.argument("name")
@with_instance
def change_password(instance: "Instance", name: str) -> None:
    """Đặt mật khẩu mới cho tài khoản NAME; mọi phiên đăng nhập của tài khoản kết thúc.

    Mật khẩu được hỏi, hoặc lấy từ biến ARCHIVE_USER_PASSWORD, hoặc được sinh ra khi không có ai để hỏi.
    """
    from archive import accounts

    password, drawn = passwords.ask("ARCHIVE_USER_PASSWORD")
    with instance.catalogue.session() as session:
        accounts.change_password(session, name, password)
    click.echo(f"Đã đổi mật khẩu của {name}; mọi phiên đăng nhập của tài khoản này đã kết thúc.")
    passwords.show_drawn(name, password, drawn=drawn)


@user.command("close")
@click.argument("name")
@with_instance
def close_account(instance: "Instance", name: str) -> None:
    """Đóng tài khoản NAME: mọi phiên đăng nhập và mã truy cập kết thúc, những gì người đó đã làm vẫn còn."""
    from archive import accounts

    with instance.catalogue.session() as session:
        accounts.close(session, CLERK, name)
    click.echo(f"Đã đóng tài khoản {name}.")


@user.command("reopen")
@click.argument("name")
@with_instance
def reopen_account(instance: "Instance", name: str) -> None:
    """Mở lại tài khoản NAME, với mật khẩu đã có."""
    from archive import accounts

    with instance.catalogue.session() as session:
        accounts.reopen(session, CLERK, name)
    click.echo(f"Đã mở lại tài khoản {name}.")


@user.command("revoke")
@click.argument("name")
@with_instance
def revoke_tokens(instance: "Instance", name: str) -> None:
    """Thu hồi mọi mã truy cập API của tài khoản NAME."""
    from archive import accounts

    with instance.catalogue.session() as session:
        count = accounts.revoke_tokens(session, name)
    click.echo(f"Đã thu hồi {count} mã truy cập của {name}.")


@user.command("token")
@click.argument("name")
@with_instance
def issue_token(instance: "Instance", name: str) -> None:
    """In ra một mã truy cập API mới của tài khoản NAME; mã không xem lại được."""
    from archive import accounts

    with instance.catalogue.session() as session:
        token = accounts.issue_token(session, name)
    click.echo(token)
