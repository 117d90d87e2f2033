"""Corrections, and the drawings that they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_corrections()
    _make_drawings()


def downgrade() -> None:
    """Remove the tables with all that is in them."""
    op.drop_table("corrected_drawings")
    op.drop_table("corrections")


def _make_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("prediction", sa.String(64)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("given_label", sa.String(32), nullable=False),
        sa.Column("answer", sa.String(256)),
        sa.Column("verdict", sa.String(16)),
        sa.Column("confidence", sa.Float()),
        sa.Column("run", sa.String(128)),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reviewed_label", sa.String(32)),
        sa.Column("reviewed_by", sa.String(64)),
        sa.Column("reviewed_at", sa.DateTime(timezone=True)),
        sa.Column("asked_run", sa.String(128)),
        sa.Column("asked_answer", sa.String(256)),
        sa.CheckConstraint(
            "state IN ('waiting', 'accepted', 'rejected')", name=op.f("ck_corrections_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("prediction", name=op.f("uq_corrections_prediction")),
    )
    op.create_index(op.f("ix_corrections_at"), "corrections", ["at"])
    op.create_index(op.f("ix_corrections_places"), "corrections", ["places"])


def _make_drawings() -> None:
    op.create_table(
        "corrected_drawings",
        sa.Column("correction_id", sa.String(32), nullable=False),
        sa.Column("strokes", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["corrections.id"],
            name=op.f("fk_corrected_drawings_correction_id_corrections"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("correction_id", name=op.f("pk_corrected_drawings")),
    )
