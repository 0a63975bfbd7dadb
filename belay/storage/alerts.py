"""Which safety events people have to be told of, and which alerts went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, and_, case, func, insert, select

from belay.storage.engine import writing
from belay.storage.safety_tables import safety_alert
from belay.storage.tables import client, safety_event, safety_review

SINCE = timedelta(days=7)
TIER = 2


@dataclass(frozen=True)
class DueAlert:
    """An event nobody has seen. `told` counts alerts that went out before this one."""

    event_id: str
    tier: int
    at: datetime
    told: int


class AlertLog:
    """Reads what is due and writes down what was tried."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, way: str, now: datetime, again: timedelta, at_most: int) -> list[DueAlert]:
        """Unseen events to tell of by one way: new ones, and those unread past the target.

        Only events that coaches may open: of the others nobody could do anything, and the
        client was told that no person reads along. Worst first.
        """
        tried = safety_alert.alias()
        sent = func.sum(case((tried.c.sent.is_(True), 1), else_=0))
        last = func.max(case((tried.c.sent.is_(True), tried.c.at), else_=None))
        seen = select(safety_review.c.event_id)
        query = (
            select(
                safety_event.c.id,
                safety_event.c.tier,
                safety_event.c.at,
                func.coalesce(sent, 0).label("told"),
                last.label("last"),
            )
            .join(client, client.c.id == safety_event.c.client_id)
            .outerjoin(tried, and_(tried.c.event_id == safety_event.c.id, tried.c.way == way))
            .where(client.c.may_use.is_(True), client.c.may_review.is_(True))
            .where(client.c.invented.is_(False), safety_event.c.tier >= TIER)
            .where(safety_event.c.at > now - SINCE, safety_event.c.id.not_in(seen))
            .group_by(safety_event.c.id, safety_event.c.tier, safety_event.c.at)
            .order_by(safety_event.c.tier.desc(), safety_event.c.at)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            DueAlert(row.id, row.tier, row.at, int(row.told))
            for row in rows
            if row.told < at_most and (row.last is None or now - row.last >= again)
        ]

    def tried(self, alert: DueAlert, way: str, now: datetime, *, sent: bool) -> None:
        """Write down that an alert was tried."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                insert(safety_alert).values(event_id=alert.event_id, way=way, at=now, sent=sent)
            )
