"""Bodies of cities, whose keys no longer differ from those they had before their province became a city."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Bring the tables from 0016 to 0017; `citations.catch_up` names the bodies of documents and citations anew."""
    op.execute("UPDATE document SET traced_version = 0")
