"""Ids of the catalogue in addresses, `<id:document_id>`, and in forms."""

from flask import abort, request
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


def named(field: str) -> int | None:
    """Return the id that the form names in the field, None when it names none; what is no id is answered with 404."""
    written = request.form.get(field)
    if written is None:
        return None
    id_ = parse(written)
    return abort(404) if id_ is None else id_
