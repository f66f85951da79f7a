"""Jobs and the files they bring: one's own, and for those who may edit everyone's."""

from collections.abc import Collection
from dataclasses import dataclass

import msgspec
from sqlalchemy import ColumnElement, Select, false, func, select, true
from sqlalchemy.orm import Session, selectinload

from archive.catalogue.facts import Card, DepositFacts, FileRole, JobFacts
from archive.catalogue.models import Deposit, DocumentFile, DocumentReference, Job, Twin
from archive.catalogue.queries.documents import cards
from archive.errors import NotHeld
from archive.workflow import Act, Viewer
from ingest.record import Signature
from ingest.signatures.verdict import warnings

WAITING = ("queued", "reading", "recognising")
"""The states of a deposit that still has to be taken in."""


def job(session: Session, viewer: Viewer, job_id: str) -> JobFacts:
    """Return the job. Raises NotHeld when there is none, or it is someone else's and the viewer may not edit."""
    found = _facts(session, viewer, _jobs(viewer).where(Job.id == job_id))
    if not found:
        raise NotHeld("Không có lần tiếp nhận này, hoặc bạn chưa được xem; hãy kiểm tra lại địa chỉ.")
    return found[0]


def jobs(session: Session, viewer: Viewer, limit: int) -> tuple[JobFacts, ...]:
    """Return the `limit` latest jobs that the viewer may see, latest first."""
    return _facts(session, viewer, _jobs(viewer).order_by(Job.created_at.desc(), Job.id).limit(limit))


def followed_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the term that holds for the jobs that the viewer may see."""
    if viewer.may(Act.EDIT):
        return true()
    return Job.created_by == viewer.user_id if viewer.user_id is not None else false()


def waiting(viewer: Viewer) -> Select[Deposit]:
    """Return the question for the files brought but not yet read, among the jobs that the viewer may see."""
    return select(Deposit).join(Deposit.job).where(Deposit.state.in_(WAITING), followed_by(viewer))


def _jobs(viewer: Viewer) -> Select[Job]:
    return select(Job).where(followed_by(viewer)).options(selectinload(Job.deposits))


def _facts(session: Session, viewer: Viewer, found: Select[Job]) -> tuple[JobFacts, ...]:
    rows = session.scalars(found).all()
    made = {deposit.document_id for row in rows for deposit in row.deposits if deposit.document_id}
    documents = cards(session, viewer, made)
    seen = _Seen(
        documents, _references(session, documents), _twins(session, viewer, documents), _warnings(session, documents)
    )
    return tuple(_job(row, seen) for row in rows)


def _references(session: Session, document_ids: Collection[int]) -> dict[int, int]:
    """Document id → how many documents it cites."""
    citing = DocumentReference.document_id
    counted = select(citing, func.count()).where(citing.in_(document_ids)).group_by(citing)
    return {row[0]: row[1] for row in session.execute(counted)}


def _twins(session: Session, viewer: Viewer, document_ids: Collection[int]) -> dict[int, Card]:
    """Document id → an older one that it may be the same as."""
    pairs = session.execute(select(Twin.document_id, Twin.other_id).where(Twin.document_id.in_(document_ids)))
    older = {row[0]: row[1] for row in pairs}
    seen = cards(session, viewer, older.values())
    return {newer: seen[other] for newer, other in older.items() if other in seen}


def _warnings(session: Session, document_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Document id → what is off with the signatures of its original."""
    signed = select(DocumentFile.document_id, DocumentFile.reading["signatures"]).where(
        DocumentFile.document_id.in_(document_ids), DocumentFile.role == FileRole.ORIGINAL
    )
    return {row[0]: warnings(msgspec.convert(row[1] or (), tuple[Signature, ...])) for row in session.execute(signed)}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the viewer sees of the documents made, by their ids."""

    documents: dict[int, Card]
    references: dict[int, int]
    twins: dict[int, Card]
    warnings: dict[int, tuple[str, ...]]


def _job(row: Job, seen: _Seen) -> JobFacts:
    deposits = tuple(_deposit(deposit, seen) for deposit in row.deposits)
    return JobFacts(row.id, _state({deposit.state for deposit in deposits}), row.created_at, deposits)


def _deposit(row: Deposit, seen: _Seen) -> DepositFacts:
    made = row.document_id or 0
    return DepositFacts(
        row.id, row.name, row.size, row.state, row.page, row.pages, row.message,
        seen.documents.get(made), seen.references.get(made, 0), seen.twins.get(made),
        seen.warnings.get(made, ()),
    )  # fmt: skip


def _state(states: set[str]) -> str:
    if states == {"queued"}:
        return "queued"
    if not states.isdisjoint(WAITING):
        return "running"
    return "failed" if states == {"failed"} else "done"
