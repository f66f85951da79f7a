"""What the rules know of bodies."""

from datetime import date

import pytest

from archive.bodies import known
from archive.bodies.known import Level, Link


@pytest.mark.parametrize(
    ("key", "name", "level"),
    [
        ("bo-noi-vu", "Bộ Nội vụ", Level.CENTRAL),
        ("bao-hiem-xa-hoi-viet-nam", "Bảo hiểm xã hội Việt Nam", Level.CENTRAL),
        ("so-y-te-tien-giang", "Sở Y tế tỉnh Tiền Giang", Level.PROVINCE),
        ("ubnd-ho-chi-minh", "Ủy ban nhân dân thành phố Hồ Chí Minh", Level.PROVINCE),
        ("tinh-uy-dong-thap", "Tỉnh ủy Đồng Tháp", Level.PROVINCE),
        ("thanh-tra-dong-thap", "Thanh tra tỉnh Đồng Tháp", Level.PROVINCE),
        ("ubnd-dong-nai", "Ủy ban nhân dân thành phố Đồng Nai", Level.PROVINCE),
        ("tinh-uy-hai-phong", "Thành ủy Hải Phòng", Level.PROVINCE),
        ("cong-an-ho-chi-minh", "Công an thành phố Hồ Chí Minh", Level.PROVINCE),
        ("bo-chi-huy-quan-su-dong-thap", "Bộ Chỉ huy Quân sự tỉnh Đồng Tháp", Level.PROVINCE),
        ("so-y-te-lam-son", None, Level.PROVINCE),
        ("ubnd-huyen-cai-be", None, Level.DISTRICT),
        ("ubnd-tp-my-tho", None, Level.DISTRICT),
        ("ubnd-phuong-bac-giang", None, Level.COMMUNE),
        ("so-y-te", None, Level.PROVINCE),
        ("cong-ty-x", None, Level.OTHER),
    ],
)
def test_name_and_level(key: str, name: str | None, level: Level) -> None:
    """A body of the state, or of a province that the rules know, has its name there; its level shows in its key."""
    assert (known.name(key), known.level(key)) == (name, level)


def test_symbols_and_aliases() -> None:
    """They are those of a body's row, in whichever province."""
    assert known.symbols("so-tttt-lam-son") == ("STTTT",)
    assert "Sở TT&TT" in known.aliases("so-tttt-tien-giang")
    assert known.symbols("cong-ty-x") == known.aliases("cong-ty-x") == ()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("ubnd-tien-giang", (Link("ubnd-dong-thap", date(2025, 7, 1)),)),
        ("bo-giao-thong-van-tai", (Link("bo-xay-dung", date(2025, 3, 1)),)),
        ("so-gtvt-tien-giang", (Link("so-xay-dung-tien-giang"),)),
        ("tinh-uy-binh-duong", (Link("tinh-uy-ho-chi-minh", date(2025, 7, 1)),)),
        ("so-xay-dung-tien-giang", (Link("so-xay-dung-dong-thap", date(2025, 7, 1)),)),
        ("ubnd-dong-thap", ()),
    ],
)
def test_work_handed_over(earlier: str, later: tuple[Link, ...]) -> None:
    """A body whose work went to another ended before its province did; and what went somewhere came from there."""
    assert known.successors(earlier) == later
    for link in later:
        assert Link(earlier, link.since) in known.predecessors(link.key)


def test_work_that_went_several_ways() -> None:
    """Communications went to science, press to culture, network security to the police; the most first."""
    later = [link.key for link in known.successors("so-tttt-dong-nai")]
    assert later == ["so-kh-cn-dong-nai", "so-vhttdl-dong-nai", "cong-an-dong-nai"]


def test_a_body_that_ended_was_in_no_merged_province() -> None:
    """The department of transport of the merged province is nobody's successor: there never was one."""
    assert known.predecessors("so-gtvt-dong-thap") == ()
