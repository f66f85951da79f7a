"""Staff say what they know of bodies, and take it back."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from archive import awaited, finding, history
from archive.bodies import authority, description, editing
from archive.bodies.changes import standing_events
from archive.bodies.description import BodyFacts
from archive.catalogue import queries
from archive.catalogue.facts import EventFact
from archive.catalogue.models import Document
from archive.consistency import check
from archive.errors import NotAllowed, NotHeld, Refused
from archive.instance import Instance
from archive.search import Filters
from archive.workflow import CLERK, Role, Viewer
from ingest.record import Mention, Reference, Relation

READER = Viewer(None, "đọc", Role.READER)
BODY, KEY = "Ủy ban nhân dân tỉnh Lam Sơn", "ubnd-lam-son"
CENTRE, VARIANT = "Trung tâm Lưu trữ lịch sử", "TT Lưu trữ lịch sử"
Keep = Callable[..., int]


def say(instance: Instance, act: Callable[..., None], *words: object) -> None:
    with instance.catalogue.session() as session:
        act(session, CLERK, *words)


def told(instance: Instance, key: str, viewer: Viewer = CLERK) -> BodyFacts:
    with instance.catalogue.reading() as session:
        return description.body(session, viewer, key)


def timeline(instance: Instance, key: str) -> tuple[EventFact, ...]:
    with instance.catalogue.reading() as session:
        return editing.timeline(session, key)


def undo_last(instance: Instance, key: str) -> None:
    with instance.catalogue.reading() as session:
        standing = standing_events(session)
    say(instance, editing.undo, next(event.id for event in timeline(instance, key) if event.id in standing))


def statuses(instance: Instance, document_id: int) -> list[str]:
    with instance.catalogue.reading() as session:
        return [one.status for one in queries.outgoing(session, CLERK, document_id)]


def reference(number: str, issuer: str | None, issued_on: date | None = None) -> Reference:
    return Reference(number, "Kế hoạch", issued_on, issuer, Relation.CITES, (Mention(1, 0, 1, "C"),))


def test_a_title_is_shown_and_found_by_and_taken_back(instance: Instance, keep: Keep) -> None:
    """The body is shown under it everywhere; its documents keep the name they bear, and are found by either."""
    held = keep(issuer=BODY, number="1/KH-UBND")
    say(instance, editing.give_title, KEY, "UBND tỉnh Lam Sơn (2021–2026)")
    assert told(instance, KEY).title == "UBND tỉnh Lam Sơn (2021–2026)"
    found = finding.find(instance, READER, "", Filters(issuer=("UBND tỉnh Lam Sơn (2021–2026)",)), "newest", 1, 10)
    assert [hit.card.issuer for hit in found.hits] == [BODY]
    assert [(count.value, count.count) for count in found.facets["issuer"]] == [("UBND tỉnh Lam Sơn (2021–2026)", 1)]
    undo_last(instance, KEY)
    assert told(instance, KEY).title == BODY
    with instance.catalogue.reading() as session:
        assert queries.card(session, READER, held).issuer == BODY


def test_names_have_their_time(instance: Instance, keep: Keep) -> None:
    """A name that staff know stands with its days beside those on documents, which have their years; oldest first."""
    keep(issuer=BODY, issued_on=date(2024, 5, 1))
    keep("2", issuer=BODY, issued_on=date(2026, 5, 1))
    say(instance, editing.add_name, KEY, "Ủy ban hành chính tỉnh Lam Sơn", date(1963, 1, 1), date(1976, 7, 1))
    old, new = told(instance, KEY).names
    assert (old.name, old.since, old.until) == ("Ủy ban hành chính tỉnh Lam Sơn", date(1963, 1, 1), date(1976, 7, 1))
    assert (new.name, new.documents, new.first, new.last) == (BODY, 2, 2024, 2026)


def test_symbol_and_level(instance: Instance, keep: Keep) -> None:
    """What staff say is laid over what the rules know, and taken back leaves that."""
    keep(issuer=BODY)
    say(instance, editing.add_symbol, KEY, "UBT")
    say(instance, editing.set_level, KEY, "other")
    assert (told(instance, KEY).symbols, told(instance, KEY).level) == (("UBND", "UB", "UBT"), "other")
    undo_last(instance, KEY)
    undo_last(instance, KEY)
    with pytest.raises(Refused, match="không còn hiệu lực"):
        say(instance, editing.undo, timeline(instance, KEY)[-1].id)
    assert (told(instance, KEY).symbols, told(instance, KEY).level) == (("UBND", "UB"), "province")


def test_a_merged_variant_is_the_body_and_undone_its_own_again(instance: Instance, keep: Keep) -> None:
    """Its page, its documents in searches and facets, and the meaning of citations follow; no document is changed."""
    held = keep(issuer=VARIANT, number="7/KH-TTLT", issued_on=date(2024, 1, 5))
    keep("2", issuer=CENTRE, number="8/KH-TTLT", issued_on=date(2025, 1, 5))
    citing = keep("3", issuer=BODY, references=(reference("7/KH-TTLT", CENTRE, date(2024, 1, 5)),))
    own, whole = "tt-luu-tru-lich-su", "trung-tam-luu-tru-lich-su"
    versions = select(Document.id, Document.version, Document.indexed_version, Document.body_key).order_by(Document.id)
    with instance.catalogue.reading() as session:
        before = session.execute(versions).all()
    assert statuses(instance, citing) == ["missing"]
    say(instance, editing.merge, own, CENTRE)
    assert statuses(instance, citing) == ["resolved"]
    assert told(instance, own) == told(instance, whole)
    assert told(instance, whole).documents == 2
    found = finding.find(instance, READER, "", Filters(issuer=(CENTRE,)), "oldest", 1, 10)
    assert [hit.card.issuer for hit in found.hits] == [VARIANT, CENTRE]
    assert [(count.value, count.count) for count in found.facets["issuer"]] == [(VARIANT, 2), (BODY, 1)]
    with instance.catalogue.reading() as session:
        assert session.execute(versions).all() == before
        assert [one.document.id for group in queries.incoming(session, CLERK, held, 9) for one in group.newest] == [
            citing
        ]
    undo_last(instance, whole)
    assert (statuses(instance, citing), told(instance, own).documents) == (["missing"], 1)
    assert finding.find(instance, READER, "", Filters(issuer=(CENTRE,)), "oldest", 1, 10).total == 1


def test_a_reference_added_while_merged_is_settled_like_the_others(instance: Instance, keep: Keep) -> None:
    """What comes in later means the body under either name, too."""
    keep(issuer=CENTRE, number="8/KH-TTLT", issued_on=date(2025, 1, 5))
    keep("2", issuer=VARIANT)
    say(instance, editing.merge, "tt-luu-tru-lich-su", "trung-tam-luu-tru-lich-su")
    citing = keep("3", issuer=BODY, references=(reference("8/KH-TTLT", VARIANT, date(2025, 1, 5)),))
    assert statuses(instance, citing) == ["resolved"]


def test_a_missing_document_is_one_by_every_variant(instance: Instance, keep: Keep) -> None:
    """Its citers are counted together, who awaited it under either name is told, and undone they part again."""
    for n, issuer in enumerate((CENTRE, VARIANT, VARIANT)):
        keep(f"{n}", issuer=BODY, references=(reference("8/KH-TTLT", issuer, date(2025, 1, 5)),))
    keep("vb", issuer=VARIANT)
    variant, whole = "8-kh-ttlt-2025-tt-luu-tru-lich-su", "8-kh-ttlt-2025-trung-tam-luu-tru-lich-su"
    with instance.catalogue.session() as session:
        viewer = Viewer(1, "admin", Role.MANAGER)
        awaited.await_document(session, viewer, variant)

    def missed() -> dict[str, int]:
        with instance.catalogue.reading() as session:
            return {one.cited_key: one.citers for one in queries.most_missed(session, CLERK, 9)}

    assert missed() == {variant: 2, whole: 1}
    say(instance, editing.merge, "tt-luu-tru-lich-su", "trung-tam-luu-tru-lich-su")
    assert missed() == {whole: 3}
    keep("3", issuer=BODY, references=(reference("8/KH-TTLT", VARIANT, date(2025, 1, 5)),))
    assert missed() == {whole: 4}
    with instance.catalogue.reading() as session:
        assert awaited.is_awaited(session, viewer, whole)
    undo_last(instance, "trung-tam-luu-tru-lich-su")
    assert missed() == {variant: 3, whole: 1}
    say(instance, editing.merge, "tt-luu-tru-lich-su", "trung-tam-luu-tru-lich-su")
    held = keep("4", issuer=CENTRE, number="8/KH-TTLT", issued_on=date(2025, 1, 5))
    assert missed() == {}
    with instance.catalogue.reading() as session:
        assert [card.id for card in awaited.arrivals(session, viewer).values()] == [held]


def test_a_name_by_which_a_body_is_cited(instance: Instance, keep: Keep) -> None:
    """Citations by a name that staff add mean the body's documents, until it is taken back."""
    keep(issuer=CENTRE, number="8/KH-TTLT", issued_on=date(2025, 1, 5))
    citing = keep("2", issuer=BODY, references=(reference("8/KH-TTLT", "Kho Lưu trữ tỉnh", date(2025, 1, 5)),))
    say(instance, editing.add_name, "trung-tam-luu-tru-lich-su", "Kho Lưu trữ tỉnh Lam Sơn", None, date(2020, 1, 1))
    assert statuses(instance, citing) == ["resolved"]
    undo_last(instance, "trung-tam-luu-tru-lich-su")
    assert statuses(instance, citing) == ["missing"]


