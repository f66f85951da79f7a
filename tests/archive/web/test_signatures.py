"""What the document page tells of digital signatures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

import ingest
from archive import accession
from archive.catalogue import queries
from archive.instance import Instance
from archive.workflow import CLERK, Role, State
from ingest.record import Changes, Record, Signature, SignatureRole, Trust
from tests.ingest import signing

LEADER = Signature(
    "Signature1",
    "Nội dung đã ký còn nguyên vẹn, sau đó tệp chỉ thêm chữ ký hoặc dấu; chưa kiểm tra được thu hồi.",
    signer="Nguyễn Văn An",
    organisation="ỦY BAN NHÂN DÂN TỈNH LAM SƠN",
    role=SignatureRole.LEADER,
    signed_at=datetime(2026, 7, 9, 2, 30, tzinfo=UTC),
    intact=True,
    trust=Trust.UNKNOWN,
    changes=Changes.SIGNATURES,
)
BROKEN = Signature("Signature2", "Chữ ký không khớp với nội dung.", signer="SỞ NỘI VỤ", intact=False)


def test_who_signed_in_which_role_when_and_the_verdict(keep, reader):
    """The page shows each signature, its time as the office's clock has it."""
    page = reader.get(f"/van-ban/{keep(signatures=(LEADER,))}").text
    for shown in ("Nguyễn Văn An", "ỦY BAN NHÂN DÂN TỈNH LAM SƠN", "Người ký, ký lúc 09:30 09/07/2026", LEADER.verdict):
        assert shown in page
    assert '<details class="signatures">' in page


def test_a_signature_with_something_off_is_shown_at_once(keep, reader):
    """The list stands open when a signature is not what it should be."""
    page = reader.get(f"/van-ban/{keep(signatures=(LEADER, BROKEN))}").text
    assert '<details class="signatures" open>' in page
    assert '<p class="caution">Chữ ký không khớp với nội dung.</p>' in page


def test_a_file_without_signatures_says_nothing(keep, reader):
    """No empty section stands on the page of an unsigned document."""
    assert "Chữ ký số" not in reader.get(f"/van-ban/{keep()}").text


def test_a_subject_that_is_markup_is_shown_as_text(keep, reader):
    """Anyone may put anything into a certificate."""
    page = reader.get(
        f"/van-ban/{keep(signatures=(Signature('x', 'Chưa rõ.', signer='<script>alert(1)</script>'),))}"
    ).text
    assert "<script>alert(1)" not in page


def test_signatures_in_the_api(keep, reader):
    """The API answers the signatures as the contract's records have them."""
    (shown,) = reader.get(f"/api/v1/documents/{keep(signatures=(LEADER,))}").get_json()["signatures"]
    assert (shown["signer"], shown["signed_at"]) == ("Nguyễn Văn An", "2026-07-09T02:30:00+00:00")


class Reads:
    """A reader that reads in this process."""

    def read(self, path: Path, _progress: object) -> Record:
        return ingest.read(path)


def take_in(instance: Instance, content: bytes) -> int:
    job_id = accession.deposit(instance, CLERK, [("kế hoạch.signed.pdf", BytesIO(content))], State.INTERNAL)
    (deposit_id,) = accession.waiting(instance, job_id)
    accession.take_in(instance, Reads(), deposit_id)
    return deposit_id


def test_the_file_as_it_was_signed_is_given(reader: FlaskClient, instance: Instance, tmp_path: Path) -> None:
    """Each signature leads to the first bytes of the original: a file to which nothing was added since."""
    first = signing.signed(signing.letter(), signing.of("person"))
    second = signing.signed(first, signing.of("body"), "Signature2")
    held = take_in(instance, signing.stamped(second))
    page = reader.get(f"/van-ban/{held}").text
    for nth, revision in enumerate((first, second), 1):
        address = f"/van-ban/{held}/tep/chu-ky/{nth}"
        assert f'href="{address}"' in page
        answer = reader.get(address)
        assert answer.data == revision
        assert answer.mimetype == "application/octet-stream"
        assert parse_options_header(answer.headers["Content-Disposition"])[1]["filename"] == (
            f"kế hoạch.signed (chữ ký {nth}).pdf"
        )
    assert reader.get(f"/van-ban/{held}/tep/chu-ky/3").status_code == 404


