"""Reviewing: what wants a look, what an editor decides, and several documents accepted at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from archive import corrections, review, transitions
from archive.catalogue import queries
from archive.catalogue.facts import Description, DocumentFacts
from archive.catalogue.models import Twin
from archive.catalogue.queries.reviews import Order
from archive.consistency import check
from archive.errors import NotAllowed, Refused
from archive.instance import Instance
from archive.review import Need
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Evidence, Signer

FACTS: dict[str, object] = {
    "kind": "Kế hoạch",
    "issued_on": date(2026, 1, 30),
    "issuer": "Sở Y tế",
    "subject": "Tiêm chủng mở rộng",
    "signers": (Signer("Lê Thị Mai", "Giám đốc"),),
}
EDITOR = Viewer(1, "admin", Role.EDITOR)


@pytest.fixture
def read(keep: Callable[..., int]) -> Callable[..., int]:
    """Make a draft of a document that was read so surely, its number as given; return its id."""

    def read(number: str | None, certainty: float = 0.97, **more: object) -> int:
        facts = FACTS | {"number": number} | more
        evidence = {name: Evidence(1, 0, 3, "a rule", certainty) for name, value in facts.items() if value}
        return keep(f"KẾ HOẠCH {number} {certainty}", state=State.DRAFT, evidence=evidence, **facts)

    return read


def facts_of(instance: Instance, document_id: int) -> DocumentFacts:
    with instance.catalogue.reading() as session:
        return queries.document(session, CLERK, document_id)


def said_of(facts: DocumentFacts, **changed: object) -> Description:
    return replace(corrections.description(facts), **changed)


def order_of(instance: Instance, order: Order) -> list[int]:
    with instance.catalogue.reading() as session:
        return [one.card.id for one in queries.queue(session, EDITOR, order, 10)]


def test_what_wants_a_look_comes_first(instance: Instance, read: Callable[..., int]) -> None:
    """What is lacking, then what is least sure; the rest as documents have it."""
    facts = facts_of(instance, read(None, 0.9))
    fields = review.sheet(facts, said_of(facts, subject="Sửa tay"))
    assert [(field.name, field.need) for field in review.wanting(fields)] == [
        ("number", Need.LACKING), ("kind", Need.UNSURE), ("issued_on", Need.UNSURE), ("issuer", Need.UNSURE),
        ("signers", Need.UNSURE),
    ]  # fmt: skip
    rest = {field.name: field.need for field in fields[5:]}
    assert rest == {"place": Need.NONE, "superior": Need.NONE, "subject": Need.CORRECTED, "recipients": Need.NONE}
    assert [field.certainty for field in fields[:2]] == [0, 90]


def test_what_is_there_already_is_not_offered(instance: Instance, read: Callable[..., int]) -> None:
    """The kind that the symbol names is for who has none, or another."""
    facts = facts_of(instance, read("7/KH-SYT", 0.5))
    offered = {field.name: field.hints for field in review.sheet(facts, said_of(facts))}
    assert offered["kind"] == ()
    offered = {field.name: field.hints for field in review.sheet(facts, said_of(facts, kind=None))}
    assert offered["kind"] == ("Kế hoạch",)


def test_the_queue_is_in_the_order_asked_for(instance: Instance, read: Callable[..., int]) -> None:
    """Least surely known first, or oldest first; each leads to the next, the last to none."""
    sure, lacking, unsure = read("1/KH-SYT"), read(None), read("3/KH-SYT", 0.5)
    assert order_of(instance, Order.UNSURE) == [lacking, unsure, sure]
    assert order_of(instance, Order.OLDEST) == [sure, lacking, unsure]
    with instance.catalogue.reading() as session:
        assert queries.next_queued(session, EDITOR, Order.UNSURE, lacking) == unsure
        assert queries.next_queued(session, EDITOR, Order.UNSURE, sure) is None
        assert queries.next_queued(session, EDITOR, Order.OLDEST, lacking) == unsure
        assert queries.queued(session, EDITOR) == (3, 1)


def test_a_decision_is_one_step(instance: Instance, read: Callable[..., int]) -> None:
    """What was corrected and the new state are both there, both in the history, and in the index."""
    held = read(None)
    facts = facts_of(instance, held)
    follow = partial(transitions.step, viewer=EDITOR, document_id=held, name="circulate")
    review.decide(instance, EDITOR, held, said_of(facts, number="7/KH-SYT"), facts.version, follow)
    now = facts_of(instance, held).card
    assert (now.number, now.state) == ("7/KH-SYT", State.INTERNAL)
    with instance.catalogue.reading() as session:
        assert [one.action for one in queries.history(session, CLERK, held)][:2] == ["state", "edit"]
    assert check(instance) == ()
    assert order_of(instance, Order.OLDEST) == []


def test_of_a_decision_that_fails_nothing_is_kept(instance: Instance, read: Callable[..., int]) -> None:
    """Neither the correction before it."""
    held = read("1/KH-SYT")
    facts = facts_of(instance, held)
    follow = partial(transitions.step, viewer=EDITOR, document_id=held, name="expire")
    with pytest.raises(Refused, match="Trạng thái"):
        review.decide(instance, EDITOR, held, said_of(facts, number="7/KH-SYT"), facts.version, follow)
    assert facts_of(instance, held).card.number == "1/KH-SYT"


def test_the_second_of_two_editors_is_told(instance: Instance, read: Callable[..., int]) -> None:
    """That it was changed, or waits no more."""
    held = read("1/KH-SYT")
    facts = facts_of(instance, held)
    review.decide(instance, EDITOR, held, said_of(facts, number="2/KH-SYT"), facts.version)
    with pytest.raises(Refused, match="người khác thay đổi"):
        review.decide(instance, EDITOR, held, said_of(facts, number="3/KH-SYT"), facts.version)
    transitions.move(instance, CLERK, held, "publish")
    with pytest.raises(Refused, match="không còn chờ duyệt"):
        review.decide(instance, EDITOR, held, said_of(facts), facts.version + 2)


def test_what_is_asked_for_must_be_there() -> None:
    """Unless the editor says otherwise, which is not for here."""
    with pytest.raises(Refused, match="Còn thiếu"):
        review.complete(Description(**FACTS))
    review.complete(Description(number="1/KH-SYT", **FACTS))


def test_several_are_accepted_that_were_read_surely(instance: Instance, read: Callable[..., int]) -> None:
    """Not one that is unsure, changed since it was listed, or perhaps another document once more."""
    sure, unsure, changed, doubled = read("1/KH-SYT"), read("2/KH-SYT", 0.9), read("3/KH-SYT"), read("4/KH-SYT")
    versions = {id_: facts_of(instance, id_).version for id_ in (sure, unsure, changed, doubled)}
    with instance.catalogue.session() as session:
        session.add(Twin(document_id=doubled, other_id=unsure))
    facts = facts_of(instance, changed)
    corrections.correct(instance, CLERK, changed, said_of(facts, place="Lam Sơn"), facts.version)
    assert review.accept(instance, EDITOR, versions) == (sure,)
    assert facts_of(instance, sure).card.state == State.INTERNAL
    assert facts_of(instance, changed).card.state == State.DRAFT


def test_what_was_accepted_can_wait_again(instance: Instance, read: Callable[..., int]) -> None:
    """The reason is in its history; what someone else has moved meanwhile stays."""
    first, second = read("1/KH-SYT"), read("2/KH-SYT")
    review.accept(instance, EDITOR, {id_: facts_of(instance, id_).version for id_ in (first, second)})
    transitions.move(instance, CLERK, second, "withdraw", "Nhầm")
    assert review.take_back(instance, EDITOR, (first, second, 404)) == (first,)
    with instance.catalogue.reading() as session:
        told = queries.history(session, CLERK, first)[0]
    assert (told.changes["state"], told.reason) == (("internal", "pending"), "Hoàn tác việc duyệt")


def test_who_may_not_edit_decides_nothing(instance: Instance, read: Callable[..., int]) -> None:
    """A contributor who sees the draft."""
    held = read("1/KH-SYT")
    facts = facts_of(instance, held)
    contributor = Viewer(1, "admin", Role.CONTRIBUTOR)
    with pytest.raises(NotAllowed):
        review.decide(instance, contributor, held, said_of(facts), facts.version)
    with pytest.raises(NotAllowed):
        review.accept(instance, contributor, {held: facts.version})
