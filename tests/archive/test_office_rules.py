"""The office's own rules in `instance/rules/`: documents are taken in by them, and their examples can be tried."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import ConfigurationError
from archive.instance import open_instance
from tests.ingest.test_office_rules import KIND, LETTER


@pytest.fixture
def kho(kho: Path) -> Path:
    """An instance with a kind of the office's own."""
    (kho / "rules").mkdir()
    (kho / "rules" / "kinds.toml").write_text(KIND)
    return kho


def archive(kho: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own: a process goes by one set of rules."""
    command = [sys.executable, "-m", "archive", "--instance", str(kho), *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)  # noqa: S603 - our own


def test_documents_are_taken_in_by_them(kho: Path, tmp_path: Path) -> None:
    """A document of a kind that the office has added is catalogued under it."""
    (tmp_path / "a.txt").write_text(LETTER)
    assert archive(kho, "ingest", tmp_path / "a.txt").returncode == 0
    (hit,) = json.loads(archive(kho, "search", "--json", "llt 45").stdout)["hits"]
    assert (hit["number"], hit["kind"]) == ("45/LLT-UBND", "Lịch làm tuần")


def test_their_examples_are_tried(kho: Path) -> None:
    """`archive rules` says how many there are, or names each example that is not read as its row says."""
    tried = archive(kho, "rules")
    assert (tried.returncode, tried.stdout[:16]) == (0, "1 quy tắc riêng ")
    (kho / "rules" / "kinds.toml").write_text(KIND.replace('"LỊCH LÀM TUẦN"', '"LỊCH LÀM TUẦN", "LỊCH TUẦN"'))
    tried = archive(kho, "rules")
    fault = "ví dụ “LỊCH TUẦN” được đọc là không gì cả, lẽ ra là Lịch làm tuần"
    assert (tried.returncode, tried.stdout) == (1, f"kinds.toml, [[kind]] thứ 1 (Lịch làm tuần): {fault}.\n")


def test_wrong_rules_keep_the_instance_closed(kho: Path) -> None:
    """An instance whose rules cannot be used is not opened, and says which row it is."""
    (kho / "rules" / "kinds.toml").write_text("[[kind]]")
    with pytest.raises(ConfigurationError, match=r"kinds\.toml, \[\[kind\]\] thứ 1: thiếu mục name"):
        open_instance(kho)
    refused = archive(kho, "search", "x")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
