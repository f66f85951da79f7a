"""What the ways of citing a document say that it is about, for documents read from here on."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Bring the tables from 0015 to 0016; what was read before tells no subject."""
    op.add_column("cited", sa.Column("subject", sa.Text()))
