"""The addresses of the API and what each answers."""

from pathlib import Path
from typing import cast, get_args

from flask import Blueprint, abort, jsonify, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from archive import drafts, finding, suggestions
from archive.bodies import description
from archive.bodies.known import Level
from archive.catalogue import queries
from archive.errors import AlreadyHeld
from archive.search import Sort
from archive.web import current
from archive.web.access import requires
from archive.web.api import representations
from archive.web.files import kept_file
from archive.web.search_address import PAGE_SIZE, SearchAddress
from archive.web.uploads import bring
from archive.workflow import Act, Viewer

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

_LARGEST_PAGE = 100
_MOST_CITERS = 1_000


@blueprint.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """Answer the description of this API, to anyone."""
    return send_from_directory(Path(__file__).parent, "openapi.json", mimetype="application/json")


@blueprint.get("/search")
@requires(Act.READ)
def search(viewer: Viewer) -> ResponseReturnValue:
    """Answer a page of what is found, with facets over all of it."""
    asked = SearchAddress.read(request.args)
    if asked.notes:
        abort(400, " ".join(asked.notes))
    found = finding.find(
        current.instance(),
        viewer,
        asked.text,
        asked.filters,
        sort=cast("Sort", _one_of("sort", get_args(Sort), asked.sort)),
        page=_count("page", 1),
        size=_count("size", PAGE_SIZE, _LARGEST_PAGE),
    )
    told = finding.to_json(found)
    # by its place: what a score is reckoned from counts every document, also those that the viewer may not see
    first = (found.page - 1) * found.size + 1
    told["hits"] = [
        {**hit, "score": 1 / place if hit["score"] else 0, "url": representations.page_of(hit["id"])}
        for place, hit in enumerate(told["hits"], first)
    ]
    return jsonify(told)


@blueprint.get("/suggest")
@requires(Act.READ)
def suggest(viewer: Viewer) -> ResponseReturnValue:
    """Answer what the text being typed may become."""
    offered = suggestions.suggest(current.instance(), viewer, request.args.get("q", ""))
    return jsonify(
        suggestions=[
            {"text": offer.text, "kind": offer.kind}
            | ({"url": representations.page_of(offer.document_id)} if offer.document_id else {})
            for offer in offered
        ]
    )


@blueprint.post("/documents")
@requires(Act.DEPOSIT)
def deposit(viewer: Viewer) -> ResponseReturnValue:
    """Keep the files sent and have them read; a lone file whose bytes the archive holds is refused with its holder."""
    if request.mimetype != "multipart/form-data":
        abort(415, "Hãy gửi tệp ở dạng multipart/form-data, mỗi tệp một phần tên là “file”.")
    job_id = bring(viewer, request.form.get("state", viewer.entrances[-1]))
    with current.instance().catalogue.reading() as session:
        brought = queries.job(session, viewer, job_id).deposits
    if len(brought) == 1 and brought[0].state == "held" and brought[0].document:
        raise AlreadyHeld("Kho đã giữ đúng tệp này; hãy mở văn bản đang có.", brought[0].document.id)
    return jsonify(job=job_id), 202, {"Location": url_for("api.job", id=job_id)}


@blueprint.get("/documents/<id:id>")
@requires(Act.READ)
def document(viewer: Viewer, id: int) -> ResponseReturnValue:  # noqa: A002 - the address names it
    """Answer the whole record, with its files and relations; what could not be read is told to staff."""
    with current.instance().catalogue.reading() as session:
        facts = queries.document(session, viewer, id)
        outgoing = queries.outgoing(session, viewer, id)
        incoming = queries.incoming(session, viewer, id, _LARGEST_PAGE)
    return jsonify(
        {
            **representations.document(viewer, facts),
            "references": [representations.outgoing(reference) for reference in outgoing],
            "cited_by": [representations.incoming(reference) for group in incoming for reference in group.newest],
        }
    )


@blueprint.get("/documents/<id:id>/file")
@requires(Act.READ)
def file(viewer: Viewer, id: int) -> ResponseReturnValue:  # noqa: A002 - the address names it
    """Answer the original's bytes, byte for byte."""
    return kept_file(viewer, id)


