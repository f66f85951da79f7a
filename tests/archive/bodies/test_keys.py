"""Names of bodies, as offices write them, become one key."""

import pytest

from archive.bodies.keys import Home, below_province, body_key, home, is_central

PLAN = home("Sở Thông tin và Truyền thông tỉnh Tiền Giang", "Ủy ban nhân dân tỉnh Tiền Giang", "Mỹ Tho")
CITY = home("Ủy ban nhân dân Thành phố Hồ Chí Minh", None, "Thành phố Hồ Chí Minh")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("UBND tỉnh", "ubnd-tien-giang"),
        ("Ủy ban nhân dân (UBND) tỉnh Tiền Giang", "ubnd-tien-giang"),
        ("Uỷ ban nhân dân tỉnh", "ubnd-tien-giang"),
        ("Chủ tịch Ủy ban nhân dân tỉnh", "ubnd-tien-giang"),
        ("HĐND tỉnh", "hdnd-tien-giang"),
        ("Sở Thông tin và truyền thông", "so-tttt-tien-giang"),
        ("Sở TT&TT Tiền Giang", "so-tttt-tien-giang"),
        ("Sở Y tế tỉnh Kiên Giang", "so-y-te-kien-giang"),
        ("Sở Y tế Kiên Giang", "so-y-te-kien-giang"),
        ("Tỉnh ủy", "tinh-uy-tien-giang"),
        ("Ban Thường vụ Tỉnh uỷ Tiền Giang", "tinh-uy-tien-giang"),
        ("UBND tỉnh Bà Rịa - Vũng Tàu", "ubnd-ba-ria-vung-tau"),
        ("UBND huyện Cái Bè", "ubnd-huyen-cai-be"),
        ("UBND thành phố Mỹ Tho", "ubnd-tp-my-tho"),
        ("UBND huyện", "ubnd-huyen"),
        ("Thủ tướng Chính phủ", "thu-tuong-chinh-phu"),
    ],
)
def test_name_in_a_document_of_a_province(name: str, key: str) -> None:
    """A relative name is completed by the province of the document that says it; a full one stays what it is."""
    assert body_key(name, PLAN) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("UBND thành phố", "ubnd-ho-chi-minh"),
        ("Thành ủy", "tinh-uy-ho-chi-minh"),
        ("Thành đoàn Hải Phòng", "tinh-doan-hai-phong"),
        ("UBND tỉnh", "ubnd-tinh"),
        ("Sở Y tế TP. Hồ Chí Minh", "so-y-te-ho-chi-minh"),
        ("Sở Y tế", "so-y-te-ho-chi-minh"),
    ],
)
def test_name_in_a_document_of_a_city(name: str, key: str) -> None:
    """A city of a province's rank completes `thành phố` as a province completes `tỉnh`."""
    assert body_key(name, CITY) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("UBND tỉnh", "ubnd-quang-ninh"),
        ("UBND thành phố", "ubnd-quang-ninh"),
        ("Ủy ban nhân dân thành phố Quảng Ninh", "ubnd-quang-ninh"),
        ("Tỉnh ủy", "tinh-uy-quang-ninh"),
        ("Thành ủy Quảng Ninh", "tinh-uy-quang-ninh"),
        ("Thanh tra thành phố", "thanh-tra-quang-ninh"),
        ("UBND thành phố Hạ Long", "ubnd-tp-ha-long"),
    ],
)
def test_name_in_a_document_of_a_province_that_became_a_city(name: str, key: str) -> None:
    """Its bodies are the same ones before and after, by either name."""
    assert body_key(name, home("Ủy ban nhân dân tỉnh Quảng Ninh", None, "Quảng Ninh")) == key


@pytest.mark.parametrize(
    ("name", "below"),
    [
        ("UBND quận 3", True),
        ("UBND xã Hội Sơn", True),
        ("Bộ Chỉ huy Quân sự tỉnh Tiền Giang", False),
        ("Ban Quản lý Khu kinh tế tỉnh Quảng Ninh", False),
        ("Bảo hiểm xã hội tỉnh Tiền Giang", False),
    ],
)
def test_words_that_only_look_like_a_territory(name: str, below: bool) -> None:
    """Quản lý and Quân sự are no quận, xã hội is no xã."""
    assert below_province(body_key(name, Home(None, None))) == below


def test_no_name_no_key() -> None:
    """Where no body is named there is no key."""
    assert body_key(None, PLAN) is None


def test_own_body_by_a_part_of_its_name() -> None:
    """`UBND huyện` in a document of one district is that district's."""
    assert body_key("UBND huyện", home("UBND huyện Cái Bè", None, "Cái Bè")) == "ubnd-huyen-cai-be"


@pytest.mark.parametrize(
    ("header", "where"),
    [
        (("Sở Y tế", "UBND tỉnh Kiên Giang", None), Home("so-y-te-kien-giang", "kien-giang")),
        (("Sở Y tế", None, "Rạch Giá"), Home("so-y-te-kien-giang", "kien-giang")),
        (("Sở Y tế tỉnh Nước Trong", None, None), Home("so-y-te-nuoc-trong", "nuoc-trong")),
        (("Bộ Y tế", None, "Hà Nội"), Home("bo-y-te", None)),
        (("UBND phường Bắc Giang", None, "Bắc Giang"), Home("ubnd-phuong-bac-giang", None)),
        ((None, None, None), Home(None, None)),
    ],
)
def test_home(header: tuple[str | None, str | None, str | None], where: Home) -> None:
    """A document's province is read from its issuer, its superior or its place, in this order."""
    assert home(*header) == where


@pytest.mark.parametrize("symbol", ["qd-ttg", "ct-ttg", "qh15", "ubtvqh14", "ttlt-bnv-btc", "btttt-thh", "hd-btgtw"])
def test_symbol_of_a_central_body(symbol: str) -> None:
    """A central body's code names it wherever it is cited."""
    assert is_central(symbol)


@pytest.mark.parametrize("symbol", ["kh-ubnd", "ct-ubnd", "ubnd-kttc", "nq-tu", "nq-hdnd", "kh-stttt"])
def test_symbol_that_every_province_has(symbol: str) -> None:
    """A local body's code is one in every province."""
    assert not is_central(symbol)
