"""Do store, catalogue and index still say the same, and are the kept bytes (fixity) and the history as they were?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from archive import disposal, history, indexing
from archive.catalogue.models import Document
from archive.errors import StoreDamaged
from archive.instance import Instance
from archive.search import SearchIndexError

Code = Literal[
    "file_damaged",
    "file_unknown",
    "history_broken",
    "index_unreadable",
    "index_missing",
    "index_behind",
    "index_unknown",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be: a code for programs, a sentence in Vietnamese for people."""

    code: Code
    message: str


def check(instance: Instance) -> tuple[Difference, ...]:
    """Return every difference. Reads every kept file and the index whole to verify them: minutes for a large store."""
    return (*_store(instance), *_history(instance), *_index(instance))


def _store(instance: Instance) -> Iterator[Difference]:
    kept = set(instance.store.digests())  # before the catalogue is asked: what comes in meanwhile is known to it
    with instance.catalogue.reading() as session:
        known = set(session.scalars(disposal.held_digests()))
    for sha256 in sorted(known):
        try:
            instance.store.verify(sha256)
        except StoreDamaged as error:
            yield Difference("file_damaged", str(error))
    for sha256 in sorted(kept - known):
        path = instance.store.path(sha256)
        yield Difference(
            "file_unknown",
            f"Kho có tệp {sha256} mà danh mục không ghi, có thể do một lần tải lên bị đứt; hãy xem tệp tại {path}, "
            "rồi tiếp nhận bằng `archive ingest` hoặc xóa.",
        )


def _history(instance: Instance) -> Iterator[Difference]:
    with instance.catalogue.reading() as session:
        broken = history.first_broken(session)
    if broken is not None:
        yield Difference(
            "history_broken",
            f"Lịch sử không còn nguyên vẹn từ sự kiện {broken}: sự kiện này hoặc sự kiện trước đó đã bị sửa, xóa, cắt "
            "mất hoặc chèn thêm; hãy đối chiếu với bản sao lưu.",
        )


def _index(instance: Instance) -> Iterator[Difference]:
    try:
        instance.index.verify()
        indexed = instance.index.versions()
    except SearchIndexError as error:
        yield Difference("index_unreadable", str(error))
        return
    with instance.catalogue.reading() as session:
        documents = select(Document.id, Document.version).where(indexing.indexed())
        catalogued = {row.id: row.version for row in session.execute(documents)}
    remedy = "hãy chạy `archive reindex`."
    for id_ in sorted(catalogued.keys() - indexed.keys()):
        yield Difference("index_missing", f"Văn bản {id_} không có trong chỉ mục tìm kiếm; {remedy}")
    for id_ in sorted(id_ for id_ in catalogued.keys() & indexed.keys() if catalogued[id_] != indexed[id_]):
        yield Difference("index_behind", f"Văn bản {id_} trong chỉ mục tìm kiếm là bản cũ; {remedy}")
    for id_ in sorted(indexed.keys() - catalogued.keys()):
        yield Difference("index_unknown", f"Chỉ mục tìm kiếm có văn bản {id_} mà danh mục không có; {remedy}")
