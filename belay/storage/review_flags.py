"""Safety events as coaches see them: who is next, what was chosen, who saw and closed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from belay.domain.masking import pseudonym
from belay.domain.safety import Phase
from belay.storage.reviewed import SafetyFlag
from belay.storage.safety_tables import safety_choice
from belay.storage.tables import client, coach, conversation, safety_event, safety_review

SEEN = "seen"
CLOSED = "closed"
AT_MOST = 200
ALLOWED = and_(client.c.may_use.is_(True), client.c.may_review.is_(True))


def is_unseen() -> Any:
    """The condition that nobody has marked an event."""
    seen = select(safety_review.c.event_id).where(safety_review.c.act == SEEN)
    return safety_event.c.id.not_in(seen)


def flags_of(connection: Connection, *conditions: Any) -> list[SafetyFlag]:
    """Events of clients who allow review: unseen first, worst first, then the latest."""
    seen, closed = _first(SEEN), _first(CLOSED)
    who_saw, who_closed = coach.alias("who_saw"), coach.alias("who_closed")
    query = (
        select(
            safety_event,
            seen.c.at.label("seen_at"),
            who_saw.c.name.label("seen_by"),
            closed.c.at.label("closed_at"),
            who_closed.c.name.label("closed_by"),
        )
        .join(client, client.c.id == safety_event.c.client_id)
        .outerjoin(seen, seen.c.event_id == safety_event.c.id)
        .outerjoin(who_saw, who_saw.c.id == seen.c.coach_id)
        .outerjoin(closed, closed.c.event_id == safety_event.c.id)
        .outerjoin(who_closed, who_closed.c.id == closed.c.coach_id)
        .where(ALLOWED, *conditions)
        .order_by(
            seen.c.at.is_not(None),
            safety_event.c.tier.desc(),
            safety_event.c.at.desc(),
            safety_event.c.id,
        )
        .limit(AT_MOST)
    )
    rows = list(connection.execute(query).mappings())
    chosen = _choices(connection, [row["id"] for row in rows])
    return [
        SafetyFlag(
            id=row["id"],
            conversation_id=row["conversation_id"],
            client=pseudonym(row["client_id"]),
            at=row["at"],
            tier=row["tier"],
            route=row["route"],
            layer=row["layer"],
            rule=row["rule"],
            choices=tuple(chosen.get(row["id"], ())),
            seen_by=row["seen_by"],
            seen_at=row["seen_at"],
            closed_by=row["closed_by"],
            closed_at=row["closed_at"],
        )
        for row in rows
    ]


def mark(
    connection: Connection, event_id: str, coach_id: str, now: datetime, act: str
) -> SafetyFlag | None:
    """Write down that a coach saw or closed an event; the first one stands.

    Closing is seeing as well, and opens the conversation again if it still waits for this.
    """
    found = flags_of(connection, safety_event.c.id == event_id)
    if not found:
        return None
    flag = found[0]
    acts = [SEEN] if flag.seen_at is None else []
    if act == CLOSED and flag.closed_at is None:
        acts.append(CLOSED)
        _reopen(connection, flag)
    for one in acts:
        connection.execute(
            insert(safety_review).values(event_id=event_id, coach_id=coach_id, act=one, at=now)
        )
    return flags_of(connection, safety_event.c.id == event_id)[0] if acts else flag


def _reopen(connection: Connection, flag: SafetyFlag) -> None:
    """A person ends the crisis; a turn that is planned just now is planned again."""
    talk = connection.execute(
        select(conversation.c.safety, conversation.c.version).where(
            conversation.c.id == flag.conversation_id
        )
    ).first()
    if talk is None or talk.safety.get("event_id") != flag.id:
        return
    if talk.safety.get("phase") not in (Phase.CHECK.value, Phase.CRISIS.value):
        return
    connection.execute(
        update(conversation)
        .where(conversation.c.id == flag.conversation_id)
        .values(
            safety={**talk.safety, "phase": Phase.AFTERCARE.value},
            version=talk.version + 1,
        )
    )


def _first(act: str) -> Any:
    ids = (
        select(func.min(safety_review.c.id))
        .where(safety_review.c.act == act)
        .group_by(safety_review.c.event_id)
    )
    return select(safety_review).where(safety_review.c.id.in_(ids)).subquery()


def _choices(connection: Connection, event_ids: Sequence[str]) -> dict[str, list[str]]:
    query = (
        select(safety_choice.c.event_id, safety_choice.c.choice)
        .where(safety_choice.c.event_id.in_(event_ids))
        .order_by(safety_choice.c.id)
    )
    found: dict[str, list[str]] = {}
    for event_id, choice in connection.execute(query):
        found.setdefault(event_id, []).append(choice)
    return found
