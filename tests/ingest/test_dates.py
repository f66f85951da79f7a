from datetime import date

import pytest

from ingest import dates

DAY = date(2017, 8, 5)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 05 tháng 8 năm 2017",
        "ngày 5 tháng  8  năm 2017",
        "5/8/2017",
        "05/08/2017",
        "5-8-2017",
        "5.8.2017",
        "ngày\n5 tháng\n8 năm 2017",
    ],
)
def test_a_date_is_read_day_first(text):
    """Every way of writing a date in a document means the same day, the day before the month."""
    found = dates.find(text)
    assert found is not None
    assert found.day == DAY


@pytest.mark.parametrize("text", ["ngày     tháng 8 năm 2017", "ngày … tháng … năm 2017", "ngày 31 tháng 02 năm 2017"])
def test_a_blank_or_impossible_dateline_has_no_day(text):
    """A dateline with a blank is found as a dateline, and no day is guessed."""
    found = dates.dateline(text)
    assert found is not None
    assert found.day is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (" ngày 05/8/2017", DAY),
        (", ngày 5 tháng 8 năm 2017", DAY),
        (" 05/8/2017", DAY),
        (" của UBND tỉnh ngày 05/8/2017", None),
    ],
)
def test_only_a_date_right_behind_belongs_to_what_stands_before(text, day):
    """A date farther on is somebody else's."""
    found = dates.following(text, 0)
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2017, 8, 18), "ngày 18 tháng 8 năm 2017"),
        (date(2017, 2, 5), "ngày 05 tháng 02 năm 2017"),
        (date(2017, 11, 1), "ngày 01 tháng 11 năm 2017"),
    ],
)
def test_days_in_words_follow_the_decree(day: date, words: str) -> None:
    """Days under 10 and months 1 and 2 take a zero, other months none."""
    assert dates.in_words(day) == words
