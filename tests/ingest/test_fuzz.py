"""Whatever bytes come, the answer is a record or a ReadingError."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.bounded import BoundedReader, Limits
from ingest.errors import ReadingError
from ingest.record import Record
from tests.ingest import papers

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "files"


@pytest.fixture(scope="module")
def reader() -> Iterator[BoundedReader]:
    with BoundedReader(Limits(seconds=20)) as reader:
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
def found() -> list[bytes]:
    paths = sorted(path for path in CORPUS.glob("*") if path.stat().st_size < 200_000)
    if not paths:
        pytest.skip("the real documents are not beside this checkout")
    return [path.read_bytes() for path in paths]


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
    with contextlib.suppress(ReadingError):
        assert isinstance(reader.read(path), Record)


FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(which=st.integers(0, 2), pieces=changes())
def test_changed_files(
    reader: BoundedReader, made: list[bytes], tmp_path: Path, which: int, pieces: list[tuple[float, bytes]]
) -> None:
    """Files with bytes written over are a record or an error."""
    answered(reader, tmp_path / "a", changed(made[which], pieces))


@FEW
@given(which=st.integers(0, 10_000), pieces=changes())
def test_changed_real_files(
    reader: BoundedReader, found: list[bytes], tmp_path: Path, which: int, pieces: list[tuple[float, bytes]]
) -> None:
    """Real documents with bytes written over are a record or an error."""
    answered(reader, tmp_path / "a", changed(found[which % len(found)], pieces))


@FEW
@given(data=st.binary(max_size=300), head=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"]))
def test_any_bytes(reader: BoundedReader, tmp_path: Path, data: bytes, head: bytes) -> None:
    """Any bytes at all, also behind the mark of a format, are a record or an error."""
    answered(reader, tmp_path / "a", head + data)
