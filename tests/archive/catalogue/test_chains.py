"""The chain of a document, up and down."""

from datetime import date

from sqlalchemy.orm import Session

from archive.catalogue import queries
from archive.catalogue.queries.chains import Chain, Reach
from archive.workflow import CLERK, Role, State, Viewer
from ingest.record import Relation
from tests.archive.catalogue import rows

READER = Viewer(1, "lan", Role.READER)
ISSUER = rows.HERE["issuer"]
FAR = Reach(50, 50)


def numbers(chain: Chain) -> dict[str | None, int]:
    return {node.number: node.level for node in chain.nodes}


def line(session: Session, *serials: int, state: State = State.PUBLIC) -> list[int]:
    """Plans of which each rests on the one before it."""
    held = []
    for serial in serials:
        held.append(rows.document(session, f"{serial}/KH-UBND", issued_on=date(2026, 1, serial), state=state))
        if len(held) > 1:
            rest(session, held[-1], serials[len(held) - 2])
    return held


def rest(session: Session, citing: int, serial: int, relation: Relation = Relation.LEGAL_BASIS) -> None:
    cited = {"issued_on": date(2026, 1, serial), "issuer": ISSUER, "relation": relation}
    rows.cite(session, citing, f"{serial}/KH-UBND", **cited)


def test_it_goes_up_and_down_as_far_as_asked(session: Session) -> None:
    """Each document at its level; what is only cited is its end."""
    _, _, middle, _, _ = line(session, 1, 2, 3, 4, 5)
    rows.cite(session, middle, "30/2020/NĐ-CP", relation=Relation.LEGAL_BASIS)
    whole = queries.chain(session, READER, middle, FAR)
    assert numbers(whole) == {
        "3/KH-UBND": 0, "2/KH-UBND": -1, "30/2020/NĐ-CP": -1, "1/KH-UBND": -2, "4/KH-UBND": 1, "5/KH-UBND": 2,
    }  # fmt: skip
    assert len(whole.links) == 5
    assert not whole.cut
    near = queries.chain(session, READER, middle, Reach(1, 0))
    assert numbers(near) == {"3/KH-UBND": 0, "2/KH-UBND": -1, "30/2020/NĐ-CP": -1}


def test_circles_end(session: Session) -> None:
    """Documents that rest on each other are in the chain once, with both citations."""
    one, two = line(session, 1, 2)
    rest(session, one, 2)
    found = queries.chain(session, READER, two, FAR)
    assert numbers(found) == {"2/KH-UBND": 0, "1/KH-UBND": -1}
    assert len(found.links) == 2


def test_only_by_the_relations_asked_for(session: Session) -> None:
    """A mere mention is not what a document rests on, unless all relations are asked for."""
    one, two = line(session, 1), line(session, 2)
    rest(session, two[0], 1, Relation.CITES)
    assert len(queries.chain(session, READER, one[0], FAR).nodes) == 1
    assert len(queries.chain(session, READER, one[0], Reach(1, 1, frozenset(Relation))).nodes) == 2


def test_what_may_not_be_seen_is_not_in_it(session: Session) -> None:
    """A draft below is not there, nor what rests on it; a draft above is as missing as one that never came."""
    public = line(session, 1)[0]
    draft = rows.document(session, "2/KH-UBND", issued_on=date(2026, 1, 2), state=State.DRAFT)
    rest(session, draft, 1)
    below = rows.document(session, "3/KH-UBND", issued_on=date(2026, 1, 3))
    rest(session, below, 2)
    assert numbers(queries.chain(session, READER, public, FAR)) == {"1/KH-UBND": 0}
    assert len(queries.chain(session, CLERK, public, FAR).nodes) == 3
    above = queries.chain(session, READER, below, FAR)
    assert [(node.number, node.status, node.document_id) for node in above.nodes[1:]] == [
        ("2/KH-UBND", "missing", None)
    ]


def test_a_chain_too_long_is_cut_and_says_so(session: Session) -> None:
    """The newest of many citers stay, and what lies above keeps its room."""
    one, two = line(session, 1, 2)
    for serial in range(3, 13):
        rest(session, rows.document(session, f"{serial}/KH-UBND", issued_on=date(2026, 1, serial)), 2)
    found = queries.chain(session, READER, two, Reach(1, 1, most=6))
    assert found.cut
    assert list(numbers(found)) == [
        "2/KH-UBND", "1/KH-UBND", "12/KH-UBND", "11/KH-UBND", "10/KH-UBND", "9/KH-UBND",
    ]  # fmt: skip
    assert one
