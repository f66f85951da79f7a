"""Who took over from whom."""

import pytest

from archive.bodies.authority import Authority, Kin

HELD = (
    "Sở Khoa học và Công nghệ tỉnh Lam Sơn",
    "Sở Thông tin và Truyền thông tỉnh Lam Sơn",
    "Sở TT&TT tỉnh Lam Sơn",
    "Sở Thông tin và Truyền thông tỉnh Tiền Giang",
    "Sở Y tế tỉnh Lam Sơn",
    "Ủy ban nhân dân tỉnh Tiền Giang",
    "Ủy ban nhân dân tỉnh Đồng Tháp",
    "Bộ Bưu chính, Viễn thông",
    "Bộ Khoa học và Công nghệ",
    "Tổng cục Bưu điện",
)


@pytest.mark.parametrize(
    ("name", "predecessors", "successors"),
    [
        (HELD[0], HELD[1:3], ()),
        (HELD[1], (), HELD[:1]),
        ("Sở Khoa học và Công nghệ tỉnh Đồng Tháp", HELD[3:4], ()),
        (HELD[4], (), ()),
        (HELD[6], HELD[5:6], ()),
        (HELD[5], (), HELD[6:7]),
        ("Bộ Thông tin và Truyền thông", (HELD[7], HELD[9]), (HELD[8],)),
        ("Ủy ban nhân dân huyện Cái Bè", (), ()),
        ("Công ty X", (), ()),
    ],
)
def test_kin(name: str, predecessors: tuple[str, ...], successors: tuple[str, ...]) -> None:
    """Over several steps, in the same province or the one it became part of, under whatever name; never elsewhere."""
    assert Authority().kin(name, HELD) == Kin(predecessors, successors)
