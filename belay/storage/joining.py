"""Two clients become one, and one conversation becomes its own client again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, delete, insert, select, update

from belay.domain.client import Consents, Risk
from belay.domain.linking import merged, merged_age
from belay.storage.link_tables import link_code, reminder_channel
from belay.storage.schema import metadata
from belay.storage.tables import (
    client,
    conversation,
    counterpart,
    erasure_permit,
    outbox,
    run,
    safety_event,
)

# Worse first: of two answers about the same person, the worse one holds.
WORST_FIRST = (Risk.RED, Risk.WATCH, Risk.UNKNOWN, Risk.NONE)
OPEN_PHASES = ("crisis", "check")
SHARED = ("phase", "route", "tier", "since", "asked", "event_id")
# What a conversation keeps when it becomes somebody's own again; all else begins anew.
STAYS = {"id", "client_id", "channel", "address", "started_at", "last_at", "version", "serial"}


def join(connection: Connection, second: str, first: str, talk: str, at: datetime) -> None:
    """Move everything of the client `second` to the client `first`; `second` is no more.

    Consents: of each, the more private one. A running exercise of the second is paused.
    People that both talk about are one, with the worse of the answers about them. `talk` is
    the conversation that joins; an open safety check of either side holds in both.
    """
    _merge_clients(connection, second, first)
    _merge_people(connection, second, first)
    connection.execute(
        update(run)
        .where(run.c.client_id == second, run.c.state == "active")
        .values(state="paused", changed_at=at)
    )
    _share_safety(connection, first, talk)
    _move_events(connection, safety_event.c.client_id == second, {"client_id": first})
    for table in metadata.sorted_tables:
        if table is not safety_event and "client_id" in table.c:
            _move(connection, table, second, first)
    connection.execute(delete(client).where(client.c.id == second))
    _outdate(connection, first)


def unlink(connection: Connection, owner: str, talk: str, turn_id: str, at: datetime) -> None:
    """Make a conversation its own, new client's. What was said there stays with the owner."""
    staying = (
        select(conversation.c.id)
        .where(conversation.c.client_id == owner, conversation.c.id != talk)
        .order_by(conversation.c.last_at.desc())
        .limit(1)
    )
    keeper = connection.execute(staying).scalar_one()
    fresh = uuid4().hex
    connection.execute(insert(client).values(id=fresh, created_at=at, invented=False))
    for table in metadata.sorted_tables:
        if "client_id" in table.c and "conversation_id" in table.c and table is not safety_event:
            if table in (link_code, reminder_channel):
                connection.execute(delete(table).where(table.c.conversation_id == talk))
            else:
                connection.execute(
                    update(table)
                    .where(table.c.client_id == owner, table.c.conversation_id == talk)
                    .values(conversation_id=keeper)
                )
    _move_events(connection, safety_event.c.conversation_id == talk, {"conversation_id": keeper})
    connection.execute(
        update(outbox)
        .where(outbox.c.conversation_id == talk, outbox.c.turn_id != turn_id)
        .where(outbox.c.payload.is_not(None))
        .values(payload=None, status="expired")
    )
    anew = {column.name: None for column in conversation.c if column.nullable}
    connection.execute(
        update(conversation)
        .where(conversation.c.id == talk)
        .values(
            {name: value for name, value in anew.items() if name not in STAYS}
            | {"client_id": fresh, "buttons": [], "safety": {}, "recent": [], "misses": 0}
        )
    )
    _outdate(connection, owner)
    _outdate(connection, fresh)


def _merge_clients(connection: Connection, second: str, first: str) -> None:
    found = {
        row.id: row
        for row in connection.execute(select(client).where(client.c.id.in_((first, second))))
    }
    one, other = found[first], found[second]
    known = {
        name: value if value is not None else getattr(other, name)
        for name, value in one._mapping.items()
    }
    consents = merged(
        Consents(one.may_use, one.may_save, one.may_review),
        Consents(other.may_use, other.may_save, other.may_review),
    )
    connection.execute(
        update(client)
        .where(client.c.id == first)
        .values(
            known
            | {
                "created_at": min(one.created_at, other.created_at),
                "adult": merged_age(one.adult, other.adult),
                "may_use": consents.use,
                "may_save": consents.save,
                "may_review": consents.review,
            }
        )
    )


def _merge_people(connection: Connection, second: str, first: str) -> None:
    known = {
        (row.role, row.words.casefold()): row
        for row in connection.execute(select(counterpart).where(counterpart.c.client_id == first))
    }
    for row in connection.execute(select(counterpart).where(counterpart.c.client_id == second)):
        same = known.get((row.role, row.words.casefold()))
        if same is None:
            continue
        worse = min(Risk(row.risk), Risk(same.risk), key=WORST_FIRST.index)
        asked = [when for when in (row.asked_at, same.asked_at) if when is not None]
        connection.execute(
            update(counterpart)
            .where(counterpart.c.id == same.id)
            .values(risk=worse.value, asked_at=max(asked, default=None))
        )
        for table in metadata.sorted_tables:
            if "counterpart_id" in table.c:
                connection.execute(
                    update(table)
                    .where(table.c.counterpart_id == row.id)
                    .values(counterpart_id=same.id)
                )
        connection.execute(delete(counterpart).where(counterpart.c.id == row.id))


def _share_safety(connection: Connection, first: str, talk: str) -> None:
    """What is open on one side is open on the other: the person is one."""
    mine = select(conversation.c.id, conversation.c.safety)
    rows = connection.execute(
        mine.where((conversation.c.client_id == first) | (conversation.c.id == talk))
    ).all()
    opened = [row.safety for row in rows if (row.safety or {}).get("phase") in OPEN_PHASES]
    worst = min(opened, key=lambda one: OPEN_PHASES.index(one["phase"]), default=None)
    if worst is None:
        return
    for row in rows:
        if (row.safety or {}).get("phase") not in OPEN_PHASES:
            state = {**(row.safety or {}), **{name: worst.get(name) for name in SHARED}}
            connection.execute(
                update(conversation).where(conversation.c.id == row.id).values(safety=state)
            )


def _move(connection: Connection, table: Table, second: str, first: str) -> None:
    theirs = table.c.client_id == second
    if table.c.client_id.primary_key:
        # One row a client: what the first has stays, else the second's is taken over.
        taken = select(table.c.client_id).where(table.c.client_id == first)
        if connection.execute(taken).first() is not None:
            connection.execute(delete(table).where(theirs))
            return
    connection.execute(update(table).where(theirs).values(client_id=first))


def _move_events(connection: Connection, which: Any, values: dict[str, str]) -> None:
    """Safety events are append-only; moving one to its person needs the permit of an erasure."""
    for (event_id,) in connection.execute(select(safety_event.c.id).where(which)).all():
        connection.execute(insert(erasure_permit).values(event_id=event_id))
        connection.execute(update(safety_event).where(safety_event.c.id == event_id).values(values))
        connection.execute(delete(erasure_permit).where(erasure_permit.c.event_id == event_id))


def _outdate(connection: Connection, client_id: str) -> None:
    """Turns that were opened before are planned again."""
    connection.execute(
        update(conversation)
        .where(conversation.c.client_id == client_id)
        .values(version=conversation.c.version + 1)
    )
