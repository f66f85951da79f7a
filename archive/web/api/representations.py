"""What the archive knows as the API represents it: plain values for JSON, days as 2026-11-22, addresses of pages."""

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import url_for

from archive import finding
from archive.bodies.description import BodyFacts, BodyLine, Name, Related
from archive.catalogue.facts import DocumentFacts, Force, Incoming, JobFacts, MissingDocument, Outgoing, Status
from archive.drafts import Checked
from archive.workflow import Act, Viewer


def page_of(document_id: int) -> str:
    """Return the address of the document's page."""
    return url_for("documents.document", document_id=document_id)


def document(viewer: Viewer, facts: DocumentFacts) -> dict[str, Any]:
    """Return the whole record of a document, what could not be read of it only to those who work on documents."""
    return {
        **finding.card_json(facts.card),
        "url": page_of(facts.card.id),
        "place": facts.place,
        "superior": facts.superior,
        "signers": [asdict(signer) for signer in facts.signers],
        "recipients": facts.recipients,
        "evidence": facts.record.get("evidence", {}),
        "problems": [asdict(problem) for problem in facts.problems] if viewer.may(Act.WORK) else [],
        "version": facts.version,
        "files": [{**asdict(kept), "added_at": f"{kept.added_at.isoformat()}Z"} for kept in facts.files],
        "signatures": facts.record.get("signatures", []),
    }


def outgoing(reference: Outgoing) -> dict[str, Any]:
    """Return a citation that the document makes, with the held documents it may mean."""
    target = reference.target
    return {
        "number": reference.number,
        "kind": reference.kind,
        "name": reference.name,
        "issued_on": _day(reference.issued_on),
        "issuer": reference.issuer,
        "relation": reference.relation,
        "status": reference.status,
        "document": target.id if target else None,
        "candidates": [candidate.id for candidate in reference.candidates],
        "url": _leading_to(reference),
        "mentions": [asdict(mention) for mention in reference.mentions],
        "force": _force(reference.force),
        "warnings": reference.warnings,
    }


def checked(citation: Checked) -> dict[str, Any]:
    """Return a citation that a draft makes, with its full form; what no document held cites has no page."""
    unknown = citation.reference.status == Status.MISSING and not citation.citers
    told = outgoing(citation.reference) | ({"url": None} if unknown else {})
    return {**told, "full": citation.full, "citers": citation.citers}


def _leading_to(reference: Outgoing) -> str | None:
    if reference.target:
        return page_of(reference.target.id)
    missing = reference.status == Status.MISSING
    return url_for("missing.missing", key=reference.cited_key) if missing else None


def _force(force: Force | None) -> dict[str, Any] | None:
    if force is None:
        return None
    return {
        "standing": force.standing,
        "since": _day(force.since),
        "ended": force.ended,
        "by": [{"document": effect.document.id, "relation": effect.relation} for effect in force.effects],
    }


def incoming(reference: Incoming) -> dict[str, Any]:
    """Return a citation of the document, with the sentence that makes it."""
    return {
        "document": reference.document.id,
        "url": page_of(reference.document.id),
        "number": reference.document.number,
        "relation": reference.relation,
        "sentence": reference.sentence,
        "page": reference.page,
    }


def missing(lacked: MissingDocument) -> dict[str, Any]:
    """Return a document that is cited but not held."""
    return {
        "key": lacked.cited_key,
        "url": url_for("missing.missing", key=lacked.cited_key),
        "number": lacked.number,
        "kind": lacked.kind,
        "name": lacked.name,
        "issued_on": _day(lacked.issued_on),
        "issuer": lacked.issuer,
        "subject": lacked.subject,
        "citers": lacked.citers,
    }


def body_line(line: BodyLine) -> dict[str, Any]:
    """Return a body as lists have it."""
    return {
        "key": line.key,
        "url": url_for("bodies.body", key=line.key),
        "title": line.title,
        "level": line.level,
        "documents": line.documents,
        "first_year": line.first,
        "last_year": line.last,
    }


def body(facts: BodyFacts) -> dict[str, Any]:
    """Return what is known of a body beyond what lists have."""
    return {
        "symbols": facts.symbols,
        "names": [_name(name) for name in facts.names],
        "predecessors": [_handed(one) for one in facts.predecessors],
        "successors": [_handed(one) for one in facts.successors],
        "issued": [
            {"year": year, "kind": kind, "documents": documents} for (year, kind), documents in facts.issued.items()
        ],
        "cites": [{"key": one.key, "title": one.title, "citers": one.citers} for one in facts.cites],
        "cited_by": [{"key": one.key, "title": one.title, "citers": one.citers} for one in facts.cited_by],
    }


def _name(name: Name) -> dict[str, Any]:
    return {
        "name": name.name,
        "since": _day(name.since),
        "until": _day(name.until),
        "documents": name.documents,
        "first_year": name.first,
        "last_year": name.last,
    }


def _handed(related: Related) -> dict[str, Any]:
    return {"key": related.key, "title": related.title, "since": _day(related.since)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def job(facts: JobFacts) -> dict[str, Any]:
    """Return how far a deposit has come, in all and file by file."""
    failures = [f"{brought.name}: {brought.message}" for brought in facts.deposits if brought.message]
    return {
        "state": facts.state,
        "done": facts.finished,
        "total": len(facts.deposits),
        "message": " ".join(failures) or None,
        "documents": [brought.document.id for brought in facts.deposits if brought.document],
        "files": [
            {
                "name": brought.name,
                "state": brought.state,
                "page": brought.page,
                "pages": brought.pages,
                "message": brought.message,
                "document": brought.document.id if brought.document else None,
                "references": brought.references,
            }
            for brought in facts.deposits
        ],
    }
