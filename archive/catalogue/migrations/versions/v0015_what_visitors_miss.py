"""Which cited documents whoever sees only public ones misses."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Fill the ranking of 0014 for the clearance of visitors; from here on it is kept level with the others."""
    op.execute("DELETE FROM missing WHERE clearance = 'public'")
    op.execute(
        """
        INSERT INTO missing (clearance, key, citers)
        SELECT 'public', cited.key, SUM(tally.citers) FROM cited JOIN tally ON tally.cited_id = cited.id
        WHERE tally.state = 'public' AND NOT EXISTS (
            SELECT 1 FROM meaning JOIN document ON document.id = meaning.document_id
            WHERE meaning.cited_id = cited.id AND document.state = 'public'
        )
        GROUP BY cited.key HAVING SUM(tally.citers) > 0
        """
    )
