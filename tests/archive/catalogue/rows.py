"""Rows for a catalogue under test; each says only what the test is about."""

from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from archive import citations
from archive.catalogue.models import (
    Deposit,
    Document,
    DocumentFile,
    DocumentSigner,
    FilePage,
    Job,
    User,
)
from archive.workflow import Role, State, Viewer
from ingest import numbers
from ingest.record import Mention, Reference, Relation

NOON = datetime(2026, 11, 22, 12)
HERE = {"issuer": "Ủy ban nhân dân tỉnh Sông Lam", "place": "Sông Lam"}


def viewer(session: Session, role: Role, name: str | None = None) -> Viewer:
    """Add an account with the role."""
    name = name or role.value
    user = User(name=name, password_hash="", role=role, created_at=NOON)
    session.add(user)
    session.flush()
    return Viewer(user.id, name, role)


def document(session: Session, number: str | None = None, *, text: str = "", **fields: Any) -> int:
    """Add a public document of one page with the text; return its id."""
    parsed = numbers.parse(number or "")
    issued_on: date | None = fields.get("issued_on")
    row = Document(
        number=number,
        number_key=parsed.key if parsed else None,
        serial=parsed.serial.lstrip("0") if parsed else None,
        symbol_key=parsed.symbol_key if parsed else None,
        year=issued_on.year if issued_on else None,
        created_at=NOON,
        **{"state": State.PUBLIC, "signers": [_signer()], **HERE, **fields},
    )
    session.add(row)
    session.flush()
    row.files.append(
        DocumentFile(
            role="original",
            sha256=f"{row.id:064x}",
            name=f"{row.id}.pdf",
            format="pdf",
            size=1000 + row.id,
            reading={"file": f"{row.id}.pdf", "problems": [{"code": "no_date", "message": "Thiếu ngày.", "page": 1}]},
            added_at=NOON,
            pages=[FilePage(number=1, text=text), FilePage(number=2, text="trang hai")],
        )
    )
    session.flush()
    citations.settle(session, [row.id])
    return row.id


def cite(session: Session, citing: int, number: str | None, *, text: str = "", **fields: Any) -> None:
    """Have the citing document read to cite one more, mentioned where `text`, else the number, stands on page 1."""
    row = session.get_one(Document, citing)
    mention = text or number or fields["name"]
    start = max(0, row.files[0].pages[0].text.find(mention))
    reference = Reference(
        number=number,
        kind=fields.get("kind"),
        issued_on=fields.get("issued_on"),
        issuer=fields.get("issuer"),
        relation=fields.get("relation", Relation.CITES),
        mentions=(Mention(1, start, start + len(mention), mention),),
        name=fields.get("name"),
        subject=fields.get("subject"),
    )
    reading = row.files[0].reading
    row.files[0].reading = {**reading, "references": [*reading.get("references", ()), msgspec.to_builtins(reference)]}
    session.flush()
    citations.settle(session, [citing])
    session.expire_all()


def job(session: Session, owner: Viewer | None, *states: str, **fields: Any) -> str:
    """Add a job with one deposit for each state; return its id."""
    row = Job(
        id=f"{owner.name if owner else 'clerk'}-{'-'.join(states)}",
        created_at=fields.pop("created_at", NOON),
        created_by=owner.user_id if owner else None,
        document_state="draft",
        deposits=[
            Deposit(name=f"{n}.pdf", sha256=f"{n:064x}", size=10, state=state, **fields)
            for n, state in enumerate(states)
        ],
    )
    session.add(row)
    session.flush()
    return row.id


def _signer() -> DocumentSigner:
    return DocumentSigner(ordinal=0, name="Lê Thị Mai", position="Chủ tịch", authority=["TM. UBND"])
