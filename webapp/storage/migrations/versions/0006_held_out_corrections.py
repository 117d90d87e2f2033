"""Which corrections are held out of training, what runs read in corrections, and pictures."""

from datetime import datetime, timezone
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ROWS = 500  # that are changed at a time

_corrections = sa.table(
    "corrections",
    sa.column("id", sa.String),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("is_held_out", sa.Boolean),
)


def upgrade() -> None:
    """Make the table; add the column, and say it of all rows that are there."""
    op.add_column("corrected_drawings", sa.Column("image", sa.Text()))
    op.create_table(
        "correction_readings",
        sa.Column("run", sa.String(128), nullable=False),
        sa.Column("correction_id", sa.String(32), nullable=False),
        sa.Column("answer", sa.String(256), nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["corrections.id"],
            name=op.f("fk_correction_readings_correction_id_corrections"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run", "correction_id", name=op.f("pk_correction_readings")),
    )
    op.create_index(
        op.f("ix_correction_readings_correction_id"), "correction_readings", ["correction_id"]
    )
    op.add_column(
        "corrections",
        sa.Column("is_held_out", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    rows = op.get_bind().execute(sa.select(_corrections.c.id, _corrections.c.at)).all()
    held_out = [row.id for row in rows if _is_held_out(row.at)]
    for start in range(0, len(held_out), _ROWS):
        those = _corrections.c.id.in_(held_out[start : start + _ROWS])
        op.execute(_corrections.update().where(those).values(is_held_out=True))


def downgrade() -> None:
    """Remove the table, the columns, and the pictures' digits, which have no strokes to keep."""
    op.execute(
        "DELETE FROM correction_readings WHERE correction_id IN"
        " (SELECT correction_id FROM corrected_drawings WHERE image IS NOT NULL)"
    )
    op.execute(
        "UPDATE corrections SET places = -1 WHERE id IN"
        " (SELECT correction_id FROM corrected_drawings WHERE image IS NOT NULL)"
    )
    op.execute("DELETE FROM corrected_drawings WHERE image IS NOT NULL")
    op.execute("DELETE FROM corrections WHERE places = -1")
    op.execute("ALTER TABLE corrected_drawings DROP COLUMN image")
    op.drop_table("correction_readings")
    op.execute("ALTER TABLE corrections DROP COLUMN is_held_out")


def _is_held_out(at: datetime) -> bool:
    # As webapp.corrections.holding_out says today; a migration stays what it was.
    at = at.astimezone(timezone.utc) if at.tzinfo else at  # SQLite's are UTC without saying so
    hour = at.strftime("%Y-%m-%dT%H")
    return int.from_bytes(sha256(hour.encode()).digest()[:8], "big") % 5 == 0
