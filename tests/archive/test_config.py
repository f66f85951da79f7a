"""Settings: one table, and messages that lead back to it."""

from pathlib import Path

import pytest

from archive import config
from archive.config import Settings
from archive.errors import ConfigurationError


def _loaded(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_the_template_changes_nothing(tmp_path: Path) -> None:
    """A new config.toml names every setting, and loads as the defaults."""
    assert _loaded(tmp_path, config.template()) == Settings()


def test_the_template_without_its_marks_is_the_defaults(tmp_path: Path) -> None:
    """Every default in the template is written as TOML reads it back."""
    lines = [line.removeprefix("# ") for line in config.template().splitlines() if " = " in line]
    assert _loaded(tmp_path, "\n".join(lines)) == Settings()


def test_a_value_overrides_its_default(tmp_path: Path) -> None:
    """A setting in the file is taken, the others keep their defaults."""
    assert _loaded(tmp_path, "port = 9000") == Settings(port=9000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cong = 9000", "mục lạ 'cong'.*port"),
        ('port = "9000"', "port phải là một số nguyên"),
        ("port = true", "port phải là một số nguyên"),
        ("port = 0", "port phải lớn hơn 0"),
        ("host = 1", "host phải là một chuỗi"),
        ('https = "true"', "https phải là true hoặc false"),
        ("port =", "cú pháp TOML"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """An unknown setting, a value it cannot have, or broken TOML is said with the file's name."""
    with pytest.raises(ConfigurationError, match=said) as refused:
        _loaded(tmp_path, text)
    assert str(tmp_path / "config.toml") in str(refused.value)
