"""A row for each session, so that signing out ends it whoever holds its cookie."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables from 0001 to 0002; everyone has to sign in again."""
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sign_in_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_digest")),
    )
    op.create_index(op.f("ix_sign_in_created_at"), "sign_in", ["created_at"])
    op.create_index(op.f("ix_sign_in_user_id"), "sign_in", ["user_id"])
    with op.batch_alter_table("user") as user:
        user.drop_constraint(op.f("uq_user_session_key"), type_="unique")
        user.drop_column("session_key")
