"""Certificates of invented authorities and persons, and PDFs signed with them, all made anew."""

import datetime as dt
import io
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

UTC = dt.UTC
BEGIN, END = dt.datetime(2020, 1, 1, tzinfo=UTC), dt.datetime(2040, 1, 1, tzinfo=UTC)
PERSON = {"CN": "Nguyễn Văn An", "OU": "VĂN PHÒNG", "O": "ỦY BAN NHÂN DÂN TỈNH LAM SƠN"}
BODY = {"CN": "ỦY BAN NHÂN DÂN TỈNH LAM SƠN", "O": "ỦY BAN NHÂN DÂN TỈNH LAM SƠN", "UID": "MST:0100000001"}
RECEIVER = {"CN": "SỞ NỘI VỤ", "O": "ỦY BAN NHÂN DÂN TỈNH LAM SƠN", "UID": "MST:0100000002"}
_OIDS = {
    "CN": NameOID.COMMON_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "UID": NameOID.USER_ID,
}


@dataclass(frozen=True)
class Holder:
    """A key with its certificate, and who issued it (None for one that issued its own)."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate
    issuer: "Holder | None" = field(default=None, repr=False)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    @property
    def private(self) -> asn1_keys.PrivateKeyInfo:
        encoding, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
        return asn1_keys.PrivateKeyInfo.load(self.key.private_bytes(encoding, form, serialization.NoEncryption()))


def holder(
    subject: dict[str, str],
    issuer: Holder | None = None,
    begin: dt.datetime = BEGIN,
    end: dt.datetime = END,
    *,
    authority: bool = False,
    stamps_time: bool = False,
) -> Holder:
    """Return a new key and certificate, issued by `issuer` or by itself."""
    # The stamper that comes with pyHanko knows RSA only.
    key = rsa.generate_private_key(65537, 2048) if stamps_time else ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(_OIDS[short], text) for short, text in subject.items()])
    builder = (
        x509.CertificateBuilder(
            public_key=key.public_key(), subject_name=name, serial_number=x509.random_serial_number()
        )
        .issuer_name(issuer.certificate.subject if issuer else name)
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if stamps_time:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Holder(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()), issuer)


@cache
def root() -> Holder:
    """Return the authority that issues the others."""
    return holder({"CN": "Cơ quan chứng thực Lam Sơn"}, authority=True)


@cache
def of(who: str) -> Holder:
    """Return the holder named `person`, `body` or `receiver`, issued by the root."""
    return holder({"person": PERSON, "body": BODY, "receiver": RECEIVER}[who], root())


def letter(*lines: str) -> bytes:
    """Return a PDF of one page with the lines, in letters that every PDF font has."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for number, line in enumerate(lines or ("So: 12/QD-UBND",)):
        canvas.drawString(72, 760 - 20 * number, line)
    canvas.save()
    return buffer.getvalue()


class _Signer(signers.PdfSigner):
    at: dt.datetime

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        session = super().init_signing_session(*args, **options)
        session.system_time = self.at
        return session


def signed(
    data: bytes,
    by: Holder,
    name: str = "Signature1",
    at: dt.datetime = dt.datetime(2026, 7, 9, 2, 30, tzinfo=UTC),
    *,
    reason: str | None = None,
    stamper: Holder | None = None,
    certify: bool = False,
) -> bytes:
    """Return the PDF with one more signature, claimed to have been made at that time."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    signer = signers.SimpleSigner(by.der, by.private, SimpleCertificateStore())
    metadata = signers.PdfSignatureMetadata(
        field_name=name, md_algorithm="sha256", reason=reason, certify=certify, validation_context=None
    )
    authority = DummyTimeStamper(stamper.der, stamper.private, fixed_dt=at) if stamper else None
    field_ = SigFieldSpec(name, on_page=0, box=(350, 100, 540, 160))
    with_time = _Signer(metadata, signer, timestamper=authority, new_field_spec=field_)
    with_time.at = at
    out = with_time.sign_pdf(writer)
    return out.getvalue()


def stamped(data: bytes, text: str = "DEN") -> bytes:
    """Return the PDF with a stamp laid over its first page, as an annotation in a later revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    drawing = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 120, 40))),
        },
        stream_data=b"1 0 0 RG 0 0 120 40 re S",
    )
    annotation = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Stamp"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (60, 780, 180, 820))),
            pdf_name("/Contents"): generic.pdf_string(text),
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(drawing)}),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(annotation))
    return _written(writer)


def rewritten(data: bytes) -> bytes:
    """Return the PDF with other words on its first page, put in by a later revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    content = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (99/QD-UBND) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(content)
    writer.update_container(page)
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
