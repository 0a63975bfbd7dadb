"""A client's own reads: progress, kept statements, the whole export, the earlier messages."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, select

from belay.domain.practice import in_life
from belay.services.ports import FinishedExercise, Progress
from belay.storage.engine import writing
from belay.storage.practice_tables import goal, goal_rating, practice, reminder, reminder_wish
from belay.storage.safety_tables import safety_choice
from belay.storage.tables import (
    answer,
    client,
    conversation,
    counterpart,
    download,
    happening,
    message,
    run,
    safety_event,
)


class StoredRecords:
    """Reads for one client. `titles` maps an exercise id to its title."""

    def __init__(self, engine: Engine, titles: dict[str, str]) -> None:
        self._engine = engine
        self._titles = titles

    def progress(self, client_id: str) -> Progress:
        """What was finished and tried so far, oldest first."""
        finished = (
            select(run)
            .where(run.c.client_id == client_id)
            # A statement that is being changed was finished before, and still stands.
            .where((run.c.state == "done") | run.c.artefact_id.is_not(None))
            .order_by(run.c.ended_at)
        )
        with self._engine.connect() as connection:
            rows = list(connection.execute(finished).mappings())
            started = self._count(connection, run, client_id)
            reports = connection.execute(
                select(happening.c.at, happening.c.data)
                .where(happening.c.client_id == client_id)
                .where(happening.c.kind == "practice_report")
                .order_by(happening.c.at)
            ).all()
        return Progress(
            finished=tuple(
                FinishedExercise(
                    run_id=row["id"],
                    exercise_id=row["exercise_id"],
                    title=self._titles.get(row["exercise_id"], row["exercise_id"]),
                    finished_at=row["ended_at"],
                    before=row["rating_before"],
                    after=row["rating_after"],
                    artefact_id=row["artefact_id"],
                    artefact=row["artefact"],
                    plan=row["plan"],
                    opening=row["opening"],
                )
                for row in rows
            ),
            started=started,
            tried_at=tuple(one.at for one in reports if in_life(one.data.get("said"))),
        )

    def artefact(self, client_id: str, artefact_id: str) -> tuple[str, str] | None:
        """Title and text of a kept statement, or None."""
        query = select(run.c.exercise_id, run.c.artefact).where(
            run.c.client_id == client_id, run.c.artefact_id == artefact_id
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None or not row[1]:
            return None
        return self._titles.get(row[0], row[0]), row[1]

    def export(self, client_id: str) -> dict[str, Any]:
        """Everything stored about a client, JSON-ready."""
        with self._engine.connect() as connection:

            def rows(table: Any, condition: Any) -> list[dict[str, Any]]:
                found = connection.execute(select(table).where(condition)).mappings()
                return [{name: _plain(value) for name, value in row.items()} for row in found]

            person = rows(client, client.c.id == client_id)
            for one in person:
                # A PIN could be found out from its hash by whoever holds the file.
                one["secrecy"] = sorted(
                    name for name, kept in (one["secrecy"] or {}).items() if kept
                )
            events = select(safety_event.c.id).where(safety_event.c.client_id == client_id)
            runs = rows(run, run.c.client_id == client_id)
            for one in runs:
                one["answers"] = rows(answer, answer.c.run_id == one["id"])
            goals = rows(goal, goal.c.client_id == client_id)
            for one in goals:
                one["ratings"] = rows(goal_rating, goal_rating.c.goal_id == one["id"])
            return {
                "client": person,
                "conversations": rows(conversation, conversation.c.client_id == client_id),
                "messages": rows(message, message.c.client_id == client_id),
                "people": rows(counterpart, counterpart.c.client_id == client_id),
                "exercises": runs,
                "practices": rows(practice, practice.c.client_id == client_id),
                "goals": goals,
                "reminders": rows(reminder, reminder.c.client_id == client_id),
                "reminder_wishes": rows(reminder_wish, reminder_wish.c.client_id == client_id),
                "events": rows(happening, happening.c.client_id == client_id),
                "safety_events": rows(safety_event, safety_event.c.client_id == client_id),
                "safety_choices": rows(safety_choice, safety_choice.c.event_id.in_(events)),
            }

    def history(
        self, conversation_id: str, before: int | None, limit: int = 30
    ) -> tuple[list[dict[str, Any]], bool]:
        """Earlier messages that still have their text, newest page first, oldest line first."""
        query = (
            select(message)
            .where(_of_same_client(conversation_id), message.c.text.is_not(None))
            .order_by(message.c.id.desc())
            .limit(limit + 1)
        )
        if before is not None:
            query = query.where(message.c.id < before)
        with self._engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
        return rows[:limit][::-1], len(rows) > limit

    def place(self, conversation_id: str) -> tuple[int, int]:
        """The newest message id and the serial of the newest buttons of a conversation."""
        newest = select(func.max(message.c.id)).where(
            message.c.conversation_id == conversation_id, _of_same_client(conversation_id)
        )
        serial = select(conversation.c.serial).where(conversation.c.id == conversation_id)
        with self._engine.connect() as connection:
            latest = connection.execute(newest).scalar()
            return int(latest or 0), int(connection.execute(serial).scalar() or 0)

    def _count(self, connection: Any, table: Any, client_id: str) -> int:
        query = select(func.count()).select_from(table).where(table.c.client_id == client_id)
        return int(connection.execute(query).scalar_one())


def _of_same_client(conversation_id: str) -> Any:
    """Messages of whoever has this conversation, in whatever channel they were said."""
    owner = select(conversation.c.client_id).where(conversation.c.id == conversation_id)
    return message.c.client_id == owner.scalar_subquery()


class StoredDownloads:
    """One-time links to a client's own data; a turn's commit makes them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, token: str, now: datetime) -> str | None:
        """The client of a token, which is used up by this, or None."""
        with writing(self._engine).begin() as connection:
            row = connection.execute(
                select(download.c.client_id, download.c.expires_at).where(
                    download.c.token_hash == hashed(token)
                )
            ).first()
            connection.execute(delete(download).where(download.c.token_hash == hashed(token)))
        return row[0] if row and row[1] > now else None


def hashed(token: str) -> str:
    """What is stored in place of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
