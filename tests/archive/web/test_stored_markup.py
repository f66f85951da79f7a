"""Nothing that a file says, and nothing that people write, is ever markup: pages are read as a browser reads them."""

import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import accession
from archive.instance import Instance
from archive.workflow import CLERK, Role, State
from ingest.record import Changes, Evidence, Mention, Problem, Record, Reference, Relation, Signature, Signer
from tests.archive.conftest import Says, record
from tests.archive.web.conftest import send

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) "
CITED = f"9/KH-UBND {EVIL}"
SAMPLE = 3  # pages of a kind that are looked at
SHOWING = {
    "accounts.own",
    "chains.chain",
    "citing.of_document",
    "comparisons.comparison",
    "corrections.form",
    "documents.document",
    "history.of_archive",
    "history.of_document",
    "missing.missing",
    "missing.ranking",
    "references.references",
    "reviews.queue",
    "reviews.sheet",
    "feeds.of_saved_search",
    "saved_searches.saved",
    "search.search",
    "states.trash",
    "uploads.form",
    "uploads.job",
}


class Page(HTMLParser):
    """A page as a browser has it: where it leads to, and what runs that no template says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.run: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        addresses = [given[name] for name in ("href", "src", "action", "formaction") if name in given]
        if (
            (tag == "script" and not given.get("src", "").startswith("/static/"))
            or given.get("src") == "x"
            or any(name.startswith("on") for name in given)
            or any(address.startswith("javascript:") for address in addresses)
        ):
            self.run.append(f"{tag} {given}")
        if tag == "a":
            self.links += addresses


def evil(serial: int) -> Record:
    """A record whose every text is markup."""
    start = len(EVIL) + 1
    mention = Mention(1, start, start + len(CITED), CITED)
    return record(
        f"{EVIL}\n{CITED}\n{serial}",
        number=f"1/KH-UBND {EVIL}",
        kind=EVIL,
        issuer=EVIL,
        superior=EVIL,
        place=EVIL,
        subject=EVIL,
        issued_on=date(2026, 1, 2),
        signers=(Signer(EVIL, EVIL, (EVIL,)),),
        recipients=(EVIL,),
        references=(Reference(CITED, EVIL, date(2025, 1, 2), EVIL, Relation.CITES, (mention,), EVIL),),
        signatures=(Signature(EVIL, EVIL, signer=EVIL, organisation=EVIL, intact=False, changes=Changes.CONTENT),),
        problems=(Problem(EVIL, EVIL, 1),),
        evidence={"subject": Evidence(1, 0, len(EVIL), EVIL, 0.5)},
    )


@pytest.fixture
def manager(signed_in: Callable[[Role], FlaskClient], instance: Instance) -> FlaskClient:
    """The browser of someone who sees an archive of such documents, and has written such names and reasons."""
    for serial, state in enumerate((State.PUBLIC,) * 4 + (State.DRAFT,)):
        job = accession.deposit(instance, CLERK, [(f"{EVIL}.txt", io.BytesIO(bytes([serial])))], state)
        accession.take_in(instance, Says(evil(serial)), *accession.waiting(instance, job))
    client = signed_in(Role.MANAGER)
    fields = dict.fromkeys(("issuer", "superior", "place", "recipients", "signer", "subject"), EVIL)
    answers = [
        send(client, "/van-ban/1/sua", version=1, position=EVIL, authority=EVIL, **fields),
        send(client, "/van-ban/3/trang-thai", way="withdraw", reason=EVIL),
        send(client, "/van-ban/4/trang-thai", way="withdraw", reason=EVIL),
        send(client, "/van-ban/4/trang-thai", way="trash"),
        send(client, "/tim-da-luu", name=EVIL[:60], search=f"q={quote(EVIL)}"),
    ]
    assert [answer.status_code for answer in answers] == [303] * len(answers)
    assert send(client, "/tai-khoan/ma", purpose=EVIL).status_code == 200
    return client


def looked_at(app: Flask, client: FlaskClient, *first: str) -> set[str]:
    """Go through all links from the first addresses; return the endpoints whose answers show what is stored."""
    urls = app.url_map.bind("")
    ways, seen, looked, shown = list(first), set(first), Counter[str](), set[str]()
    for address in ways:
        endpoint, _ = urls.match(urlsplit(address).path)
        looked[endpoint] += 1
        if looked[endpoint] > SAMPLE:
            continue
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code in {200, 404, 410}, address
        if answer.mimetype == "application/atom+xml":
            ElementTree.fromstring(answer.text)  # noqa: S314 - our own answer
        elif answer.mimetype == "text/html":
            page = Page(answer.text)
            assert page.run == [], address
            found = {urljoin(address, link.removeprefix("http://localhost")).partition("#")[0] for link in page.links}
            ways += sorted(link for link in found - seen if link.startswith("/"))
            seen |= found
        if "alert(1)" in answer.text:
            shown.add(endpoint)
    return shown


def test_nothing_stored_runs_on_any_page(app: Flask, manager: FlaskClient) -> None:
    """Wherever one goes from the first pages, what is stored is text, in pages, answers and feeds."""
    searches = [f"/?q={quote(EVIL)}", f"/?q=alert&issuer={quote(EVIL)}&kind={quote(EVIL)}"]
    assert looked_at(app, manager, "/", *searches, "/van-ban/1/duoc-dan-chieu", "/van-ban/1/so-sanh/2") >= SHOWING


@pytest.mark.usefixtures("manager")
def test_nothing_stored_runs_for_a_reader(app: Flask, reader: FlaskClient) -> None:
    """Nor on the pages of those who see less, the tombstone of what was withdrawn among them."""
    assert looked_at(app, reader, "/", "/van-ban/3") >= {"documents.document", "search.search", "missing.missing"}
    assert "&lt;script&gt;alert(1)" in reader.get("/van-ban/3").text
