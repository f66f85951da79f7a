"""Documents that may be one, and documents put into another."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Bring the tables from 0008 to 0009; what came in before has no fingerprint, and is found by its number only."""
    with op.batch_alter_table("document", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("merged_as", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f("fk_document_merged_into_document"), "document", ["merged_into"], ["id"])
        batch.create_index(op.f("ix_document_merged_into"), ["merged_into"])
    op.create_table(
        "twin",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_twin_document_id_document")),
        sa.ForeignKeyConstraint(["other_id"], ["document.id"], name=op.f("fk_twin_other_id_document")),
        sa.PrimaryKeyConstraint("document_id", "other_id", name=op.f("pk_twin")),
    )
    op.create_index(op.f("ix_twin_other_id"), "twin", ["other_id"])
    op.create_table(
        "text_band",
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_text_band_document_id_document")),
        sa.PrimaryKeyConstraint("value", "document_id", name=op.f("pk_text_band")),
    )
    op.create_index(op.f("ix_text_band_document_id"), "text_band", ["document_id"])
