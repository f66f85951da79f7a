"""The chain page: what a document rests on up to the law, and what rests on it, as a list, a drawing and a table."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import queries
from archive.catalogue.queries.chains import RESTING, Chain, Node, Reach
from archive.web import current, wording
from archive.web.access import requires
from archive.web.drawing import BOX, draw
from archive.workflow import Act, Viewer
from ingest.record import Relation

blueprint = Blueprint("chains", __name__)

LEVELS = (0, 1, 2, 3, 6, 50)
"""How many levels can be asked for; the last is as far as it goes."""
SIZES = (50, 75, 100, 150, 200)
"""The sizes of the drawing, in hundredths of its own."""
_DEFAULT_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """A document in the indented list, with how it stands to the one above; `again`: it is shown in full elsewhere."""

    node: Node
    relation: str
    steps: tuple["Step", ...]
    again: bool


@blueprint.get("/van-ban/<id:document_id>/chuoi")
@requires(Act.READ)
def chain(viewer: Viewer, document_id: int) -> ResponseReturnValue:
    """Show the chain, as many levels up and down as ?len= and ?xuong= say, by all relations with ?quan-he=moi."""
    every = request.args.get("quan-he") == "moi"
    reach = Reach(_one_of("len", LEVELS), _one_of("xuong", LEVELS), frozenset(Relation) if every else RESTING)
    with current.instance().catalogue.reading() as session:
        card = queries.card(session, viewer, document_id)
        found = queries.chain(session, viewer, document_id, reach)
        forces = queries.forces(session, viewer, [node.document_id for node in found.nodes if node.document_id])
    return render_template(
        "chains/chain.html",
        card=card,
        chain=found,
        forces=forces,
        upward=_steps(found, lambda link: (link.citing, link.cited), 0),
        downward=_steps(found, lambda link: (link.cited, link.citing), 1),
        nodes={node.key: node for node in found.nodes},
        drawing=draw(found),
        box=BOX,
        reach=reach,
        every=every,
        levels=LEVELS,
        sizes=SIZES,
        size=_one_of("co", SIZES, 100),
        sized=_sized(document_id),
    )


def _steps(chain: Chain, ends: Callable[..., tuple[str, str]], side: int) -> tuple[Step, ...]:
    """The list of what is met from the start on, going along each link from its first end to its second."""
    nodes = {node.key: node for node in chain.nodes}
    shown = {chain.nodes[0].key}

    def below(key: str) -> tuple[Step, ...]:
        steps = []
        for link in chain.links:
            one, other = ends(link)
            if one == key:
                again = other in shown
                shown.add(other)
                words = str(wording.RELATIONS[link.relation][side])
                steps.append(Step(nodes[other], words, () if again else below(other), again))
        return tuple(steps)

    return below(chain.nodes[0].key)


def _one_of(name: str, offered: tuple[int, ...], default: int = _DEFAULT_LEVELS) -> int:
    written = request.args.get(name, default, int)
    return written if written in offered else default


def _sized(document_id: int) -> Callable[[int], str]:
    """Return the function from a size of the drawing to the address that shows it so."""
    kept = {name: request.args.get(name) for name in ("len", "xuong", "quan-he")}
    return lambda size: url_for(
        "chains.chain",
        _anchor="so-do",
        **{"document_id": document_id, **kept, "co": size},  # type: ignore[arg-type]  # one name holds a hyphen
    )
