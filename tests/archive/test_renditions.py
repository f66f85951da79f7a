"""Documents that may be one: found when they come in, put together, kept apart, and taken apart again."""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from archive import accession, consistency, renditions, transitions
from archive.catalogue import queries
from archive.errors import Merged, NotAllowed, NotHeld, Refused
from archive.instance import Instance
from archive.renditions import Decision
from archive.search import Filters, parse
from archive.workflow import CLERK, VISITOR, Role, State, Viewer
from ingest.bounded import BoundedReader
from ingest.record import Mention, Reference, Relation

BODY = "Ủy ban nhân dân tỉnh Lam Sơn"
PLAN = {"number": "28/KH-UBND", "issued_on": date(2026, 1, 30), "issuer": BODY, "kind": "Kế hoạch"}
CITES_PLAN = Reference("28/KH-UBND", "Kế hoạch", PLAN["issued_on"], None, Relation.IMPLEMENTS, (Mention(1, 0, 1, "x"),))
LONG = " ".join(f"nội dung thứ {n} của kế hoạch" for n in range(60))
EDITOR = Viewer(None, "biên tập", Role.EDITOR)


def twins(instance: Instance, document_id: int, viewer: Viewer = CLERK) -> list[tuple[int, int]]:
    with instance.catalogue.reading() as session:
        return [(newer.id, older.id) for newer, older in queries.twins(session, viewer, document_id)]


def found(instance: Instance, words: str) -> list[int]:
    results = instance.index.search(
        parse(words), states=CLERK.sees, filters=Filters(), sort="relevance", page=1, size=10
    )
    return sorted(hit.id for hit in results.hits)


def test_the_same_number_year_and_body_may_be_one_document(instance: Instance, keep: Callable[..., int]) -> None:
    """A scan and the file it was printed from; the same number of another body or year is another document."""
    first = keep("bản Word", **PLAN)
    keep("của huyện", **PLAN | {"issuer": "Ủy ban nhân dân huyện Mường Khoài"})
    keep("năm trước", **PLAN | {"issued_on": date(2025, 1, 30)})
    scan = keep("bản quét", **PLAN)
    assert twins(instance, scan) == twins(instance, first) == [(scan, first)]


def test_nearly_the_same_text_may_be_one_document(instance: Instance, keep: Callable[..., int]) -> None:
    """Though neither has a number that could be read."""
    first = keep(LONG)
    second = keep(f"{LONG} ký ngày 30")
    keep(LONG.replace("kế hoạch", "báo cáo năm").replace("nội dung", "phần"))
    assert twins(instance, second) == [(second, first)]


def test_the_older_is_meant_until_it_is_decided(instance: Instance, keep: Callable[..., int]) -> None:
    """A second file takes no citation from the document it may be; told different, they are two to choose between."""
    first = keep("bản Word", **PLAN)
    citing = keep("x", number="1/KH-SNV", issuer="Sở Nội vụ tỉnh Lam Sơn", references=(CITES_PLAN,))
    scan = keep("bản quét", **PLAN)
    with instance.catalogue.reading() as session:
        (outgoing,) = queries.outgoing(session, CLERK, citing)
        assert (outgoing.status, outgoing.target.id) == ("resolved", first)
        assert [group.total for group in queries.incoming(session, CLERK, first, 9)] == [1]
        assert queries.incoming(session, CLERK, scan, 9) == ()
    renditions.decide(instance, EDITOR, scan, first, Decision.DIFFERENT)
    with instance.catalogue.reading() as session:
        assert [reference.status for reference in queries.outgoing(session, CLERK, citing)] == ["ambiguous"]


def test_a_rendition_becomes_part_of_the_document(instance: Instance, keep: Callable[..., int]) -> None:
    """It is found and cited no more; its address leads to the document, which lists its file."""
    first, scan = keep("bản Word", **PLAN), keep("bản quét", **PLAN)
    citing = keep("x", number="1/KH-SNV", issuer="Sở Nội vụ tỉnh Lam Sơn", references=(CITES_PLAN,))
    assert renditions.decide(instance, EDITOR, scan, first, Decision.RENDITION) == first
    assert found(instance, "bản") == [first]
    with instance.catalogue.reading() as session:
        assert [reference.target.id for reference in queries.outgoing(session, CLERK, citing)] == [first]
        assert [(one.id, one.kind) for one in queries.renditions(session, CLERK, first)] == [(scan, "rendition")]
        with pytest.raises(Merged) as moved:
            queries.document(session, CLERK, scan)
    assert moved.value.document_id == first
    assert consistency.check(instance) == ()


