"""The states on the pages: what is offered to whom, the tombstone, the trash, and deleting for good."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from archive import clock, transitions
from archive.catalogue import queries
from archive.instance import Instance
from archive.web import wording
from archive.workflow import CLERK, STAFF, TRANSITIONS, WAITING, Role, State, Transition, Viewer
from tests.archive.web.conftest import send

Brought = Callable[[State], int]
SignedIn = Callable[[Role], FlaskClient]


@pytest.mark.parametrize("role", STAFF)
def test_a_page_offers_the_ways_that_are_open_and_no_other(signed_in: SignedIn, brought: Brought, role: Role) -> None:
    """For every state that the role opens, the buttons are those of the table."""
    person, viewer = signed_in(role), Viewer(None, "", role)
    for state in viewer.opens:
        page = person.get(f"/van-ban/{brought(state)}").text
        offered = {way.name for way in TRANSITIONS if f'value="{way.name}"' in page}
        assert offered == {way.name for way in viewer.ways(state)}, state


def test_a_button_moves_the_document_and_shows_it(signed_in: SignedIn, brought: Brought) -> None:
    """With its new state, and the reason where that is not the usual one."""
    held = brought(State.INTERNAL)
    editor = signed_in(Role.EDITOR)
    answer = send(editor, f"/van-ban/{held}/trang-thai", way="expire", reason="  Đã có\tquyết định thay thế ")
    assert answer.location == f"/van-ban/{held}?vua=expire"
    page = editor.get(answer.location).text
    assert str(wording.STATES[State.EXPIRED]) in page
    assert "Đã có quyết định thay thế" in page


def test_staff_say_from_when_a_document_is_out_of_force(signed_in: SignedIn, brought: Brought) -> None:
    """Which is seldom the day they say it, and never one to come; what is no day is refused in words."""
    held, editor = brought(State.PUBLIC), signed_in(Role.EDITOR)
    address = f"/van-ban/{held}/trang-thai"
    assert 'name="since" type="date"' in editor.get(f"/van-ban/{held}").text
    for since in ("2999-01-01", "hôm qua"):
        assert send(editor, address, way="expire", reason="Theo danh mục", since=since).status_code == 422
    send(editor, address, way="expire", reason="Theo danh mục", since="2020-01-01")
    assert "từ ngày 01/01/2020" in editor.get(f"/van-ban/{held}").text


@pytest.mark.parametrize("way", [way for way in TRANSITIONS if way.target], ids=lambda way: way.name)
def test_a_move_can_be_undone_at_once(
    signed_in: SignedIn, brought: Brought, instance: Instance, way: Transition
) -> None:
    """The page that shows the new state has a button that brings the former back, a draft's at least as pending."""
    manager = signed_in(Role.MANAGER)
    for before in sorted(way.sources):
        held = brought(before)
        moved = send(manager, f"/van-ban/{held}/trang-thai", way=way.name, reason="lý do").location
        form = manager.get(moved).text.split('<form class="notice undo"')[1].split("</form>")[0]
        fields = dict(re.findall(r'name="(way|reason)" value="([^"]*)"', form))
        send(manager, f"/van-ban/{held}/trang-thai", **fields)
        with instance.catalogue.reading() as session:
            now = State(queries.card(session, CLERK, held).state)
        assert now == before or {now, before} <= WAITING
        assert 'class="notice undo"' not in manager.get(f"/van-ban/{held}").text


def test_a_way_back_is_not_undone_in_turn(signed_in: SignedIn, brought: Brought) -> None:
    """Taken out of the trash, a document is where it was, and offers its ways as ever."""
    editor, held = signed_in(Role.EDITOR), brought(State.TRASHED)
    assert 'class="notice undo"' not in editor.get(f"/van-ban/{held}?vua=restore").text
    moved = send(editor, f"/van-ban/{held}/trang-thai", way="restore").location
    assert 'class="notice undo"' not in editor.get(moved).text


def test_what_may_not_be_is_said(signed_in: SignedIn, brought: Brought) -> None:
    """A contributor publishes nothing, and a withdrawal needs its reason."""
    held = brought(State.PENDING)
    assert send(signed_in(Role.CONTRIBUTOR), f"/van-ban/{held}/trang-thai", way="publish").status_code == 403
    refused = send(signed_in(Role.EDITOR), f"/van-ban/{brought(State.PUBLIC)}/trang-thai", way="withdraw", reason=" ")
    assert refused.status_code == 422
    assert "hãy ghi lý do" in refused.text


