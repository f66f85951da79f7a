"""Missing documents of whose arrival people asked to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the tables from 0007 to 0008."""
    op.create_table(
        "awaited",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_awaited_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_awaited")),
    )
