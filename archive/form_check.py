"""Thể thức: what of the prescribed form a document shows (Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I); advice only.

The Party's documents follow Hướng dẫn 36-HD/VPTW, whose heading is another; the rest is asked of both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.catalogue.facts import Card, DocumentFacts
from ingest import kinds, numbers
from ingest.orthography import fold
from ingest.signatures.verdict import warnings

_NATION = re.compile(r"cong\s*hoa\s*xa\s*hoi\s*chu\s*nghia\s*viet\s*nam")
_MOTTO = re.compile(r"doc\s*lap\s*-?\s*tu\s*do\s*-?\s*hanh\s*phuc")
_PARTY = re.compile(r"dang\s*cong\s*san\s*viet\s*nam")
_END = re.compile(r"\./\.")


class Component(StrEnum):
    """The nine components of Điều 8, by the letters of its second paragraph."""

    NATION = "a"  # Quốc hiệu và Tiêu ngữ
    BODY = "b"  # Tên cơ quan, tổ chức ban hành
    NUMBER = "c"  # Số, ký hiệu
    PLACE_AND_DATE = "d"  # Địa danh và thời gian ban hành
    TITLE = "đ"  # Tên loại và trích yếu nội dung
    CONTENT = "e"  # Nội dung
    SIGNATORY = "g"  # Chức vụ, họ tên và chữ ký của người có thẩm quyền
    SEAL = "h"  # Dấu, chữ ký số của cơ quan
    RECIPIENTS = "i"  # Nơi nhận


@dataclass(frozen=True, slots=True)
class Remark:
    """What is lacking or doubtful in a component, in a Vietnamese sentence."""

    component: Component
    message: str


def remarks(facts: DocumentFacts, numbered_alike: Sequence[Card]) -> tuple[Remark, ...]:
    """Return what the form lacks, in the order of the components; nothing when all of it is there.

    `numbered_alike` are other held documents of the same number, year and body. What cannot be seen in the text of the
    file, a seal of ink, is not asked for.
    """
    return tuple(Remark(component, message) for component, message in _remarks(facts, numbered_alike))


def _remarks(facts: DocumentFacts, numbered_alike: Sequence[Card]) -> Iterator[tuple[Component, str]]:
    card = facts.card
    yield from (
        (Component.NATION, message) for message in _heading(fold(facts.pages[0] if facts.pages else "").lower())
    )
    if not card.issuer:
        yield Component.BODY, "Không thấy tên cơ quan ban hành."
    yield from ((Component.NUMBER, message) for message in _number(card, numbered_alike))
    yield from ((Component.PLACE_AND_DATE, message) for message in _place_and_date(facts))
    if not card.kind:
        yield Component.TITLE, "Không thấy tên loại văn bản."
    if not card.subject:
        yield Component.TITLE, "Không thấy trích yếu nội dung."
    if not _END.search("\n".join(facts.pages)):
        yield Component.CONTENT, "Phần nội dung không kết thúc bằng dấu “./.”."
    if not any(signer.name for signer in facts.signers):
        yield Component.SIGNATORY, "Không thấy họ tên người ký."
    elif not any(signer.position for signer in facts.signers):
        yield Component.SIGNATORY, "Không thấy chức vụ người ký."
    if facts.signatures and not any(signature.organisation for signature in facts.signatures):
        yield Component.SEAL, "Có chữ ký số nhưng không có chữ ký số của cơ quan."
    yield from ((Component.SEAL, message) for message in warnings(facts.signatures))
    if not facts.recipients:
        yield Component.RECIPIENTS, "Không thấy phần nơi nhận."


def _heading(text: str) -> Iterator[str]:
    if _PARTY.search(text):
        return
    if not _NATION.search(text):
        yield "Không thấy Quốc hiệu."
    if not _MOTTO.search(text):
        yield "Không thấy Tiêu ngữ."


def _number(card: Card, numbered_alike: Sequence[Card]) -> Iterator[str]:
    number = numbers.parse(card.number or "")
    if number is None:
        yield (
            "Không thấy số, ký hiệu." if not card.number else f"Số, ký hiệu “{card.number}” không theo mẫu nào đã biết."
        )
        return
    says = kinds.of_symbol(number)
    if says and card.kind and says != card.kind:
        yield f"Ký hiệu “{number.symbol}” là của loại {says}, còn tên loại là {card.kind}."
    if numbered_alike:
        others = "; ".join(other.subject or other.file_name for other in numbered_alike)
        yield f"Số {card.number} đã dùng trong năm cho văn bản khác: {others}."


def _place_and_date(facts: DocumentFacts) -> Iterator[str]:
    issued_on = facts.card.issued_on
    if not facts.place:
        yield "Không thấy địa danh."
    if issued_on is None:
        yield "Không thấy ngày ban hành, hoặc còn để trống."
    elif issued_on > facts.created_at.date():
        yield f"Ngày ban hành {issued_on:%d/%m/%Y} sau ngày văn bản vào kho."
