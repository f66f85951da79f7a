"""Citations find the documents they mean, and no others."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from archive.bodies import home
from archive.catalogue.models import DocumentReference
from archive.citations import Citation, cited_key
from archive.instance import Instance
from ingest.record import Mention, Reference, Relation

TIEN_GIANG = "Ủy ban nhân dân tỉnh Tiền Giang"
KIEN_GIANG = "Ủy ban nhân dân tỉnh Kiên Giang"
Keep = Callable[..., int]


def reference(
    number: str | None,
    issued_on: date | None = None,
    issuer: str | None = None,
    *,
    kind: str | None = None,
    name: str | None = None,
) -> Reference:
    return Reference(number, kind, issued_on, issuer, Relation.CITES, (Mention(1, 0, 1, "C"),), name)


def standing(instance: Instance, document_id: int) -> list[tuple[str, int | None]]:
    with instance.catalogue.reading() as session:
        of_it = select(DocumentReference).where(DocumentReference.document_id == document_id)
        return [(row.status, row.target_id) for row in session.scalars(of_it.order_by(DocumentReference.ordinal))]


PLAN_37 = {"number": "37/KH-UBND", "issued_on": date(2016, 2, 25), "kind": "Kế hoạch"}


@pytest.mark.parametrize(
    "cited",
    [
        reference("37/KH-UBND", date(2016, 2, 25), "UBND tỉnh"),
        reference("37/kh-ubnd", date(2016, 2, 25), "Ủy ban nhân dân (UBND) tỉnh Tiền Giang"),
        reference("037/KH-UBND", None, "UBND tỉnh"),
        reference("37/KH-UBND", date(2016, 2, 26), "Chủ tịch UBND tỉnh"),
        reference("37/KH-UBND", date(2016, 2, 25)),
        reference("37/KH-UBND"),
    ],
)
def test_local_number_in_its_own_province(instance: Instance, keep: Keep, cited: Reference) -> None:
    """A local number means the document of that number, year and body, the citing document's province completing it."""
    held = keep(issuer=TIEN_GIANG, **PLAN_37)
    citing = keep(issuer="Sở Y tế", superior=TIEN_GIANG, references=(cited,))
    assert standing(instance, citing) == [("resolved", held)]


@pytest.mark.parametrize(
    "cited",
    [
        reference("37/KH-UBND", date(2016, 2, 25), "UBND tỉnh"),
        reference("37/KH-UBND", date(2016, 2, 25), KIEN_GIANG),
        reference("37/KH-UBND", date(2016, 2, 25)),
    ],
)
def test_local_number_of_another_province(instance: Instance, keep: Keep, cited: Reference) -> None:
    """`37/KH-UBND` of one province never means another's."""
    keep(issuer=TIEN_GIANG, **PLAN_37)
    citing = keep(issuer="Sở Y tế tỉnh Kiên Giang", references=(cited,))
    assert standing(instance, citing) == [("missing", None)]


@pytest.mark.parametrize(
    "cited",
    [
        reference("37/KH-UBND", date(2017, 2, 25), "UBND tỉnh"),
        reference("37/KH-UBND", date(2016, 2, 25), "UBND huyện Cái Bè"),
        reference("37/KH-UBND", date(2016, 2, 25), "HĐND tỉnh"),
        reference("37/KH-UBND", date(2016, 3, 25)),
        reference("37/QĐ-UBND", date(2016, 2, 25), "UBND tỉnh"),
        reference("137/KH-UBND", date(2016, 2, 25), "UBND tỉnh"),
    ],
)
def test_other_document_with_a_like_number(instance: Instance, keep: Keep, cited: Reference) -> None:
    """Another year, body, symbol or serial is another document; so is another day where no body is named."""
    keep(issuer=TIEN_GIANG, **PLAN_37)
    citing = keep(issuer="Sở Y tế", superior=TIEN_GIANG, references=(cited,))
    assert standing(instance, citing) == [("missing", None)]


def test_department_by_its_short_name(instance: Instance, keep: Keep) -> None:
    """A department cited without its province is the citing document's province's."""
    held = keep(
        number="183/KH-STTTT", issued_on=date(2020, 2, 24), issuer="Sở Thông tin và Truyền thông tỉnh Tiền Giang"
    )
    cited = reference("183/KH-STTTT", date(2020, 2, 24), "Sở TT&TT")
    assert standing(instance, keep(issuer=TIEN_GIANG, references=(cited,))) == [("resolved", held)]


@pytest.mark.parametrize(
    "cited",
    [
        reference("45/2016/QĐ-TTg", date(2016, 10, 19), "Thủ tướng Chính phủ"),
        reference("45/2016/QD-TTg"),
        reference("45/2016/QĐ-TTg", date(2015, 10, 19)),
    ],
)
def test_central_number(instance: Instance, keep: Keep, cited: Reference) -> None:
    """A central symbol names its body, and the year inside a number outweighs the one beside it."""
    held = keep(number="45/2016/QĐ-TTg", issued_on=date(2016, 10, 19), issuer="Thủ tướng Chính phủ")
    assert standing(instance, keep(issuer=KIEN_GIANG, references=(cited,))) == [("resolved", held)]