@blueprint.get("/documents/<id:id>/text")
@requires(Act.READ)
def text(viewer: Viewer, id: int) -> ResponseReturnValue:  # noqa: A002 - the address names it
    """Answer the text by page."""
    with current.instance().catalogue.reading() as session:
        pages = queries.document(session, viewer, id).pages
    return jsonify(pages=[{"page": number, "text": page} for number, page in enumerate(pages, 1)])


@blueprint.get("/documents/<id:id>/references")
@requires(Act.READ)
def references(viewer: Viewer, id: int) -> ResponseReturnValue:  # noqa: A002 - the address names it
    """Answer what the document cites."""
    with current.instance().catalogue.reading() as session:
        return jsonify([representations.outgoing(reference) for reference in queries.outgoing(session, viewer, id)])


@blueprint.get("/documents/<id:id>/cited-by")
@requires(Act.READ)
def cited_by(viewer: Viewer, id: int) -> ResponseReturnValue:  # noqa: A002 - the address names it
    """Answer what cites the document, newest first."""
    size = _count("size", _MOST_CITERS, _MOST_CITERS)
    with current.instance().catalogue.reading() as session:
        found = queries.citing(session, viewer, id, None, size, (_count("page", 1) - 1) * size)
    return jsonify([representations.incoming(reference) for reference in found])


@blueprint.get("/bodies")
@requires(Act.READ)
def bodies(viewer: Viewer) -> ResponseReturnValue:
    """Answer the bodies of which a name or symbol has the words, those with most documents first."""
    level = _one_of("level", ("", *Level), "")
    page, size = _count("page", 1), _count("size", PAGE_SIZE, _LARGEST_PAGE)
    with current.instance().catalogue.reading() as session:
        found = description.bodies(session, viewer, request.args.get("q", ""), Level(level) if level else None)
    return jsonify([representations.body_line(line) for line in found[(page - 1) * size : page * size]])


@blueprint.get("/bodies/<key>")
@requires(Act.READ)
def body(viewer: Viewer, key: str) -> ResponseReturnValue:
    """Answer all that is known of a body, by any of its keys."""
    with current.instance().catalogue.reading() as session:
        facts = description.body(session, viewer, key)
    return jsonify({**representations.body_line(facts.line), **representations.body(facts)})


@blueprint.get("/missing")
@requires(Act.READ)
def missing(viewer: Viewer) -> ResponseReturnValue:
    """Answer the documents that are cited but not held, most cited first."""
    size = _count("size", PAGE_SIZE, _LARGEST_PAGE)
    with current.instance().catalogue.reading() as session:
        found = queries.most_missed(session, viewer, size, (_count("page", 1) - 1) * size)
    return jsonify([representations.missing(lacked) for lacked in found])


@blueprint.post("/citations")
@requires(Act.WORK)
def citations(viewer: Viewer) -> ResponseReturnValue:
    """Answer every document that a pasted text cites, and what is to be said of each; nothing of it is kept."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("text"), str):
        abort(400, "Hãy gửi JSON có thành phần “text” là nội dung cần kiểm tra.")
    with current.instance().catalogue.reading() as session:
        found = drafts.check_text(session, viewer, sent["text"])
    return jsonify(citations=[representations.checked(one) for one in found])


@blueprint.get("/jobs/<id>")
@requires(Act.DEPOSIT)
def job(viewer: Viewer, id: str) -> ResponseReturnValue:  # noqa: A002 - the address names it
    """Answer how far the files of a deposit have come."""
    with current.instance().catalogue.reading() as session:
        return jsonify(representations.job(queries.job(session, viewer, id)))


def _count(name: str, default: int, most: int = 1_000_000) -> int:
    """Return a whole number from 1 to `most` out of the address; anything else is the caller's mistake."""
    written = request.args.get(name, str(default))
    if not (written.isascii() and written.isdigit() and len(written) < 9 and 1 <= int(written) <= most):
        abort(400, f"“{name}” phải là một số từ 1 đến {most}.")
    return int(written)


def _one_of(name: str, allowed: tuple[str, ...], default: str) -> str:
    written = request.args.get(name, default)
    if written not in allowed:
        abort(400, f"“{name}” phải là một trong: {', '.join(allowed)}.")
    return written
