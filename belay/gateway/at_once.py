"""Messages that do not wait: danger, "help now", and "someone is looking".

They are answered before `receive` returns, and within two seconds whatever the database does:
where it takes longer, or fails, the reply goes out from memory and the record follows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum

import structlog

from belay.domain.floor import Verdict
from belay.domain.reply import Reply
from belay.domain.turn import Turn
from belay.gateway.inbound import Accepted, InboundMessage
from belay.gateway.planner import Planner
from belay.gateway.rescue import Rescue
from belay.storage.inbox import Incoming, Received, Waiting
from belay.storage.turns import StaleTurn, Turns

log = structlog.get_logger("belay.gateway")

TRIES = 5
Commit = Callable[[Turn, str], Awaitable[None]]
Accept = Callable[[Incoming], Received]


class Lane(StrEnum):
    """Why a message does not wait: danger or "help now", a button of safety, an onlooker."""

    DANGER = "danger"
    PRESS = "press"
    HUSH = "hush"


class AtOnce:
    """The fast lanes.

    Args:
        turns: Opens turns.
        planner: Answers from memory.
        rescue: Answers without the database.
        commit: Writes a turn and tells those who wait.
        wake: Lets the conversation's worker look again.
        clock: The time, aware.
        seconds: How long each of the two steps (store, answer) may take.
    """

    def __init__(
        self,
        *,
        turns: Turns,
        planner: Planner,
        rescue: Rescue,
        commit: Commit,
        wake: Callable[[str], None],
        clock: Callable[[], datetime],
        seconds: float,
    ) -> None:
        self._turns = turns
        self._planner = planner
        self._rescue = rescue
        self._commit = commit
        self._wake = wake
        self._clock = clock
        self._seconds = seconds
        self._late: set[asyncio.Task[None]] = set()

    async def store(
        self, accept: Accept, incoming: Incoming, message: InboundMessage, verdict: Verdict
    ) -> Received | Accepted:
        """Store an urgent message; what is not stored in time is answered without the database.

        A store that succeeds after all goes its ordinary way, and the spooled event with it.
        """
        storing = asyncio.ensure_future(asyncio.to_thread(accept, incoming))
        done, _ = await asyncio.wait({storing}, timeout=self._seconds)
        if done:
            return storing.result()
        log.error("inbox.slow", seconds=self._seconds)
        accepted, events = self._rescue.answer(message, verdict)
        self._rescue.hold_back(events)
        self._keep(asyncio.create_task(self._stored_late(storing, events)))
        return accepted

    async def answer(
        self,
        received: Received,
        incoming: Incoming,
        message: InboundMessage,
        verdict: Verdict,
        lane: Lane,
    ) -> tuple[Reply, ...]:
        """Answer a stored message; what could not be committed in time is handed back directly."""
        answering = asyncio.create_task(self._try(received, incoming, verdict, lane))
        done, _ = await asyncio.wait({answering}, timeout=self._seconds)
        if done and answering.exception() is None:
            return ()
        error = answering.exception() if done else None
        if isinstance(error, StaleTurn):
            # The worker was faster, or commits just now; it judges the same text itself.
            self._wake(received.conversation_id)
            return ()
        if done:
            log.error("commit.unavailable", error=type(error).__name__)
            self._wake(received.conversation_id)
        else:
            log.error("commit.slow", seconds=self._seconds)
            self._keep(asyncio.create_task(self._answered_late(answering, received)))
        if lane is Lane.HUSH:
            return self._rescue.small_talk(message)
        # Recorded by its own turn, as soon as that can be written.
        return self._rescue.without_database(message, verdict, stored=True).direct

    async def stop(self) -> None:
        """Drop what is still waiting for the database; it is found again at the next start."""
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def _try(
        self, received: Received, incoming: Incoming, verdict: Verdict, lane: Lane
    ) -> None:
        waiting = Waiting(
            id=received.inbox_id,
            number=0,
            conversation_id=received.conversation_id,
            text=incoming.text,
            press=incoming.press,
            received_at=incoming.at,
            attempts=0,
            late_told=False,
        )
        for _ in range(TRIES):
            turn = await asyncio.to_thread(self._turns.open, waiting, self._clock())
            if lane is Lane.DANGER:
                self._planner.answer_from_memory(turn, verdict)
            elif lane is Lane.PRESS:
                self._planner.answers_press(turn)
            else:
                self._planner.answers_onlooker(turn)
            try:
                await self._commit(turn, f"{incoming.channel}/{incoming.provider_id}")
                return
            except StaleTurn:
                continue
        raise StaleTurn(received.inbox_id)

    async def _stored_late(self, storing: asyncio.Future[Received], events: list[str]) -> None:
        try:
            received = await storing
        except Exception as error:  # noqa: BLE001 - the event is in the spool already
            log.error("inbox.unavailable", error=type(error).__name__)
            self._rescue.release(events)
            return
        # Its own turn records it now, and must not be counted twice.
        await asyncio.to_thread(self._rescue.drop, events)
        self._wake(received.conversation_id)

    async def _answered_late(self, answering: asyncio.Task[None], received: Received) -> None:
        try:
            await answering
        except Exception as error:  # noqa: BLE001 - the worker goes on trying
            log.error("commit.unavailable", error=type(error).__name__)
            self._wake(received.conversation_id)

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._late.add(task)
        task.add_done_callback(self._late.discard)