def test_a_withdrawn_document_leaves_a_tombstone(reader: FlaskClient, brought: Brought, instance: Instance) -> None:
    """Who could see it is told what was withdrawn, when and why, and nothing of what it says."""
    held = brought(State.INTERNAL)
    transitions.move(instance, CLERK, held, "withdraw", "<b>In nhầm</b>")
    answer = reader.get(f"/van-ban/{held}")
    assert answer.status_code == 410
    for told in ("3/KH-UBND", "Trồng rừng ngập mặn", "&lt;b&gt;In nhầm&lt;/b&gt;"):
        assert told in answer.text
    assert "Bản 1" not in answer.text
    assert "3/KH-UBND" not in reader.get("/?q=trong+rung").text


@pytest.mark.parametrize(
    ("way", "told"), [("expire", "Hết hiệu lực"), ("recall", "Đang được soát lại")], ids=["expired", "recalled"]
)
def test_who_can_see_a_document_no_more_is_told_what_it_is_now(
    visitor: FlaskClient, brought: Brought, instance: Instance, way: str, told: str
) -> None:
    """Not the reason, which was written for those who work here; of one that was never public nothing is said."""
    public, internal = brought(State.PUBLIC), brought(State.INTERNAL)
    for held in (public, internal):
        transitions.move(instance, CLERK, held, way, "Việc riêng trong nhà")
    answer = visitor.get(f"/van-ban/{public}")
    assert answer.status_code == 410
    assert told in answer.text
    assert "3/KH-UBND" in answer.text
    assert "Việc riêng" not in answer.text
    assert visitor.get(f"/van-ban/{internal}").status_code == 404


def test_who_will_read_the_reason_of_a_withdrawal_is_said(signed_in: SignedIn, brought: Brought) -> None:
    """Other reasons stay with staff: this one is shown at the address, where there is a public face to anyone."""
    page = signed_in(Role.MANAGER).get(f"/van-ban/{brought(State.PUBLIC)}").text
    labels = dict(re.findall(r'<label for="reason-(\w+)">([^<]+)</label>', page))
    assert {way for way, label in labels.items() if "ai từng xem được" in label} == {"withdraw"} < labels.keys()


def test_the_api_says_gone_of_a_withdrawn_document(reader: FlaskClient, brought: Brought) -> None:
    """410 and a sentence, as problem+json."""
    answer = reader.get(f"/api/v1/documents/{brought(State.WITHDRAWN)}")
    assert answer.status_code == 410
    assert answer.mimetype == "application/problem+json"
    assert "đã được thu hồi" in answer.get_json()["detail"]


def test_the_trash_gives_back_what_is_chosen(signed_in: SignedIn, brought: Brought) -> None:
    """Several at once, each to where it was before; choosing nothing is said."""
    first, second = brought(State.TRASHED), brought(State.TRASHED)
    editor = signed_in(Role.EDITOR)
    assert f'href="/van-ban/{first}"' in editor.get("/thung-rac").text
    assert send(editor, "/thung-rac/khoi-phuc", document=[first, second]).location == "/thung-rac"
    assert "Không có văn bản nào trong thùng rác" in editor.get("/thung-rac").text
    assert str(wording.STATES[State.PENDING]) in editor.get(f"/van-ban/{first}").text
    assert "Chưa có văn bản nào được chọn" in send(editor, "/thung-rac/khoi-phuc").text


def test_deleting_for_good_is_offered_once_the_term_has_passed(
    signed_in: SignedIn, brought: Brought, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a manager, with a reason; afterwards nothing is there."""
    held = brought(State.TRASHED)
    manager = signed_in(Role.MANAGER)
    assert "/thung-rac/xoa-han" not in manager.get("/thung-rac").text
    assert send(manager, "/thung-rac/xoa-han", document=held, reason="Nhầm").status_code == 422
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "/thung-rac/xoa-han" in manager.get("/thung-rac").text
    assert send(manager, "/thung-rac/xoa-han", document=held, reason="Nhầm").location == "/thung-rac"
    assert manager.get(f"/van-ban/{held}").status_code == 404
    job = manager.get("/tai-len").text.split('href="/cong-viec/')[1].split('"')[0]
    page = manager.get(f"/cong-viec/{job}").text
    assert "Đã xóa hẳn" in page
    assert "data-working" not in page
