"""Sessions and tokens that their owners know again, and links by which a password is set once."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the tables from 0009 to 0010; what is there has no name yet."""
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.add_column(sa.Column("browser", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("token") as token:
        token.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "password_link",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_password_link_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_password_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_password_link_digest")),
    )
