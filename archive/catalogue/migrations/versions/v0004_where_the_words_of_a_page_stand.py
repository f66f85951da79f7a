"""Where the words of a page stand, so that what is found can be shown on its image."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables from 0003 to 0004; pages read before have no geometry until their file is read again."""
    op.create_table(
        "page_geometry",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("width", sa.Double(), nullable=False),
        sa.Column("height", sa.Double(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id", "number"],
            ["page.file_id", "page.number"],
            name=op.f("fk_page_geometry_file_id_number_page"),
        ),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_page_geometry")),
    )
