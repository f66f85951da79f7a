"""The signatures in a PDF: where they stand, what they cover, and whether the covered bytes are as they were signed."""

import asyncio
import logging
import struct
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, parse_pdf_date
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.generic_cms import (
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ingest.record import Changes, Page, Record, Signature, SignatureRole
from ingest.signatures import changes, signatory, verdict
from ingest.signatures.trust import Roots

LISTED_MOST = 100  # signatures of one file; real ones have one to six
CHECKED_MOST = 20
_CONTAINER_MOST = 1 << 20  # bytes of one signature with its certificates; real ones have 5 to 130 kB
_CERTIFICATES_MOST = 30
_WEAK = frozenset(["md5", "sha1"])

# What pyHanko, asn1crypto and cryptography meet broken structures with; ValueError takes in their own errors.
_MALFORMED = (
    PdfError,
    InvalidSignature,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
)
_log = logging.getLogger(__name__)


class _Field(NamedTuple):
    """A filled signature field, and the revision of the file that put the signature in."""

    revision: int
    name: str
    widget: DictionaryObject


def read(path: Path, record: Record, roots: Roots) -> tuple[Signature, ...]:
    """Return the file's signatures; see `ingest.signatures.in_pdf`."""
    # pyHanko reports each broken structure to its log; here it is said in the verdict.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    with path.open("rb") as file:
        try:
            reader = PdfFileReader(file, strict=False)
            fields = sorted(_fields(reader), key=itemgetter(0))[:LISTED_MOST]
        except _MALFORMED as error:
            _log.info("the signatures of a file cannot be found: %r", error)
            return (Signature("", verdict.UNREADABLE_FILE),)
        found = [_read_one(reader, field, record, roots) for field in fields[:CHECKED_MOST]]
    found += [Signature(field.name, verdict.TOO_MANY) for field in fields[CHECKED_MOST:]]
    return signatory.with_initials(found, record.signers)


def _fields(reader: PdfFileReader) -> Iterator[_Field]:
    for name, value, widget in enumerate_sig_fields(reader, filled_status=True):
        reference = value.reference if isinstance(value, IndirectObject) else value.container_ref
        yield _Field(reader.xrefs.get_last_change(reference) or 0, str(name), widget.get_object())


def _read_one(reader: PdfFileReader, field: _Field, record: Record, roots: Roots) -> Signature:
    try:
        embedded = EmbeddedPdfSignature(reader, field.widget, field.name)
        _require_bounds(embedded)
        subject = signatory.subject(embedded.signer_cert)
    except _MALFORMED as error:
        _log.info("a signature cannot be read: %r", error)
        return Signature(field.name, verdict.UNREADABLE)
    known = Signature(
        field.name,
        verdict.UNREADABLE,
        signer=subject.name,
        organisation=subject.organisation,
        role=_role(embedded, subject, record),
        signed_at=_claimed_time(embedded),
    )
    try:
        return _checked(embedded, known, roots)
    except _MALFORMED as error:
        _log.info("a signature cannot be checked: %r", error)
        return known


def _require_bounds(embedded: EmbeddedPdfSignature) -> None:
    if len(embedded.pkcs7_content) > _CONTAINER_MOST:
        raise ValueError("the signature is too large")
    if len(embedded.signed_data["certificates"]) > _CERTIFICATES_MOST:
        raise ValueError("the signature has too many certificates")
    spans = list(embedded.byte_range)
    if len(spans) != 4 or not all(isinstance(number, int) and number >= 0 for number in spans):
        raise ValueError("the byte range is not two spans")


def _role(embedded: EmbeddedPdfSignature, subject: signatory.Subject, record: Record) -> SignatureRole:
    if embedded.sig_object_type == "/DocTimeStamp":
        return SignatureRole.TIME_STAMP
    reason = str(embedded.sig_object.get("/Reason", ""))
    return signatory.role(subject, [embedded.field_name, reason, _shown(embedded, record.pages[0])])


def _shown(embedded: EmbeddedPdfSignature, first: Page) -> str:
    """Return the text that the signature shows on the first page, where an incoming stamp stands; empty elsewhere."""
    try:
        left, bottom, right, top = (float(edge) for edge in embedded.sig_field["/Rect"])
        is_here = embedded.sig_field.raw_get("/P") == embedded.reader.find_page_for_modification(0)[0]
    except _MALFORMED:
        return ""
    if not is_here or first.height is None:
        return ""
    inside = [
        first.text[word.start : word.end]
        for word in first.words
        if left <= (word.box[0] + word.box[2]) / 2 <= right
        and bottom <= first.height - (word.box[1] + word.box[3]) / 2 <= top
    ]
    return " ".join(inside)


def _checked(embedded: EmbeddedPdfSignature, known: Signature, roots: Roots) -> Signature:
    """Return what is known with what the checks say; raises one of _MALFORMED when they cannot be made."""
    is_intact = _is_intact(embedded)
    coverage = embedded.evaluate_signature_coverage()
    covers = coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    stamp = _time_stamp(embedded, known.role)
    at = stamp or known.signed_at
    chain = roots.chain(embedded.signer_cert, embedded.other_embedded_certs, at)
    after = _changes(embedded, coverage)
    is_weak = not _WEAK.isdisjoint([embedded.md_algorithm, embedded.signer_cert.hash_algo])
    findings = verdict.Findings(is_intact, covers, after, chain, is_weak=is_weak)
    return Signature(
        known.field,
        verdict.sentence(findings),
        signer=known.signer,
        organisation=known.organisation,
        role=known.role,
        signed_at=known.signed_at,
        time_stamp=stamp,
        intact=is_intact,
        trust=chain,
        changes=after,
        covers_revision=covers,
        signed_length=_signed_length(embedded.byte_range) if covers else None,
    )


def _changes(embedded: EmbeddedPdfSignature, coverage: SignatureCoverageLevel) -> Changes | None:
    """Return what changed after the signature; None when it covers not all, or the rest is broken."""
    if coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Changes.NOTHING
    try:
        return changes.after(embedded) if coverage == SignatureCoverageLevel.ENTIRE_REVISION else None
    except _MALFORMED as error:
        _log.info("what changed after a signature cannot be compared: %r", error)
        return None


def _is_intact(embedded: EmbeddedPdfSignature) -> bool:
    """Say whether the bytes have the digest that was signed, and the signature is the certificate's."""
    same_digest, own_signature = validate_sig_integrity(
        embedded.signer_info,
        embedded.signer_cert,
        expected_content_type=embedded.signed_data["encap_content_info"]["content_type"].native,
        actual_digest=embedded.compute_digest(),
    )
    return same_digest and own_signature


def _signed_length(byte_range: Sequence[int]) -> int:
    return int(byte_range[2]) + int(byte_range[3])


def _claimed_time(embedded: EmbeddedPdfSignature) -> datetime | None:
    # Several signing programs put local time into the signature as though it were UTC; /M, under the same signature,
    # has its zone.
    try:
        if "/M" in embedded.sig_object:
            return _aware(parse_pdf_date(embedded.sig_object["/M"], strict=False))
        claimed = embedded.self_reported_timestamp
    except _MALFORMED:
        return None
    return _aware(claimed) if claimed else None


def _aware(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _time_stamp(embedded: EmbeddedPdfSignature, role: SignatureRole | None) -> datetime | None:
    """Return the time in a time stamp that is whole and was made for this signature, else None."""
    if role == SignatureRole.TIME_STAMP:
        return _stamped(embedded.signed_data, embedded.compute_digest)
    for token in extract_tst_data_iter(embedded.signer_info, signed=False):
        return _stamped(token, message_imprint_checker(embedded.signer_info))
    return None


def _stamped(token: Any, imprint: Any) -> datetime | None:
    try:
        status = asyncio.run(validate_tst_signed_data(token, ValidationContext(trust_roots=[]), imprint))
    except _MALFORMED:
        return None
    return status["timestamp"] if status["intact"] and status["valid"] else None
