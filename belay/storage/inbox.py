"""Receiving: each provider message is stored once, in order, and found again after a crash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, insert, select, update

from belay.storage.engine import writing
from belay.storage.tables import client, conversation, inbox


@dataclass(frozen=True)
class Incoming:
    """One message as a channel gives it. `press` is a resolved button, or None."""

    channel: str
    address: str
    provider_id: str
    text: str
    press: dict[str, Any] | None
    at: datetime
    conversation_id: str
    onboarded: bool = False
    invented: bool = False


@dataclass(frozen=True)
class Received:
    """Where a message went. `duplicate` is true when this provider id was here before.

    `look_word` is the hash of the client's own word for "someone is looking".
    """

    inbox_id: str
    conversation_id: str
    client_id: str
    duplicate: bool
    look_word: str | None = None


@dataclass(frozen=True)
class Waiting:
    """An inbox row to be worked."""

    id: str
    number: int
    conversation_id: str
    text: str
    press: dict[str, Any] | None
    received_at: datetime
    attempts: int
    late_told: bool
    key: str = ""


class Inbox:
    """The durable, deduplicated queue of what clients wrote."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, channel: str, address: str) -> tuple[str, str] | None:
        """Client and conversation of an address, or None when it never wrote."""
        query = select(conversation.c.client_id, conversation.c.id).where(
            conversation.c.channel == channel, conversation.c.address == address
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return (row[0], row[1]) if row else None

    def accept(self, incoming: Incoming) -> Received:
        """Store a message, making client and conversation at first contact."""
        with writing(self._engine).begin() as connection:
            known = self._conversation(connection, incoming)
            earlier = connection.execute(
                select(inbox.c.id).where(
                    inbox.c.channel == incoming.channel,
                    inbox.c.provider_id == incoming.provider_id,
                )
            ).first()
            if earlier:
                return Received(earlier[0], known[1], known[0], duplicate=True)
            inbox_id = uuid4().hex
            connection.execute(
                insert(inbox).values(
                    id=inbox_id,
                    conversation_id=known[1],
                    channel=incoming.channel,
                    provider_id=incoming.provider_id,
                    text=incoming.text,
                    press=incoming.press,
                    received_at=incoming.at,
                    status="accepted",
                )
            )
        return Received(inbox_id, known[1], known[0], False, known[2])

    def next_for(self, conversation_id: str) -> Waiting | None:
        """The oldest message of a conversation that is not answered yet."""
        query = (
            select(inbox)
            .where(inbox.c.conversation_id == conversation_id, inbox.c.status == "accepted")
            .order_by(inbox.c.number)
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        return Waiting(
            id=row["id"],
            number=row["number"],
            conversation_id=row["conversation_id"],
            text=row["text"] or "",
            press=row["press"],
            received_at=row["received_at"],
            attempts=row["attempts"],
            late_told=row["late_told"],
            key=f"{row['channel']}/{row['provider_id']}",
        )

    def unfinished(self) -> list[str]:
        """Conversations that have messages to be worked, for the start after a stop."""
        query = select(inbox.c.conversation_id).where(inbox.c.status == "accepted").distinct()
        with self._engine.connect() as connection:
            return [row[0] for row in connection.execute(query)]

    def failed_once(self, inbox_id: str) -> int:
        """Count one failed attempt; returns how many there were."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                update(inbox).where(inbox.c.id == inbox_id).values(attempts=inbox.c.attempts + 1)
            )
            query = select(inbox.c.attempts).where(inbox.c.id == inbox_id)
            return int(connection.execute(query).scalar_one_or_none() or 0)

    def _conversation(
        self, connection: Connection, incoming: Incoming
    ) -> tuple[str, str, str | None]:
        row = connection.execute(
            select(conversation.c.client_id, conversation.c.id, client.c.secrecy)
            .join(client, client.c.id == conversation.c.client_id)
            .where(
                conversation.c.channel == incoming.channel,
                conversation.c.address == incoming.address,
            )
        ).first()
        if row:
            return row[0], row[1], (row[2] or {}).get("word")
        client_id, conversation_id = uuid4().hex, incoming.conversation_id
        connection.execute(
            insert(client).values(
                id=client_id,
                created_at=incoming.at,
                invented=incoming.invented,
                adult=True if incoming.onboarded else None,
                may_use=True if incoming.onboarded else None,
            )
        )
        connection.execute(
            insert(conversation).values(
                id=conversation_id,
                client_id=client_id,
                channel=incoming.channel,
                address=incoming.address,
                started_at=incoming.at,
                noticed_at=incoming.at if incoming.onboarded else None,
                buttons=[],
                safety={},
            )
        )
        return client_id, conversation_id, None
