"""What staff do about bodies: each act an event that can be undone, and what follows for citations settled at once.

Documents, their index and the citations in them stay as they are: which body is meant is looked up when it is asked.
"""

import re
import unicodedata
from datetime import date

import msgspec
from sqlalchemy.orm import Session

from archive import history
from archive.bodies.authority import Authority, authority
from archive.bodies.changes import Change, Said, read, standing_events
from archive.bodies.description import body, titles
from archive.bodies.keys import Home, body_key, home
from archive.bodies.known import Level
from archive.catalogue import queries
from archive.catalogue.facts import EventFact
from archive.catalogue.queries import events
from archive.citations.resettlement import settle_bodies
from archive.errors import NotAllowed, Refused
from archive.workflow import Act, Viewer

_LONGEST = 300
_OF_LINKS = frozenset({Change.SUCCESSOR, Change.SEVERED})


def give_title(session: Session, viewer: Viewer, key: str, name: str) -> None:
    """Have the body shown under the name. Raises NotHeld, NotAllowed, Refused; so do the others."""
    facts = body(session, viewer, key)
    said = Said(Change.TITLE, facts.key, _text(name), _key_of(session, viewer, facts.title, facts.key, name))
    _say(session, viewer, said, facts.title, said.text)


def add_name(  # noqa: PLR0913, PLR0917 - a name's parts
    session: Session, viewer: Viewer, key: str, name: str, since: date | None, until: date | None
) -> None:
    """Say that the body bears or bore another name, from the one day to the other as far as they are known."""
    facts = body(session, viewer, key)
    if since and until and since > until:
        raise Refused("Ngày thôi dùng tên đứng trước ngày bắt đầu; hãy xem lại hai ngày.")
    other = _key_of(session, viewer, facts.title, facts.key, name)
    _say(session, viewer, Said(Change.NAME, facts.key, _text(name), other, since, until), None, _text(name))


def add_symbol(session: Session, viewer: Viewer, key: str, symbol: str) -> None:
    """Say that the numbers of the body's documents carry the symbol."""
    facts = body(session, viewer, key)
    if not re.fullmatch(r"[^\W_][\w&.-]{0,29}", _text(symbol)):
        raise Refused("Ký hiệu chỉ gồm chữ, số và các dấu & . - như STTTT hay UBND; hãy xem lại.")
    _say(session, viewer, Said(Change.SYMBOL, facts.key, _text(symbol)), None, _text(symbol))


def set_level(session: Session, viewer: Viewer, key: str, level: str) -> None:
    """Say of what the body is: one of `known.Level`."""
    facts = body(session, viewer, key)
    if level not in set(Level):
        raise Refused("Chưa chọn cấp; hãy chọn một cấp trong danh sách.")
    _say(session, viewer, Said(Change.LEVEL, facts.key, level), facts.level, level)


def add_successor(session: Session, viewer: Viewer, key: str, other: str, since: date | None) -> None:
    """Say that the body's work went to another one, named in full or by its key; one not known yet becomes known."""
    _hand_over(session, viewer, body(session, viewer, key).key, _named(session, viewer, other), since)


def add_predecessor(session: Session, viewer: Viewer, key: str, other: str, since: date | None) -> None:
    """Say that the body took over the work of another one, named in full or by its key."""
    _hand_over(session, viewer, _named(session, viewer, other), body(session, viewer, key).key, since)


def sever(session: Session, viewer: Viewer, earlier: str, later: str) -> None:
    """Say that the work of the one body, given by its key, did not go to the other."""
    facts = body(session, viewer, earlier)
    link = next((link for link in facts.successors if link.key == later), None)
    if link is None:
        raise Refused("Hai cơ quan này không còn được nối với nhau; hãy tải lại trang.")
    _say(session, viewer, Said(Change.SEVERED, facts.key, other=later), link.title, None)


def merge(session: Session, viewer: Viewer, key: str, other: str) -> None:
    """Say that the body is another one, named in full or by its key, under a variant of the name."""
    facts = body(session, viewer, key)
    into = body(session, viewer, _known(session, viewer, other))
    if into.key == facts.key:
        raise Refused("Không gộp một cơ quan vào chính nó được; hãy chọn cơ quan khác.")
    _say(session, viewer, Said(Change.MERGE, facts.key, other=into.key), None, into.title)


