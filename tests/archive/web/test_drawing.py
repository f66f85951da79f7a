"""A chain as a drawing."""

from itertools import combinations

from archive.catalogue.facts import Status
from archive.catalogue.queries.chains import Chain, Link, Node
from archive.web.drawing import BOX, draw
from ingest.record import Relation


def node(key: str, level: int) -> Node:
    subject = "Một trích yếu dài hơn một dòng của khung rất nhiều"
    return Node(key, level, Status.RESOLVED, None, "Kế hoạch", None, None, subject)


def test_sixty_documents_stand_apart_within_the_drawing() -> None:
    """No box lies over another or outside, and every word line fits its box; every citation has its line."""
    nodes = (node("0", 0), *(node(f"{i}", -1 if i < 25 else 1 if i < 50 else 2) for i in range(1, 60)))
    links = tuple(Link("0", f"{i}", Relation.LEGAL_BASIS) for i in range(1, 25))
    links += tuple(Link(f"{i}", f"{i // 2}" if i > 49 else "0", Relation.IMPLEMENTS) for i in range(25, 60))
    drawing = draw(Chain(nodes, links, cut=False))
    assert len(drawing.boxes) == 60
    assert len(drawing.lines) == 59
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - BOX[0]
        assert 0 <= box.y <= drawing.height - BOX[1]
        assert len(box.title) <= 25
    for one, other in combinations(drawing.boxes, 2):
        assert abs(one.x - other.x) >= BOX[0] or abs(one.y - other.y) >= BOX[1]


def test_what_is_rested_on_stands_to_the_left() -> None:
    """Levels are columns, the highest first, and a circle goes back outside of them."""
    chain = Chain(
        (node("a", 0), node("b", -1), node("c", 1)),
        (Link("a", "b", Relation.LEGAL_BASIS), Link("c", "a", Relation.CITES), Link("b", "c", Relation.CITES)),
        cut=False,
    )
    a, b, c = draw(chain).boxes[1], draw(chain).boxes[0], draw(chain).boxes[2]
    assert (a.node.key, b.node.key, c.node.key) == ("a", "b", "c")
    assert b.x < a.x < c.x
