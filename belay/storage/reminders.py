"""Reminders that are due, and the one transaction that sends each of them at most once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, func, insert, select, update

from belay.domain.client import Risk
from belay.domain.pending import Pending
from belay.domain.practice import Practice
from belay.domain.reminder import WEEK, Facts, Quiet, Reminder, Status, Wishes
from belay.domain.reply import Reply
from belay.domain.safety import Phase
from belay.domain.zones import zone_named
from belay.storage.engine import writing
from belay.storage.life import to_practice, to_reminder
from belay.storage.practice_tables import practice, reminder, reminder_wish
from belay.storage.tables import (
    client,
    conversation,
    counterpart,
    message,
    outbox,
    run,
    safety_event,
)

AT_ONCE = 200


@dataclass(frozen=True)
class DueReminder:
    """A reminder whose time has come, with what the decision rests on and where it would go."""

    reminder: Reminder
    facts: Facts
    talk: str | None
    practice: Practice | None


class StoredReminders:
    """What the job reads and writes. `talk_of` tells where a client's reminders go."""

    def __init__(self, engine: Engine, talk_of: Callable[[str], str | None], quiet: Quiet) -> None:
        self._engine = engine
        self._talk_of = talk_of
        self._quiet = quiet

    def due(self, now: datetime) -> list[DueReminder]:
        """Scheduled reminders whose time has come, oldest first."""
        query = (
            select(reminder)
            .where(reminder.c.status == Status.SCHEDULED.value, reminder.c.due_at <= now)
            .order_by(reminder.c.due_at)
            .limit(AT_ONCE)
        )
        with self._engine.connect() as connection:
            found = [to_reminder(row) for row in connection.execute(query).mappings()]
        return [self._with_facts(one, now) for one in found]

    def settle(self, one: Reminder, status: Status, now: datetime) -> bool:
        """End a reminder that is not sent. False when it was settled meanwhile."""
        with writing(self._engine).begin() as connection:
            return _claim(connection, one, status, now)

    def send(
        self, due: DueReminder, make: Callable[[str], Reply], now: datetime, expires: datetime
    ) -> bool:
        """Put a reminder into the outbox and mark it as sent, both or neither.

        What `make` gives for a seed is what is said. False when it was settled meanwhile.
        """
        talk = due.talk
        if talk is None:
            return False
        with writing(self._engine).begin() as connection:
            if not _claim(connection, due.reminder, Status.SENT, now):
                return False
            reply = make(due.reminder.id)
            row = connection.execute(
                select(conversation.c.serial).where(conversation.c.id == talk)
            ).one()
            serial = row.serial
            if not _running(connection, due.reminder.client_id):
                # A typed yes or number means the buttons that were shown last: these.
                serial += 1
                connection.execute(
                    update(conversation)
                    .where(conversation.c.id == talk)
                    .values(
                        serial=serial,
                        buttons=[vars(button) for button in reply.buttons],
                        pending=Pending("remind.sent", now).as_dict(),
                    )
                )
            payload = reply.as_dict()
            connection.execute(
                insert(outbox).values(
                    conversation_id=talk,
                    turn_id=due.reminder.id,
                    kind="message",
                    payload={
                        **payload,
                        "author": "bot",
                        "serial": serial,
                        "expires_at": expires.isoformat(),
                    },
                    created_at=now,
                )
            )
            connection.execute(
                insert(message).values(
                    client_id=due.reminder.client_id,
                    conversation_id=talk,
                    turn_id=due.reminder.id,
                    author="bot",
                    line=reply.line,
                    text=reply.text,
                    extra={"buttons": payload["buttons"]} if payload["buttons"] else {},
                    tier=0,
                    at=now,
                )
            )
            if due.practice is not None and reply.line == "remind.check":
                connection.execute(
                    update(practice).where(practice.c.id == due.practice.id).values(asked_at=now)
                )
        return True

    def _with_facts(self, one: Reminder, now: datetime) -> DueReminder:
        talk = self._talk_of(one.client_id)
        with self._engine.connect() as connection:
            who = connection.execute(
                select(
                    client.c.may_use,
                    client.c.adult,
                    reminder_wish.c.zone,
                    reminder_wish.c.stopped,
                    reminder_wish.c.quiet_from,
                    reminder_wish.c.quiet_until,
                )
                .outerjoin(reminder_wish, reminder_wish.c.client_id == client.c.id)
                .where(client.c.id == one.client_id)
            ).one()
            plan = _practice(connection, one.practice_id)
            talks = connection.execute(
                select(conversation.c.id, conversation.c.last_at, conversation.c.safety).where(
                    conversation.c.client_id == one.client_id
                )
            ).all()
            facts = Facts(
                wanted=bool(who.may_use and who.adult and not who.stopped),
                reachable=talk is not None,
                red=_is_red(connection, plan),
                closed=one.practice_id is not None
                and (plan is None or not plan.open or plan.tried is not None),
                unsettled=any(_unsettled(row.safety) for row in talks),
                safety_at=connection.execute(
                    select(func.max(safety_event.c.at)).where(
                        safety_event.c.client_id == one.client_id
                    )
                ).scalar(),
                talked_at=max((row.last_at for row in talks if row.last_at), default=None),
                sent=_sent(connection, one.client_id, now - WEEK),
                zone=zone_named(who.zone or "UTC") or ZoneInfo("UTC"),
                quiet=Wishes(who.zone, False, who.quiet_from, who.quiet_until).quiet(self._quiet),
            )
        return DueReminder(one, facts, talk, plan)


def _claim(connection: Connection, one: Reminder, status: Status, now: datetime) -> bool:
    claimed = connection.execute(
        update(reminder)
        .where(reminder.c.id == one.id, reminder.c.status == Status.SCHEDULED.value)
        .values(status=status.value, settled_at=now)
    )
    if claimed.rowcount == 0:
        return False
    # A turn that was opened before does not write its older view over this.
    connection.execute(
        update(conversation)
        .where(conversation.c.client_id == one.client_id)
        .values(version=conversation.c.version + 1)
    )
    return True


def _practice(connection: Connection, practice_id: str | None) -> Practice | None:
    query = select(practice).where(practice.c.id == practice_id)
    row = connection.execute(query).mappings().first() if practice_id else None
    return to_practice(row) if row is not None else None


def _is_red(connection: Connection, plan: Practice | None) -> bool:
    if plan is None or plan.counterpart_id is None:
        return False
    query = select(counterpart.c.risk).where(counterpart.c.id == plan.counterpart_id)
    return bool(connection.execute(query).scalar_one_or_none() == Risk.RED.value)


def _unsettled(safety: dict[str, Any] | None) -> bool:
    state = safety or {}
    return state.get("phase") in (Phase.CHECK.value, Phase.CRISIS.value) or bool(state.get("away"))


def _sent(connection: Connection, client_id: str, since: datetime) -> tuple[datetime, ...]:
    query = select(reminder.c.settled_at).where(
        reminder.c.client_id == client_id,
        reminder.c.status == Status.SENT.value,
        reminder.c.settled_at > since,
    )
    return tuple(connection.execute(query).scalars())


def _running(connection: Connection, client_id: str) -> bool:
    query = select(run.c.id).where(run.c.client_id == client_id, run.c.state == "active")
    return connection.execute(query.limit(1)).first() is not None
