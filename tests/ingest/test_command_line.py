"""`python -m ingest`: a line a file, in order, in UTF-8, and an exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ingest import papers

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path, cwd: Path = ROOT) -> tuple[int, list[dict[str, Any]], str]:
    """Run the command in a locale that knows no Vietnamese; return its status, its lines and its standard error."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "ingest", *arguments],
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return (
        done.returncode,
        [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()],
        done.stderr.decode(),
    )


def test_a_line_a_file(tmp_path: Path) -> None:
    """Each file gives one line, in the order of the arguments whatever is done first, and the status is 0."""
    letter = papers.letter(tmp_path / "thư.pdf")
    text = tmp_path / "a.txt"
    text.write_text("không số, không ngày", encoding="utf-8")
    status, lines, complaints = run("--jobs", "2", letter, text, letter)
    assert (status, complaints) == (0, "")
    assert [line["file"] for line in lines] == [str(letter), str(text), str(letter)]
    assert lines[0]["number"] == "12/KH-UBND"
    assert lines[1]["number"] is None
    assert lines[0]["pages"] == 2


def test_names_are_given_back_as_they_came(tmp_path: Path) -> None:
    """A relative path stays relative in the line."""
    (tmp_path / "a.txt").write_text("x")
    _, lines, _ = run("../" + tmp_path.name + "/a.txt", cwd=tmp_path)
    assert lines[0]["file"] == f"../{tmp_path.name}/a.txt"


def test_what_cannot_be_read_is_a_line_too(tmp_path: Path) -> None:
    """Files that cannot be read give an error line each among the others, and the status is 1."""
    (tmp_path / "rỗng.pdf").touch()
    (tmp_path / "a.txt").write_text("x")
    status, lines, complaints = run("rỗng.pdf", "a.txt", "không có.pdf", ".", cwd=tmp_path)
    assert (status, complaints) == (1, "")
    assert [line["file"] for line in lines] == ["rỗng.pdf", "a.txt", "không có.pdf", "."]
    assert [line.get("error", {}).get("code") for line in lines] == ["empty", None, "unreadable", "unreadable"]
    assert lines[0]["error"]["message"].startswith("Tệp rỗng")


def test_bounds_are_error_lines(tmp_path: Path) -> None:
    """A file over a bound is an error line, with the bound named."""
    volume = papers.pdf(tmp_path / "a.pdf", *[papers.lines("x")] * 400)
    status, lines, _ = run("--timeout", "0.02", volume)
    assert (status, lines[0]["error"]["code"]) == (1, "too_large")
    assert "0.02 giây" in lines[0]["error"]["message"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "thiếu tham số: FILE"),
        (["--jobs", "0", "a"], "--jobs: phải từ 1 trở lên"),
        (["--jobs", "x", "a"], "--jobs: 'x' không phải là số"),
        (["--jobs"], "--jobs: thiếu giá trị"),
        (["--timeout", "-1", "a"], "--timeout: phải từ 0.001 trở lên"),
        (["--memory", "1", "a"], "--memory: phải từ 128 trở lên"),
        (["--x", "a"], "không có tùy chọn này: --x"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    """Wrong usage prints nothing on standard output, has the status 2, and is said in Vietnamese."""
    status, lines, complaints = run(*arguments)
    assert (status, lines) == (2, [])
    assert f"lỗi: {said}" in complaints.encode().decode("unicode_escape")
