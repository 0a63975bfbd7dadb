"""Invented clients for demonstrations: written whole, replaced whole, taken away whole.

They are clients like any other to everything that reads, marked `invented`, in a channel of
their own so that nothing else is ever replaced with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from belay.domain.client import Client, Counterpart
from belay.domain.conversation import Conversation
from belay.domain.run import Run
from belay.domain.safety import SafetyEvent
from belay.domain.turn import Happening
from belay.storage import rows
from belay.storage.engine import writing
from belay.storage.erasure import erase_client
from belay.storage.tables import (
    answer,
    client,
    conversation,
    counterpart,
    erasure_permit,
    happening,
    message,
    run,
    safety_event,
    safety_review,
)

__all__ = ["CHANNEL", "REMOVED", "Engine", "InventedClient", "InventedClients", "InventedMessage"]

CHANNEL = "demo"
# Safety events cannot be deleted; an invented one that was taken away says so and is not shown.
REMOVED = "invented, taken away"


@dataclass(frozen=True)
class InventedMessage:
    """One line of an invented transcript. `text` is None where it was not kept."""

    author: str
    at: datetime
    turn_id: str
    text: str | None
    line: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    intent: str | None = None
    confidence: float | None = None
    tier: int = 0
    step: str | None = None
    run_id: str | None = None


@dataclass(frozen=True)
class InventedClient:
    """One invented client with a conversation and everything that came of it."""

    client: Client
    conversation: Conversation
    counterparts: Sequence[Counterpart] = ()
    runs: Sequence[Run] = ()
    messages: Sequence[InventedMessage] = ()
    happenings: Sequence[Happening] = ()
    safety_events: Sequence[SafetyEvent] = ()


class InventedClients:
    """Puts invented clients in and takes them out."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def replace(self, invented: Sequence[InventedClient], now: datetime) -> None:
        """Take out the invented clients that are there and put these in, in one transaction."""
        with writing(self._engine).begin() as connection:
            _remove(connection, now)
            for one in invented:
                _put(connection, one)

    def remove(self, now: datetime) -> int:
        """Take out the invented clients; returns how many there were."""
        with writing(self._engine).begin() as connection:
            return _remove(connection, now)


def _remove(connection: Connection, now: datetime) -> int:
    query = (
        select(client.c.id)
        .join(conversation, conversation.c.client_id == client.c.id)
        .where(client.c.invented.is_(True), conversation.c.channel == CHANNEL)
    )
    there = [row[0] for row in connection.execute(query)]
    for client_id in there:
        events = [
            row[0]
            for row in connection.execute(
                select(safety_event.c.id).where(safety_event.c.client_id == client_id)
            )
        ]
        erase_client(connection, client_id, now)
        connection.execute(delete(safety_review).where(safety_review.c.event_id.in_(events)))
        for event_id in events:
            _change_event(connection, event_id, {"note": REMOVED})
    return len(there)


def _put(connection: Connection, one: InventedClient) -> None:
    talk = one.conversation
    connection.execute(
        insert(client).values(id=one.client.id, invented=True, **rows.from_client(one.client))
    )
    connection.execute(
        insert(conversation).values(
            id=talk.id,
            client_id=one.client.id,
            channel=CHANNEL,
            address=talk.address,
            started_at=talk.started_at,
            version=talk.version,
            **rows.from_conversation(talk),
        )
    )
    people = [rows.from_counterpart(other, one.client.id) for other in one.counterparts]
    answers = [
        rows.from_answer(exercise.id, place, said)
        for exercise in one.runs
        for place, said in enumerate(exercise.answers)
    ]
    happened = [
        _happening_row(event, talk.id, one.client.id, number)
        for number, event in enumerate(one.happenings)
    ]
    for table, made in (
        (counterpart, people),
        (run, [rows.from_run(exercise) for exercise in one.runs]),
        (answer, answers),
        (message, [_message_row(line, one) for line in one.messages]),
        (happening, happened),
    ):
        if made:
            connection.execute(insert(table), made)
    for flag in one.safety_events:
        _put_event(connection, flag)


def _happening_row(
    event: Happening, conversation_id: str, client_id: str, number: int
) -> dict[str, Any]:
    return {
        "client_id": client_id,
        "conversation_id": conversation_id,
        "turn_id": f"{conversation_id[:24]}{number:08x}",
        "kind": event.kind,
        "at": event.at,
        "data": event.data,
        "content_version": CHANNEL,
        "model_version": CHANNEL,
    }


def _message_row(line: InventedMessage, one: InventedClient) -> dict[str, Any]:
    return {
        "client_id": one.client.id,
        "conversation_id": one.conversation.id,
        "turn_id": line.turn_id,
        "run_id": line.run_id,
        "author": line.author,
        "line": line.line,
        "text": line.text,
        "extra": line.extra if line.text is not None else {},
        "intent": line.intent,
        "confidence": None if line.confidence is None else round(line.confidence * 1000),
        "tier": line.tier,
        "step": line.step,
        "at": line.at,
        "blanked_at": line.at if line.text is None else None,
    }


def _put_event(connection: Connection, flag: SafetyEvent) -> None:
    values = {**vars(flag), "note": None}
    known = select(safety_event.c.id).where(safety_event.c.id == flag.id)
    if connection.execute(known).first() is None:
        connection.execute(insert(safety_event).values(values))
    else:
        _change_event(connection, flag.id, values)


def _change_event(connection: Connection, event_id: str, values: dict[str, Any]) -> None:
    connection.execute(insert(erasure_permit).values(event_id=event_id))
    connection.execute(update(safety_event).where(safety_event.c.id == event_id).values(values))
    connection.execute(delete(erasure_permit).where(erasure_permit.c.event_id == event_id))
