import pytest

from ingest.likeness import blurred, nearest

KNOWN = {blurred(name): name for name in ("Giám đốc", "Chánh Thanh tra", "Thông báo", "Thông cáo", "Sở Y tế")}


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("GIÁM ĐÓC", "Giám đốc"),
        ("GI ÁM ĐỚC", "Giám đốc"),
        ("IÁM ĐÓC", "Giám đốc"),
        ("ANH THANH TRA", "Chánh Thanh tra"),
        ("SƠ Y TE", "Sở Y tế"),
        ("THÔNG CÁO", "Thông cáo"),
        ("THÔNG ÁO", None),
        ("KẾ TOÁN", None),
        ("", None),
    ],
)
def test_a_misread_phrase_is_the_one_it_is_nearest_to(misread, meant):
    """Marks and blanks do not count, few letters may differ; of two phrases as near, neither is meant."""
    assert nearest(misread, KNOWN) == meant
