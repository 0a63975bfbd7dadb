"""A turn is opened by one read and written by one short transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select, update

from belay.domain.run import Run, RunState
from belay.domain.turn import Press, Turn
from belay.storage import rows
from belay.storage.engine import scrub, writing
from belay.storage.erasure import erase_client
from belay.storage.inbox import Waiting
from belay.storage.life import load_life, put, write_life
from belay.storage.links import LinkMoved, StoredLinks
from belay.storage.records import hashed
from belay.storage.safety_tables import safety_choice
from belay.storage.tables import (
    answer,
    client,
    conversation,
    counterpart,
    download,
    happening,
    inbox,
    outbox,
    run,
    safety_event,
)
from belay.storage.transcript import forget_run, write_transcript

OPEN_STATES = (RunState.ACTIVE.value, RunState.PAUSED.value)
DOWNLOAD_LASTS = timedelta(minutes=15)


class StaleTurn(Exception):
    """The conversation moved on, or the message was answered meanwhile: plan again."""


@dataclass(frozen=True)
class Versions:
    """Which content and model answered, for the record."""

    content: str
    model: str


@dataclass(frozen=True)
class Committed:
    """What a commit put in the outbox, in order; other conversations whose view is gone."""

    outbox_ids: tuple[int, ...]
    gone: tuple[str, ...] = ()


class Turns:
    """Opens and commits turns."""

    def __init__(
        self, engine: Engine, versions: Versions, links: StoredLinks | None = None
    ) -> None:
        self._engine = engine
        self._versions = versions
        self._links = links

    def open(self, waiting: Waiting, now: datetime) -> Turn:
        """Load everything a turn may need.

        Raises:
            StaleTurn: the conversation is gone.
        """
        with self._engine.connect() as connection:
            row = (
                connection.execute(
                    select(conversation).where(conversation.c.id == waiting.conversation_id)
                )
                .mappings()
                .first()
            )
            if row is None:
                raise StaleTurn(waiting.id)
            talk = rows.to_conversation(row)
            person = (
                connection.execute(select(client).where(client.c.id == talk.client_id))
                .mappings()
                .one()
            )
            others = connection.execute(
                select(counterpart).where(counterpart.c.client_id == talk.client_id)
            ).mappings()
            press = Press(**waiting.press) if waiting.press else None
            return Turn(
                id=waiting.id,
                now=now,
                text=waiting.text,
                press=press,
                client=rows.to_client(person),
                conversation=talk,
                counterparts=[rows.to_counterpart(one) for one in others],
                runs=self._runs(connection, talk.client_id, _artefact_of(press)),
                life=load_life(connection, talk.client_id, now),
                last_done=self._last_done(connection, talk.client_id),
            )

    def commit(self, turn: Turn, at: datetime) -> Committed:
        """Write the turn, once: inbox status, transcript, state, events, outbox.

        Raises:
            StaleTurn: another turn of this conversation was committed since this one was
                opened, or this message is answered already. Nothing was written.
        """
        with writing(self._engine).begin() as connection:
            self._claim(connection, turn, at)
            committed = self._write(connection, turn, at)
        if turn.erase:
            scrub(self._engine)
        return committed

    def _write(self, connection: Connection, turn: Turn, at: datetime) -> Committed:
        if turn.erase:
            others = (
                select(conversation.c.id)
                .where(conversation.c.client_id == turn.client.id)
                .where(conversation.c.id != turn.conversation.id)
            )
            talks = connection.execute(others).scalars().all()
            erase_client(connection, turn.client.id, at)
            # The receipt is all that is left; it has no owner and is handed over directly.
            return Committed((), tuple(talks))
        for event in turn.safety_events:
            connection.execute(insert(safety_event).values(**vars(event)))
        for choice in turn.safety_choices:
            connection.execute(insert(safety_choice).values(**vars(choice)))
        self._write_state(connection, turn)
        if turn.download_token:
            self._write_download(connection, turn, turn.download_token, at)
        if turn.client.consents.may_use:
            if not turn.unsaid:
                write_transcript(connection, turn)
            for happened in turn.happenings:
                connection.execute(
                    insert(happening).values(
                        client_id=turn.client.id,
                        conversation_id=turn.conversation.id,
                        turn_id=turn.id,
                        kind=happened.kind,
                        at=happened.at,
                        data=happened.data,
                        content_version=self._versions.content,
                        model_version=self._versions.model,
                    )
                )
        posted = self._post(connection, turn, at)
        if self._links is None or (turn.link is None and not turn.elsewhere):
            return posted
        try:
            return replace(posted, gone=self._links.write(connection, turn, at))
        except LinkMoved as error:
            raise StaleTurn(turn.id) from error

    def tell_late(self, turn: Turn, at: datetime) -> Committed:
        """Put replies in the outbox without answering the message: it stays in the inbox."""
        with writing(self._engine).begin() as connection:
            changed = connection.execute(
                update(inbox)
                .where(inbox.c.id == turn.id, inbox.c.status == "accepted")
                .where(inbox.c.late_told.is_(False))
                .values(late_told=True)
            )
            if changed.rowcount == 0:
                raise StaleTurn(turn.id)
            return self._post(connection, turn, at)

    def _claim(self, connection: Connection, turn: Turn, at: datetime) -> None:
        answered = connection.execute(
            update(inbox)
            .where(inbox.c.id == turn.id, inbox.c.status == "accepted")
            .values(status="answered", text=None, press=None, tier=turn.verdict.tier)
        )
        moved = connection.execute(
            update(conversation)
            .where(
                conversation.c.id == turn.conversation.id,
                conversation.c.version == turn.conversation.version,
            )
            .values(version=turn.conversation.version + 1)
        )
        if answered.rowcount == 0 or moved.rowcount == 0:
            raise StaleTurn(turn.id)
        # One person in several channels: what is open elsewhere is planned on what is true now.
        connection.execute(
            update(conversation)
            .where(conversation.c.client_id == turn.client.id)
            .where(conversation.c.id != turn.conversation.id)
            .values(version=conversation.c.version + 1)
        )
        turn.conversation.last_at = at

    def _write_state(self, connection: Connection, turn: Turn) -> None:
        coached = turn.client.consents.may_use
        values = rows.from_conversation(turn.conversation)
        if not coached:
            # Before (or without) consent nothing said is kept, not even whom it was about.
            values.update(topic_role=None, topic_words=None, topic_intent=None)
            values["safety"] = {**values["safety"], "recent": []}
        connection.execute(
            update(client)
            .where(client.c.id == turn.client.id)
            .values(rows.from_client(turn.client))
        )
        connection.execute(
            update(conversation).where(conversation.c.id == turn.conversation.id).values(values)
        )
        if not coached:
            return
        for one in turn.counterparts:
            row = rows.from_counterpart(one, turn.client.id)
            put(connection, counterpart, row)
        for run_id in turn.forget_runs:
            forget_run(connection, turn, run_id)
        for run_ in turn.runs:
            self._write_run(connection, run_)
        write_life(connection, turn)

    def _write_download(self, connection: Connection, turn: Turn, token: str, at: datetime) -> None:
        connection.execute(delete(download).where(download.c.client_id == turn.client.id))
        connection.execute(
            insert(download).values(
                token_hash=hashed(token),
                client_id=turn.client.id,
                made_at=at,
                expires_at=at + DOWNLOAD_LASTS,
            )
        )

    def _write_run(self, connection: Connection, one: Run) -> None:
        put(connection, run, rows.from_run(one))
        connection.execute(delete(answer).where(answer.c.run_id == one.id))
        for place, said in enumerate(one.answers):
            connection.execute(insert(answer).values(rows.from_answer(one.id, place, said)))

    def _post(self, connection: Connection, turn: Turn, at: datetime) -> Committed:
        made = []
        for reply in turn.replies:
            result = connection.execute(
                insert(outbox).values(
                    conversation_id=turn.conversation.id,
                    turn_id=turn.id,
                    kind="message",
                    payload={
                        **reply.as_dict(),
                        "author": "bot",
                        "serial": turn.conversation.serial,
                    },
                    created_at=at,
                )
            )
            key = result.inserted_primary_key
            if key is not None:
                made.append(int(key[0]))
        return Committed(tuple(made))

    def _runs(self, connection: Connection, client_id: str, artefact_id: str | None) -> list[Run]:
        opened = select(run).where(run.c.client_id == client_id, run.c.state.in_(OPEN_STATES))
        named = select(run).where(run.c.client_id == client_id, run.c.artefact_id == artefact_id)
        queries = [opened] if artefact_id is None else [opened, named]
        found = {
            row["id"]: row for query in queries for row in connection.execute(query).mappings()
        }
        made = []
        for row in found.values():
            said = connection.execute(
                select(answer).where(answer.c.run_id == row["id"]).order_by(answer.c.place)
            ).mappings()
            made.append(rows.to_run(row, [rows.to_answer(one) for one in said]))
        return made

    def _last_done(self, connection: Connection, client_id: str) -> str | None:
        query = (
            select(run.c.exercise_id)
            .where(run.c.client_id == client_id, run.c.state == RunState.DONE.value)
            .order_by(run.c.ended_at.desc())
            .limit(1)
        )
        return connection.execute(query).scalar_one_or_none()


def _artefact_of(press: Press | None) -> str | None:
    """The kept statement that a button is about; it may be older than those always loaded."""
    verb, _, rest = press.value.partition(":") if press else ("", "", "")
    return rest if verb.startswith("artefact.") else None