def test_work_handed_over_is_cited_by_the_successor(instance: Instance, keep: Keep) -> None:
    """A successor that staff name counts like one of the rules, over several steps, in pages and citations."""
    keep(issuer=CENTRE, number="8/KH-TTLT", issued_on=date(2025, 1, 5), place="Lam Sơn")
    late = "Trung tâm Lưu trữ và Dữ liệu"
    citing = keep("2", issuer=late, references=(reference("8/KH-TTLT", late, date(2025, 1, 5)),))
    assert statuses(instance, citing) == ["missing"]
    say(instance, editing.add_successor, "trung-tam-luu-tru-lich-su", "Phòng Lưu trữ", date(2025, 6, 1))
    say(instance, editing.add_predecessor, "trung-tam-luu-tru-va-du-lieu", "Phòng Lưu trữ", None)
    assert statuses(instance, citing) == ["resolved"]
    assert [(one.title, one.since) for one in told(instance, "trung-tam-luu-tru-lich-su").successors] == [
        ("Phòng Lưu trữ", date(2025, 6, 1))
    ]
    with instance.catalogue.reading() as session:
        assert authority(session).kin(late, [CENTRE, BODY]).predecessors == (CENTRE,)
    say(instance, editing.sever, "trung-tam-luu-tru-lich-su", "phong-luu-tru")
    assert (statuses(instance, citing), told(instance, "phong-luu-tru").predecessors) == (["missing"], ())
    undo_last(instance, "phong-luu-tru")
    assert statuses(instance, citing) == ["resolved"]


