"""Of citations that tell no year, the year that what they mean cannot be later than."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Bring the tables from 0012 to 0013; `citations.catch_up` finds anew what such citations mean."""
    op.add_column("cited", sa.Column("until", sa.Integer()))
    op.execute("UPDATE document SET traced_version = 0")
