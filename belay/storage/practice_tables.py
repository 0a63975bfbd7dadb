"""Tables of the loop back to life: practices, goals with their ratings, reminders, wishes."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from belay.storage.schema import Moment, metadata


def _client() -> Column[str]:
    return Column(
        "client_id", ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True
    )


practice = Table(
    "practice",
    metadata,
    Column("id", String(32), primary_key=True),
    _client(),
    Column("made_at", Moment, nullable=False),
    Column("run_id", String(32), index=True),
    Column("exercise_id", String(60)),
    Column("counterpart_id", String(32)),
    Column("plan", Text),
    Column("opening", Text),
    Column("fear", Text),
    Column("happened", Text),
    Column("tried", String(12)),
    Column("compared", String(12)),
    Column("next_step", String(12)),
    Column("asked_at", Moment),
    Column("reported_at", Moment),
    Column("closed_at", Moment),
)

goal = Table(
    "goal",
    metadata,
    Column("id", String(32), primary_key=True),
    _client(),
    Column("made_at", Moment, nullable=False),
    Column("text", Text),
    # Level to the client's own words.
    Column("steps", JSON, nullable=False, default=dict),
    Column("ending", String(12)),
    Column("closed_at", Moment),
)

goal_rating = Table(
    "goal_rating",
    metadata,
    Column("goal_id", ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("level", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

# A reminder goes out in the transaction that marks it as sent: never twice.
reminder = Table(
    "reminder",
    metadata,
    Column("id", String(32), primary_key=True),
    _client(),
    Column("practice_id", String(32)),
    Column("kind", String(12), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("status", String(12), nullable=False),
    Column("settled_at", Moment),
    Index("ix_reminder_due", "status", "due_at"),
)

reminder_wish = Table(
    "reminder_wish",
    metadata,
    Column("client_id", ForeignKey("client.id", ondelete="CASCADE"), primary_key=True),
    Column("zone", String(60)),
    Column("stopped", Boolean, nullable=False, default=False),
    # Hours of their own clock without reminders; None: those of the house.
    Column("quiet_from", Integer),
    Column("quiet_until", Integer),
)
