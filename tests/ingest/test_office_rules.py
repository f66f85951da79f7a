"""An office's own rows: added to the rules, or in place of a namesake; refused when they are not like the others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import rules
from ingest.errors import WrongRule

ROOT = Path(__file__).parents[2]
LETTER = """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
Số: 45/LLT-UBND
An Bình, ngày 05 tháng 3 năm 2024
LỊCH LÀM TUẦN
Tiếp công dân tại trụ sở
Noi theo Quyết định số 12/QĐ-UBND ngày 02/01/2024 của Ủy ban nhân dân tỉnh;
"""
KIND = """
[[kind]]
name = "Lịch làm tuần"
codes = ["LLT"]
titles = ["LỊCH LÀM TUẦN"]
numbers = ["45/LLT-UBND"]
"""
PHRASE = """
[[phrase]]
say = ["noi theo"]
relation = "implements"
reach = "next"
examples = ["Noi theo Quyết định số 12/QĐ-UBND"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The office's folder, with a kind, a phrase and an opening of its own."""
    made = tmp_path / "quy tắc"
    made.mkdir()
    (made / "kinds.toml").write_text(KIND)
    (made / "phrases.toml").write_text(PHRASE)
    (made / "openings.toml").write_text('[[opening]]\nwords = ["Noi theo"]\n')
    return made


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(  # noqa: S603 - our own interpreter
        command, cwd=ROOT, env=environment, capture_output=True, check=False, text=True, timeout=120
    )


def test_a_document_is_read_by_the_offices_rows(folder: Path, tmp_path: Path) -> None:
    """A kind and a phrase of the office's own say kind and relation."""
    (tmp_path / "a.txt").write_text(LETTER)
    plain = json.loads(run("-m", "ingest", tmp_path / "a.txt").stdout)
    assert (plain["kind"], plain["references"][0]["relation"]) == (None, "cites")
    read = json.loads(run("-m", "ingest", "--rules", folder, tmp_path / "a.txt").stdout)
    assert (read["kind"], read["references"][0]["relation"]) == ("Lịch làm tuần", "implements")
    assert read["subject"] == "Tiếp công dân tại trụ sở"


def test_a_row_stands_in_place_of_its_namesake(folder: Path) -> None:
    """A row of the office's with the name of one that comes with the program replaces it; all others stay."""
    (folder / "kinds.toml").write_text('[[kind]]\nname = "Kế hoạch"\ncodes = ["KHH"]\n')
    told = (
        "import pathlib, sys; from ingest import kinds, numbers, rules; rules.add(pathlib.Path(sys.argv[1]));"
        "print([kinds.of_symbol(numbers.parse(n)) for n in ('1/KH-UBND', '1/KHH-UBND', '1/TB-UBND')])"
    )
    assert run("-c", told, folder).stdout.strip() == "[None, 'Kế hoạch', 'Thông báo']"


def test_rules_in_use_stay_as_they_are(folder: Path) -> None:
    """Rows cannot be added once a rule was used: half of a document would be read by them."""
    rules.load("kinds")
    with pytest.raises(RuntimeError, match="in use"):
        rules.add(folder)


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("kind.toml", "", r"kind\.toml có tên lạ; các tên dùng được: bodies, .*kinds"),
        ("kinds.toml", "[[kind]", r"kinds\.toml không đúng cú pháp TOML"),
        ("kinds.toml", "[[kinds]]", r"có bảng lạ \[\[kinds\]\]; các bảng dùng được: kind\."),
        ("kinds.toml", "kind = 1", r"mỗi dòng của bảng kind phải mở đầu bằng \[\[kind\]\]"),
        ("kinds.toml", KIND + '[[kind]]\ncodes = ["X"]', r"kinds\.toml, \[\[kind\]\] thứ 2: thiếu mục name"),
        ("kinds.toml", '[[kind]]\nname = "Lịch"\ncode = "L"', r"\[\[kind\]\] thứ 1 \(Lịch\): có mục lạ code; .* codes"),
        ("kinds.toml", '[[kind]]\nname = "Lịch"\ncodes = "L"', "mục codes phải là một danh sách các chuỗi"),
        ("kinds.toml", '[[kind]]\nname = " "', "mục name phải là một chuỗi có chữ"),
        ("provinces.toml", '[[province]]\nname = "A"\ntype = "tỉnh"\nuntil = "2025"', "mục until phải là một ngày"),
        ("phrases.toml", PHRASE.replace("next", "far"), "mục reach phải là một trong: clause, next, passive, weak"),
        ("phrases.toml", PHRASE.replace("implements", "obeys"), "mục relation phải là một trong: amends"),
    ],
)
def test_a_wrong_row_is_refused(tmp_path: Path, file: str, text: str, fault: str) -> None:
    """What is not like the rows that come with the program is refused, file, row and remedy named."""
    (tmp_path / file).write_text(text)
    with pytest.raises(WrongRule, match=fault):
        rules.add(tmp_path)


def test_the_command_refuses_wrong_rules(folder: Path, tmp_path: Path) -> None:
    """Rules that cannot be used, or a folder that is not there, are wrong usage."""
    for wrong in (tmp_path / "không có", folder):
        (folder / "x.toml").touch()
        refused = run("-m", "ingest", "--rules", wrong, "a.txt")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert str(wrong) in refused.stderr
