"""Digital signatures, on PDFs signed here by invented authorities, and on real ones where they are at hand."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from ingest import to_json
from ingest.bounded import BoundedReader
from ingest.pipeline import read
from ingest.record import Changes, Page, Record, Signature, SignatureRole, Signer, Trust
from ingest.rules import load
from ingest.signatures import in_pdf
from ingest.signatures.embedded import CHECKED_MOST
from tests.ingest import signing

SHARED = Path(__file__).parents[3] / "shared" / "corpus"
AT = dt.datetime(2026, 7, 9, 2, 30, tzinfo=dt.UTC)
INCOMING = load("signatures")["incoming"]


@pytest.fixture
def trust(tmp_path):
    """A folder with the root's certificate, and a file that is no certificate."""
    folder = tmp_path / "trust"
    folder.mkdir()
    (folder / "root.crt").write_bytes(signing.root().pem)
    (folder / "notes.pem").write_bytes(b"no certificate")
    return folder


@pytest.fixture
def found(tmp_path, trust):
    """What is read of the signatures of a PDF."""

    def found(data: bytes, trust: Path | None = trust) -> tuple[Signature, ...]:
        path = tmp_path / "letter.pdf"
        path.write_bytes(data)
        signatures = read(path, trust=trust).signatures
        assert not any("hợp lệ" in signature.verdict for signature in signatures)
        return signatures

    return found


def unread(path: Path, *signers: Signer) -> Record:
    """Return the record of a file of which only the signers are known."""
    return Record(str(path), "", "pdf", (Page(1, ""),), signers=signers)


def test_an_unsigned_pdf_has_no_signatures(found):
    """Nothing is said of signatures where there are none."""
    assert found(signing.letter()) == ()


def test_who_when_and_how_far_it_can_be_trusted(found):
    """A signature of the last revision by a certificate from a trusted root: all is known but revocation."""
    data = signing.signed(signing.letter(), signing.of("person"))
    assert found(data) == (
        Signature(
            field="Signature1",
            verdict="Nội dung đã ký còn nguyên vẹn, tệp không thêm gì sau khi ký; "
            "chứng thư do nơi được kho tin cậy cấp, chưa kiểm tra được thu hồi.",
            signer="Nguyễn Văn An",
            organisation="VĂN PHÒNG, ỦY BAN NHÂN DÂN TỈNH LAM SƠN",
            role=SignatureRole.LEADER,
            signed_at=AT,
            intact=True,
            trust=Trust.TRUSTED,
            changes=Changes.NOTHING,
            covers_revision=True,
            signed_length=len(data),
        ),
    )


@pytest.mark.parametrize("certify", [False, True])
def test_the_leader_signs_and_then_the_organisation(found, certify):
    """The first signature stays intact under the second, also where it said that nobody was to sign after it."""
    first = signing.signed(signing.letter(), signing.of("person"), certify=certify)
    leader, body = found(signing.signed(first, signing.of("body"), "Signature2"))
    assert (leader.role, body.role) == (SignatureRole.LEADER, SignatureRole.ORGANISATION)
    assert (leader.intact, body.intact) == (True, True)
    assert (leader.changes, body.changes) == (Changes.SIGNATURES, Changes.NOTHING)
    assert leader.signed_length == len(first)
    assert "sau đó tệp chỉ thêm chữ ký hoặc dấu" in leader.verdict


def test_a_stamp_laid_over_the_page_is_no_change_of_content(found):
    """An annotation of a receiving office's stamp, added after signing, is told apart from other changes."""
    (signature,) = found(signing.stamped(signing.signed(signing.letter(), signing.of("body"))))
    assert (signature.intact, signature.changes) == (True, Changes.SIGNATURES)


def test_words_put_in_after_signing(found):
    """A later revision that shows other words is told, though the signed bytes are as they were."""
    (signature,) = found(signing.rewritten(signing.signed(signing.letter(), signing.of("body"))))
    assert (signature.intact, signature.changes) == (True, Changes.CONTENT)
    assert "sau khi ký tệp đã bị thay đổi" in signature.verdict


