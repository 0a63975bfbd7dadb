"""The PIN before earlier messages, where the website asks for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, select, update

from belay.domain.secrecy import PinLocked, opens
from belay.storage.engine import writing
from belay.storage.rows import from_secrecy, to_secrecy
from belay.storage.tables import client, conversation


class StoredPins:
    """Looks at PINs and counts the wrong ones."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def needed(self, conversation_id: str) -> bool:
        """Whether the client of a conversation has set a PIN."""
        query = (
            select(client.c.secrecy)
            .join(conversation, conversation.c.client_id == client.c.id)
            .where(conversation.c.id == conversation_id)
        )
        with self._engine.connect() as connection:
            return to_secrecy(connection.execute(query).scalar()).pin is not None

    def awaited(self, conversation_id: str) -> str | None:
        """What a conversation waits for in the next message: "pin.new", for example."""
        query = select(conversation.c.safety).where(conversation.c.id == conversation_id)
        with self._engine.connect() as connection:
            awaits = (connection.execute(query).scalar() or {}).get("awaits")
        return str(awaits) if awaits else None

    def opens(self, conversation_id: str, pin: str, now: datetime) -> bool:
        """Whether this is the PIN. A wrong one is counted.

        Raises:
            PinLocked: too many were wrong, this one perhaps the last; says until when.
        """
        query = (
            select(client.c.id, client.c.secrecy)
            .join(conversation, conversation.c.client_id == client.c.id)
            .where(conversation.c.id == conversation_id)
            .with_for_update()
        )
        with writing(self._engine).begin() as connection:
            row = connection.execute(query).first()
            if row is None:
                return False
            secrecy = to_secrecy(row[1])
            right = opens(secrecy, pin, now)
            connection.execute(
                update(client).where(client.c.id == row[0]).values(secrecy=from_secrecy(secrecy))
            )
        # Raised out here: the count above has to be kept.
        if not right and secrecy.locked_until is not None:
            raise PinLocked(secrecy.locked_until)
        return right
