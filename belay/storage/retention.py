"""What time takes away: held exercises after a day, undelivered texts, old transcripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select, update

from belay.storage.engine import scrub, writing
from belay.storage.link_tables import link_code, link_try
from belay.storage.tables import answer, client, conversation, download, inbox, message, outbox, run

HELD_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Swept:
    """How many rows a sweep changed."""

    transcripts: int
    held_runs: int
    undelivered: int


class Retention:
    """The retention job's work."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sweep(self, now: datetime, keep: timedelta) -> Swept:
        """Delete transcripts older than `keep`; blank what was only held for a day."""
        a_day_ago = now - HELD_FOR
        with writing(self._engine).begin() as connection:
            old = connection.execute(delete(message).where(message.c.at < now - keep)).rowcount
            connection.execute(delete(outbox).where(outbox.c.created_at < now - keep))
            connection.execute(
                delete(inbox).where(inbox.c.received_at < now - keep, inbox.c.status == "answered")
            )
            late = connection.execute(
                update(outbox)
                .where(outbox.c.created_at < a_day_ago, outbox.c.payload.is_not(None))
                .values(payload=None, status="expired")
            ).rowcount
            unsaved = select(client.c.id).where(client.c.may_save.is_not(True))
            held = [
                row[0]
                for row in connection.execute(
                    select(run.c.id).where(
                        run.c.client_id.in_(unsaved),
                        run.c.state.in_(("active", "paused")),
                        run.c.changed_at < a_day_ago,
                        # Not a kept statement that is being changed.
                        run.c.artefact_id.is_(None),
                    )
                )
            ]
            connection.execute(
                update(run)
                .where(run.c.id.in_(held))
                .values(
                    state="stopped",
                    ended_at=now,
                    ruler=None,
                    plan=None,
                    opening=None,
                    artefact=None,
                )
            )
            connection.execute(
                update(answer).where(answer.c.run_id.in_(held)).values(first=None, text=None)
            )
            # Texts whose delivery was never confirmed do not outlive the day either.
            talks = select(conversation.c.id).where(conversation.c.client_id.in_(unsaved))
            kept_runs = select(run.c.id).where(run.c.state.in_(("active", "paused")))
            connection.execute(
                update(message)
                .where(message.c.conversation_id.in_(talks), message.c.at < a_day_ago)
                .where(message.c.run_id.is_(None) | message.c.run_id.not_in(kept_runs))
                .where(message.c.blanked_at.is_(None))
                .values(text=None, extra={}, blanked_at=now)
            )
            connection.execute(delete(download).where(download.c.expires_at < now))
            connection.execute(delete(link_code).where(link_code.c.expires_at < now))
            connection.execute(delete(link_try).where(link_try.c.at < a_day_ago))
        scrub(self._engine)
        return Swept(transcripts=old, held_runs=len(held), undelivered=late)