def test_words_put_in_behind_a_stamp(found):
    """A stamp does not excuse what else changes with it, nor in the revision after it."""
    data = signing.stamped(signing.signed(signing.letter(), signing.of("body")))
    assert found(signing.rewritten(data))[0].changes == Changes.CONTENT
    assert found(signing.stamped(signing.rewritten(data)))[0].changes == Changes.CONTENT


def test_one_byte_changed(found):
    """A byte changed in the signed part breaks the signature, and the verdict says so first."""
    data = bytearray(signing.signed(signing.letter(), signing.of("body")))
    data[data.index(b"/Producer") + 12] ^= 1
    (signature,) = found(bytes(data))
    assert signature.intact is False
    assert signature.signer == "ỦY BAN NHÂN DÂN TỈNH LAM SƠN"
    assert signature.verdict.startswith("Chữ ký không khớp với nội dung")


@pytest.mark.parametrize(
    ("issuer", "end", "expected"),
    [
        (signing.root, signing.END, Trust.TRUSTED),
        (signing.root, dt.datetime(2021, 1, 1, tzinfo=dt.UTC), Trust.EXPIRED),
        (lambda: None, signing.END, Trust.SELF_SIGNED),
        (lambda: signing.holder({"CN": "Nơi khác"}, authority=True), signing.END, Trust.UNKNOWN),
    ],
)
def test_where_the_chain_leads(found, issuer, end, expected):
    """To a trusted root; to it, but of a certificate that had expired when it signed; to nobody; to someone unknown."""
    data = signing.signed(signing.letter(), signing.holder(signing.BODY, issuer(), end=end))
    (signature,) = found(data)
    assert (signature.intact, signature.trust) == (True, expected)
    assert "chưa kiểm tra được thu hồi" in signature.verdict


def test_without_trust_roots_nobody_is_trusted(found, tmp_path):
    """With no folder, or one that is not there, a chain leads nowhere."""
    data = signing.signed(signing.letter(), signing.of("body"))
    assert [found(data, trust)[0].trust for trust in (None, tmp_path / "none")] == [Trust.UNKNOWN] * 2


def test_a_root_that_cannot_be_read_is_told(tmp_path, trust):
    """A file of the trusted folder that holds no certificate is named in a problem; the others are used."""
    other = pkcs7.serialize_certificates([signing.root().certificate], Encoding.PEM)
    (trust / "chain.p7b").write_bytes(other)
    (trust / "half.cer").write_bytes(signing.root().certificate.public_bytes(Encoding.DER)[:300])
    (trust / ".hidden").write_bytes(b"no certificate")
    path = tmp_path / "letter.pdf"
    path.write_bytes(signing.signed(signing.letter(), signing.of("body")))
    record = read(path, trust=trust)
    assert [one.trust for one in record.signatures] == [Trust.TRUSTED]
    told = [problem.message for problem in record.problems if problem.code == "unreadable_root"]
    assert [message.split()[1] for message in told] == ["chain.p7b", "half.cer", "notes.pem"]


def test_a_time_stamp(found):
    """The time that an authority vouches for stands beside the one that the signer claims."""
    authority = signing.holder({"CN": "Dấu thời gian Lam Sơn"}, signing.root(), stamps_time=True)
    (signature,) = found(signing.signed(signing.letter(), signing.of("person"), stamper=authority))
    assert (signature.signed_at, signature.time_stamp) == (AT, AT)


def test_an_incoming_stamp_that_is_a_signature(found):
    """A signature of a receiving office says by its reason that it is the incoming stamp."""
    first = signing.signed(signing.letter(), signing.of("body"))
    data = signing.signed(first, signing.of("receiver"), "Signature2", reason="Đóng dấu văn bản đến")
    assert [one.role for one in found(data)] == [SignatureRole.ORGANISATION, SignatureRole.INCOMING_STAMP]


