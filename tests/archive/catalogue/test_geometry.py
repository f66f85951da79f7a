"""Where the words of a page stand: packed, kept with the page, given to who may see the document."""

from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue import geometry, queries
from archive.catalogue.database import Catalogue
from archive.catalogue.models import FilePage, PageGeometry
from archive.workflow import Role, State
from ingest.record import Word
from tests.archive.catalogue import rows

WORDS = (Word(0, 3, (72.0, 90.25, 99.5, 104.0)), Word(4, 9, (103.0, 90.25, 140.75, 104.0)))

edges = st.floats(-10_000, 10_000)
words = st.builds(
    Word, st.integers(0, 100_000), st.integers(0, 100_000), st.tuples(edges, edges, edges, edges)
)  # whatever a broken file may say


@given(st.lists(words, max_size=40))
def test_words_come_back_as_they_were(given_words: list[Word]) -> None:
    """Offsets to the character, edges to an eighth of a point, in whatever order."""
    back = geometry.unpacked(geometry.packed(given_words))
    assert [(word.start, word.end) for word in back] == [(word.start, word.end) for word in given_words]
    for one, other in zip(given_words, back, strict=True):
        assert all(abs(a - b) <= 0.125 for a, b in zip(one.box, other.box, strict=True))


def test_a_page_of_words_takes_little_room() -> None:
    """Five hundred words of a page in lines take a few bytes each."""
    page = [
        Word(at * 5, at * 5 + 4, (80.0 + at % 12 * 36.4, 90.0 + at // 12 * 16.1, 112.0 + at % 12 * 36.4, 104.0))
        for at in range(500)
    ]
    assert len(geometry.packed(page)) < 2_000


def _with_geometry(catalogue: Catalogue, state: State) -> int:
    with catalogue.session() as session:
        held = rows.document(session, text="một hai", state=state)
        page = session.query(FilePage).filter_by(number=1).one()
        page.geometry = PageGeometry(width=595.0, height=842.0, words=geometry.packed(WORDS))
        return held


def test_only_the_pages_asked_for_are_given(catalogue: Catalogue) -> None:
    """A page without geometry, and a page not asked for, is not among them."""
    held = _with_geometry(catalogue, State.PUBLIC)
    with catalogue.session() as session:
        anyone = rows.viewer(session, Role.READER)
    with catalogue.reading() as session:
        assert queries.geometries(session, anyone, held, range(2, 9)) == {}
        given_pages = queries.geometries(session, anyone, held, range(1, 9))
    assert list(given_pages) == [1]
    assert (given_pages[1].width, given_pages[1].words) == (595.0, WORDS)


def test_a_draft_shows_nothing_to_a_reader(catalogue: Catalogue) -> None:
    """Who may not see the document does not see where its words stand."""
    held = _with_geometry(catalogue, State.DRAFT)
    with catalogue.session() as session:
        anyone = rows.viewer(session, Role.READER)
    with catalogue.reading() as session:
        assert queries.geometries(session, anyone, held, range(1, 9)) == {}
