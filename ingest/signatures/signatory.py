"""Who signed: the certificate's subject, and the role that it, the words around the signature and its place tell."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from asn1crypto import x509

from ingest import bodies
from ingest.normalise import repair
from ingest.record import Signature, SignatureRole, Signer
from ingest.rules import any_of, load
from ingest.signature_block import person

_BODY = re.compile(rf"(?:{any_of('heads', 'body')})(?!\w)", re.IGNORECASE)
_BODY_IDENTIFIER = re.compile(rf"(?:{any_of('signatures', 'body_identifier')})\b")
_PERSON_IDENTIFIER = re.compile(rf"(?:{any_of('signatures', 'person_identifier')})\b")
_LENGTH_MOST = 500  # characters of a name that anyone may put into a certificate


@dataclass(frozen=True, slots=True)
class Subject:
    """A certificate's subject: its name, the organisation and units (the smallest first), identifiers (`MST:…`)."""

    name: str | None
    organisation: str | None
    units: tuple[str, ...]
    identifiers: tuple[str, ...]


def subject(certificate: x509.Certificate) -> Subject:
    """Return the certificate's subject; text in NFC, bounded in length."""
    said = certificate.subject.native
    units = tuple(reversed(_texts(said, "organizational_unit_name")))
    organisations = _texts(said, "organization_name")
    names = _texts(said, "common_name")
    return Subject(
        name=names[-1] if names else None,
        organisation=", ".join(dict.fromkeys((*units, *organisations))) or None,
        units=(*units, *organisations),
        identifiers=(*_texts(said, "user_id"), *_texts(said, "serial_number")),
    )


def role(subject: Subject, said: Iterable[str]) -> SignatureRole:
    """Return the role that the subject, and what the signature says or shows, give a signature.

    A person is taken for the leader; `with_initials` tells which persons were not.
    """
    if any(pattern.search(text) for pattern in _incoming() for text in said):
        return SignatureRole.INCOMING_STAMP
    return SignatureRole.LEADER if _is_person(subject) else SignatureRole.ORGANISATION


def with_initials(signatures: Sequence[Signature], signers: Sequence[Signer]) -> tuple[Signature, ...]:
    """Return the signatures with the role of those corrected who signed beside the document's signers: ký nháy.

    Only where one of the signers that the text names has signed; else who the others are is not known.
    """
    named = {bodies.key(signer.name) for signer in signers if signer.name}
    persons = [one for one in signatures if one.role == SignatureRole.LEADER]
    if not any(_key(one) in named for one in persons):
        return tuple(signatures)
    return tuple(
        replace(one, role=SignatureRole.INITIALS) if one in persons and _key(one) not in named else one
        for one in signatures
    )


def _key(signature: Signature) -> str:
    return bodies.key(person(signature.signer or "") or "")


def _is_person(subject: Subject) -> bool:
    identifiers = " ".join(subject.identifiers)
    if _BODY_IDENTIFIER.search(identifiers) or _PERSON_IDENTIFIER.search(identifiers):
        return not _BODY_IDENTIFIER.search(identifiers)
    name = subject.name or ""
    if bodies.key(name) in map(bodies.key, subject.units):
        return False
    # Đoàn begins bodies' names and is a family name too.
    is_body = _BODY.match(name) and not name.lower().startswith("đoàn ")
    return person(name) is not None and not is_body


@cache
def _incoming() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in load("signatures")["incoming"])


def _texts(said: dict[str, Any], name: str) -> tuple[str, ...]:
    """Return the texts of one attribute, which may be given several times."""
    value = said.get(name, ())
    values = [value] if isinstance(value, str) else value
    return tuple(" ".join(repair(str(text))[:_LENGTH_MOST].split()) for text in values)
