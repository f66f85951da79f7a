"""Ids of the catalogue in addresses, `<id:document_id>`, and in forms."""

from werkzeug.routing import IntegerConverter, Map

_GREATEST = 2**31 - 1  # that every catalogue can hold


class IdConverter(IntegerConverter):
    """What `id` means in an address; with a number that is no id the address is unknown."""

    def __init__(self, addresses: Map) -> None:
        super().__init__(addresses, max=_GREATEST)


def parse(written: str) -> int | None:
    """Return the id that is written in a field of a form; None for anything else."""
    is_number = written.isascii() and written.isdigit() and len(written) <= len(str(_GREATEST))
    return int(written) if is_number and int(written) <= _GREATEST else None
