"""How a correction came to be: said of an answer that was there, or written for practice."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; all rows that are there are corrections of answers."""
    # Not Alembic's batch mode: on SQLite it drops the old table, and the drawings would go with it.
    op.execute(
        "ALTER TABLE corrections ADD COLUMN origin VARCHAR(10) DEFAULT 'correction' NOT NULL "
        "CONSTRAINT ck_corrections_origin CHECK (origin IN ('correction', 'practice'))"
    )


def downgrade() -> None:
    """Remove the drawings from practice, which would pass for corrections, and the column."""
    op.execute(
        "DELETE FROM corrected_drawings WHERE correction_id IN "
        "(SELECT id FROM corrections WHERE origin = 'practice')"
    )
    op.execute("DELETE FROM corrections WHERE origin = 'practice'")
    op.execute("ALTER TABLE corrections DROP COLUMN origin")
