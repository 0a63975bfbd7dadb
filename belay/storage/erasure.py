"""Taking a client away: every row, with a tombstone where a safety event was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update

from belay.storage.engine import scrub, writing
from belay.storage.practice_tables import goal, goal_rating, practice, reminder, reminder_wish
from belay.storage.safety_tables import safety_alert, safety_choice
from belay.storage.tables import (
    answer,
    client,
    coach_view,
    conversation,
    counterpart,
    download,
    erasure_permit,
    happening,
    inbox,
    message,
    outbox,
    run,
    safety_event,
)

TOMBSTONE = "erased at the client's request"


def erase_client(connection: Connection, client_id: str, at: datetime) -> None:
    """Delete every row of a client; safety events keep day and tier only.

    Runs inside the caller's transaction.
    """
    talks = select(conversation.c.id).where(conversation.c.client_id == client_id)
    runs = select(run.c.id).where(run.c.client_id == client_id)
    connection.execute(delete(answer).where(answer.c.run_id.in_(runs)))
    goals = select(goal.c.id).where(goal.c.client_id == client_id)
    connection.execute(delete(goal_rating).where(goal_rating.c.goal_id.in_(goals)))
    for table in (run, counterpart, message, happening, download):
        connection.execute(delete(table).where(table.c.client_id == client_id))
    for table in (practice, goal, reminder, reminder_wish):
        connection.execute(delete(table).where(table.c.client_id == client_id))
    connection.execute(delete(coach_view).where(coach_view.c.client_id == client_id))
    for table in (inbox, outbox):
        connection.execute(delete(table).where(table.c.conversation_id.in_(talks)))
    events = connection.execute(
        select(safety_event.c.id, safety_event.c.at).where(safety_event.c.client_id == client_id)
    ).all()
    for event_id, happened in events:
        connection.execute(insert(erasure_permit).values(event_id=event_id))
        for table in (safety_choice, safety_alert):
            connection.execute(delete(table).where(table.c.event_id == event_id))
        connection.execute(
            update(safety_event)
            .where(safety_event.c.id == event_id)
            .values(
                client_id=None,
                conversation_id=None,
                at=happened.replace(hour=0, minute=0, second=0, microsecond=0),
                route=None,
                layer=None,
                rule=None,
                reply=None,
                span_hash=None,
                note=TOMBSTONE,
            )
        )
        connection.execute(delete(erasure_permit).where(erasure_permit.c.event_id == event_id))
    connection.execute(delete(conversation).where(conversation.c.client_id == client_id))
    connection.execute(delete(client).where(client.c.id == client_id))


class Erasure:
    """Erasure outside of a turn, for the operator."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def conversations(self, client_id: str) -> list[str]:
        """Ids of a client's conversations."""
        query = select(conversation.c.id).where(conversation.c.client_id == client_id)
        with self._engine.connect() as connection:
            return [str(row[0]) for row in connection.execute(query)]

    def erase(self, client_id: str, at: datetime) -> bool:
        """Erase a client. False when there is none with this id."""
        with writing(self._engine).begin() as connection:
            known = connection.execute(select(client.c.id).where(client.c.id == client_id)).first()
            if known is None:
                return False
            erase_client(connection, client_id, at)
        scrub(self._engine)
        return True
