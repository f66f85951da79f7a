"""Plain text in the encodings offices use."""

from pathlib import Path

import pytest

from ingest.errors import EmptyFile, UnknownFormat
from ingest.readers import read_pages

LINE = "Số: 12/KH-UBND, ngày 05 tháng 3 năm 2024, thực hiện chuyển đổi số"


def written(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_decoded(tmp_path: Path, encoding: str) -> None:
    """Unicode text reads alike with and without a byte order mark."""
    assert read_pages(written(tmp_path, LINE.encode(encoding))).pages[0].text == LINE


def test_cp1258_is_decoded(tmp_path: Path) -> None:
    """Windows' Vietnamese code page, whose tone marks are letters of their own, comes out composed."""
    data = "Kê\u0301 hoa\u0323ch của Sơ\u0309 Xây dư\u0323ng".replace("ủ", "u\u0309").encode("cp1258")
    assert read_pages(written(tmp_path, data)).pages[0].text == "Kế hoạch của Sở Xây dựng"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
@pytest.mark.parametrize(
    ("codes", "name"),
    [
        ("Uû ban nh©n d©n tØnh “quyÕt ®Þnh” viÖc n\u00adíc", "TCVN3"),
        ("Uûy ban nhaân daân tænh “quyeát ñònh” vieäc nöôùc", "VNI"),
    ],
)
def test_legacy_fonts_are_decoded(tmp_path: Path, codes: str, name: str, encoding: str) -> None:
    """Text typed in an 8-bit font reads as it showed, whether its codes are bytes or were carried into Unicode."""
    reading = read_pages(written(tmp_path, codes.encode(encoding)))
    assert reading.pages[0].text.replace("Uỷ", "Ủy") == "Ủy ban nhân dân tỉnh “quyết định” việc nước"
    assert name in reading.problems[0].message


def test_a_spoilt_byte_spoils_one_letter(tmp_path: Path) -> None:
    """UTF-8 with a byte gone wrong is UTF-8 all the same."""
    data = LINE.encode().replace(b"KH-UBND", b"KH\xffUBND")
    assert read_pages(written(tmp_path, data)).pages[0].text == LINE.replace("KH-UBND", "KH\ufffdUBND")


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    """A form feed ends a page; the one at the very end opens no page."""
    pages = read_pages(written(tmp_path, "một\r\n\fhai\n\f".encode())).pages
    assert [(page.number, page.text) for page in pages] == [(1, "một\n"), (2, "hai\n")]


def test_markdown_under_a_text_name(tmp_path: Path) -> None:
    """A `.txt` that shows Markdown's marks reads as clean text and stays a text file."""
    reading = read_pages(written(tmp_path, "## **KẾ HOẠCH**\n\n***Nơi nhận:***\n- Sở A;\n".encode()))
    assert reading.format == "text"
    assert reading.pages[0].text == "KẾ HOẠCH\n\nNơi nhận:\n- Sở A;\n"


def test_plain_text_keeps_its_stars(tmp_path: Path) -> None:
    """Text without headings or bold keeps every character."""
    text = "Ghi chú (*): 3 * 4\n# 5 cái"
    assert read_pages(written(tmp_path, f" x\n{text}".replace("# ", "#").encode())).pages[0].text.endswith("#5 cái")


def test_the_name_tells_markdown(tmp_path: Path) -> None:
    """A `.md` file is Markdown even when its only mark is an escape."""
    reading = read_pages(written(tmp_path, "1\\. Mục đích".encode(), "a.md"))
    assert (reading.format, reading.pages[0].text) == ("markdown", "1. Mục đích")


def test_empty_and_foreign_bytes_are_refused(tmp_path: Path) -> None:
    """No bytes, or bytes of no known kind, are refused with the reason."""
    with pytest.raises(EmptyFile):
        read_pages(written(tmp_path, b""))
    with pytest.raises(UnknownFormat):
        read_pages(written(tmp_path, bytes(range(256)) * 20))
