"""Years chosen, written and drawn."""

import pytest

from archive.search import FacetCount
from archive.web.years import Bar, clicked, expanded, histogram, spans, written


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("2024", ("2024",)),
        ("2022-2024", ("2022", "2023", "2024")),
        ("2024-2022", ()),
        ("24", ()),
        ("1000-9999", ()),
        ("²⁰²⁴", ()),
    ],
)
def test_a_span_is_its_years(typed: str, years: tuple[str, ...]) -> None:
    """Both ends belong to it; what is no span of years is none at all."""
    assert expanded(typed) == years


def test_years_that_follow_each_other_are_written_together() -> None:
    """In whatever order they were chosen."""
    assert [written(span) for span in spans(("2024", "2019", "2023"))] == ["2019", "2023-2024"]


@pytest.mark.parametrize(
    ("chosen", "year", "then"),
    [
        ((), "2020", ("2020",)),
        (("2020",), "2018", ("2018", "2019", "2020")),
        (("2020",), "2020", ()),
        (("2018", "2019"), "2024", ("2024",)),
    ],
)
def test_clicks(chosen: tuple[str, ...], year: str, then: tuple[str, ...]) -> None:
    """One chooses a year, the second a span, the third begins anew; the same again gives it up."""
    assert clicked(chosen, year) == then


def test_every_year_between_has_a_bar() -> None:
    """Also the empty ones and those chosen; the fullest year is the highest, and one document can be seen."""
    bars = histogram([FacetCount("2020", 400), FacetCount("2022", 1)], ["2023"])
    assert bars == (Bar("2020", 400, 100), Bar("2021", 0, 0), Bar("2022", 1, 1), Bar("2023", 0, 0))


def test_a_wrong_year_far_off_does_not_press_the_others_together() -> None:
    """Beyond sixty years only those with documents are drawn."""
    assert [bar.year for bar in histogram([FacetCount("1202", 1), FacetCount("2022", 1)], [])] == ["1202", "2022"]
    assert histogram([], []) == ()
