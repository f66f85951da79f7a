"""Whatever bytes come, the answer is a record or a ReadingError."""

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.bounded import BoundedReader, Limits
from ingest.errors import ReadingError
from ingest.record import Record
from tests.ingest import papers


@pytest.fixture(scope="module")
def reader() -> Iterator[BoundedReader]:
    with BoundedReader(Limits(seconds=20, page_seconds=0)) as reader:
        yield reader


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("made")
    letter = papers.letter(folder / "a.pdf")
    document = docx.Document()
    document.add_table(1, 2).cell(0, 0).text = papers.LEFT[0]
    document.save(str(folder / "a.docx"))
    return [letter.read_bytes(), (folder / "a.docx").read_bytes(), b"<html><table><tr><td>\xe1\xbb\xa6y ban</table>"]


@pytest.fixture(scope="module")
def real(shared: Path) -> list[bytes]:
    """The 24 smallest of the real documents that are read here alone."""
    return [path.read_bytes() for path in documents(shared) if path.suffix != ".doc" and not is_scan(path)][:24]


@pytest.fixture(scope="module")
def others(shared: Path) -> list[bytes]:
    """The smallest real document that LibreOffice reads, and the smallest that Tesseract does: each takes a second."""
    small = documents(shared)
    return [
        next(path for path in small if path.suffix == ".doc").read_bytes(),
        next(filter(is_scan, small)).read_bytes(),
    ]


def documents(shared: Path) -> list[Path]:
    return sorted((shared / "corpus" / "files").iterdir(), key=lambda path: path.stat().st_size)


def is_scan(path: Path) -> bool:
    if path.suffix != ".pdf":
        return False
    with closing(pypdfium2.PdfDocument(path)) as document, closing(document[0].get_textpage()) as text:
        return text.count_chars() < 100


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[float, bytes]]:
    """Places in a file, as shares of its length, and what is written over them."""
    return draw(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12)), min_size=1, max_size=12))


def changed(data: bytes, pieces: list[tuple[float, bytes]]) -> bytes:
    for share, piece in pieces:
        at = int(len(data) * share)
        data = data[:at] + piece + data[at + len(piece) :]
    return data


def answered(reader: BoundedReader, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with suppress(ReadingError):
        assert isinstance(reader.read(path), Record)


def few(examples: int) -> settings:
    return settings(
        max_examples=examples, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    )


@few(40)
@given(which=st.integers(0, 2), pieces=changes())
def test_changed_files(
    reader: BoundedReader, made: list[bytes], tmp_path: Path, which: int, pieces: list[tuple[float, bytes]]
) -> None:
    """Files with bytes written over are a record or an error."""
    answered(reader, tmp_path / "a", changed(made[which], pieces))


@few(40)
@given(which=st.integers(0, 23), pieces=changes())
def test_changed_real_files(
    reader: BoundedReader, real: list[bytes], tmp_path: Path, which: int, pieces: list[tuple[float, bytes]]
) -> None:
    """Real documents with bytes written over are a record or an error."""
    answered(reader, tmp_path / "a", changed(real[which], pieces))


@few(4)
@given(which=st.integers(0, 1), pieces=changes())
def test_changed_files_of_other_programs(
    reader: BoundedReader, others: list[bytes], tmp_path: Path, which: int, pieces: list[tuple[float, bytes]]
) -> None:
    """So are a DOC and a scan: what LibreOffice and Tesseract make of spoilt files is met."""
    answered(reader, tmp_path / "a", changed(others[which], pieces))


@few(40)
@given(data=st.binary(max_size=300), head=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"]))
def test_any_bytes(reader: BoundedReader, tmp_path: Path, data: bytes, head: bytes) -> None:
    """Any bytes at all, also behind the mark of a format, are a record or an error."""
    answered(reader, tmp_path / "a", head + data)
