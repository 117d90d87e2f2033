"""What the served run reads in a correction: a reading like every other run's, in one table."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what was read last, unless the run's reading is there already; drop the columns."""
    op.execute(
        "INSERT INTO correction_readings (run, correction_id, answer) "
        "SELECT asked_run, id, asked_answer FROM corrections WHERE asked_run IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM correction_readings AS kept "
        "WHERE kept.run = asked_run AND kept.correction_id = corrections.id)"
    )
    op.execute("ALTER TABLE corrections DROP COLUMN asked_run")
    op.execute("ALTER TABLE corrections DROP COLUMN asked_answer")


def downgrade() -> None:
    """Add the columns again; the served run has to be asked again."""
    op.add_column("corrections", sa.Column("asked_run", sa.String(128)))
    op.add_column("corrections", sa.Column("asked_answer", sa.String(256)))
