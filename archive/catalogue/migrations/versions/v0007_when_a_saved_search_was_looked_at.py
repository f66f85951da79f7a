"""When a saved search was looked at: documents come into sight also when their state changes, whatever their ids."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Bring the tables from 0006 to 0007; what came since a search was saved counts as new."""
    op.add_column("saved_search", sa.Column("looked_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE saved_search SET looked_at = created_at")
    with op.batch_alter_table("saved_search") as saved_search:
        saved_search.alter_column("looked_at", existing_type=sa.DateTime(), nullable=False)
        saved_search.drop_column("seen_id")
