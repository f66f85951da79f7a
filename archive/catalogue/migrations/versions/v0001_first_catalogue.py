"""The first catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables from nothing to 0001."""
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("session_key", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_user_name")),
        sa.UniqueConstraint("session_key", name=op.f("uq_user_session_key")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("number_key", sa.Text()),
        sa.Column("serial", sa.Text()),
        sa.Column("symbol_key", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("issued_on", sa.Date()),
        sa.Column("place", sa.Text()),
        sa.Column("issuer", sa.Text()),
        sa.Column("superior", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("indexed_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Integer()),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_document_created_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_identity", "document", ["number_key", "year"])
    op.create_index(op.f("ix_document_issued_on"), "document", ["issued_on"])
    op.create_index(op.f("ix_document_kind"), "document", ["kind"])
    op.create_index(op.f("ix_document_serial"), "document", ["serial"])
    op.create_index(op.f("ix_document_state"), "document", ["state"])
    op.create_table(
        "job",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Integer()),
        sa.Column("document_state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_job_created_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_created_by"), "job", ["created_by"])
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_token_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_token_digest")),
    )
    op.create_index(op.f("ix_token_user_id"), "token", ["user_id"])
    op.create_table(
        "deposit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text()),
        sa.Column("document_id", sa.Integer()),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_deposit_document_id_document")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_deposit_job_id_job")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
    )
    op.create_index(op.f("ix_deposit_document_id"), "deposit", ["document_id"])
    op.create_index(op.f("ix_deposit_job_id"), "deposit", ["job_id"])
    op.create_index(op.f("ix_deposit_sha256"), "deposit", ["sha256"])
    op.create_index(op.f("ix_deposit_state"), "deposit", ["state"])
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("document_id", sa.Integer()),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_event_document_id_document")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_event_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"])
    op.create_index(op.f("ix_event_document_id"), "event", ["document_id"])
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_file_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_file_sha256")),
    )
    op.create_index(op.f("ix_file_document_id"), "file", ["document_id"])
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("number_key", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("issued_on", sa.Date()),
        sa.Column("issuer", sa.Text()),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("cited_key", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Integer()),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_reference_document_id_document")),
        sa.ForeignKeyConstraint(["target_id"], ["document.id"], name=op.f("fk_reference_target_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
        sa.UniqueConstraint("document_id", "ordinal", name=op.f("uq_reference_document_id_ordinal")),
    )
    op.create_index(op.f("ix_reference_cited_key"), "reference", ["cited_key"])
    op.create_index(op.f("ix_reference_document_id"), "reference", ["document_id"])
    op.create_index(op.f("ix_reference_number_key"), "reference", ["number_key"])
    op.create_index(op.f("ix_reference_target_id"), "reference", ["target_id"])
    op.create_table(
        "signer",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("position", sa.Text()),
        sa.Column("authority", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_signer_document_id_document")),
        sa.PrimaryKeyConstraint("document_id", "ordinal", name=op.f("pk_signer")),
    )
    op.create_table(
        "page",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_page_file_id_file")),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_page")),
    )
