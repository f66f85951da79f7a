"""Documents moved from state to state: along every way of the table, and along no other."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from archive import accounts, transitions
from archive.catalogue import queries
from archive.catalogue.models import Document, Event
from archive.consistency import check
from archive.errors import NotAllowed, NotHeld, Refused, Withdrawn
from archive.finding import find
from archive.instance import Instance
from archive.search import Filters
from archive.workflow import CLERK, TRANSITIONS, Role, State, Transition, Viewer
from tests.archive.conftest import PASSWORD, PATHS

Keep = Callable[..., int]
BACK = {"revive": State.PUBLIC, "reinstate": State.INTERNAL, "unfreeze": State.INTERNAL, "restore": State.PENDING}


@pytest.fixture
def viewer(instance: Instance) -> Callable[[Role], Viewer]:
    def viewer(role: Role) -> Viewer:
        with instance.catalogue.session() as session:
            return accounts.add_user(session, f"nguoi-{role}", PASSWORD, role)

    return viewer


def state_of(instance: Instance, document_id: int) -> State:
    with instance.catalogue.reading() as session:
        return State(session.get_one(Document, document_id).state)


def found(instance: Instance, viewer: Viewer) -> int:
    return find(instance, viewer, "trồng rừng", Filters(), "relevance", 1, 10).total


@pytest.mark.parametrize("way", TRANSITIONS, ids=lambda way: way.name)
def test_every_way_leads_where_the_table_says(
    instance: Instance, brought: Callable[[State], int], way: Transition
) -> None:
    """From each of its states."""
    for state in sorted(way.sources):
        held = brought(state)
        expected = way.target or BACK[way.name]
        assert transitions.move(instance, CLERK, held, way.name, "lý do") == expected == state_of(instance, held)


@pytest.mark.parametrize("state", PATHS)
def test_no_other_way_leads_out_of_a_state(instance: Instance, brought: Callable[[State], int], state: State) -> None:
    """What the table does not draw, or nobody has heard of, is refused and changes nothing."""
    held = brought(state)
    closed = {way.name for way in TRANSITIONS if state not in way.sources}
    for name in closed | {"vanish"}:
        with pytest.raises(Refused, match="hãy tải lại trang"):
            transitions.move(instance, CLERK, held, name, "lý do")
    assert state_of(instance, held) == state


def test_a_way_is_open_to_its_roles_alone(
    instance: Instance, brought: Callable[[State], int], viewer: Callable[[Role], Viewer]
) -> None:
    """A role that may not is told so, or sees no such document; nothing changes."""
    people = [viewer(role) for role in Role]
    for way in TRANSITIONS:
        state = min(way.sources)
        held = brought(state)
        for person in people:
            if person.may(way.act):
                transitions.move(instance, person, held, way.name, "lý do")
                break
            with pytest.raises(NotAllowed if state in person.opens else NotHeld):
                transitions.move(instance, person, held, way.name, "lý do")
            assert state_of(instance, held) == state


def test_a_reason_is_asked_for_where_the_table_says_so(instance: Instance, brought: Callable[[State], int]) -> None:
    """Without one nothing happens."""
    for way in (way for way in TRANSITIONS if way.reasoned):
        held = brought(min(way.sources))
        with pytest.raises(Refused, match="cần lý do"):
            transitions.move(instance, CLERK, held, way.name)
        assert state_of(instance, held) == min(way.sources)


def test_the_index_follows_at_once(
    instance: Instance, brought: Callable[[State], int], viewer: Callable[[Role], Viewer]
) -> None:
    """Each role finds exactly the documents in the states it sees, and store, catalogue and index agree all along."""
    for state in PATHS:
        brought(state)
    for role in Role:
        person = viewer(role)
        assert found(instance, person) == len(person.sees)
    assert check(instance) == ()


def test_each_move_is_an_event(
    instance: Instance, brought: Callable[[State], int], viewer: Callable[[Role], Viewer]
) -> None:
    """Who, from what to what, and why."""
    held = brought(State.PUBLIC)
    editor = viewer(Role.EDITOR)
    transitions.move(instance, editor, held, "withdraw", "In nhầm phụ lục 2")
    with instance.catalogue.reading() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.user_id, event.document_id, event.action) == (editor.user_id, held, "state")
    assert event.detail["changes"] == {"state": ["public", "withdrawn"]}
    assert event.detail["reason"] == "In nhầm phụ lục 2"


def test_the_way_back_leads_where_the_document_was_before(instance: Instance, brought: Callable[[State], int]) -> None:
    """Out of one state within another: frozen while expired, it comes back expired, and then into force as it was."""
    held = brought(State.EXPIRED)
    assert transitions.move(instance, CLERK, held, "freeze", "Thanh tra") == State.FROZEN
    assert transitions.move(instance, CLERK, held, "unfreeze", "Xong") == State.EXPIRED
    assert transitions.move(instance, CLERK, held, "revive", "Ghi nhầm") == State.PUBLIC


def test_a_withdrawal_is_told_to_those_who_could_see_the_document(
    instance: Instance, brought: Callable[[State], int], viewer: Callable[[Role], Viewer]
) -> None:
    """A reader is told what was withdrawn, when and why; a document never issued is not there, trashed or not."""
    reader = viewer(Role.READER)
    held = brought(State.WITHDRAWN)
    with instance.catalogue.reading() as session:
        with pytest.raises(Withdrawn) as raised:
            queries.document(session, reader, held)
        for state in (State.DRAFT, State.TRASHED):
            with pytest.raises(NotHeld) as absent:
                queries.document(session, reader, brought(state))
            assert not isinstance(absent.value, Withdrawn)
    assert raised.value.tombstone.card.number == "3/KH-UBND"
    assert raised.value.tombstone.taken.reason == "lý do"