def test_what_did_not_cover_the_file_is_not_given(keep, reader):
    """Where nobody can say which bytes were the file, the answer is to take the original."""
    held = keep(signatures=(replace(LEADER, covers_revision=False, changes=None),))
    assert "/tep/chu-ky/" not in reader.get(f"/van-ban/{held}").text
    answer = reader.get(f"/van-ban/{held}/tep/chu-ky/1")
    assert answer.status_code == 404
    assert "hãy tải tệp gốc" in answer.text


@pytest.mark.parametrize(
    "doubtful",
    [
        replace(LEADER, intact=False),
        replace(LEADER, intact=None),
        replace(LEADER, changes=Changes.CONTENT),
        replace(LEADER, changes=None),
        replace(LEADER, trust=Trust.UNKNOWN),
        replace(LEADER, trust=Trust.SELF_SIGNED),
        replace(LEADER, trust=Trust.EXPIRED),
    ],
)
def test_a_doubt_is_a_warning_where_the_file_is_brought(keep, contributor, instance, doubtful):
    """The job and the form check say whose signature is off and how; the document is there all the same."""
    held = keep(signatures=(replace(LEADER, trust=Trust.TRUSTED), doubtful))
    warned = "Chữ ký số của Nguyễn Văn An:"
    with instance.catalogue.reading() as session:
        (job,) = queries.jobs(session, CLERK, 1)
    (deposit,) = job.deposits
    assert deposit.state == "done"
    assert len(deposit.warnings) == 1
    assert deposit.warnings[0].startswith(warned)
    page = contributor.get(f"/van-ban/{held}").text
    assert f"<li>{warned}" in page


def test_signatures_without_a_doubt_warn_of_nothing(keep, instance, signed_in):
    """A trusted signer's intact file is brought without a word."""
    keep(signatures=(replace(LEADER, trust=Trust.TRUSTED),))
    with instance.catalogue.reading() as session:
        (job,) = queries.jobs(session, CLERK, 1)
    assert job.deposits[0].warnings == ()


def test_the_warning_stands_on_the_page_of_the_job(signed_in, instance):
    """A plan changed after it was signed is taken in, with the reason to look at it."""
    held = take_in(instance, signing.rewritten(signing.signed(signing.letter(), signing.of("person"))))
    with instance.catalogue.reading() as session:
        (job,) = queries.jobs(session, CLERK, 1)
    page = signed_in(Role.EDITOR).get(f"/cong-viec/{job.id}").text
    assert "sau khi ký tệp đã bị thay đổi" in page
    assert f'href="/van-ban/{held}"' in page


@pytest.mark.parametrize("nth", range(2))
def test_real_signed_files_give_what_was_signed(
    reader: FlaskClient, instance: Instance, shared: Path, tmp_path: Path, nth: int
) -> None:
    """Signed files of real offices lead to revisions that are PDFs with that signature as the last."""
    path = list(real_signed(shared))[nth]
    held = take_in(instance, path.read_bytes())
    signatures = reader.get(f"/api/v1/documents/{held}").get_json()["signatures"]
    covering = [(at, one) for at, one in enumerate(signatures, 1) if one["signed_length"]]
    assert covering
    for at, signature in covering:
        revision = tmp_path / f"{at}.pdf"
        revision.write_bytes(reader.get(f"/van-ban/{held}/tep/chu-ky/{at}").data)
        assert revision.stat().st_size == signature["signed_length"]
        *_, last = ingest.read(revision).signatures
        assert (last.field, last.intact) == (signature["field"], signature["intact"])


def real_signed(shared: Path) -> Iterator[Path]:
    """The smallest real files with more than one signature."""
    files = sorted((shared / "corpus" / "files").glob("*.pdf"), key=lambda path: path.stat().st_size)
    return (path for path in files if path.read_bytes().count(b"/ByteRange") > 1)
