"""Every setting of an instance in one table: name, default, help. The instance's `config.toml` overrides a default."""

import json
import tomllib
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from archive.errors import ConfigurationError

_T = TypeVar("_T", bool, int, str)


def _setting(default: _T, explanation: str) -> _T:
    made: _T = field(default=default, metadata={"help": explanation})
    return made


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one instance; numbers are whole and positive."""

    catalogue_url: str = _setting(
        "sqlite:///{instance}/archive.sqlite",
        "Địa chỉ (URL) cơ sở dữ liệu của danh mục; {instance} là thư mục chứa tệp này.",
    )
    inbox: str = _setting(
        "{instance}/inbox", "Thư mục được theo dõi: tệp đặt vào đây được đưa vào kho rồi rời khỏi thư mục."
    )
    host: str = _setting("127.0.0.1", "Địa chỉ mà máy chủ lắng nghe; 0.0.0.0 để các máy khác trong mạng vào được.")
    port: int = _setting(8000, "Cổng mà máy chủ lắng nghe.")
    threads: int = _setting(8, "Số yêu cầu được phục vụ cùng lúc.")
    https: bool = _setting(False, "true khi người dùng vào qua HTTPS: cookie chỉ được gửi qua HTTPS.")
    proxy: str = _setting(
        "",
        "Địa chỉ máy chủ chuyển tiếp (reverse proxy) đứng trước kho, như 127.0.0.1: lời nó nói người dùng ở máy nào "
        "(X-Forwarded-For) được tin, để số lần đăng nhập sai được đếm riêng từng máy.",
    )
    public_face: bool = _setting(
        False, "true để ai cũng xem và tìm được văn bản ở trạng thái công khai mà không cần đăng nhập."
    )
    session_hours: int = _setting(12, "Một phiên đăng nhập kéo dài bao nhiêu giờ.")
    upload_megabytes: int = _setting(200, "Tổng dung lượng lớn nhất của một lần tải lên, tính bằng MB.")
    trash_days: int = _setting(30, "Số ngày văn bản ở trong thùng rác trước khi người quản lý xóa hẳn được.")
    reading_seconds: int = _setting(120, "Số giây lâu nhất để đọc một tệp; trang phải nhận dạng được thêm giờ.")
    reading_megabytes: int = _setting(1024, "Bộ nhớ lớn nhất để đọc một tệp, tính bằng MB.")


def load(path: Path) -> Settings:
    """Return the settings of a `config.toml`, defaults where it is silent.

    Raises ConfigurationError when it is not TOML, names an unknown setting, or gives one a value it cannot have.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"Tệp {path} không đúng cú pháp TOML ({error}); hãy sửa lại.") from error
    known = {setting.name: setting for setting in fields(Settings)}
    for name, value in given.items():
        if name not in known:
            raise ConfigurationError(f"Tệp {path} có mục lạ {name!r}; các mục dùng được: {', '.join(known)}.")
        _check(path, known[name], value)
    return Settings(**given)


def template() -> str:
    """Return a `config.toml` that names every setting with its help and default, all commented out."""
    lines = ["# Cấu hình. Bỏ dấu # ở đầu dòng để đổi một giá trị, rồi khởi động lại."]
    for setting in fields(Settings):
        # a JSON string, number or truth value is also a TOML one
        default = json.dumps(setting.default, ensure_ascii=False)
        lines += ["", f"# {setting.metadata['help']}", f"# {setting.name} = {default}"]
    return "\n".join(lines) + "\n"


def _check(path: Path, setting: Field[Any], value: object) -> None:
    expected: type = type(setting.default)
    if type(value) is not expected:
        kinds = {str: "một chuỗi trong ngoặc kép", int: "một số nguyên", bool: "true hoặc false"}
        raise ConfigurationError(f"Tệp {path}: mục {setting.name} phải là {kinds[expected]}.")
    if type(value) is int and value < 1:
        raise ConfigurationError(f"Tệp {path}: mục {setting.name} phải lớn hơn 0.")
