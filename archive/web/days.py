"""Days chosen in forms."""

from datetime import date

from flask import request

from archive.errors import Refused


def chosen(field: str) -> date | None:
    """Return the day in a field of the request's form; None when it is empty. Raises Refused for anything else."""
    written = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise Refused(f"“{written[:20]}” không phải là một ngày; hãy chọn ngày, hoặc để trống.") from error
