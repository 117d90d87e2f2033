"""What the served run reads in a correction: a reading like every other run's, in one table."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what was read last, unless the run's reading is there already.

    The columns stay as they are: the version before goes on with them meanwhile.
    """
    op.execute(
        "INSERT INTO correction_readings (run, correction_id, answer) "
        "SELECT asked_run, id, asked_answer FROM corrections WHERE asked_run IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM correction_readings AS kept "
        "WHERE kept.run = asked_run AND kept.correction_id = corrections.id)"
    )


def downgrade() -> None:
    """Leave the readings: the version before has them, too."""
