"""Which body issued each document, who cites whom among bodies, and the events about bodies found among all."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Bring the tables from 0012 to 0013; `citations.catch_up` then fills them from the documents."""
    op.add_column("document", sa.Column("body_key", sa.Text()))
    op.create_index("ix_document_body", "document", ["body_key", "state", "year", "kind", "issuer"])
    op.create_index(op.f("ix_cited_body"), "cited", ["body"])
    op.create_index(op.f("ix_cited_series"), "cited", ["series"])
    op.create_table(
        "body_tally",
        sa.Column("citing", sa.Text(), nullable=False),
        sa.Column("cited", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("citers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("citing", "cited", "state", name=op.f("pk_body_tally")),
    )
    op.create_index("ix_body_tally_cited", "body_tally", ["cited", "citing", "state", "citers"])
    about_bodies = sa.text("action = 'body'")
    op.create_index("ix_event_bodies", "event", ["id"], sqlite_where=about_bodies, postgresql_where=about_bodies)
    op.execute("UPDATE document SET traced_version = 0")
