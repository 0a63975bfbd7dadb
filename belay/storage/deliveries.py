"""What a push channel still has to hand over, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update

from belay.storage.engine import writing
from belay.storage.link_tables import unreachable
from belay.storage.tables import conversation, outbox


@dataclass(frozen=True)
class Due:
    """One reply that waits, with where it goes."""

    cursor: int
    conversation_id: str
    address: str
    payload: dict[str, Any]
    attempts: int
    created_at: datetime


@dataclass(frozen=True)
class Trouble:
    """What did not arrive in one channel since some moment, and who blocked us; counts only."""

    channel: str
    failed: int
    blocked: int


class Deliveries:
    """The courier's view of the outbox."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, channel: str, now: datetime) -> dict[str, list[Due]]:
        """What can be sent now by conversation, each in order.

        A reply that waits for its next try holds back those behind it.
        """
        query = (
            select(outbox, conversation.c.address)
            .join(conversation, conversation.c.id == outbox.c.conversation_id)
            .where(conversation.c.channel == channel, outbox.c.status == "waiting")
            .order_by(outbox.c.id)
        )
        found: dict[str, list[Due]] = {}
        held = set()
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                talk = row["conversation_id"]
                if talk in held:
                    continue
                if row["next_at"] is not None and row["next_at"] > now:
                    held.add(talk)
                    continue
                found.setdefault(talk, []).append(
                    Due(
                        cursor=row["id"],
                        conversation_id=talk,
                        address=row["address"],
                        payload=row["payload"] or {},
                        attempts=row["attempts"],
                        created_at=row["created_at"],
                    )
                )
        return found

    def waits(self, cursor: int) -> bool:
        """Whether a reply still is to be sent."""
        query = select(outbox.c.id).where(outbox.c.id == cursor, outbox.c.status == "waiting")
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def next_at(self, channel: str) -> datetime | None:
        """When the next try of a channel is due, or None when nothing waits for its time."""
        query = (
            select(func.min(outbox.c.next_at))
            .join(conversation, conversation.c.id == outbox.c.conversation_id)
            .where(conversation.c.channel == channel, outbox.c.status == "waiting")
        )
        with self._engine.connect() as connection:
            found: datetime | None = connection.execute(query).scalar()
        return found

    def later(self, cursor: int, next_at: datetime) -> None:
        """This try failed; the next one is at `next_at`."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.id == cursor, outbox.c.status == "waiting")
                .values(attempts=outbox.c.attempts + 1, next_at=next_at)
            )

    def give_up(self, cursor: int, now: datetime, *, expired: bool = False) -> None:
        """Never to be sent: the text goes at once, the row stays to be counted."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.id == cursor, outbox.c.status == "waiting")
                .values(
                    status="expired" if expired else "failed",
                    attempts=outbox.c.attempts + 1,
                    payload=None,
                    delivered_at=now,
                )
            )

    def cannot_reach(self, conversation_id: str, reason: str, now: datetime) -> None:
        """Somebody cannot be written to any more: what waits for them is given up."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                delete(unreachable).where(unreachable.c.conversation_id == conversation_id)
            )
            known = select(conversation.c.id).where(conversation.c.id == conversation_id)
            if connection.execute(known).first() is None:
                return
            connection.execute(
                insert(unreachable).values(conversation_id=conversation_id, reason=reason, at=now)
            )
            connection.execute(
                update(outbox)
                .where(outbox.c.conversation_id == conversation_id)
                .where(outbox.c.status == "waiting")
                .values(status="failed", payload=None, delivered_at=now)
            )

    def reached(self, conversation_id: str) -> bool:
        """They wrote again, so they can be written to. True when they could not before."""
        known = select(unreachable.c.at).where(unreachable.c.conversation_id == conversation_id)
        with self._engine.connect() as connection:
            if connection.execute(known).first() is None:
                return False
        with writing(self._engine).begin() as connection:
            connection.execute(
                delete(unreachable).where(unreachable.c.conversation_id == conversation_id)
            )
        return True

    def troubles(self, since: datetime) -> list[Trouble]:
        """What failed since a moment and who cannot be reached, by channel."""
        failed = (
            select(conversation.c.channel, func.count())
            .join(outbox, outbox.c.conversation_id == conversation.c.id)
            .where(outbox.c.status == "failed", outbox.c.delivered_at >= since)
            .group_by(conversation.c.channel)
        )
        blocked = (
            select(conversation.c.channel, func.count())
            .join(unreachable, unreachable.c.conversation_id == conversation.c.id)
            .group_by(conversation.c.channel)
        )
        with self._engine.connect() as connection:
            lost = {row[0]: row[1] for row in connection.execute(failed)}
            away = {row[0]: row[1] for row in connection.execute(blocked)}
        return [
            Trouble(name, lost.get(name, 0), away.get(name, 0))
            for name in sorted(lost.keys() | away.keys())
        ]