def test_the_address_of_a_part_leads_on_whoever_saw_it(instance: Instance, keep: Callable[..., int]) -> None:
    """To all others there never was such a document, even when they see the one that it is part of."""
    first, scan = keep("bản Word", state=State.PUBLIC, **PLAN), keep("bản quét", state=State.DRAFT, **PLAN)
    renditions.decide(instance, EDITOR, scan, first, Decision.RENDITION)
    newer = keep("ba", state=State.DRAFT, **PLAN)
    renditions.decide(instance, EDITOR, newer, first, Decision.VERSION)
    with instance.catalogue.reading() as session:
        with pytest.raises(Merged):
            queries.card(session, VISITOR, first)
        with pytest.raises(Merged):
            queries.card(session, EDITOR, scan)
        with pytest.raises(NotHeld) as absent:
            queries.card(session, VISITOR, scan)
        with pytest.raises(NotHeld) as nowhere:
            queries.card(session, VISITOR, 404)
    assert (type(absent.value), str(absent.value)) == (NotHeld, str(nowhere.value))


def test_a_version_takes_the_place_of_the_older(instance: Instance, keep: Callable[..., int]) -> None:
    """It is seen by whoever saw the older, whose earlier renditions come along."""
    first, scan = keep("một", state=State.PUBLIC, **PLAN), keep("hai", **PLAN)
    renditions.decide(instance, EDITOR, scan, first, Decision.RENDITION)
    newer = keep("ba", state=State.DRAFT, **PLAN)
    assert renditions.decide(instance, EDITOR, newer, first, Decision.VERSION) == newer
    with instance.catalogue.reading() as session:
        assert queries.card(session, CLERK, newer).state == State.PUBLIC
        parts = {one.id: one.kind for one in queries.renditions(session, CLERK, newer)}
    assert parts == {first: "version", scan: "rendition"}


def test_different_documents_stay_two_and_are_not_asked_about_again(
    instance: Instance, keep: Callable[..., int]
) -> None:
    """The question is gone, and cannot be answered twice."""
    first, second = keep("một", **PLAN), keep("hai", **PLAN)
    renditions.decide(instance, EDITOR, second, first, Decision.DIFFERENT)
    assert twins(instance, first) == []
    with pytest.raises(Refused):
        renditions.decide(instance, EDITOR, second, first, Decision.RENDITION)


def test_what_was_put_together_comes_apart_again(instance: Instance, keep: Callable[..., int]) -> None:
    """As a document of its own in the state it had, found as before."""
    first, scan = keep("bản Word", **PLAN), keep("bản quét", state=State.INTERNAL, **PLAN)
    renditions.decide(instance, EDITOR, scan, first, Decision.RENDITION)
    renditions.separate(instance, EDITOR, first, scan)
    assert found(instance, "bản") == [first, scan]
    with instance.catalogue.reading() as session:
        assert queries.card(session, CLERK, scan).state == State.INTERNAL
    with pytest.raises(NotHeld):
        renditions.separate(instance, EDITOR, first, scan)


def test_what_is_frozen_is_neither_merged_nor_separated(instance: Instance, keep: Callable[..., int]) -> None:
    """It stays as it is, whichever of the two it is."""
    first, second = keep("một", **PLAN), keep("hai", state=State.INTERNAL, **PLAN)
    transitions.move(instance, CLERK, second, "freeze", "Thanh tra")
    with pytest.raises(Refused, match="đổi trạng thái trước"):
        renditions.decide(instance, EDITOR, second, first, Decision.RENDITION)


def test_only_editors_decide(instance: Instance, keep: Callable[..., int]) -> None:
    """Whoever brings files may see that two may be one, no more; a reader does not learn of a draft by it."""
    first, second = keep("một", **PLAN), keep("hai", state=State.DRAFT, **PLAN)
    with pytest.raises(NotAllowed):
        renditions.decide(instance, Viewer(None, "nộp", Role.CONTRIBUTOR), second, first, Decision.RENDITION)
    assert twins(instance, first, Viewer(None, "đọc", Role.READER)) == []


def test_two_formats_of_a_real_document_come_out_as_renditions(instance: Instance, shared: Path) -> None:
    """The pairs of the corpus whose files both carry text; the others' scans take minutes to recognise."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = shared / "corpus" / "pairs"
    with (folder / "pairs.csv").open(encoding="utf-8") as lines:
        pairs = [(row["a"], row["b"]) for row in csv.DictReader(lines) if row["b"].endswith((".doc", ".docx"))]
    assert pairs
    with BoundedReader() as reader:
        for names in pairs:
            older, newer = (taken_in(instance, reader, folder / name) for name in names)
            assert twins(instance, newer) == [(newer, older)]
            assert renditions.decide(instance, EDITOR, newer, older, Decision.RENDITION) == older


def taken_in(instance: Instance, reader: BoundedReader, path: Path) -> int:
    with path.open("rb") as stream:
        job_id = accession.deposit(instance, CLERK, [(path.name, stream)], State.INTERNAL)
    for deposit_id in accession.waiting(instance, job_id):
        accession.take_in(instance, reader, deposit_id)
    with instance.catalogue.reading() as session:
        document = queries.job(session, CLERK, job_id).deposits[0].document
    assert document
    return document.id
