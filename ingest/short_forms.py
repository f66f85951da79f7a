"""Short forms of something cited before: `Kế hoạch số 328`, `Quyết định nêu trên`, `Nghị quyết này`.

A short form is accepted only when exactly one document cited before it fits; an ambiguous one is left alone.
"""

import re
from collections.abc import Iterator, Sequence

from ingest import kinds
from ingest.citations import Citation, CitedDocument

_SHORT = re.compile(
    rf"(?<!\w)(?P<kind>{kinds.alternatives()})\s{{1,2}}(?:số\s{{1,2}}(?P<serial>\d{{1,6}}[a-zđ]?)(?![\w/.,-]*[\w/])|(?P<back>(?:đã\s)?(?:nêu|nói|kể)\s{{1,2}}trên|này)(?!\w))"
)


def find(
    text: str, gathered: Sequence[CitedDocument], found: Sequence[Citation], own_kind: str | None
) -> Iterator[tuple[tuple[int, int], CitedDocument]]:
    """Yield the place of each short form and the one document it stands for; `Quyết định này` in a decision is the decision."""
    full = {citation.start for citation in found}
    first = [(cited, min(cited.places)[0]) for cited in gathered]
    for match in _SHORT.finditer(text):
        kind = kinds.named(match["kind"])
        if match.start() in full or (match["back"] == "này" and kind == own_kind):
            continue
        fits = [
            cited
            for cited, start in first
            if start < match.start() and cited.kind == kind and _serial_fits(cited, match["serial"])
        ]
        if len(fits) == 1:
            yield match.span(), fits[0]


def _serial_fits(cited: CitedDocument, serial: str | None) -> bool:
    return serial is None or (cited.number is not None and cited.number.serial.lstrip("0") == serial.lstrip("0"))
