"""The safety events' own table: append, and count without identifiers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, func, insert, select

from belay.domain.safety import SafetyEvent
from belay.storage.engine import writing
from belay.storage.tables import conversation, safety_event


class SafetyLog:
    """Append-only; a trigger refuses changes (see `tables`)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, event: SafetyEvent) -> None:
        """Record an event that was spooled while the database was away; once by its id.

        The spool knows the conversation only. One that is not here (never stored, or erased
        since) leaves no identifier behind.
        """
        row = dict(vars(event))
        row.pop("choice", None)
        owner = select(conversation.c.client_id).where(conversation.c.id == event.conversation_id)
        with writing(self._engine).begin() as connection:
            known = connection.execute(
                select(safety_event.c.id).where(safety_event.c.id == event.id)
            ).first()
            if known is None:
                row["client_id"] = connection.execute(owner).scalar_one_or_none()
                if row["client_id"] is None:
                    row["conversation_id"] = None
                connection.execute(insert(safety_event).values(**row))

    def counts(self, since: datetime) -> list[tuple[str, int, int]]:
        """Route, tier and number of events since a moment."""
        route = func.coalesce(safety_event.c.route, "erased")
        query = (
            select(route, safety_event.c.tier, func.count())
            .where(safety_event.c.at >= since)
            .group_by(route, safety_event.c.tier)
            .order_by(route, safety_event.c.tier)
        )
        with self._engine.connect() as connection:
            return [(str(row[0]), int(row[1]), int(row[2])) for row in connection.execute(query)]
