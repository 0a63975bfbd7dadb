"""Tables of the people side of safety: what clients chose, which alerts went out."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table

from belay.storage.schema import Moment, metadata

# No foreign keys, as for safety_event: both outlive the client, without any identifier.
safety_choice = Table(
    "safety_choice",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(32), nullable=False, index=True),
    Column("choice", String(20), nullable=False),
    Column("at", Moment, nullable=False),
)

safety_alert = Table(
    "safety_alert",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event_id", String(32), nullable=False, index=True),
    Column("way", String(10), nullable=False),
    Column("at", Moment, nullable=False),
    Column("sent", Boolean, nullable=False),
)

# Append-only for every role, as safety_event; what is left after erasure names nobody.
CHOICE_TRIGGERS = (
    """
    CREATE TRIGGER safety_choice_no_update BEFORE UPDATE ON safety_choice
    BEGIN SELECT RAISE(ABORT, 'choices under safety replies are append-only'); END
    """,
    """
    CREATE TRIGGER safety_choice_no_delete BEFORE DELETE ON safety_choice
    WHEN NOT EXISTS (SELECT 1 FROM erasure_permit WHERE event_id = OLD.event_id)
    BEGIN SELECT RAISE(ABORT, 'choices under safety replies are append-only'); END
    """,
)

# The trigger that makes safety events append-only for every role. The one way past it is a
# row in erasure_permit, written and removed inside the erasure's own transaction.
EVENT_TRIGGERS = (
    """
    CREATE TRIGGER safety_event_no_update BEFORE UPDATE ON safety_event
    WHEN NOT EXISTS (SELECT 1 FROM erasure_permit WHERE event_id = OLD.id)
    BEGIN SELECT RAISE(ABORT, 'safety events are append-only'); END
    """,
    """
    CREATE TRIGGER safety_event_no_delete BEFORE DELETE ON safety_event
    BEGIN SELECT RAISE(ABORT, 'safety events are append-only'); END
    """,
)
