"""An index of each implementation, and entries for it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.search import Filters, IndexEntry, Results, SearchIndex, WhooshIndex, parse

ALL = frozenset({"draft", "internal", "public"})


def entry(id: int, text: str = "", **facts: object) -> IndexEntry:  # noqa: A002 - the entry's own name
    """Return an entry about which only what is given is known; public, version 1."""
    known: dict[str, object] = {
        "version": 1, "state": "public", "number": None, "kind": None, "issuer": None, "subject": None,
        "issued_on": None, "signers": (), "text": text,
    }  # fmt: skip
    return IndexEntry(id=id, **(known | facts))  # type: ignore[arg-type]  # the names are IndexEntry's


PLANS = (
    entry(
        1, "Căn cứ Quyết định số 1819/QĐ-TTg ngày 26/10/2015; xây dựng chính quyền điện tử, bảo đảm an toàn.",
        number="228/KH-UBND", kind="Kế hoạch", issuer="UBND tỉnh Sông Hậu", signers=("Trần Văn Đức",),
        subject="Tuyên truyền xây dựng chính quyền điện tử", issued_on=date(2017, 8, 18),
    ),
    entry(
        2, "Phòng cháy chữa cháy mùa khô; đường dây nóng, dịch vụ công trực tuyến.",
        number="36a/NQ-CP", kind="Nghị quyết", issuer="Chính phủ", signers=("Lê Thị Hòa",),
        subject="Dịch vụ công trực tuyến", issued_on=date(2015, 10, 14), state="internal",
    ),
    entry(
        3, "Hoa quả xuất khẩu; tổ chức hội chợ. Thực hiện Kế hoạch số 228 /KH-UBND.",
        number="9/KH-SCT", kind="Kế hoạch", issuer="Sở Công Thương", signers=("Lê Thị Hòa", "Trần Văn Đức"),
        subject="Hội chợ hoa quả", issued_on=date(2018, 1, 5),
    ),
    entry(4, "Bản thảo kế hoạch chưa có số, chưa có ngày.", state="draft"),
)  # fmt: skip


class Found:
    """Ask an index in the words of a test."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index

    def results(self, text: str, **asked: object) -> Results:
        question: dict[str, object] = {
            "states": ALL, "filters": Filters(), "sort": "relevance", "page": 1, "size": 20,
        }  # fmt: skip
        return self.index.search(parse(text), **(question | asked))  # type: ignore[arg-type]  # the names are its own

    def ids(self, text: str, **asked: object) -> list[int]:
        return [hit.id for hit in self.results(text, **asked).hits]


@pytest.fixture
def whoosh(tmp_path: Path) -> Iterator[WhooshIndex]:
    index = WhooshIndex(tmp_path / "index", patience=20)
    index.create()
    yield index
    index.close()


@pytest.fixture(params=["whoosh"])
def index(request: pytest.FixtureRequest) -> SearchIndex:
    """Each implementation of the seam in turn, empty."""
    made: SearchIndex = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def found(index: SearchIndex) -> Found:
    """The index with PLANS in it."""
    index.write(PLANS)
    return Found(index)


@pytest.fixture
def ask() -> Callable[[SearchIndex], Found]:
    return Found
