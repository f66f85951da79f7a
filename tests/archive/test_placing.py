"""Where words stand, found again for what was taken in before the archive kept it."""

import io
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import delete

from archive import accession
from archive.catalogue import queries
from archive.catalogue.models import PageGeometry
from archive.instance import Instance
from archive.placing import place, unplaced
from archive.workflow import CLERK, State
from ingest.record import Page, Record, Word
from tests.archive.conftest import Says, record

PAGES = (
    Page(1, "Kế hoạch", (Word(0, 2, (80, 60, 95, 75)), Word(3, 7, (100, 60, 130, 75))), 595, 842),
    Page(2, "số", (Word(0, 2, (80, 60, 95, 75)),), 595, 842),
)


@dataclass(frozen=True)
class Again:
    """A reader that reads every file anew."""

    record: Record

    def read(self, _path: Path) -> Record:
        return self.record


def test_a_file_taken_in_before_gets_its_places(instance: Instance) -> None:
    """Of the pages that still read as they did; then nothing waits, and nothing else of the document has changed."""
    says = record(format="pdf", pages=PAGES)
    job_id = accession.deposit(instance, CLERK, [("KH.pdf", io.BytesIO(b"%PDF"))], State.PUBLIC)
    accession.take_in(instance, Says(says), *accession.waiting(instance, job_id))
    assert unplaced(instance) == ()
    with instance.catalogue.session() as session:
        session.execute(delete(PageGeometry))
    (file_id,) = unplaced(instance)
    otherwise = replace(says, pages=(PAGES[0], replace(PAGES[1], text="sổ")))
    assert place(instance, Again(otherwise), file_id) == 1
    assert unplaced(instance) == ()
    with instance.catalogue.reading() as session:
        assert list(queries.geometries(session, CLERK, 1, range(1, 9))) == [1]
        assert queries.document(session, CLERK, 1).pages == ("Kế hoạch", "số")
        assert queries.document(session, CLERK, 1).version == 1


def test_what_has_no_paper_does_not_wait(instance: Instance) -> None:
    """A text file, and a scan in which nothing was read."""
    for name, says in (("a.txt", record("chữ")), ("b.pdf", record("", format="pdf"))):
        job_id = accession.deposit(instance, CLERK, [(name, io.BytesIO(name.encode()))], State.PUBLIC)
        accession.take_in(instance, Says(says), *accession.waiting(instance, job_id))
    assert unplaced(instance) == ()
