"""What coaches may see. Each query joins the client's consents: use and review, both on.

Without both, no row of the client comes out of here, and asking for one by id gives what an
unknown id gives. The one exception is a safety event, which then shows time, tier and route.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, or_, select

from belay.domain.masking import mask, pseudonym
from belay.domain.run import RunState
from belay.storage.engine import writing
from belay.storage.invented import REMOVED
from belay.storage.review_flags import (
    ALLOWED,
    AT_MOST,
    CLOSED,
    SEEN,
    flags_of,
    is_unseen,
    mark,
)
from belay.storage.review_transcript import Reading, is_guess, read_transcript
from belay.storage.reviewed import ClosedFlag, ConversationRow, SafetyFlag, Transcript
from belay.storage.tables import (
    client,
    coach_view,
    conversation,
    message,
    run,
    safety_event,
)


class Review:
    """Reads for coaches, and the two things they write: that they looked, that they saw.

    Args:
        engine: The database.
        mask: Takes names, numbers and addresses out of a text before it leaves storage.
        unsure_below: Confidence under which the understanding of a message counts as a guess.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        mask: Callable[[str], str] = mask,
        unsure_below: float = 0.5,
    ) -> None:
        self._engine = engine
        self._reading = Reading(mask=mask, unsure_below=unsure_below)

    def conversations(self) -> list[ConversationRow]:
        """The queue: open safety events first, worst first, then the latest. At most 200."""
        unseen = (
            select(
                safety_event.c.conversation_id,
                func.count().label("events"),
                func.max(safety_event.c.tier).label("worst"),
            )
            .where(is_unseen())
            .group_by(safety_event.c.conversation_id)
            .subquery()
        )
        events = func.coalesce(unseen.c.events, 0)
        latest = func.coalesce(conversation.c.last_at, conversation.c.started_at)
        query = (
            select(
                conversation.c.id,
                conversation.c.client_id,
                conversation.c.started_at,
                conversation.c.last_at,
                client.c.invented,
                events.label("unseen"),
            )
            .join(client, client.c.id == conversation.c.client_id)
            .outerjoin(unseen, unseen.c.conversation_id == conversation.c.id)
            .where(ALLOWED)
            .order_by(func.coalesce(unseen.c.worst, 0).desc(), latest.desc(), conversation.c.id)
            .limit(AT_MOST)
        )
        with self._engine.connect() as connection:
            found = list(connection.execute(query).mappings())
            runs = _latest_runs(connection, [row["client_id"] for row in found])
            unsure = self._unsure(connection, [row["id"] for row in found])
        return [_to_row(row, runs.get(row["client_id"]), unsure.get(row["id"], 0)) for row in found]

    def transcript(
        self, conversation_id: str, coach_id: str, now: datetime, before: int | None = None
    ) -> Transcript | None:
        """One conversation, or None. That this coach looked is written down first.

        Args:
            conversation_id: Which one.
            coach_id: Who reads.
            now: The moment of reading.
            before: Show the page of messages that came before this message id.
        """
        query = (
            select(conversation, *_person_columns())
            .join(client, client.c.id == conversation.c.client_id)
            .where(conversation.c.id == conversation_id, ALLOWED)
            # Where readers do not exclude writers: no withdrawal halfway through.
            .with_for_update(of=client, read=True)
        )
        with writing(self._engine).begin() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            connection.execute(
                insert(coach_view).values(
                    coach_id=coach_id,
                    client_id=row["client_id"],
                    conversation_id=conversation_id,
                    at=now,
                )
            )
            flags = flags_of(connection, safety_event.c.conversation_id == conversation_id)
            return read_transcript(connection, row, flags, self._reading, before)

    def safety_flags(self) -> list[SafetyFlag]:
        """Safety events of clients who allow review: unseen first, worst first, then the latest."""
        with self._engine.connect() as connection:
            return flags_of(connection)

    def closed_flags(self) -> list[ClosedFlag]:
        """Safety events of everybody else, latest first: time, tier, route."""
        query = (
            select(safety_event.c.at, safety_event.c.tier, safety_event.c.route)
            .outerjoin(client, client.c.id == safety_event.c.client_id)
            .where(
                or_(
                    client.c.id.is_(None),
                    client.c.may_use.is_not(True),
                    client.c.may_review.is_not(True),
                )
            )
            .where(or_(safety_event.c.note.is_(None), safety_event.c.note != REMOVED))
            .order_by(safety_event.c.at.desc())
            .limit(AT_MOST)
        )
        with self._engine.connect() as connection:
            return [ClosedFlag(row[0], row[1], row[2]) for row in connection.execute(query)]

    def unseen(self, conversation_id: str | None = None) -> int:
        """How many safety events wait for a coach, everywhere or in one conversation."""
        query = (
            select(func.count())
            .select_from(safety_event.join(client, client.c.id == safety_event.c.client_id))
            .where(ALLOWED, is_unseen())
        )
        if conversation_id is not None:
            query = query.where(safety_event.c.conversation_id == conversation_id)
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def mark_seen(self, event_id: str, coach_id: str, now: datetime) -> SafetyFlag | None:
        """A coach has seen a safety event. None when there is none that coaches may see.

        The first coach who marks it stands; marking it again changes nothing.
        """
        with writing(self._engine).begin() as connection:
            return mark(connection, event_id, coach_id, now, SEEN)

    def close(self, event_id: str, coach_id: str, now: datetime) -> SafetyFlag | None:
        """A coach has dealt with an event: the chat is open again, the event stays on record."""
        with writing(self._engine).begin() as connection:
            return mark(connection, event_id, coach_id, now, CLOSED)

    def _unsure(self, connection: Connection, conversation_ids: list[str]) -> dict[str, int]:
        query = (
            select(message.c.conversation_id, func.count())
            .join(client, client.c.id == message.c.client_id)
            .where(message.c.conversation_id.in_(conversation_ids), ALLOWED)
            .where(message.c.author == "client")
            .where(is_guess(self._reading.unsure_below))
            .group_by(message.c.conversation_id)
        )
        return {row[0]: int(row[1]) for row in connection.execute(query)}


def _person_columns() -> tuple[Any, ...]:
    return (
        client.c.invented,
        client.c.adult,
        client.c.may_use,
        client.c.may_save,
        client.c.may_review,
        client.c.country,
    )


def _latest_runs(connection: Connection, client_ids: list[str]) -> dict[str, Any]:
    query: Select[Any] = (
        select(
            run.c.client_id,
            run.c.exercise_id,
            run.c.state,
            run.c.rating_before,
            run.c.rating_after,
        )
        .join(client, client.c.id == run.c.client_id)
        .where(run.c.client_id.in_(client_ids), ALLOWED)
        .order_by(func.coalesce(run.c.changed_at, run.c.started_at))
    )
    return {row["client_id"]: row for row in connection.execute(query).mappings()}


def _to_row(row: Any, latest: Any | None, unsure: int) -> ConversationRow:
    return ConversationRow(
        id=row["id"],
        client=pseudonym(row["client_id"]),
        last_at=row["last_at"] or row["started_at"],
        invented=row["invented"],
        exercise_id=latest["exercise_id"] if latest else None,
        state=RunState(latest["state"]) if latest else None,
        before=latest["rating_before"] if latest else None,
        after=latest["rating_after"] if latest else None,
        unsure=unsure,
        unseen=int(row["unseen"]),
    )
