"""The names of public bodies made comparable: `UBND tỉnh` in a plan of Tiền Giang is `Ủy ban nhân dân tỉnh Tiền Giang`.

A body's key is its name without marks and case, in the shortest form that `ingest/rules/bodies.toml` knows, completed
by the province of the document that says it, and without the word tỉnh, which writers leave out at will:
`ubnd-tien-giang`, `so-tttt-tien-giang`. A province that became a city has one key before and after, and so has the
Party's committee of each: `tinh-uy-hai-phong`. Keys serve comparison and addresses; names as issued are kept elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest import rules
from ingest.orthography import fold

_SIGNING = {
    "Chủ tịch UBND": "UBND",
    "Thường trực HĐND": "HĐND",
    "Giám đốc Sở": "Sở",
    "Bộ trưởng Bộ": "Bộ",
    "Ban Thường vụ Tỉnh ủy": "Tỉnh ủy",
    "Ban Chấp hành Đảng bộ tỉnh": "Tỉnh ủy",
    "thành phố": "TP",
}  # who acts in a body's name numbers documents in its series
_WORD = re.compile(r"[a-z0-9]+")
DISTRICT = re.compile(r"(?:^|-)(?:huyen|quan(?!-(?:ly|su|y|tri|doi|khu)(?:-|$))|thi-xa|tp)-")
"""What the key of a body of a district or of its towns holds; Quản lý and Quân sự are no quận."""

_COMMUNE = re.compile(r"(?:^|-)(?:xa(?!-hoi(?:-|$))|(?<=nd-)xa|phuong|thi-tran|dac-khu)-")  # xã hội is no xã
_OF_THE_PROVINCE = re.compile(r"(?:.+-)?(?:tinh|tinh-uy|tinh-doan)|(?:.+-)?so-.+")
_OF_THE_CITY = re.compile(r"(?:.+-)?(?:tp|thanh-uy|thanh-doan)|(?:.+-)?so-.+")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a document comes from, by which the relative names in it are completed: its body's key, its province's."""

    body: str | None
    province: str | None


@lru_cache(maxsize=10_000)
def slug(text: str) -> str:
    """Return the text as words of a-z and 0-9 joined by hyphens, marks dropped: fit for an address."""
    return "-".join(_WORD.findall(fold(text).lower()))


@lru_cache(maxsize=10_000)
def home(issuer: str | None, superior: str | None, place: str | None) -> Home:
    """Return where a document with this header comes from; what its header does not tell is None."""
    body = _short(issuer)
    province = _province_in(body) or _province_in(_short(superior)) or _province_at(slug(place or ""), body)
    return Home(body_key(issuer, Home(None, province)), province)


@lru_cache(maxsize=10_000)
def body_key(name: str | None, said_in: Home) -> str | None:
    """Return the key of the body that a document from `said_in` calls `name`; None when it names none."""
    key = _short(name)
    if not key:
        return None
    if said_in.body and said_in.body.startswith(f"{key}-"):
        return said_in.body  # its own body, by a part of the name
    whole = re.sub(rf"(?<![^-])thanh-(?=(?:uy|doan)-{_one_of(_cities())})", "tinh-", _completed(key, said_in.province))
    return re.sub(r"(^|-)tinh-(?!uy|doan)", r"\1", whole)


def is_central(symbol_key: str) -> bool:
    """Return whether the symbol alone names its body: `qd-ttg`, `qh15`, `ttlt-bnv-btc`; not `kh-ubnd`, `nq-tu`."""
    return central_body(symbol_key) is not None


@cache
def central_body(symbol_key: str) -> str | None:
    """Return the key of the central body that the symbol names, the first of several; None when it names none."""
    codes = symbol_key.split("-")
    issuer = codes[1] if len(codes) > 1 and codes[0] in _kind_codes() else codes[0]
    return _central_codes().get(issuer.rstrip("0123456789"))


def below_province(body: str | None) -> bool:
    """Return whether the body of that key is one of a district, a commune or a town."""
    return body is not None and (DISTRICT.search(body) or _COMMUNE.search(body)) is not None


def _completed(key: str, province: str | None) -> str:
    if province is None or _province_in(key) or key.endswith(f"-{province}") or not _is_relative(key, province):
        return key
    return f"{key.removesuffix('-tp')}-{province}"


def _is_relative(key: str, province: str) -> bool:
    """Whether in a document of the province the key lacks but its name; one that became a city was called both."""
    of_the_city = province in _cities() and _OF_THE_CITY.fullmatch(key)
    return bool(of_the_city or (province not in _always_cities() and _OF_THE_PROVINCE.fullmatch(key)))


def _province_in(body: str) -> str | None:
    named = re.search(r"(?:^|-)tinh-(?!(?:uy|doan)$)(?:uy-|doan-)?(.+)", body)
    if named is None and below_province(body):
        return None  # a commune may bear the name of a province
    known = re.search(_one_of(_provinces()), named[1] if named else body)
    return known.group() if known else named[1] if named else None


def _province_at(place: str, body: str) -> str | None:
    # Central bodies sit in Hà Nội, and the place of a district's document is the district: neither tells the province.
    if not place or place == "ha-noi" or below_province(body):
        return None
    return _provinces().get(place, place)


def _short(name: str | None) -> str:
    key = slug(re.sub(r"\([^)]*\)", " ", name or ""))
    shortest = _replaced(_replaced(key, _aliases()), _signing())
    return re.sub(rf"(?<![^-])tp-(?={_one_of(_cities())})", "", shortest)


def _replaced(key: str, forms: dict[str, str]) -> str:
    return re.sub(_one_of(forms), lambda found: forms[found.group()], key)


def _one_of(keys: Iterable[str]) -> str:
    return rf"(?<![^-])(?:{'|'.join(sorted(keys, key=len, reverse=True))})(?![^-])"


@cache
def _aliases() -> dict[str, str]:
    """Every written form of a body's name → the shortest."""
    forms = ([row["name"], *row.get("aliases", ())] for row in rules.load("bodies")["body"])
    return {slug(form): slug(min(names, key=len)) for names in forms for form in names}


@cache
def _signing() -> dict[str, str]:
    return {slug(acting): slug(body) for acting, body in _SIGNING.items()}


@cache
def _provinces() -> dict[str, str]:
    """A province's name, or its seat's → the province's."""
    rows = rules.load("provinces")["province"]
    return {slug(row[part]): slug(row["name"]) for row in rows for part in ("seat", "name") if part in row}


@cache
def _cities() -> frozenset[str]:
    became = {slug(row["name"]) for row in rules.load("provinces")["province"] if "city_since" in row}
    return _always_cities() | became


@cache
def _always_cities() -> frozenset[str]:
    return frozenset(slug(row["name"]) for row in rules.load("provinces")["province"] if row["type"] == "thành phố")


@cache
def _kind_codes() -> frozenset[str]:
    return frozenset(slug(code) for row in rules.load("kinds")["kind"] for code in row.get("codes", ()))


@cache
def _central_codes() -> dict[str, str]:
    central = (row for row in rules.load("bodies")["body"] if row["level"] == "central")
    return {fold(code).lower(): _short(row["name"]) for row in central for code in row.get("symbols", ())}
