"""Jobs, and the workers that run them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("lane", sa.String(10), nullable=False),
        sa.Column("run", sa.String(128)),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("ticket", sa.String(64)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.String(80), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("worker", sa.String(120)),
        sa.Column("exit_status", sa.Integer()),
        sa.Column("reason", sa.String(20)),
        sa.Column("detail", sa.Text()),
        sa.Column("result", sa.JSON(none_as_null=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("ticket", name=op.f("uq_jobs_ticket")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_jobs_run"), "jobs", ["run"])
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"])
    op.create_table(
        "workers",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("host", sa.String(80), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("can_train", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("workers")
    op.drop_table("jobs")
