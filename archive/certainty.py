"""How surely it is known what a document says of itself: what a reviewer looks at first, what needs no look."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import msgspec

from archive.catalogue.facts import Description
from ingest.record import Record

ASKED = ("number", "issued_on", "issuer", "kind", "subject", "signers")
"""The fields that a document is asked for; of the others it says what it says."""

SURE = 0.95
"""From here on a field counts as read right.

`python -m bench.accuracy` over 74 documents with checked answers: of the 305 fields read as surely as this none was
wrong, so that fewer than 1 in 100 are (rule of three, 95 %); of the 183 read less surely 16 were.
"""

_FIELDS = tuple(field.name for field in fields(Description))


def certainties(said: Description | Record, reading: Mapping[str, Any]) -> dict[str, float]:
    """Return field → how surely (0 to 1) its value is right, for the fields that have one or are asked for.

    `reading` is the contract's record, as the machine read it. What staff wrote is certain; what is lacking is not.
    """
    evidence = reading.get("evidence", {})
    values = {name: _plain(getattr(said, name)) for name in _FIELDS}
    return {
        name: 1.0 if value != reading.get(name) else evidence.get(name, {}).get("confidence", 0.0)
        for name, value in values.items()
        if value or name in ASKED
    } | {name: 0.0 for name in ASKED if lacking(said, name)}


def lacking(said: Description | Record, name: str) -> bool:
    """Return whether there is nothing in the field; of signers a name is wanted."""
    if name == "signers":
        return not any(signer.name for signer in said.signers)
    return not getattr(said, name)


def _plain(value: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))
