"""What search engines are asked to take: public documents and the list of them, where the archive has a public face."""

from flask import Blueprint, Response

from archive.web import current

blueprint = Blueprint("robots", __name__)

_NOTHING = "User-agent: *\nDisallow: /\n"
# Of two rules the longer counts (RFC 9309). Searches, chains and files are without end, or are documents once more.
_DOCUMENTS = """User-agent: *
Disallow: /
Allow: /$
Allow: /?sort=newest
Allow: /static/
Allow: /van-ban/
Disallow: /van-ban/*/
Disallow: /van-ban/*?
"""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer which addresses a search engine may take."""
    return Response(_DOCUMENTS if current.instance().settings.public_face else _NOTHING, mimetype="text/plain")
