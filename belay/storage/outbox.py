"""Delivering: what waits for a client, by cursor; texts are blanked once they arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select, update

from belay.storage.engine import writing
from belay.storage.tables import client, conversation, message, outbox, run


@dataclass(frozen=True)
class Posted:
    """One message on its way. `cursor` grows; `payload` is None once blanked."""

    cursor: int
    conversation_id: str
    turn_id: str
    kind: str
    payload: dict[str, Any] | None
    created_at: datetime


class Outbox:
    """The replies that wait for delivery."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def after(self, conversation_id: str, cursor: int) -> list[Posted]:
        """What a conversation has after a cursor and can still be shown."""
        query = (
            select(outbox)
            .where(outbox.c.conversation_id == conversation_id, outbox.c.id > cursor)
            .where(outbox.c.payload.is_not(None))
            .order_by(outbox.c.id)
        )
        return self._read(query)

    def waiting(self, channel: str, now: datetime) -> list[Posted]:
        """Undelivered messages of a channel that are due, oldest first."""
        query = (
            select(outbox)
            .join(conversation, conversation.c.id == outbox.c.conversation_id)
            .where(conversation.c.channel == channel, outbox.c.status == "waiting")
            .where((outbox.c.next_at.is_(None)) | (outbox.c.next_at <= now))
            .order_by(outbox.c.id)
        )
        return self._read(query)

    def last_cursor(self, conversation_id: str) -> int:
        """The newest cursor of a conversation; 0 when it has nothing."""
        query = select(func.max(outbox.c.id)).where(outbox.c.conversation_id == conversation_id)
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one() or 0)

    def delivered(self, conversation_id: str, up_to: int, now: datetime) -> None:
        """Everything up to a cursor arrived: blank it, and what the client did not keep."""
        with writing(self._engine).begin() as connection:
            arrived = connection.execute(
                update(outbox)
                .where(outbox.c.conversation_id == conversation_id, outbox.c.id <= up_to)
                .where(outbox.c.status == "waiting")
                .values(status="delivered", delivered_at=now, payload=None)
            )
            if arrived.rowcount == 0:
                return
            person = connection.execute(
                select(client.c.id, client.c.may_save)
                .join(conversation, conversation.c.client_id == client.c.id)
                .where(conversation.c.id == conversation_id)
            ).first()
            if person is None or person.may_save:
                return
            held = select(run.c.id).where(run.c.state.in_(("active", "paused")))
            talks = select(conversation.c.id).where(conversation.c.client_id == person.id)
            on_the_way = select(outbox.c.turn_id).where(
                outbox.c.conversation_id.in_(talks), outbox.c.status == "waiting"
            )
            # Everything that arrived, so that words kept before saving was switched off go too.
            connection.execute(
                update(message)
                .where(message.c.client_id == person.id, message.c.blanked_at.is_(None))
                .where(message.c.turn_id.not_in(on_the_way))
                .where(message.c.run_id.is_(None) | message.c.run_id.not_in(held))
                .values(text=None, extra={}, blanked_at=now)
            )

    def failed(self, cursor: int, next_at: datetime | None) -> None:
        """A delivery failed: try again at `next_at`, or give up visibly when None."""
        values: dict[str, Any] = {"attempts": outbox.c.attempts + 1, "next_at": next_at}
        if next_at is None:
            values["status"] = "failed"
        with writing(self._engine).begin() as connection:
            connection.execute(update(outbox).where(outbox.c.id == cursor).values(values))

    def _read(self, query: Any) -> list[Posted]:
        with self._engine.connect() as connection:
            return [
                Posted(
                    cursor=row["id"],
                    conversation_id=row["conversation_id"],
                    turn_id=row["turn_id"],
                    kind=row["kind"],
                    payload=row["payload"],
                    created_at=row["created_at"],
                )
                for row in connection.execute(query).mappings()
            ]
