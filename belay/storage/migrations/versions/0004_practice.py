"""practice: plans for life, goals on five steps, reminders, and the question that waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from belay.storage.schema import Moment

revision = "0004"
down_revision = "0003"


def _client_id() -> sa.Column[str]:
    return sa.Column("client_id", sa.String(32), nullable=False)


def _of_client(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id"], ["client.id"], name=f"fk_{table}_client_id", ondelete="CASCADE"
    )


def upgrade() -> None:
    op.add_column("conversation", sa.Column("pending", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "practice",
        sa.Column("id", sa.String(32), nullable=False),
        _client_id(),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("run_id", sa.String(32), nullable=True),
        sa.Column("exercise_id", sa.String(60), nullable=True),
        sa.Column("counterpart_id", sa.String(32), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("fear", sa.Text(), nullable=True),
        sa.Column("happened", sa.Text(), nullable=True),
        sa.Column("tried", sa.String(12), nullable=True),
        sa.Column("compared", sa.String(12), nullable=True),
        sa.Column("next_step", sa.String(12), nullable=True),
        sa.Column("asked_at", Moment(), nullable=True),
        sa.Column("reported_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        _of_client("practice"),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
    )
    op.create_index("ix_practice_client_id", "practice", ["client_id"])
    op.create_index("ix_practice_run_id", "practice", ["run_id"])
    op.create_table(
        "goal",
        sa.Column("id", sa.String(32), nullable=False),
        _client_id(),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("ending", sa.String(12), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        _of_client("goal"),
        sa.PrimaryKeyConstraint("id", name="pk_goal"),
    )
    op.create_index("ix_goal_client_id", "goal", ["client_id"])
    op.create_table(
        "goal_rating",
        sa.Column("goal_id", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name="fk_goal_rating_goal_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("goal_id", "place", name="pk_goal_rating"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(32), nullable=False),
        _client_id(),
        sa.Column("practice_id", sa.String(32), nullable=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        _of_client("reminder"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
    )
    op.create_index("ix_reminder_client_id", "reminder", ["client_id"])
    op.create_index("ix_reminder_due", "reminder", ["status", "due_at"])
    op.create_table(
        "reminder_wish",
        _client_id(),
        sa.Column("zone", sa.String(60), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        _of_client("reminder_wish"),
        sa.PrimaryKeyConstraint("client_id", name="pk_reminder_wish"),
    )


def downgrade() -> None:
    for table in ("reminder_wish", "reminder", "goal_rating", "goal", "practice"):
        op.drop_table(table)
    op.drop_column("conversation", "pending")
