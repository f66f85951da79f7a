"""Citations find the documents they mean, and no others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from sqlalchemy import create_engine, delete, select, text

from archive import citations, transitions
from archive.catalogue import queries
from archive.catalogue.database import migrations_config
from archive.catalogue.models import Cited, DocumentReference, Meaning, Missing, Tally
from archive.instance import Instance
from archive.workflow import CLERK, VISITOR, State
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
        cited = queries.outgoing(session, CLERK, document_id)
    return [(one.status, one.target.id if one.target else None) for one in cited]


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


@pytest.mark.parametrize(
    ("issued_on", "standings"),
    [(date(2018, 4, 3), ["missing"]), (date(2024, 5, 6), ["resolved"]), (None, ["resolved"])],
)
def test_number_without_a_year(instance: Instance, keep: Keep, issued_on: date | None, standings: list[str]) -> None:
    """None cites what comes later: a number without a year means no document of a later year than the citing one."""
    citing = keep("Căn cứ", issuer=TIEN_GIANG, issued_on=issued_on, references=(reference("4/CT-UBND", None),))
    keep(number="4/CT-UBND", issued_on=date(2024, 3, 15), issuer=TIEN_GIANG)
    assert [status for status, _ in standing(instance, citing)] == standings


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
    ("issued_on", "status"), [(date(2020, 2, 24), "resolved"), (None, "resolved"), (date(2020, 2, 25), "missing")]
)
def test_department_cited_by_its_successors_name(
    instance: Instance, keep: Keep, issued_on: date | None, status: str
) -> None:
    """A number under a former department may be cited as that of the one which took its work over, on its own day."""
    keep(number="183/KH-STTTT", issued_on=date(2020, 2, 24), issuer="Sở Thông tin và Truyền thông tỉnh Tiền Giang")
    cited = reference("183/KH-STTTT", issued_on, "Sở Khoa học và Công nghệ")
    ((found, _),) = standing(instance, keep(issuer=TIEN_GIANG, references=(cited,)))
    assert found == status


def test_number_without_a_body_is_not_a_communes(instance: Instance, keep: Keep) -> None:
    """Where no body is named, a number is that of a body for all the province, or of the citing commune itself."""
    commune = {"issuer": "Ủy ban nhân dân xã Tân Phú", "superior": TIEN_GIANG}
    held = keep(**commune, **PLAN_37)
    cited = reference("37/KH-UBND", date(2016, 2, 25))
    assert standing(instance, keep(issuer=TIEN_GIANG, references=(cited,))) == [("missing", None)]
    assert standing(instance, keep(number="40/KH-UBND", **commune, references=(cited,))) == [("resolved", held)]


def test_two_citations_of_one_document_are_one(instance: Instance, keep: Keep) -> None:
    """References that surely mean the same are one, with the strongest relation and all the mentions in order."""
    later = replace(reference("45/2016/QD-TTg"), relation=Relation.LEGAL_BASIS, mentions=(Mention(1, 5, 6, "C"),))
    citing = keep(references=(later, reference("45/2016/QĐ-TTg", date(2016, 10, 19))))
    with instance.catalogue.reading() as session:
        (cited,) = queries.outgoing(session, CLERK, citing)
    assert cited.relation == Relation.LEGAL_BASIS
    assert [mention.start for mention in cited.mentions] == [0, 5]


def derived(instance: Instance) -> list[object]:
    """Everything that follows from the documents, but for the ids of the rows."""
    with instance.catalogue.reading() as session:
        questions = (
            select(DocumentReference.document_id, DocumentReference.ordinal, Cited.key, DocumentReference.citing_state)
            .join(DocumentReference.cited)
            .order_by(DocumentReference.document_id, DocumentReference.ordinal),
            select(Cited.key, Cited.issuer, Cited.issued_on, Meaning.document_id)
            .join(Meaning, Meaning.cited_id == Cited.id)
            .order_by(Cited.key, Cited.issuer, Cited.issued_on, Meaning.document_id),
            select(Cited.key, Cited.issuer, Cited.issued_on, Tally.state, Tally.citers)
            .join(Tally, Tally.cited_id == Cited.id)
            .where(Tally.citers > 0)
            .order_by(Cited.key, Cited.issuer, Cited.issued_on, Tally.state),
            select(Missing.key, Missing.clearance, Missing.citers).order_by(Missing.key, Missing.clearance),
        )
        return [session.execute(question).all() for question in questions]


def test_little_by_little_or_all_at_once(instance: Instance, keep: Keep) -> None:
    """Documents that come, change their state, and leave give in the end what settling everything anew gives."""
    law = reference(None, kind="Luật", name="Luật An ninh mạng")
    plan = reference("37/KH-UBND", date(2016, 2, 25), "UBND tỉnh")
    decree = reference("17/NQ-CP", date(2019, 3, 7), "Chính phủ")
    first = keep("1", issuer=TIEN_GIANG, references=(law, plan, decree))
    keep("2", issuer=TIEN_GIANG, state=State.DRAFT, references=(law, decree))
    held = keep("3", issuer=TIEN_GIANG, references=(law,), **PLAN_37)
    keep("4", number="24/2018/QH14", issued_on=date(2018, 6, 12), kind="Luật", subject="An ninh mạng")
    keep("5", number="17/NQ-CP", issued_on=date(2019, 3, 7), issuer="Chính phủ", state=State.DRAFT)
    transitions.move(instance, CLERK, first, "withdraw", "Thử")
    transitions.move(instance, CLERK, held, "withdraw", "Thử")
    transitions.move(instance, CLERK, held, "trash")
    gradually = derived(instance)
    with instance.catalogue.session() as session:
        citations.settle_all(session)
    assert derived(instance) == gradually
    assert gradually[3]


def test_an_archive_of_before_learns_what_visitors_miss(instance: Instance, keep: Keep) -> None:
    """The migration ranks what only public documents cite as settling does."""
    keep("Căn cứ 5/QĐ-UBND", references=(reference("5/QĐ-UBND"),))
    keep(
        "Căn cứ 5/QĐ-UBND, 6/QĐ-UBND", state=State.INTERNAL, references=(reference("5/QĐ-UBND"), reference("6/QĐ-UBND"))
    )
    of_visitors = select(Missing.key, Missing.citers).where(Missing.clearance == VISITOR.clearance)
    with instance.catalogue.session() as session:
        settled = session.execute(of_visitors).all()
        session.execute(delete(Missing).where(Missing.clearance == VISITOR.clearance))
    engine = create_engine(f"sqlite:///{instance.directory / 'archive.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE cited DROP COLUMN subject"))  # what later versions added
        command.stamp(migrations_config(connection), "0014")
    engine.dispose()
    instance.catalogue.migrate()
    with instance.catalogue.reading() as session:
        assert session.execute(of_visitors).all() == settled
    assert [citers for _, citers in settled] == [1]