def test_a_succession_of_the_rules_can_be_said_not_to_be(instance: Instance, keep: Keep) -> None:
    """Where a province did it otherwise, an editor says so; the other successors stand."""
    before = "Sở Thông tin và Truyền thông tỉnh Lam Sơn"
    keep(issuer=before)
    keep("2", issuer="Sở Khoa học và Công nghệ tỉnh Lam Sơn")
    keep("3", issuer="Sở Văn hóa, Thể thao và Du lịch tỉnh Lam Sơn")
    say(instance, editing.sever, "so-tttt-lam-son", "so-vhttdl-lam-son")
    assert [one.key for one in told(instance, "so-tttt-lam-son").successors] == ["so-kh-cn-lam-son"]
    assert told(instance, "so-vhttdl-lam-son").predecessors == ()


@pytest.mark.parametrize(
    ("act", "words", "message"),
    [
        (editing.give_title, ("",), "Chưa ghi tên"),
        (editing.give_title, (CENTRE,), "một cơ quan khác"),
        (editing.add_name, ("Tên cũ", date(2020, 1, 1), date(2010, 1, 1)), "đứng trước"),
        (editing.add_symbol, ("số 1/KH",), "Ký hiệu chỉ gồm"),
        (editing.set_level, ("thôn",), "Chưa chọn cấp"),
        (editing.merge, (BODY,), "vào chính nó"),
        (editing.merge, ("Cơ quan chưa ai biết",), "Kho không biết"),
        (editing.add_successor, (BODY, None), "không kế thừa chính nó"),
        (editing.add_successor, ("khong-ai-biet", None), "Chưa rõ cơ quan nào"),
        (editing.sever, (CENTRE,), "không còn được nối"),
    ],
)
def test_what_cannot_be(
    instance: Instance, keep: Keep, act: Callable[..., None], words: tuple[object, ...], message: str
) -> None:
    """It is refused with what to do instead, and nothing is said."""
    keep(issuer=BODY)
    keep("2", issuer=CENTRE)
    with pytest.raises(Refused, match=message):
        say(instance, act, KEY, *words)
    assert timeline(instance, KEY) == ()


def test_a_line_of_successors_does_not_turn_back(instance: Instance, keep: Keep) -> None:
    """A body that came after another cannot also come before it."""
    keep(issuer=BODY)
    keep("2", issuer=CENTRE)
    say(instance, editing.add_successor, KEY, CENTRE, None)
    with pytest.raises(Refused, match="xem lại chiều"):
        say(instance, editing.add_predecessor, KEY, CENTRE, None)


def test_only_editors_say_anything(instance: Instance, keep: Keep) -> None:
    """Whoever may not edit may not do so here, by whatever door."""
    keep(issuer=BODY)
    with instance.catalogue.session() as session, pytest.raises(NotAllowed):
        editing.add_symbol(session, READER, KEY, "UBT")


def test_every_change_is_an_event_of_the_sealed_history(instance: Instance, keep: Keep) -> None:
    """Who said what and took it back stands in the history, which a check finds whole."""
    keep(issuer=BODY)
    say(instance, editing.add_symbol, KEY, "UBT")
    undo_last(instance, KEY)
    undone, made = timeline(instance, KEY)
    assert (made.action, made.changes) == (history.Action.BODY, {"body-symbol": (None, "UBT")})
    assert (undone.detail["undoes"], undone.changes) == (made.id, {"body-symbol": ("UBT", None)})
    assert check(instance) == ()


def test_a_body_that_nothing_tells_of(instance: Instance) -> None:
    """There is no page of it."""
    with pytest.raises(NotHeld):
        told(instance, "khong-ai-biet")
