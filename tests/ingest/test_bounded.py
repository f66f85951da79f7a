"""Reading in a child process: bounds hold, accidents cost one file, nothing is left behind."""

import os
import signal
import threading
import time
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

import ingest
from ingest.bounded import BoundedReader, Limits
from ingest.errors import DamagedFile, ReadingError, TooLarge, UnknownFormat
from ingest.readers import tesseract
from tests.conftest import until
from tests.ingest import papers

needs_tesseract = pytest.mark.skipif(
    not tesseract.is_installed(), reason="Tesseract with its Vietnamese model is not here (apt: tesseract-ocr-vie)"
)


class Process(NamedTuple):
    pid: int
    name: str
    state: str
    parent: int
    group: int


def processes() -> Iterator[Process]:
    """Every process of this machine."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, rest = stat.read_text().rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue
        pid, _, name = head.partition(" (")
        state, parent, group, *_ = rest.split()
        yield Process(int(pid), name, state, int(parent), int(group))


def children() -> set[int]:
    """The processes whose parent is this one."""
    return {process.pid for process in processes() if process.parent == os.getpid()}


def running(group: int) -> set[str]:
    """The names of the group's processes that run; one that has ended may wait for its parent's notice."""
    return {process.name for process in processes() if process.group == group and process.state not in "ZX"}


@pytest.fixture(autouse=True)
def others() -> Iterator[set[int]]:
    """The children that other tests left running, a browser's driver for one; none is added, nor a file left open."""
    before, files = children(), len(list(Path("/proc/self/fd").iterdir()))
    yield before
    assert children() <= before
    assert len(list(Path("/proc/self/fd").iterdir())) <= files


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return papers.letter(tmp_path_factory.mktemp("letters") / "a.pdf")


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of 500 pages."""
    pages = [papers.lines(*papers.BODY)] * 500
    return papers.pdf(tmp_path_factory.mktemp("volumes") / "a.pdf", *pages)


def child_of(reader: BoundedReader) -> int:
    assert reader._child
    return reader._child._process.pid


def test_it_reads_as_the_library_reads(letter: Path) -> None:
    """The record from the child equals the one read in this process, its file named as given."""
    with BoundedReader() as reader:
        assert reader.read(letter) == ingest.read(letter)


def test_one_child_reads_file_after_file(letter: Path, tmp_path: Path) -> None:
    """The child is kept over files, also over one that it refuses."""
    wrong = tmp_path / "a.pdf"
    wrong.write_bytes(bytes(100))
    with BoundedReader() as reader:
        reader.read(letter)
        child = child_of(reader)
        with pytest.raises(UnknownFormat):
            reader.read(wrong)
        reader.read(letter)
        assert child_of(reader) == child


def test_progress_comes_back(letter: Path) -> None:
    """Progress is called in this process, page by page."""
    seen: list[tuple[int, int]] = []
    with BoundedReader() as reader:
        reader.read(letter, lambda page, total, **_: seen.append((page, total)))
    assert seen == [(1, 2), (2, 2)]


def test_too_slow_is_stopped(volume: Path, letter: Path, others: set[int]) -> None:
    """A file over the time bound is stopped, the bound named; the next file is read by a new child."""
    with BoundedReader(Limits(seconds=0.05, page_seconds=0)) as reader:
        with pytest.raises(TooLarge, match=r"0\.05 giây"):
            reader.read(volume)
        assert children() == others
    with BoundedReader() as reader:
        assert reader.read(letter).number


def test_a_file_may_take_longer_while_its_pages_come(volume: Path) -> None:
    """A file over its seconds is read to the end where no page takes more than a page's seconds."""
    with BoundedReader() as reader:
        began = time.monotonic()
        reader.read(volume)
        half = (time.monotonic() - began) / 2
    with BoundedReader(Limits(seconds=half, page_seconds=60)) as reader:
        assert len(reader.read(volume).pages) == 500


@needs_tesseract
def test_a_page_too_slow_is_stopped(tmp_path: Path, others: set[int]) -> None:
    """A page over the time of a page is stopped and named, and the program that recognises it ends with the child."""
    noise = ImageReader(Image.effect_noise((620, 877), 200).resize((2480, 3508)))  # half a minute's work
    path = papers.pdf(
        tmp_path / "a.pdf",
        papers.first_page,
        lambda canvas: canvas.drawImage(noise, 0, 0, papers.WIDTH, papers.HEIGHT),
    )
    begun: list[int] = []
    with BoundedReader(Limits(seconds=5, page_seconds=5)) as reader:
        with pytest.raises(TooLarge, match="trang 2 quá 5 giây"):
            reader.read(path, lambda *_, **__: begun.append(child_of(reader)))
        assert children() == others
        assert until(lambda: not running(begun[0]))


@needs_tesseract
def test_what_the_child_started_ends_with_it(tmp_path: Path) -> None:
    """Tesseract in the middle of a page is gone when its reader is closed."""
    page = papers.images(papers.letter(tmp_path / "a.pdf"))[0]
    scan = papers.scanned(tmp_path / "scan.pdf", *[page] * 2)
    seen: list[bool] = []

    def close() -> None:
        child = child_of(reader)
        seen.append(until(lambda: "tesseract" in running(child)))
        reader.close()
        seen.append(until(lambda: not running(child)))

    with BoundedReader() as reader:
        closer = threading.Thread(target=close)
        with pytest.raises(ReadingError, match="bị dừng"):
            reader.read(scan, lambda page, _, recognising=False: closer.start() if page and recognising else None)
        closer.join()
    assert seen == [True, True]


