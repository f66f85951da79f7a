"""Of citations that tell no year, the year that what they mean cannot be later than."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Bring the tables from 0013 to 0014; `citations.catch_up` finds anew what such citations mean."""
    op.add_column("cited", sa.Column("until", sa.Integer()))
    op.execute("UPDATE document SET traced_version = 0")
