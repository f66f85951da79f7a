"""Short forms of something cited before: `Kế hoạch số 328`, `Quyết định nêu trên`, `Nghị quyết này`.

A short form is accepted only when exactly one document cited before it fits; an ambiguous one is left alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from ingest import kinds
from ingest.citations import Citation, CitedDocument


def find(
    text: str, gathered: Sequence[CitedDocument], found: Sequence[Citation], own_kind: str | None
) -> Iterator[tuple[tuple[int, int], CitedDocument]]:
    """Yield the place of each short form and the one document it stands for.

    `Quyết định này` in a decision is the decision itself, and stands for nothing cited.
    """
    taken = {citation.start for citation in found}
    table = _by_short_form(gathered)
    for match in _short().finditer(text):
        kind = kinds.named(match["kind"])
        if match.start() in taken or (match["back"] == "này" and kind == own_kind):
            continue
        fits = table[kind, match["serial"] and match["serial"].lstrip("0")]
        if _said_before(fits, match.start()) == 1:
            yield match.span(), fits[0][1]


def _by_short_form(
    gathered: Sequence[CitedDocument],
) -> dict[tuple[str | None, str | None], list[tuple[int, CitedDocument]]]:
    """Kind and serial, and kind alone → the documents with where each is first mentioned, in that order."""
    table: dict[tuple[str | None, str | None], list[tuple[int, CitedDocument]]] = defaultdict(list)
    for cited in gathered:
        first = cited.places[0][0]
        table[cited.kind, None].append((first, cited))
        if cited.number:
            table[cited.kind, cited.number.serial.lstrip("0")].append((first, cited))
    return table


def _said_before(fits: Sequence[tuple[int, CitedDocument]], offset: int) -> int:
    """How many of them are mentioned before the offset; beyond two it does not matter."""
    return sum(first < offset for first, _ in fits[:2])


@cache
def _short() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<kind>{kinds.alternatives()})\s{{1,2}}"
        r"(?:số\s{1,2}(?P<serial>\d{1,6}[a-zđ]?)(?![\w/.,-]*[\w/])|(?P<back>(?:đã\s)?(?:nêu|nói|kể)\s{1,2}trên|này)(?!\w))"
    )
