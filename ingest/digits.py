"""Digits that recognition took for letters, put right where numbers and dates stand: `l6/CT-UBND`, `ngày 3] tháng I1`.

Anywhere else a letter stays what it is. The text keeps its length, so that offsets count in the text that was read.
"""

import re

_MEANT = str.maketrans("IlL|]!OoQ§", "1111110008")
_LIKE = r"[\dIlL|\]!OoQ§]"
_SOME = rf"(?=[^\s\d]{{0,4}}\d){_LIKE}"
_SERIAL = re.compile(
    rf"(?<![\w/.,-]){_SOME}{{1,5}}(?=\s{{0,2}}/{{1,2}}\s{{0,2}}(?:(?:19|20)\d\d\s?/|[A-ZĐ]{{2}})|\s?-\s?[A-ZĐ][A-Za-zĐ]{{1,3}}/)"
)
_DAY = re.compile(
    rf"ngày\s{{1,3}}(?:{_SOME}{{1,2}}\s{{1,3}}tháng\s{{1,3}}{_LIKE}{{1,2}}|{_LIKE}{{1,2}}[/.-]{_LIKE}{{1,2}}[/.-]\d{{4}})(?!\w)"
)
_MONTH = re.compile(rf"(?<=tháng)\s{{1,3}}{_SOME}{{1,2}}(?=\s{{1,3}}năm)")
_POINT = re.compile(r"(?<=năm)\.(?=\s?\d{4})|(?<=ăn cứ)[.:](?=\s)")
_PARTED = re.compile(rf"(?<=số )\d{_LIKE}{{0,2}} \d{{1,3}}(?=\s?/)|\d{{1,2}}/\d \d/(?:19|20)\d\d(?!\d)")


def mend(text: str) -> str:
    """Return recognised text with the digits of its numbers and dates; as long as before."""
    for pattern in (_SERIAL, _DAY, _MONTH):
        text = pattern.sub(lambda found: _digits(found.group()), text)
    text = _PARTED.sub(lambda found: " " + found.group().replace(" ", "").translate(_MEANT), text)
    return _POINT.sub(" ", text)


def _digits(found: str) -> str:
    words = re.split(r"(ngày|tháng)", found)
    return "".join(word if word in ("ngày", "tháng") else word.translate(_MEANT) for word in words)
