"""One row for all references that say the same of a document, and what each way of citing means."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the tables from 0005 to 0006; `citations.catch_up` fills them from what was read."""
    op.drop_table("reference")
    op.create_table(
        "cited",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("issued_on", sa.Date()),
        sa.Column("issuer", sa.Text()),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("body", sa.Text()),
        sa.Column("series", sa.Text()),
        sa.Column("province", sa.Text()),
        sa.Column("chosen_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cited")),
    )
    op.create_index(op.f("ix_cited_called"), "cited", ["called"])
    op.create_index(op.f("ix_cited_chosen_id"), "cited", ["chosen_id"])
    op.create_index(op.f("ix_cited_key"), "cited", ["key"])
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("cited_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("citing_state", sa.Text(), nullable=False),
        sa.Column("citing_day", sa.Date()),
        sa.ForeignKeyConstraint(["cited_id"], ["cited.id"], name=op.f("fk_reference_cited_id_cited")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_reference_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
        sa.UniqueConstraint("document_id", "ordinal", name=op.f("uq_reference_document_id_ordinal")),
    )
    op.create_index("ix_reference_citers", "reference", ["cited_id", "relation", "citing_state", "citing_day"])
    op.create_table(
        "meaning",
        sa.Column("cited_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cited_id"], ["cited.id"], name=op.f("fk_meaning_cited_id_cited")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_meaning_document_id_document")),
        sa.PrimaryKeyConstraint("cited_id", "document_id", name=op.f("pk_meaning")),
    )
    op.create_index(op.f("ix_meaning_document_id"), "meaning", ["document_id"])
    op.create_table(
        "tally",
        sa.Column("cited_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("citers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cited_id"], ["cited.id"], name=op.f("fk_tally_cited_id_cited")),
        sa.PrimaryKeyConstraint("cited_id", "state", name=op.f("pk_tally")),
    )
    op.create_table(
        "missing",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("clearance", sa.Text(), nullable=False),
        sa.Column("citers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "clearance", name=op.f("pk_missing")),
    )
    op.create_index("ix_missing_rank", "missing", ["clearance", "citers", "key"])
    op.add_column("document", sa.Column("title_key", sa.Text()))
    op.add_column("document", sa.Column("traced_version", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_document_title_key"), "document", ["title_key"])
