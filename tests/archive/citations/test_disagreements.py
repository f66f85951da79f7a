"""Where the citers of one document tell it differently."""

from datetime import date

from archive.catalogue.facts import Way
from archive.citations.disagreements import disagreements


def way(citers: int, issued_on: date | None = None, kind: str = "Quyết định", issuer: str | None = None) -> Way:
    return Way("1819/QĐ-TTg", kind, None, issued_on, issuer, None, citers)


def test_days_are_told_apart_most_frequent_first() -> None:
    """Each day with how many tell it; who tells none does not disagree."""
    told = (way(3, date(2015, 10, 26)), way(2), way(1, date(2015, 10, 25)), way(1, date(2015, 10, 26), issuer="TTg"))
    (found,) = disagreements(told)
    assert (found.field, found.told) == ("issued_on", ((date(2015, 10, 26), 4), (date(2015, 10, 25), 1)))


def test_spelling_is_no_disagreement() -> None:
    """Case, marks and aliases do not count; another kind or another body does."""
    alike = (way(2, issuer="Thủ tướng Chính phủ"), way(1, kind="quyết định", issuer="thủ tướng chính phủ"))
    assert disagreements(alike) == ()
    other = (*alike, way(1, kind="Chỉ thị", issuer="Bộ Nội vụ"))
    assert [one.field for one in disagreements(other)] == ["kind", "issuer"]
