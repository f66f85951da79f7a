"""How surely it is known what each document says, so that those to be reviewed can be put in order."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_ASKED = ("number", "issued_on", "issuer", "kind", "subject")


def upgrade() -> None:
    """Bring the tables from 0011 to 0012: what is there is as sure as its reading, whatever staff have corrected."""
    op.add_column("document", sa.Column("certainty", sa.Double(), nullable=False, server_default="0"))
    document = sa.table("document", sa.column("id"), sa.column("certainty"), *map(sa.column, _ASKED))
    file = sa.table("file", sa.column("document_id"), sa.column("role"), sa.column("reading", sa.JSON()))
    signer = sa.table("signer", sa.column("document_id"), sa.column("name"))
    signed = sa.exists().where(signer.c.document_id == document.c.id, signer.c.name.is_not(None))
    known = sa.select(document.c.id, file.c.reading).join_from(document, file, file.c.document_id == document.c.id)
    whole = known.where(file.c.role == "original", signed, *(document.c[name].is_not(None) for name in _ASKED))
    sure = sa.update(document).where(document.c.id == sa.bindparam("of")).values(certainty=sa.bindparam("at"))
    rows = [{"of": row.id, "at": _least(row.reading)} for row in op.get_bind().execute(whole)]
    if rows:
        op.get_bind().execute(sure, rows)


def _least(reading: dict[str, Any]) -> float:
    evidence = reading.get("evidence", {})
    return min(float(evidence.get(name, {}).get("confidence", 0)) for name in (*_ASKED, "signers"))
