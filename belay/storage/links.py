"""Link codes, looked up and used up; which conversations belong to one client."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from belay.domain.linking import (
    CODE_LASTS,
    TRIES,
    TRIES_OF_ALL,
    TRIES_WITHIN,
    LinkedTalk,
    LinkEffect,
)
from belay.domain.turn import Turn
from belay.services.linking import Finding
from belay.storage.joining import join, unlink
from belay.storage.link_tables import link_code, link_try, reminder_channel, unreachable
from belay.storage.tables import conversation, outbox

# Channels of this machine: nobody waits there for a reminder.
NO_REMINDERS = ("terminal", "probe")


class LinkMoved(Exception):
    """The code was used by somebody else meanwhile: the turn is to be planned again."""


class StoredLinks:
    """The port `Links` of the use case, and what a turn's commit writes.

    A code is stored as a keyed hash: the database alone does not give it away, and looking a
    guess up takes the same time whether it is close or not.
    """

    def __init__(self, engine: Engine, key: str) -> None:
        self._engine = engine
        self._key = f"belay.link\0{key}".encode()

    def find(self, code: str, conversation_id: str, now: datetime) -> Finding:
        """Whether a code can be used by a conversation now."""
        since = now - TRIES_WITHIN
        recent = select(func.count()).select_from(link_try).where(link_try.c.at > since)
        own = recent.where(link_try.c.conversation_id == conversation_id)
        given = select(link_code.c.client_id, link_code.c.expires_at, link_code.c.claimed_by).where(
            link_code.c.code_hash == self._hash(code)
        )
        owner = select(conversation.c.client_id).where(conversation.c.id == conversation_id)
        with self._engine.connect() as connection:
            tried = connection.execute(own).scalar_one()
            if tried >= TRIES or connection.execute(recent).scalar_one() >= TRIES_OF_ALL:
                return "too_many"
            found = connection.execute(given).first()
            if found is None or found.expires_at <= now or found.claimed_by is not None:
                return "wrong"
            same = connection.execute(owner).scalar_one_or_none() == found.client_id
        return "linked" if same else "fits"

    def claimed(self, conversation_id: str, now: datetime) -> str | None:
        """The client whose code this conversation has used and not answered for, or None."""
        with self._engine.connect() as connection:
            return _claimed(connection, conversation_id, now)

    def talks(self, client_id: str) -> Sequence[LinkedTalk]:
        """The conversations of a client, oldest first."""
        query = (
            select(
                conversation.c.id,
                conversation.c.channel,
                conversation.c.started_at,
                reminder_channel.c.conversation_id.label("chosen"),
            )
            .outerjoin(reminder_channel, reminder_channel.c.conversation_id == conversation.c.id)
            .where(conversation.c.client_id == client_id)
            .order_by(conversation.c.started_at, conversation.c.id)
        )
        with self._engine.connect() as connection:
            return [
                LinkedTalk(row.id, row.channel, row.started_at, row.chosen is not None)
                for row in connection.execute(query)
            ]

    def reminder_talk(self, client_id: str) -> str | None:
        """Where a reminder goes: the chosen conversation, else the latest; None: nowhere.

        A chosen one that cannot be reached gets nothing, and nothing goes elsewhere instead:
        another device may be one that somebody else looks at.
        """
        reachable = (
            select(conversation.c.id)
            .outerjoin(unreachable, unreachable.c.conversation_id == conversation.c.id)
            .where(conversation.c.client_id == client_id, unreachable.c.at.is_(None))
        )
        chosen = select(reminder_channel.c.conversation_id).where(
            reminder_channel.c.client_id == client_id
        )
        latest = func.coalesce(conversation.c.last_at, conversation.c.started_at)
        with self._engine.connect() as connection:
            wanted = connection.execute(chosen).scalar_one_or_none()
            if wanted is not None:
                query = reachable.where(conversation.c.id == wanted)
            else:
                query = reachable.where(conversation.c.channel.not_in(NO_REMINDERS)).order_by(
                    latest.desc()
                )
            found = connection.execute(query.limit(1)).first()
        return found[0] if found else None

    def write(self, connection: Connection, turn: Turn, at: datetime) -> tuple[str, ...]:
        """Do what the turn wishes, inside its commit; returns conversations whose view is gone.

        Raises:
            LinkMoved: the code or the client it leads to is no longer there.
        """
        effect = turn.link
        gone = () if effect is None else self._write(connection, turn, effect, at)
        for talk, reply in turn.elsewhere:
            serial = select(conversation.c.serial).where(conversation.c.id == talk)
            found = connection.execute(serial).scalar_one_or_none()
            if found is not None:
                connection.execute(
                    insert(outbox).values(
                        conversation_id=talk,
                        turn_id=turn.id,
                        payload={**reply.as_dict(), "author": "bot", "serial": found},
                        created_at=at,
                    )
                )
        return gone

    def _write(
        self, connection: Connection, turn: Turn, effect: LinkEffect, at: datetime
    ) -> tuple[str, ...]:
        here = turn.conversation.id
        if effect.kind == "issue":
            self._issue(connection, turn, effect.code, at)
        elif effect.kind == "wrong":
            connection.execute(insert(link_try).values(conversation_id=here, at=at))
        elif effect.kind == "claim":
            self._claim(connection, effect.code, here, at)
        elif effect.kind == "forget":
            connection.execute(delete(link_code).where(link_code.c.claimed_by == here))
        elif effect.kind == "join":
            owner = _claimed(connection, here, at)
            if owner is None or owner == turn.client.id:
                raise LinkMoved(turn.id)
            connection.execute(delete(link_code).where(link_code.c.claimed_by == here))
            join(connection, turn.client.id, owner, here, at)
        elif effect.kind == "unlink":
            unlink(connection, turn.client.id, effect.talk, turn.id, at)
            return (effect.talk,)
        elif effect.kind == "remind":
            chosen = {"client_id": turn.client.id}
            connection.execute(delete(reminder_channel).filter_by(**chosen))
            connection.execute(
                insert(reminder_channel).values(**chosen, conversation_id=effect.talk)
            )
        return ()

    def _issue(self, connection: Connection, turn: Turn, code: str, at: datetime) -> None:
        old = (link_code.c.client_id == turn.client.id) | (link_code.c.expires_at <= at)
        connection.execute(delete(link_code).where(old))
        connection.execute(delete(link_try).where(link_try.c.at <= at - TRIES_WITHIN))
        connection.execute(
            insert(link_code).values(
                code_hash=self._hash(code),
                client_id=turn.client.id,
                conversation_id=turn.conversation.id,
                made_at=at,
                expires_at=at + CODE_LASTS,
            )
        )

    def _claim(self, connection: Connection, code: str, here: str, at: datetime) -> None:
        connection.execute(delete(link_code).where(link_code.c.claimed_by == here))
        used = connection.execute(
            update(link_code)
            .where(link_code.c.code_hash == self._hash(code), link_code.c.claimed_by.is_(None))
            .where(link_code.c.expires_at > at)
            .values(claimed_by=here, claimed_at=at, expires_at=at + CODE_LASTS)
        )
        if used.rowcount == 0:
            raise LinkMoved(here)

    def _hash(self, code: str) -> str:
        return hmac.digest(self._key, code.encode(), "sha256").hex()


def _claimed(connection: Connection, conversation_id: str, now: datetime) -> str | None:
    query = select(link_code.c.client_id).where(
        link_code.c.claimed_by == conversation_id, link_code.c.expires_at > now
    )
    found: str | None = connection.execute(query).scalars().first()
    return found
