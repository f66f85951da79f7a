"""What the document page tells of digital signatures."""

from datetime import UTC, datetime

from ingest.record import Changes, Signature, SignatureRole, Trust

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
