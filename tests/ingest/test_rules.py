"""Every row of the rules shows by example what it does; here the examples are run."""

import pytest

from ingest import bodies, kinds, laws, numbers, positions
from ingest.rules import load
from tests.ingest.texts import cited

KINDS = load("kinds")["kind"]
PHRASES = load("phrases")["phrase"]


@pytest.mark.parametrize(("title", "kind"), [(title, row["name"]) for row in KINDS for title in row.get("titles", [])])
def test_a_title_line_says_the_kind(title, kind):
    """A header line in capitals is read as its kind."""
    assert kinds.titled(title) == kind


@pytest.mark.parametrize(
    ("number", "kind"), [(number, row["name"]) for row in KINDS for number in row.get("numbers", [])]
)
def test_a_symbol_says_the_kind(number, kind):
    """The code in the symbol is read as its kind."""
    parsed = numbers.parse(number)
    assert parsed is not None
    assert kinds.of_symbol(parsed) == kind


def test_each_code_belongs_to_one_kind():
    """Two kinds with one code would make the symbol say either."""
    codes = [code for row in KINDS for code in row.get("codes", [])]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("text", "name"), [(text, row["name"]) for row in load("bodies")["body"] for text in row["cited"]]
)
def test_a_body_is_known_and_read_to_its_end(text, name):
    """A body's name or alias is known, and its end is found in a sentence."""
    body = bodies.known(text)
    assert body is not None
    assert body.name == name
    assert bodies.cited_at(f"{text} về việc phê duyệt", 0) == len(text)


@pytest.mark.parametrize("row", load("bodies")["body"], ids=lambda row: row["name"])
def test_a_successor_is_a_known_body(row):
    """A body's successors stand in the table themselves."""
    assert all(bodies.known(name) for name in row.get("successors", []))


def test_the_provinces_are_those_of_today_and_those_before():
    """34 since July 2025; 63 before, of which each that ended has a successor of today."""
    rows = load("provinces")["province"]
    today = {row["name"] for row in rows if "successor" not in row}
    assert len(today) == 34
    assert all(row["successor"] in today for row in rows if "successor" in row)
    assert bodies.province("Tiền Giang") == bodies.province("Mỹ Tho") == "tỉnh Tiền Giang"


@pytest.mark.parametrize(
    ("line", "position"), [pair for row in load("positions")["position"] for pair in row["signed"].items()]
)
def test_a_signature_line_says_the_position(line, position):
    """A line of capitals above a name is read as the position, in sentence case."""
    assert positions.read(line) == position


@pytest.mark.parametrize(
    ("printed", "meant"), [pair for row in load("misprints")["misprint"] for pair in row["numbers"].items()]
)
def test_a_misprinted_symbol_is_read_as_meant(printed, meant):
    """The reference's number is what was meant."""
    assert [found.written for found in numbers.find(f"số {printed} ngày")] == [meant]


@pytest.mark.parametrize(("text", "relation"), [(text, row["relation"]) for row in PHRASES for text in row["examples"]])
def test_a_phrase_tells_the_relation(text, relation):
    """The last citation of each example gets the row's relation."""
    assert list(cited(text).values())[-1] == relation


@pytest.mark.parametrize(
    ("text", "relation"), [(text, row["relation"]) for row in PHRASES for text in row.get("not", [])]
)
def test_a_phrase_out_of_reach_tells_nothing(text, relation):
    """No citation of a counter-example gets the row's relation."""
    assert relation not in cited(text).values()


@pytest.mark.parametrize("name", [f"{row['kind']} {name}" for row in load("laws")["law"] for name in row["names"]])
def test_a_law_is_read_to_the_end_of_its_name(name):
    """A law's name is found whole where more text in lower case follows."""
    found = laws.find(f"theo quy định của {name} và các văn bản hướng dẫn", [])
    assert [citation.name for citation in found] == [name]
