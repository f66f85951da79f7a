"""A scan taken in: beside the original stands its searchable rendition."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive import accession
from archive.catalogue import queries
from archive.catalogue.facts import DocumentFacts, FileRole
from archive.catalogue.models import Deposit
from archive.consistency import check
from archive.errors import NotHeld
from archive.instance import Instance
from archive.workflow import CLERK, State
from ingest.errors import DamagedFile
from ingest.record import Page, Record, Word
from tests.archive.conftest import Says, record

SCAN = b"%PDF-1.7 a scan"
MADE = b"%PDF-1.7 a scan with words"


@dataclass(frozen=True)
class Recognises(Says):
    """A reader that recognises every file, and can make its rendition, or not."""

    can: bool = True

    def make_searchable(self, path: Path, read: Record) -> bytes:
        if not self.can:
            raise DamagedFile("Không lập được.")
        assert (path.read_bytes(), read.number) == (SCAN, "12/KH-UBND")
        return MADE


def scanned() -> Record:
    page = Page(
        1, "Kế hoạch", (Word(0, 2, (80, 60, 95, 75)), Word(3, 7, (100, 60, 130, 75))), 595, 842, recognised=True
    )
    return record(format="pdf", text_source="ocr", number="12/KH-UBND", pages=(page,))


def taken_in(instance: Instance, *, can: bool = True) -> DocumentFacts:
    job_id = accession.deposit(instance, CLERK, [("KH 12.pdf", io.BytesIO(SCAN))], State.PUBLIC)
    (deposit_id,) = accession.waiting(instance, job_id)
    accession.take_in(instance, Recognises(scanned(), can), deposit_id)
    with instance.catalogue.reading() as session:
        document_id = session.get_one(Deposit, deposit_id).document_id
        assert document_id
        return queries.document(session, CLERK, document_id)


def test_the_rendition_is_kept_beside_the_original(instance: Instance) -> None:
    """Both are files of the document, the original first and as it came; whoever asks for its file gets that."""
    facts = taken_in(instance)
    original, made = facts.files
    assert (original.role, original.name, original.pages) == (FileRole.ORIGINAL, "KH 12.pdf", 1)
    assert (made.role, made.name, made.pages) == (FileRole.SEARCHABLE, "KH 12 (có lớp chữ).pdf", 1)
    assert instance.store.path(original.sha256).read_bytes() == SCAN
    assert instance.store.path(made.sha256).read_bytes() == MADE
    assert facts.pages == ("Kế hoạch",)
    assert facts.record["number"] == "12/KH-UBND"
    with instance.catalogue.reading() as session:
        assert queries.file(session, CLERK, facts.card.id) == original
        assert queries.file(session, CLERK, facts.card.id, FileRole.SEARCHABLE) == made


def test_without_it_the_document_is_taken_in_all_the_same(instance: Instance) -> None:
    """A rendition that cannot be made is no reason to refuse the document."""
    facts = taken_in(instance, can=False)
    assert [file.role for file in facts.files] == [FileRole.ORIGINAL]
    with instance.catalogue.reading() as session, pytest.raises(NotHeld):
        queries.file(session, CLERK, facts.card.id, FileRole.SEARCHABLE)


def test_a_text_has_none(instance: Instance, keep: Callable[..., int]) -> None:
    """What was not recognised has no rendition."""
    with instance.catalogue.reading() as session:
        assert len(queries.document(session, CLERK, keep("Một")).files) == 1


def test_its_bytes_are_checked_too(instance: Instance) -> None:
    """The rendition is known to the check, and missed when it is lost."""
    facts = taken_in(instance)
    assert check(instance) == ()
    instance.store.path(facts.files[1].sha256).unlink()
    assert [difference.code for difference in check(instance)] == ["file_damaged"]
