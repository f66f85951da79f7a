"""Checking a draft: every document it cites, what the archive knows of it, and how it is cited in full.

Nothing of a draft is kept.
"""

import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import clock, jobs
from archive.bodies import Home, authority, home
from archive.catalogue import queries
from archive.catalogue.facts import Card, Force, MissingDocument, Outgoing, Status
from archive.catalogue.models import Document
from archive.catalogue.queries.documents import seen_by
from archive.catalogue.queries.meanings import without_twins
from archive.citations import disagreements
from archive.citations.resolution import meant_by
from archive.citations.ways import Said, said, under_records
from archive.errors import Refused
from archive.instance import Instance
from archive.workflow import Viewer
from ingest import dates, pipeline
from ingest.bounded import BoundedReader
from ingest.errors import ReadingError
from ingest.readers.reading import Reading
from ingest.record import Page, Record, Relation

LONGEST = 500_000
"""The characters of a pasted text that are looked at; a page has about 2,500."""

_HEADERS = 200  # different headers of held documents, the most frequent ones, that tell where the archive is
_BEGINS_ITSELF = re.compile(
    r"(?:về|ban hành|quy định|phê duyệt|sửa đổi|hướng dẫn|bãi bỏ|thay thế|công bố)(?!\w)", re.IGNORECASE
)
_DATED_BY_NAME = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


@dataclass(frozen=True, slots=True)
class Checked:
    """One document that a draft cites: what is known of it, its warnings telling what is wrong with the citation.

    Of a missing one `citers` counts the documents held that cite it, too; without any, nothing is known of it.

    `full` is the citation in the form of a first mention (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 6), made of
    what the archive holds; None when no one document is meant. Mentions count their offsets in the text's pages.
    """

    reference: Outgoing
    full: str | None
    citers: int


def check_text(session: Session, viewer: Viewer, text: str) -> tuple[Checked, ...]:
    """Return what a pasted text cites, in reading order; it is one page, its offsets those of the text in NFC.

    Raises Refused when it is too long.
    """
    if len(text) > LONGEST:
        raise Refused("Đoạn dán quá dài; hãy chia làm nhiều phần, hoặc gửi tệp dự thảo.")
    return _checked(
        session, viewer, pipeline.understand("", "", Reading("text", (Page(1, unicodedata.normalize("NFC", text)),)))
    )


def check_file(instance: Instance, viewer: Viewer, name: str, stream: BinaryIO) -> tuple[Checked, ...]:
    """Return what a draft in a file cites, in reading order. Raises Refused when the file cannot be read."""
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as kept:
        while chunk := stream.read(1 << 20):
            kept.write(chunk)
        kept.flush()
        try:
            with BoundedReader(jobs.limits(instance)) as reader:
                record = reader.read(Path(kept.name))
        except ReadingError as error:
            raise Refused(str(error)) from error
    with instance.catalogue.reading() as session:
        return _checked(session, viewer, record)


def _checked(session: Session, viewer: Viewer, record: Record) -> tuple[Checked, ...]:
    origin = home(record.issuer, record.superior, record.place)
    year = record.issued_on.year if record.issued_on else None
    cites = said(record.references, origin if origin.province else _usual_home(session, viewer, origin), year)
    cites = under_records(cites, authority(session))
    meant: dict[int, list[int]] = {}
    for way, document_id in meant_by(session, {one.way: nth for nth, one in enumerate(cites)}):
        meant.setdefault(way, []).append(document_id)
    ids = {id_ for found in meant.values() for id_ in found}
    seen = queries.cards(session, viewer, ids)
    may_mean = {nth: tuple(sorted(seen.keys() & found)) for nth, found in meant.items()}
    certain = without_twins(session, may_mean)
    stand = queries.forces(session, viewer, ids)
    missed = queries.missed(session, viewer, {one.way.key for one in cites})
    return tuple(
        _one(cited, [seen[id_] for id_ in certain.get(nth, ())], stand, missed.get(cited.way.key))
        for nth, cited in enumerate(cites)
    )


def _usual_home(session: Session, viewer: Viewer, origin: Home) -> Home:
    """Where a text without a header is taken to come from: the province of most documents that the viewer may see."""
    header = (Document.issuer, Document.superior, Document.place)
    often = select(*header, func.count()).where(seen_by(viewer)).group_by(*header).order_by(func.count().desc())
    provinces: Counter[str] = Counter()
    for issuer, superior, place, times in session.execute(often.limit(_HEADERS)):
        if province := home(issuer, superior, place).province:
            provinces[province] += times
    return Home(origin.body, max(provinces, key=provinces.__getitem__, default=None))


def _one(cited: Said, meant: list[Card], stand: Mapping[int, Force], missed: MissingDocument | None) -> Checked:
    target = meant[0] if len(meant) == 1 else None
    force = stand.get(target.id) if target else None
    way = cited.way
    reference = Outgoing(
        number=way.number,
        kind=way.kind,
        name=way.name,
        issued_on=way.issued_on,
        issuer=way.issuer,
        relation=cited.relation,
        status=Status.RESOLVED if target else Status.AMBIGUOUS if meant else Status.MISSING,
        cited_key=way.key,
        target=target,
        candidates=() if target else tuple(meant),
        mentions=cited.mentions,
        sentence=cited.mentions[0].text,
        force=force,
        warnings=tuple(_warnings(cited, target, force)) if target else _unlike_others(cited, missed) if missed else (),
    )
    return Checked(reference, full_citation(target) if target else None, missed.citers if missed else 0)


def _warnings(cited: Said, target: Card, force: Force | None) -> Iterable[str]:
    naming, document = cited.way.naming, disagreements.held(target)
    yield from disagreements.warnings(naming, document)
    yield from disagreements.undated(naming, document, cited.way.until or clock.now().year)
    if force and force.ended and not _ends(cited.relation):
        since = f" từ ngày {force.since:%d/%m/%Y}" if force.since else ""
        by = next((effect.document.number for effect in force.effects if effect.document.number), None)
        yield f"Văn bản này hết hiệu lực{since}{f', xem {by}' if by else ''}"


def _unlike_others(cited: Said, missed: MissingDocument) -> tuple[str, ...]:
    return disagreements.warnings(cited.way.naming, disagreements.cited(missed), "mà văn bản trong kho dẫn")


def _ends(relation: Relation) -> bool:
    return relation in {Relation.REPLACES, Relation.REPEALS}


def full_citation(document: Card) -> str:
    """Return how a held document is cited when it is first mentioned: kind, number, day, body and subject."""
    by_name = document.kind in _DATED_BY_NAME
    parts = [document.kind or "Văn bản"]
    if document.number and not by_name:
        parts.append(f"số {document.number}")
    if by_name and document.subject:
        parts.append(document.subject)
    if document.issued_on:
        parts.append(dates.in_words(document.issued_on))
    if not by_name:
        parts += [f"của {document.issuer}"] if document.issuer else []
        parts += [_about(document.subject)] if document.subject else []
    return " ".join(parts)


def _about(subject: str) -> str:
    words = subject[0].lower() + subject[1:] if subject[1:2].islower() else subject
    return words if _BEGINS_ITSELF.match(words) else f"về {words}"