def test_normative_and_single_decision_of_one_serial(instance: Instance, keep: Keep) -> None:
    """`45/QĐ-TTg` of 2016 is not `45/2016/QĐ-TTg`."""
    keep(number="45/2016/QĐ-TTg", issued_on=date(2016, 10, 19), issuer="Thủ tướng Chính phủ")
    cited = reference("45/QĐ-TTg", date(2016, 1, 11))
    assert standing(instance, keep(references=(cited,))) == [("missing", None)]


@pytest.mark.parametrize(
    ("name", "issued_on", "standings"),
    [
        ("Luật An ninh mạng", None, ["resolved"]),
        ("Luật An ninh mạng năm 2018", None, ["resolved"]),
        ("Luật an ninh mạng", date(2018, 6, 12), ["resolved"]),
        ("Luật An ninh mạng năm 2025", None, ["missing"]),
        ("Luật An ninh", None, ["missing"]),
    ],
)
def test_law_by_its_name(
    instance: Instance, keep: Keep, name: str, issued_on: date | None, standings: list[str]
) -> None:
    """A law cited by name alone means the law of that name, and of that year where one is told."""
    cited = reference(None, issued_on, kind="Luật", name=name)
    citing = keep(references=(cited,))
    keep(number="24/2018/QH14", issued_on=date(2018, 6, 12), kind="Luật", subject="An ninh mạng", issuer="Quốc hội")
    assert [status for status, _ in standing(instance, citing)] == standings


def test_missing_resolves_then_becomes_ambiguous(instance: Instance, keep: Keep) -> None:
    """A citation waits for its document, finds it when it arrives, and is in doubt when a second one does."""
    cited = reference("17/NQ-CP", None, "Chính phủ")
    citing = keep(references=(cited,))
    assert standing(instance, citing) == [("missing", None)]
    first = keep(number="17/NQ-CP", issued_on=date(2019, 3, 7), issuer="Chính phủ")
    assert standing(instance, citing) == [("resolved", first)]
    keep(number="17/NQ-CP", issued_on=date(2020, 3, 7), issuer="Chính phủ")
    assert standing(instance, citing) == [("ambiguous", None)]


def test_never_itself(instance: Instance, keep: Keep) -> None:
    """A document that names its own number does not cite itself."""
    own = keep(issuer=TIEN_GIANG, references=(reference("37/KH-UBND", date(2016, 2, 25), "UBND tỉnh"),), **PLAN_37)
    assert standing(instance, own) == [("missing", None)]


@pytest.mark.parametrize(
    ("cited", "key"),
    [
        (reference("45/2016/QĐ-TTg", date(2016, 10, 19), "Thủ tướng Chính phủ"), "45-2016-qd-ttg"),
        (reference("45/2016/QD-TTg"), "45-2016-qd-ttg"),
        (reference("1819/QĐ-TTg", date(2015, 10, 25)), "1819-qd-ttg-2015"),
        (reference("1819/QĐ-TTg", date(2015, 10, 26), "Thủ tướng Chính phủ"), "1819-qd-ttg-2015"),
        (reference("1819/QĐ-TTg"), "1819-qd-ttg"),
        (reference("37/KH-UBND", date(2016, 2, 25), "UBND tỉnh"), "37-kh-ubnd-2016-ubnd-tien-giang"),
        (reference("37/KH-UBND", date(2016, 2, 25), TIEN_GIANG), "37-kh-ubnd-2016-ubnd-tien-giang"),
        (reference("37/KH-UBND", date(2016, 2, 25)), "37-kh-ubnd-2016-tien-giang"),
        (reference("15-NQ/TU", date(2021, 5, 4), "Tỉnh ủy"), "15-nq-tu-2021-tinh-uy-tien-giang"),
        (reference("66.7/2025/NQ-CP"), "66-7-2025-nq-cp"),
        (reference(None, None, kind="Luật", name="Luật An ninh mạng năm 2018"), "luat-an-ninh-mang-2018"),
        (reference(None, None, kind="Luật", name="An ninh mạng"), "luat-an-ninh-mang"),
        (reference(None, date(2017, 8, 18), "UBND tỉnh", kind="Kế hoạch"), "ke-hoach-2017-08-18-ubnd-tien-giang"),
        (reference(None), "tien-giang"),
    ],
)
def test_address_of_a_missing_document(cited: Reference, key: str) -> None:
    """Citations that surely mean one document share one address, fit for a URL; others stay apart."""
    said = Citation(
        cited.number, cited.kind, cited.name, cited.issued_on, cited.issuer, home(TIEN_GIANG, None, "Tiền Giang")
    )
    assert cited_key(said) == key