def undo(session: Session, viewer: Viewer, event_id: int) -> None:
    """Take back what was said; what the rules know, and what else was said, holds again."""
    _check(viewer)
    detail = standing_events(session).get(event_id)
    if detail is None:
        raise Refused("Thay đổi này không còn hiệu lực, có thể vừa được hoàn tác; hãy tải lại trang.")
    changes = {name: [after, before] for name, (before, after) in detail["changes"].items()}
    told = {"undoes": event_id, "body": detail["body"], "changes": changes}
    history.record(session, viewer, None, history.Action.BODY, told)
    settle_bodies(session, _moved(read(detail), authority(session)))


def timeline(session: Session, key: str) -> tuple[EventFact, ...]:
    """Return what staff said of the body and took back, latest first, for those who may edit."""
    bodies, told = authority(session), events.of_bodies(session)
    of_it = {event.id for event in told if "said" in event.detail and _concerns(bodies, read(event.detail), key)}
    return tuple(event for event in told if event.id in of_it or event.detail.get("undoes") in of_it)


def _concerns(bodies: Authority, said: Said, key: str) -> bool:
    return bodies.record(key) in {bodies.record(one) for one in (said.body, said.other) if one}


def _say(session: Session, viewer: Viewer, said: Said, before: str | None, after: str | None) -> None:
    _check(viewer)
    without = authority(session)
    told = {
        "said": msgspec.to_builtins(said),
        "body": titles(session, viewer, [said.body]).get(without.record(said.body), said.text),
        "changes": {f"body-{said.change}": [before, after]},
    }
    history.record(session, viewer, None, history.Action.BODY, told)
    settle_bodies(session, _moved(said, without))


def _moved(said: Said, without: Authority) -> frozenset[str]:
    """Return the keys of the bodies whose citations may mean something else by what is said, in the list without it."""
    variant = said.body if said.change == Change.MERGE else said.other
    if said.change in _OF_LINKS:
        records = frozenset({without.record(said.body)}) | without.earlier(said.body)
    elif variant and said.other != said.body:
        records = without.line(variant)
    else:
        return frozenset()
    return frozenset(key for record in records for key in without.keys(record))


def _hand_over(session: Session, viewer: Viewer, earlier: str, later: str, since: date | None) -> None:
    if earlier == later:
        raise Refused("Một cơ quan không kế thừa chính nó; hãy chọn cơ quan khác.")
    if earlier in authority(session).later(later):
        raise Refused("Cơ quan này đã đứng sau cơ quan kia trong chuỗi kế thừa; hãy xem lại chiều của quan hệ.")
    after = titles(session, viewer, [later])[later]
    _say(session, viewer, Said(Change.SUCCESSOR, earlier, other=later, since=since), None, after)


def _named(session: Session, viewer: Viewer, written: str) -> str:
    """Return the key of a body named in full, which becomes known by that if it was not, or given by its key."""
    record = _record(session, written)
    if record not in titles(session, viewer, [record]):
        name = _text(written)
        if not record or " " not in name:
            raise Refused("Chưa rõ cơ quan nào; hãy ghi tên đầy đủ của cơ quan.")
        _say(session, viewer, Said(Change.TITLE, record, name, record), None, name)
    return record


def _known(session: Session, viewer: Viewer, written: str) -> str:
    record = _record(session, written)
    if record not in titles(session, viewer, [record]):
        raise Refused("Kho không biết cơ quan này; hãy ghi tên đầy đủ như trong danh sách cơ quan.")
    return record


def _record(session: Session, written: str) -> str:
    name = _text(written).rpartition("/")[2] if "/co-quan/" in written else _text(written)
    bodies = authority(session)
    return bodies.record(name) if re.fullmatch(r"[a-z0-9-]+", name) else bodies.record_of(name)


def _key_of(session: Session, viewer: Viewer, title: str, record: str, name: str) -> str:
    """Return the key that a name makes which the body of that title bears; Refused when it is another body's."""
    key = body_key(_text(name), Home(record, home(title, None, None).province))
    if key is None:
        raise Refused("Tên cơ quan phải có chữ; hãy ghi tên đầy đủ.")
    bodies = authority(session)
    others = bodies.record(key) != record
    if others and (bodies.title(key) or queries.names_borne(session, viewer, bodies.keys(key))):
        raise Refused("Tên này là của một cơ quan khác trong kho; nếu hai cơ quan là một, hãy gộp chúng.")
    return key


def _text(written: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", written).split())
    if not text or len(text) > _LONGEST:
        raise Refused("Chưa ghi tên hoặc ký hiệu, hoặc ghi quá dài; hãy ghi tối đa 300 ký tự.")
    return text


def _check(viewer: Viewer) -> None:
    if not viewer.may(Act.EDIT):
        raise NotAllowed("Tài khoản này không có quyền sửa thông tin cơ quan; hãy nhờ người biên tập.")
