"""Files that are sealed when closed and checked when read."""

from pathlib import Path

import numpy as np
import pytest

from archive.search.columnar.arrays import ArrayFile, ArrayFileWriter, NarrowArray, NarrowWriter
from archive.search.columnar.storage import FileDamaged, SealedStorage

CONTENT = bytes(range(251)) * 200  # several pages


def written(folder: Path, content: bytes = CONTENT) -> Path:
    file = SealedStorage(str(folder)).create_file("whole")
    for start in range(0, len(content), 7_001):
        file.write(content[start : start + 7_001])
    file.close()
    return folder / "whole"


@pytest.mark.parametrize(("start", "stop"), [(0, len(CONTENT)), (0, 0), (5, 9), (16_383, 16_385), (40_000, 50_200)])
def test_any_piece_can_be_read(tmp_path: Path, start: int, stop: int) -> None:
    """What was written is read again, whole or in pieces, across pages, twice."""
    written(tmp_path)
    file = SealedStorage(str(tmp_path)).sealed("whole")
    assert file.read(start, stop).tobytes() == CONTENT[start:stop]
    assert file.read(start, stop).tobytes() == CONTENT[start:stop]


@pytest.mark.parametrize("place", [0, 20_000, len(CONTENT) - 1, len(CONTENT) + 3, -30, -20, -12, -4, -1])
def test_an_altered_byte_is_seen(tmp_path: Path, place: int) -> None:
    """A byte altered anywhere, in content, sums or seal, is said at the latest when it is read."""
    path = written(tmp_path)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(FileDamaged):
        SealedStorage(str(tmp_path)).sealed("whole").read()


@pytest.mark.parametrize("left", [0, 10, 23, 24, 1_000, len(CONTENT), -1])
def test_a_cut_file_is_seen_when_opened(tmp_path: Path, left: int) -> None:
    """A file cut off anywhere is not opened."""
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(FileDamaged):
        SealedStorage(str(tmp_path)).sealed("whole")


def test_a_file_cut_while_it_is_open_is_said(tmp_path: Path) -> None:
    """What can no longer be read is an error of ours and does not end the process."""
    path = written(tmp_path)
    file = SealedStorage(str(tmp_path)).sealed("whole")
    path.write_bytes(b"")
    with pytest.raises(FileDamaged):
        file.read()


def test_foreign_files_are_refused(tmp_path: Path) -> None:
    """What is no file of ours, or is not there, is not opened."""
    (tmp_path / "letter").write_text("một lá thư " * 20, encoding="utf-8")
    for name in ("letter", "absent"):
        with pytest.raises(FileDamaged):
            SealedStorage(str(tmp_path)).sealed(name)


def test_arrays_come_back(tmp_path: Path) -> None:
    """Arrays of any type come back under their names, those given in pieces as one."""
    storage = SealedStorage(str(tmp_path))
    writer = ArrayFileWriter(storage.create_file("arrays"))
    writer.extend("bytes", np.array([1, 2, 3], np.uint8))
    writer.extend("numbers", np.array([1, 1 << 40]))
    writer.extend("numbers", np.array([3]))
    writer.extend("texts", np.array([b"a", b"bc"], "S4"))
    with pytest.raises(ValueError, match="bytes"):
        writer.extend("bytes", np.array([4], np.uint8))
    writer.close(fact=[1, "hai"])
    file = ArrayFile(storage.sealed("arrays"))
    assert file["bytes"].tolist() == [1, 2, 3]
    assert file["numbers"].tolist() == [1, 1 << 40, 3]
    assert file.slice("numbers", 1, 3).tolist() == [1 << 40, 3]
    assert file["texts"].tolist() == [b"a", b"bc"]
    assert file.facts == {"fact": [1, "hai"]}


def test_numbers_that_do_not_fit_come_back(tmp_path: Path) -> None:
    """Of numbers in a narrow type those that are larger come back as they were, in any slice."""
    storage = SealedStorage(str(tmp_path))
    numbers = np.array([0, 255, 256, 3, 70_000, 9, 1 << 31, 4], np.uint32)
    file = ArrayFileWriter(storage.create_file("narrow"))
    writer = NarrowWriter(file, "n", np.uint8)
    writer.extend(numbers[:3])
    writer.extend(numbers[3:])
    writer.close()
    file.close()
    narrow = NarrowArray(ArrayFile(storage.sealed("narrow")), "n")
    for start in range(len(numbers) + 1):
        for stop in range(start, len(numbers) + 1):
            assert narrow.slice(start, stop).tolist() == numbers[start:stop].tolist()
    assert narrow.slice(0, 2).dtype == np.uint8
