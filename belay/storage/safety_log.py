"""The safety events' own table: append, and count without identifiers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, or_, select

from belay.domain.safety import SafetyEvent
from belay.storage.engine import writing
from belay.storage.invented import REMOVED
from belay.storage.tables import client, conversation, safety_event

ERASED = "erased"


@dataclass(frozen=True, order=True)
class EventCount:
    """How many events of one kind there were in a month (UTC, "2026-03")."""

    month: str
    tier: int
    route: str
    layer: str
    events: int


class SafetyLog:
    """Append-only; a trigger refuses changes (see `safety_tables`)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, event: SafetyEvent) -> None:
        """Record an event that was spooled while the database was away; once by its id.

        The spool knows the conversation only. One that is not here (never stored, or erased
        since) leaves no identifier behind.
        """
        row = dict(vars(event))
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

    def counts(self, since: datetime | None = None) -> list[EventCount]:
        """Events by month, tier, route and layer, oldest first; invented clients left out.

        Events of erased clients keep day and tier: their route and layer are "erased".
        """
        query = (
            select(
                safety_event.c.at, safety_event.c.tier, safety_event.c.route, safety_event.c.layer
            )
            .outerjoin(client, client.c.id == safety_event.c.client_id)
            .where(or_(client.c.id.is_(None), client.c.invented.is_(False)))
            .where(or_(safety_event.c.note.is_(None), safety_event.c.note != REMOVED))
        )
        if since is not None:
            query = query.where(safety_event.c.at >= since)
        with self._engine.connect() as connection:
            counted = Counter(
                (row.at.strftime("%Y-%m"), row.tier, row.route or ERASED, row.layer or ERASED)
                for row in connection.execute(query)
            )
        return sorted(EventCount(*key, number) for key, number in counted.items())
