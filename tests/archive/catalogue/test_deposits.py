"""Jobs, and who may follow them."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import queries
from archive.errors import NotHeld
from archive.workflow import CLERK, Role, State, Viewer
from tests.archive.catalogue import rows


@pytest.mark.parametrize(
    ("states", "state", "finished"),
    [
        (["queued", "queued"], "queued", 0),
        (["reading", "queued"], "running", 0),
        (["done", "queued"], "running", 1),
        (["done", "failed"], "done", 2),
        (["held"], "done", 1),
        (["failed", "failed"], "failed", 2),
    ],
)
def test_a_job_is_as_far_as_its_files(session: Session, states: list[str], state: str, finished: int) -> None:
    """A job is queued until its first file is read, done when all are finished, failed when none could be taken in."""
    facts = queries.job(session, CLERK, rows.job(session, None, *states))
    assert (facts.state, facts.finished) == (state, finished)
    assert [deposit.state for deposit in facts.deposits] == states


def test_a_deposit_carries_its_document(session: Session) -> None:
    """A file that has become a document leads to it, unless the viewer may not see it."""
    contributor = rows.viewer(session, Role.CONTRIBUTOR)
    held = rows.document(session, state=State.DRAFT)
    mine = rows.job(session, contributor, "done", document_id=held)
    assert queries.job(session, contributor, mine).deposits[0].document == queries.card(session, contributor, held)
    demoted = Viewer(contributor.user_id, contributor.name, Role.READER)
    assert queries.job(session, demoted, mine).deposits[0].document is None


def test_jobs_are_their_owners_and_editors(session: Session) -> None:
    """A contributor follows his own jobs; editors, managers and the command line follow all."""
    lan, minh = rows.viewer(session, Role.CONTRIBUTOR, "lan"), rows.viewer(session, Role.CONTRIBUTOR, "minh")
    of_lan = rows.job(session, lan, "queued", "done", created_at=datetime(2026, 1, 1))
    of_minh = rows.job(session, minh, "queued", created_at=datetime(2026, 1, 2))
    of_clerk = rows.job(session, None, "queued", created_at=datetime(2026, 1, 3))
    stranger = Viewer(None, "", Role.READER)
    editors = [rows.viewer(session, Role.EDITOR), rows.viewer(session, Role.MANAGER), CLERK]
    expected = [
        (lan, [of_lan]),
        (minh, [of_minh]),
        (stranger, []),
        *((e, [of_clerk, of_minh, of_lan]) for e in editors),
    ]
    for viewer, followed in expected:
        assert [job.id for job in queries.jobs(session, viewer, 10)] == followed
        assert queries.totals(session, viewer).waiting == len(followed)
    with pytest.raises(NotHeld):
        queries.job(session, minh, of_lan)
    with pytest.raises(NotHeld):
        queries.job(session, CLERK, "nothing")
    assert [job.id for job in queries.jobs(session, CLERK, 1)] == [of_clerk]


def test_totals_count_what_the_viewer_sees(session: Session) -> None:
    """The start page's figures are of the documents that the viewer may see, kinds by frequency."""
    for kind, state in [("Kế hoạch", "public"), ("Kế hoạch", "internal"), ("Quyết định", "draft"), (None, "public")]:
        rows.document(session, kind=kind, state=state)
    everything = queries.totals(session, CLERK)
    assert (everything.documents, everything.kinds) == (4, (("Kế hoạch", 2), ("Quyết định", 1)))
    seen = queries.totals(session, Viewer(1, "lan", Role.READER))
    assert (seen.documents, seen.kinds) == (3, (("Kế hoạch", 2),))
