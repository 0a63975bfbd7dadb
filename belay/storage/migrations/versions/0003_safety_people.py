"""The people side of safety: choices, alerts, secrecy, gates asked again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from belay.storage.safety_tables import CHOICE_TRIGGERS
from belay.storage.schema import Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Plain ADD COLUMN: remaking safety_event would lose its triggers.
    op.add_column("client", sa.Column("secrecy", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("run", sa.Column("after_gate", sa.String(80), nullable=True))
    op.add_column("safety_event", sa.Column("span_hash", sa.String(16), nullable=True))
    op.create_table(
        "safety_choice",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(32), nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_safety_choice"),
    )
    op.create_index("ix_safety_choice_event_id", "safety_choice", ["event_id"])
    op.create_table(
        "safety_alert",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(32), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_safety_alert"),
    )
    op.create_index("ix_safety_alert_event_id", "safety_alert", ["event_id"])
    if op.get_bind().dialect.name == "sqlite":
        for trigger in CHOICE_TRIGGERS:
            op.execute(trigger)


def downgrade() -> None:
    op.drop_table("safety_alert")
    op.drop_table("safety_choice")
    op.drop_column("safety_event", "span_hash")
    op.drop_column("run", "after_gate")
    op.drop_column("client", "secrecy")