def test_too_big_is_stopped(tmp_path: Path, letter: Path) -> None:
    """A file that needs more memory than it may is stopped, the bound named; the next file is read."""
    swollen = tmp_path / "a.txt"
    swollen.write_text("Điều khoản " * 8_000_000, encoding="utf-8")
    with BoundedReader(Limits(memory_mb=128)) as reader:
        with pytest.raises(TooLarge, match="128 MB"):
            reader.read(swollen)
        assert reader.read(letter).number


def test_a_bomb_is_stopped(tmp_path: Path, letter: Path) -> None:
    """A PDF of 2 MB whose page unpacks to 2 GB is refused, read or drawn, and costs no more than it may."""
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(b" " * 2**20) for _ in range(2_000)) + packing.flush()
    bomb = papers.raw_pdf(
        tmp_path / "a.pdf",
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
    )
    with BoundedReader(Limits(memory_mb=256)) as reader:
        with pytest.raises(TooLarge, match="256 MB"):
            reader.read(bomb)
        with pytest.raises(TooLarge, match="256 MB"):
            reader.render_page(bomb, 1, 600)
        assert reader.read(letter).number


def test_too_long_is_stopped(letter: Path) -> None:
    """A file of more pages than it may have is stopped, its pages and the bound named."""
    with BoundedReader(Limits(pages=1)) as reader, pytest.raises(TooLarge, match="2 trang, quá giới hạn 1 trang"):
        reader.read(letter)


def test_a_crash_costs_one_file(volume: Path, letter: Path) -> None:
    """When the child dies in the middle of a file, that file is an error and the next is read."""
    with BoundedReader() as reader:
        with pytest.raises(DamagedFile, match="dừng đột ngột"):
            reader.read(volume, lambda *_, **__: os.kill(child_of(reader), signal.SIGSEGV))
        assert reader.read(letter).number


def test_a_death_between_files_costs_nothing(letter: Path) -> None:
    """A child that was killed while it waited is replaced, and the next file is not blamed."""
    with BoundedReader() as reader:
        reader.read(letter)
        os.kill(child_of(reader), signal.SIGKILL)
        os.waitid(os.P_PID, child_of(reader), os.WEXITED | os.WNOWAIT)
        assert reader.read(letter).number


def test_progress_can_cancel(volume: Path, letter: Path, others: set[int]) -> None:
    """What progress raises ends the reading and comes out; the reader stays usable."""

    class Cancelled(Exception):
        pass

    def cancel(page: int, total: int, *, recognising: bool = False) -> None:
        raise Cancelled

    with BoundedReader() as reader:
        with pytest.raises(Cancelled):
            reader.read(volume, cancel)
        assert children() == others
        assert reader.read(letter).number


def test_another_thread_can_close(volume: Path) -> None:
    """Closing from another thread ends the reading at once with an error that says so."""
    with BoundedReader() as reader:
        closer = threading.Thread(target=reader.close)
        with pytest.raises(ReadingError, match="bị dừng"):
            reader.read(volume, lambda page, *_, **__: closer.start() if page == 1 else None)
        closer.join()
        with pytest.raises(ReadingError, match="đã đóng"):
            reader.read(volume)


def test_a_missing_file_is_the_callers(tmp_path: Path, others: set[int]) -> None:
    """A file that is not there raises as everywhere, and starts no child."""
    with BoundedReader() as reader:
        with pytest.raises(FileNotFoundError):
            reader.read(tmp_path / "a.pdf")
        assert children() == others


def test_the_child_sees_nothing_of_ours(letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither our environment nor our open files reach the child."""
    monkeypatch.setenv("ARCHIVE_SECRET", "x")
    with letter.open("rb") as ours, BoundedReader() as reader:
        os.set_inheritable(ours.fileno(), True)
        reader.read(letter)
        child = Path("/proc") / str(child_of(reader))
        assert b"ARCHIVE_SECRET" not in (child / "environ").read_bytes()
        assert str(letter) not in {str(fd.readlink()) for fd in (child / "fd").iterdir()}


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "a\"'; rm -rf $HOME.txt",
        "kế hoạch số 12 năm 2024 (bản ký).txt",
        "ế" * 83 + ".txt",
        "-jobs.txt",
        "a\nb.txt",
    ],
)
def test_any_file_name(tmp_path: Path, name: str) -> None:
    """Names with dots, quotes, line breaks, Vietnamese and 253 bytes are read, and given back as they came."""
    (tmp_path / "sub").mkdir()
    path = tmp_path / "sub" / name
    path.write_text("Số: 12/KH-UBND", encoding="utf-8")
    with BoundedReader() as reader:
        assert reader.read(path).file == str(path)


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A name in bytes that are no UTF-8 is read all the same."""
    path = tmp_path / os.fsdecode(b"\xff\xfe.txt")
    path.write_text("Số: 12/KH-UBND", encoding="utf-8")
    with BoundedReader() as reader:
        assert reader.read(path).file == str(path)


def test_a_page_is_drawn(letter: Path) -> None:
    """A page comes back as a WebP image of the width asked for, the height following."""
    with BoundedReader() as reader:
        image = Image.open(BytesIO(reader.render_page(letter, 2, 300)))
    assert (image.format, image.width, round(image.height / image.width, 1)) == ("WEBP", 300, 1.4)


def test_what_cannot_be_drawn(letter: Path, tmp_path: Path) -> None:
    """A page that is not there, a file without pages to draw and an image beyond measure are refused."""
    text = tmp_path / "a.txt"
    text.write_text("Số: 12/KH-UBND", encoding="utf-8")
    with BoundedReader() as reader:
        with pytest.raises(DamagedFile, match="không có trang 3"):
            reader.render_page(letter, 3, 300)
        with pytest.raises(UnknownFormat):
            reader.render_page(text, 1, 300)
        with pytest.raises(TooLarge):
            reader.render_page(letter, 1, 100_000)
