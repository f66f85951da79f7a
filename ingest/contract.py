"""A Record as JSON in the shape that the outside relies on: pages as their count, days as ISO dates."""

from dataclasses import asdict
from typing import Any

from ingest.record import Evidence, Record, Reference, Signature


def to_json(record: Record) -> dict[str, Any]:
    """Return the record as plain values that `json.dumps` takes, keys in the order of the record."""
    return {
        "file": record.file,
        "sha256": record.sha256,
        "format": record.format,
        "pages": len(record.pages),
        "text_source": record.text_source or "embedded",
        "recognised_pages": [page.number for page in record.pages if page.recognised],
        "number": record.number,
        "issued_on": record.issued_on.isoformat() if record.issued_on else None,
        "place": record.place,
        "issuer": record.issuer,
        "superior": record.superior,
        "kind": record.kind,
        "subject": record.subject,
        "signers": [asdict(signer) | {"authority": list(signer.authority)} for signer in record.signers],
        "recipients": list(record.recipients),
        "references": [_reference(reference) for reference in record.references],
        "signatures": [_signature(signature) for signature in record.signatures],
        "evidence": {name: _evidence(evidence) for name, evidence in record.evidence.items()},
        "problems": [asdict(problem) for problem in record.problems],
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "number": reference.number,
        "kind": reference.kind,
        "name": reference.name,
        "subject": reference.subject,
        "issued_on": reference.issued_on.isoformat() if reference.issued_on else None,
        "issuer": reference.issuer,
        "relation": reference.relation.value,
        "mentions": [asdict(mention) for mention in reference.mentions],
    }


def _signature(signature: Signature) -> dict[str, Any]:
    times = {"signed_at": signature.signed_at, "time_stamp": signature.time_stamp}
    return asdict(signature) | {name: time.isoformat() if time else None for name, time in times.items()}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    shown = asdict(evidence)
    if evidence.box is None:
        del shown["box"]
    else:
        shown["box"] = [round(edge, 2) for edge in evidence.box]
    return shown
