"""Facts that citations tell otherwise than the archive, and those that editors have put away."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Bring the tables from 0010 to 0011; `citations.catch_up` finds what is told otherwise."""
    op.create_table(
        "mismatch",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("clearance", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer()),
        sa.Column("key", sa.Text()),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("cited_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer()),
        sa.Column("citers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cited_id"], ["cited.id"], name=op.f("fk_mismatch_cited_id_cited")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_mismatch_document_id_document")),
        sa.ForeignKeyConstraint(["other_id"], ["cited.id"], name=op.f("fk_mismatch_other_id_cited")),
        sa.PrimaryKeyConstraint("mark", "clearance", name=op.f("pk_mismatch")),
    )
    op.create_index(op.f("ix_mismatch_document_id"), "mismatch", ["document_id"])
    op.create_index(op.f("ix_mismatch_key"), "mismatch", ["key"])
    op.create_index("ix_mismatch_rank", "mismatch", ["clearance", "citers", "mark"])
    op.create_index("ix_mismatch_kind", "mismatch", ["clearance", "field", "citers", "mark"])
    op.create_table(
        "dismissal",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_dismissal_event_id_event")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_dismissal")),
    )
    op.execute("UPDATE document SET traced_version = 0")
