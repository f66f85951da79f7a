"""Passwords for accounts that a command makes or changes."""

import os
import secrets
import sys

import click


def ask(variable: str) -> tuple[str, bool]:
    """Return the password in the environment variable, else typed twice, else drawn at random; and whether drawn."""
    if os.environ.get(variable):
        return os.environ[variable], False
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(12), True
    typed: str = click.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại mật khẩu", err=True)
    return typed, False


def show_drawn(name: str, password: str, *, drawn: bool) -> None:
    """Print a password that was drawn, for nobody has seen it yet."""
    if drawn:
        click.echo(f"Mật khẩu của {name} (chỉ hiện một lần này): {password}")
