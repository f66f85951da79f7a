"""A plan among those of other years."""

from collections.abc import Callable
from datetime import date

from archive import lineage
from archive.catalogue import queries
from archive.instance import Instance
from archive.workflow import CLERK, Role, State, Viewer

BODY = "Ủy ban nhân dân tỉnh Lam Sơn"


def series(instance: Instance, document_id: int, viewer: Viewer = CLERK) -> list[int]:
    with instance.catalogue.reading() as session:
        card = queries.card(session, viewer, document_id)
    return [one.id for one in lineage.series(instance, viewer, card)]


def plan(keep: Callable[..., int], year: int, subject: str = "Chuyển đổi số tỉnh Lam Sơn", **facts: object) -> int:
    told = {"number": f"{year % 100}/KH-UBND", "kind": "Kế hoạch", "issuer": BODY, "issued_on": date(year, 1, 20)}
    return keep(f"Nội dung của năm {year}", subject=f"{subject} năm {year}", **told | facts)


def test_the_plans_of_the_years_are_one_series(instance: Instance, keep: Callable[..., int]) -> None:
    """The oldest first, whichever of them is asked about."""
    later, earlier, latest = plan(keep, 2025), plan(keep, 2024), plan(keep, 2026)
    assert series(instance, later) == series(instance, latest) == [earlier, later, latest]


def test_another_thing_kind_or_body_is_no_part_of_it(instance: Instance, keep: Callable[..., int]) -> None:
    """A plan alone is no series."""
    alone = plan(keep, 2025)
    plan(keep, 2024, subject="Phòng, chống bão lụt, chuyển đổi cây trồng trên đất dốc tỉnh Lam Sơn")
    plan(keep, 2024, kind="Báo cáo", number="24/BC-UBND")
    plan(keep, 2024, issuer="Ủy ban nhân dân tỉnh Sông Tiền")
    assert series(instance, alone) == []


def test_of_the_reports_of_each_month_those_of_one_month_are_a_series(
    instance: Instance, keep: Callable[..., int]
) -> None:
    """A year has one place in it: that of the document asked about is its own, of any other it is the most like it."""
    held = {
        (month, year): plan(keep, year, f"Kết quả chuyển đổi số tháng {month}", number=f"{month}/KH-UBND")
        for year in (2025, 2026)
        for month in (3, 4, 5)
    }
    assert series(instance, held[4, 2026]) == [held[4, 2025], held[4, 2026]]


def test_a_body_that_took_over_goes_on_with_the_series(instance: Instance, keep: Callable[..., int]) -> None:
    """What the department of information and communications began, that of science and technology continues."""
    before = plan(keep, 2024, issuer="Sở Thông tin và Truyền thông tỉnh Lam Sơn", number="4/KH-STTTT")
    after = plan(keep, 2026, issuer="Sở Khoa học và Công nghệ tỉnh Lam Sơn", number="6/KH-SKHCN")
    assert series(instance, after) == [before, after]


def test_what_may_not_be_seen_is_not_in_it(instance: Instance, keep: Callable[..., int]) -> None:
    """A reader does not learn of next year's draft."""
    published = plan(keep, 2025)
    draft = plan(keep, 2026, state=State.DRAFT)
    assert series(instance, published, Viewer(None, "đọc", Role.READER)) == []
    assert series(instance, published) == [published, draft]