def test_who_signs_beside_the_signer_puts_initials(tmp_path):
    """Of two persons, the one that the text does not name as its signer has put initials (ký nháy)."""
    drafter = signing.holder({**signing.PERSON, "CN": "Nguyễn Thị Bình"}, signing.root())
    data = signing.signed(signing.letter(), drafter)
    path = tmp_path / "letter.pdf"
    path.write_bytes(signing.signed(data, signing.of("person"), "Signature2"))
    roles = [one.role for one in in_pdf(path, unread(path, Signer("Nguyễn Văn An", "Chủ tịch"))).found]
    assert roles == [SignatureRole.INITIALS, SignatureRole.LEADER]


def test_a_signature_that_is_no_signature(found):
    """Rubbish where the signature should be is said to be beyond checking; the others are checked."""
    first = signing.signed(signing.letter(), signing.of("person"))
    start = first.index(b"/Contents <") + len(b"/Contents <")
    (signature,) = found(first[:start] + b"00" * 40 + first[start + 80 :])
    assert (signature.signer, signature.intact) == (None, None)
    assert signature.verdict.startswith("Không kiểm tra được chữ ký này")


def test_a_broken_revision_after_a_whole_one(found):
    """What a broken signature takes from the one before it is only what changed after it."""
    data = signing.signed(signing.signed(signing.letter(), signing.of("person")), signing.of("body"), "Signature2")
    start = data.rindex(b"/Contents <") + len(b"/Contents <")
    leader, body = found(data[:start] + b"no hex" + data[start + 6 :])
    assert (leader.intact, leader.changes, body.intact) == (True, None, None)
    assert "chưa so được phần tệp thêm vào" in leader.verdict


def test_more_signatures_than_anyone_makes(found):
    """Beyond a number of signatures the rest are listed but not checked."""
    data = signing.letter()
    for number in range(CHECKED_MOST + 1):
        data = signing.signed(data, signing.of("person"), f"Signature{number}")
    signatures = found(data)
    assert [one.intact for one in signatures] == [True] * CHECKED_MOST + [None]
    assert "quá nhiều chữ ký" in signatures[-1].verdict


def test_signatures_in_json(tmp_path, trust):
    """The bounded reader hands the trusted folder on; a signature's values are plain JSON, its times ISO 8601."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(signing.signed(signing.letter(), signing.of("person")))
    with BoundedReader(trust=trust) as reader:
        (shown,) = json.loads(json.dumps(to_json(reader.read(path))))["signatures"]
    assert shown["signed_at"] == AT.isoformat()
    assert (shown["role"], shown["trust"], shown["changes"]) == ("leader", "trusted", "nothing")


@pytest.mark.parametrize(("row", "text"), [(row, text) for row in INCOMING for text in row["examples"]])
def test_words_of_an_incoming_stamp(row, text):
    """Each example is told to be an incoming stamp by its row."""
    assert re.search(row["pattern"], text)


@pytest.mark.parametrize("text", [text for row in INCOMING for text in row["counter_examples"]])
def test_words_of_no_incoming_stamp(text):
    """A counter-example is told to be one by no row."""
    assert not any(re.search(row["pattern"], text) for row in INCOMING)


@pytest.mark.skipif(not SHARED.exists(), reason="the corpus of real documents is not here")
def test_real_signed_documents():
    """Every real signed file yields its signatures, each with a signer, a time and intact bytes."""
    answers = map(json.loads, (SHARED / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    signed = [SHARED / "files" / answer["file"] for answer in answers if answer.get("digitally_signed")]
    assert len(signed) == 23
    for path in signed:
        signatures = in_pdf(path, unread(path)).found
        assert signatures, path.name
        for one in signatures:
            assert (one.intact, one.covers_revision, one.trust) == (True, True, Trust.UNKNOWN), path.name
            assert one.signer, path.name
            assert one.signed_at, path.name
            assert one.changes != Changes.CONTENT, path.name
