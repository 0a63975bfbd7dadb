"""What a client takes back is taken out of the transcript too, wherever it was said or quoted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from belay.storage.tables import message

# A word or two would be found everywhere.
SHORTEST = 4


def unsay(connection: Connection, client_id: str, said: Iterable[str | None], at: datetime) -> None:
    """Blank every message of a client that holds one of these texts, in its words or its card."""
    gone = [one for one in said if one and len(one) >= SHORTEST]
    if not gone:
        return
    kept = select(message.c.id, message.c.text, message.c.extra).where(
        message.c.client_id == client_id, message.c.blanked_at.is_(None)
    )
    for message_id, text, extra in connection.execute(kept).all():
        shown = _shown(text, extra)
        if any(one in shown for one in gone):
            connection.execute(
                update(message)
                .where(message.c.id == message_id)
                .values(text=None, extra={}, blanked_at=at)
            )


def _shown(text: str | None, extra: dict[str, Any]) -> str:
    card = extra.get("card") or {}
    titles = [str(one.get("title", "")) for one in extra.get("buttons") or ()]
    return "\n".join([text or "", str(card.get("title", "")), str(card.get("text", "")), *titles])
