"""HTML: what a browser shows of the document, without the page around it."""

from pathlib import Path

import pytest

from ingest.errors import DamagedFile
from ingest.readers import read_pages


def text_of(folder: Path, source: str) -> list[str]:
    path = folder / "a.html"
    path.write_text(source, encoding="utf-8")
    reading = read_pages(path)
    assert reading.format == "html"
    return reading.pages[0].text.split("\n")


def test_words_of_their_own_nodes_are_joined(tmp_path: Path) -> None:
    """A line exploded into one node a word, or broken in the source, reads as the browser shows it."""
    source = "<html><p><span>Nghị định số </span><span>78/</span><span>2025/</span><b>NĐ-CP</b><i>,\n ngày</i>\n 10</p>"
    assert text_of(tmp_path, source) == ["Nghị định số 78/2025/NĐ-CP, ngày 10"]


def test_blocks_and_breaks_begin_lines(tmp_path: Path) -> None:
    """Paragraphs, list items and breaks begin a line; comments, scripts and styles are not text."""
    source = "<html><style>p{}</style><p>a<br>b<!-- c --></p><ul><li>d<li>e</ul><script>f</script>g"
    assert text_of(tmp_path, source) == ["a", "b", "d", "e", "g"]


def test_legacy_fonts_are_converted(tmp_path: Path) -> None:
    """What was typed in an 8-bit font reads as it showed, its codes written as letters or as entities."""
    source = "<html><p>Uû ban nh&copy;n d&#169;n tØnh</p><p>Sở Nội vụ"
    assert text_of(tmp_path, source) == ["Uỷ ban nhân dân tỉnh", "Sở Nội vụ"]


def test_the_document_is_found_on_its_page(tmp_path: Path) -> None:
    """Of a page around a document in the official form, only the document is read, header left half first."""
    header = (
        "<table><tr><td><p>BỘ A</p></td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</td></tr>"
        "<tr><td>Số: 1/QĐ-A</td><td>Hà Nội, ngày 01 tháng 3 năm 2024</td></tr></table>"
    )
    page = f"<html><div><h1>Quyết định 1/QĐ-A</h1></div><div>{header}<p>{'Điều 1. ' * 40}</p></div><div>Mục lục</div>"
    lines = text_of(tmp_path, page)
    assert lines[:3] == ["BỘ A", "Số: 1/QĐ-A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert "Mục lục" not in lines
    assert "Quyết định 1/QĐ-A" not in lines


def test_depth_is_no_danger(tmp_path: Path) -> None:
    """Elements nested beyond reason are refused, not read in part."""
    with pytest.raises(DamagedFile, match="quá sâu"):
        text_of(tmp_path, "<html>" + "<div><table><tr><td>" * 3000 + "x")


def test_a_page_without_a_header_is_read_whole(tmp_path: Path) -> None:
    """Without an official header the whole body is the document; a table of data reads row by row."""
    source = "<html><body><p>a</p><table><tr><th>b<th>c<tr><td>d<td>e</table></body></html>"
    assert text_of(tmp_path, source) == ["a", "b\tc", "d\te"]
