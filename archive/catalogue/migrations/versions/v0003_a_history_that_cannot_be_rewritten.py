"""A history that cannot be rewritten: events sealed one with another, and they outlive their document."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from archive.history import seal

revision = "0003"
down_revision = "0002"

_EVENT = sa.table(
    "event",
    sa.column("id", sa.Integer),
    sa.column("at", sa.DateTime),
    sa.column("user_id", sa.Integer),
    sa.column("document_id", sa.Integer),
    sa.column("action", sa.Text),
    sa.column("detail", sa.JSON),
    sa.column("digest", sa.Text),
)


def upgrade() -> None:
    """Bring the tables from 0002 to 0003; what has happened so far is sealed as it stands."""
    with op.batch_alter_table(
        "document", recreate="always", table_kwargs={"sqlite_autoincrement": True}
    ):  # no change but that ids are never given out again
        pass
    op.add_column("event", sa.Column("digest", sa.Text()))
    _seal_all(op.get_bind())
    with op.batch_alter_table("event") as event:
        event.alter_column("digest", nullable=False)
        event.drop_constraint(op.f("fk_event_document_id_document"), type_="foreignkey")
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER event_refuses_{change.lower()} BEFORE {change} ON event "
                "BEGIN SELECT RAISE(ABORT, 'the history is only ever added to'); END"
            )


def _seal_all(connection: sa.Connection) -> None:
    before = ""
    events: list[Any] = list(connection.execute(sa.select(_EVENT).order_by(_EVENT.c.id)))
    for event in events:
        before = seal(event, before)
        connection.execute(sa.update(_EVENT).where(_EVENT.c.id == event.id).values(digest=before))
