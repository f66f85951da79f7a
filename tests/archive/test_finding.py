"""Finding documents by words and by their number."""

from collections.abc import Callable
from datetime import date

import pytest

from archive.finding import Finding, find, number_lookup, to_json
from archive.instance import Instance
from archive.search import Filters
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Mention, Reference, Relation

Keep = Callable[..., int]
READER = Viewer(None, "lan", Role.READER)


def search(instance: Instance, text: str, viewer: Viewer = CLERK, filters: Filters | None = None) -> Finding:
    return find(instance, viewer, text, filters or Filters(), "relevance", 1, 10)


def ids(finding: Finding) -> list[int]:
    return [hit.card.id for hit in finding.hits]


def test_words_marked_in_subject_and_text(instance: Instance, keep: Keep) -> None:
    """A hit shows what matched in its subject and in its best passage, with the page that stands on."""
    keep("Trang đầu.", "Xây dựng thư viện xã.", subject="Phát triển thư viện")
    (hit,) = search(instance, "thu vien").hits
    assert [(hit.card.subject or "")[span.start : span.end] for span in hit.subject] == ["thư", "viện"]
    assert hit.snippet == "Xây dựng thư viện xã."
    assert [hit.snippet[span.start : span.end] for span in hit.snippet_spans] == ["thư", "viện"]
    assert (hit.page, hit.mark) == (2, 1)


def test_nothing_asked_finds_all(instance: Instance, keep: Keep) -> None:
    """An empty search lists every document, without passages."""
    keep("Một")
    keep("Hai")
    finding = search(instance, "")
    assert finding.total == 2
    assert {hit.snippet for hit in finding.hits} == {None}


def test_drafts_are_not_a_readers(instance: Instance, keep: Keep) -> None:
    """A reader neither finds a draft, nor counts it, nor is led to it by its number."""
    keep("Dự thảo thư viện", number="228/KH-UBND", kind="Kế hoạch", state=State.DRAFT)
    finding = search(instance, "thư viện", READER)
    assert (finding.total, finding.facets["kind"]) == (0, ())
    lookup = number_lookup(instance, READER, "228/KH-UBND")
    assert lookup
    assert lookup.held == ()


def test_facets_count_and_narrow(instance: Instance, keep: Keep) -> None:
    """Facets count what was found, and narrow it."""
    plan = keep("thư viện", kind="Kế hoạch")
    keep("thư viện", kind="Quyết định")
    assert {(count.value, count.count) for count in search(instance, "thư viện").facets["kind"]} == {
        ("Kế hoạch", 1),
        ("Quyết định", 1),
    }
    assert ids(search(instance, "thư viện", filters=Filters(kind=("Kế hoạch",)))) == [plan]


def test_a_slip_is_respelled(instance: Instance, keep: Keep) -> None:
    """The query that was meant is offered on the first page, from documents that the viewer may see."""
    for number in range(3):
        keep(f"Chuyển đổi số, bài {number}")
        keep(f"Mật vụ, bài {number}", state=State.DRAFT)
    assert search(instance, "chuyẻn đổi").did_you_mean == "chuyển đổi"
    assert to_json(search(instance, "chuyenn doi"))["did_you_mean"] == "chuyen doi"
    assert search(instance, "chuyen doi").did_you_mean is None
    assert search(instance, "mat vuj").did_you_mean == "mat vụ"
    assert search(instance, "mat vuj", READER).did_you_mean is None
    assert find(instance, CLERK, "chuyenn", Filters(), "relevance", 2, 10).did_you_mean is None


@pytest.mark.parametrize(
    "typed", ["228/KH-UBND", "228/kh-ubnd", "228 KH UBND", "KH 228", "số 228/KH-UBND ngày 18/8/2017", "Kế hoạch 228"]
)
def test_number_in_any_shape(instance: Instance, keep: Keep, typed: str) -> None:
    """A number leads to its document however it is typed."""
    plan = keep(number="228/KH-UBND", kind="Kế hoạch", issued_on=date(2017, 8, 18))
    keep(number="228/QĐ-UBND", kind="Quyết định", issued_on=date(2017, 8, 18))
    lookup = number_lookup(instance, CLERK, typed)
    assert lookup
    assert [card.id for card in lookup.held] == [plan]


def test_number_of_several(instance: Instance, keep: Keep) -> None:
    """A number that several documents bear leads to all of them, a year to the one of that year."""
    keep(number="228/KH-UBND", issued_on=date(2017, 8, 18))
    later = keep(number="228/KH-UBND", issued_on=date(2018, 8, 18))
    both = number_lookup(instance, CLERK, "228/KH-UBND")
    one = number_lookup(instance, CLERK, "228/KH-UBND năm 2018")
    assert both
    assert one
    assert len(both.held) == 2
    assert [card.id for card in one.held] == [later]


def test_number_that_is_only_cited(instance: Instance, keep: Keep) -> None:
    """A number that no document bears leads to the missing document that others cite by it."""
    mention = (Mention(1, 0, 1, "S"),)
    keep(references=(Reference("17/NQ-CP", "Nghị quyết", date(2019, 3, 7), None, Relation.CITES, mention),))
    lookup = number_lookup(instance, CLERK, "17/nq-cp")
    assert lookup
    assert lookup.held == ()
    assert [missing.cited_key for missing in lookup.missing] == ["17-nq-cp-2019"]


def test_words_are_no_number(instance: Instance) -> None:
    """Words lead to a search."""
    assert number_lookup(instance, CLERK, "thư viện xã") is None


def test_as_json(instance: Instance, keep: Keep) -> None:
    """The API and the command line tell a hit by the names of the contract."""
    keep("thư viện", number="228/KH-UBND", kind="Kế hoạch", issued_on=date(2017, 8, 18))
    told = to_json(search(instance, "thư viện"))
    assert (told["total"], told["facets"]["kind"]) == (1, [{"value": "Kế hoạch", "count": 1}])
    assert told["hits"][0]["issued_on"] == "2017-08-18"
    assert told["hits"][0]["snippet"] == "thư viện"


def test_what_lacks_a_word_is_said_to(instance: Instance, keep: Keep) -> None:
    """A sentence counts the documents with all words and those with most; each of these names the words it lacks."""
    keep("thư viện xã vùng cao")
    keep("thư viện xã")
    some, none = search(instance, "thư viện xã cao"), search(instance, "thư viện xã biển")
    told = "1 văn bản chứa đủ các từ; 1 văn bản gần đúng chứa phần lớn các từ, mỗi văn bản có ghi từ còn thiếu."
    assert (some.lacking, to_json(some)["notes"]) == (told, [told])
    assert search(instance, "thư viện").lacking is None
    assert [hit["lacking"] for hit in to_json(some)["hits"]] == [[], ["cao"]]
    assert none.lacking
    assert none.lacking.startswith("Không có văn bản nào chứa đủ các từ")
    assert {hit.lacking for hit in none.hits} == {("biển",)}
