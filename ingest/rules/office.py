"""An office's own rows of the rules, read and checked: the rows that come with the program say what a row may hold.

A row has the keys that every row of its table here has, may have those that some have, and under each the same form:
a text, a list of texts, texts by texts, a day, or true and false.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ingest.errors import WrongRule

Row = dict[str, Any]
Tables = dict[str, list[Row]]

_CHOSEN = frozenset(["kind", "level", "reach", "relation", "type"])  # keys whose values are those of the rows here
_FORMS = {
    "text": "một chuỗi có chữ",
    "texts": "một danh sách các chuỗi có chữ",
    "pairs": "một bảng { chuỗi = chuỗi }, chuỗi nào cũng có chữ",
    "day": "một ngày, như 2025-07-01",
    "truth": "true hoặc false",
}


def listed(folder: Path) -> list[Path]:
    """Return the folder's files of rules in the order of their names. Raises WrongRule when there is no such folder."""
    if not folder.is_dir():
        raise WrongRule(f"Không có thư mục quy tắc {folder}; hãy kiểm tra đường dẫn.")
    return sorted(folder.glob("*.toml"))


def read(path: Path, shipped: dict[str, Tables]) -> Tables:
    """Return the tables of one file, NFC. Raises WrongRule, whose message names the file, the row, and what to do."""
    if path.stem not in shipped:
        raise WrongRule(f"Tệp {path} có tên lạ; các tên dùng được: {_names(shipped)}.")
    try:
        tables = tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongRule(f"Tệp {path} không đúng cú pháp TOML ({error}); hãy sửa lại.") from error
    except OSError as error:
        raise WrongRule(f"Không đọc được tệp {path} ({error.strerror}); hãy kiểm tra quyền đọc.") from error
    for table, rows in tables.items():
        if table not in shipped[path.stem]:
            raise WrongRule(f"Tệp {path} có bảng lạ [[{table}]]; các bảng dùng được: {_names(shipped[path.stem])}.")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise WrongRule(f"Tệp {path}: mỗi dòng của bảng {table} phải mở đầu bằng [[{table}]].")
        for place, row in enumerate(rows, start=1):
            for fault in _faults(row, shipped[path.stem][table]):
                raise WrongRule(f"Tệp {path}, {called(table, place, row)}: {fault}.")
    return tables


def called(table: str, place: int, row: Row) -> str:
    """Return what to call a row in a message: its table, its place there from 1, its name if it has one."""
    name = row.get("name")
    return f"[[{table}]] thứ {place}" + (f" ({name})" if isinstance(name, str) else "")


def _faults(row: Row, like: list[Row]) -> Iterator[str]:
    """What is wrong with a row that should be like the others."""
    known = {key: value for other in like for key, value in other.items()}
    needed = [key for key in like[0] if all(key in other for other in like)]
    yield from (f"thiếu mục {key}; hãy thêm, như các dòng có sẵn" for key in needed if key not in row)
    for key, value in row.items():
        if key not in known:
            yield f"có mục lạ {key}; các mục dùng được: {_names(known)}"
        elif _form(value) != _form(known[key]):
            yield f"mục {key} phải là {_FORMS[_form(known[key])]}"
        elif key in _CHOSEN and value not in (choices := sorted({other[key] for other in like if key in other})):
            yield f"mục {key} phải là một trong: {_names(choices)}"
        elif key == "pattern" and not _compiles(value):
            yield "mục pattern không phải là biểu thức chính quy hợp lệ"


def _form(value: object) -> str:
    """The form of a value; a text without a letter, which could match anything, has none."""
    match value:
        case bool():
            return "truth"
        case date():
            return "day"
        case str() if any(letter.isalpha() for letter in value):
            return "text"
        case list() if value and all(_form(one) == "text" for one in value):
            return "texts"
        case dict() if value and all(_form(one) == "text" for pair in value.items() for one in pair):
            return "pairs"
    return "none"


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _names(names: Iterator[str] | list[str] | dict[str, Any]) -> str:
    return ", ".join(sorted(names))
