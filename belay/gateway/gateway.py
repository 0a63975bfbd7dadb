"""Receives messages, works each conversation in order, and commits one turn at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from belay.domain.floor import CARE, CHECK, HELP_RULE, FloorRules, Verdict, judge
from belay.domain.turn import Turn
from belay.gateway.at_once import AtOnce, Lane
from belay.gateway.buttons import BadButton, ButtonSigner, plain_title
from belay.gateway.identity import conversation_key
from belay.gateway.inbound import Accepted, Answered, InboundMessage, Refused, ToldRefusal, answered
from belay.gateway.late import LateLine
from belay.gateway.live import Live, News
from belay.gateway.planner import FOR_SAFETY, Planner
from belay.gateway.rasa_client import RasaUnavailable, TurnFailed
from belay.gateway.rescue import Rescue
from belay.services.onlookers import Onlookers
from belay.storage.inbox import Inbox, Incoming, Waiting
from belay.storage.turns import StaleTurn, Turns

log = structlog.get_logger("belay.gateway")

TRIES = 5
HELP = Verdict(CARE, None, "floor", HELP_RULE)


@dataclass(frozen=True)
class Pace:
    """Seconds: until a client is told that an answer is late, between tries, and at most for
    each of the two steps (store, answer) of what cannot wait.
    """

    late: float = 8.0
    at_once: float = 0.9
    retry: float = 0.5
    retry_at_most: float = 5.0


class Gateway:
    """The one way in. Safe to call from several channels at once."""

    def __init__(
        self,
        *,
        inbox: Inbox,
        turns: Turns,
        planner: Planner,
        rescue: Rescue,
        onlookers: Onlookers,
        rules: FloorRules,
        signer: ButtonSigner,
        live: Live,
        clock: Callable[[], datetime],
        titles: frozenset[str] = frozenset(),
        pace: Pace = Pace(),
    ) -> None:
        self._inbox = inbox
        self._turns = turns
        self._planner = planner
        self._rescue = rescue
        self._onlookers = onlookers
        self._rules = rules
        self._signer = signer
        self._live = live
        self._clock = clock
        self._titles = titles
        self._pace = pace
        self._late = LateLine(
            turns=turns, planner=planner, live=live, clock=clock, seconds=pace.late
        )
        self._at_once = AtOnce(
            turns=turns,
            planner=planner,
            rescue=rescue,
            commit=self._commit,
            wake=self._wake,
            clock=clock,
            seconds=pace.at_once,
        )
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Answered]] = {}
        self._stopping = False

    async def start(self) -> None:
        """Go on with what was accepted before the last stop."""
        for conversation_id in await asyncio.to_thread(self._inbox.unfinished):
            self._wake(conversation_id)

    async def stop(self) -> None:
        """Take nothing more; turns in flight are dropped and found again at the next start."""
        self._stopping = True
        tasks = list(self._workers.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, self._at_once.stop(), return_exceptions=True)

    async def receive(self, message: InboundMessage) -> Accepted:
        """Take one message. What cannot wait (see `at_once`) is answered before this returns.

        Raises:
            Refused: the button is not one of this conversation's.
        """
        verdict = judge(message.text, self._rules)
        incoming = self._incoming(message)
        pressed = incoming.press is not None and incoming.press["value"].startswith(FOR_SAFETY)
        # What is typed like one of our own buttons ("I'm under 18") may be a press of it: the
        # worker knows which buttons are open.
        ours = plain_title(message.text) in self._titles
        urgent = _urgent(verdict) and (verdict.rule == HELP_RULE or not ours)
        hushed = self._onlookers.hears_word(message.text, "", None)
        if pressed and not urgent:
            # Without a database there is no other answer to such a button than the lines.
            verdict = HELP
        try:
            if urgent or pressed or hushed:
                received = await self._at_once.store(self._inbox.accept, incoming, message, verdict)
                if isinstance(received, Accepted):
                    return received
            else:
                received = await asyncio.to_thread(self._inbox.accept, incoming)
        except Exception as error:  # noqa: BLE001 - whatever ails the database, help still goes out
            log.error("inbox.unavailable", error=type(error).__name__)
            return self._rescue.without_database(message, verdict)
        if received.duplicate:
            self._wake(received.conversation_id)
            return Accepted(received.inbox_id, received.conversation_id, duplicate=True)
        hushed = self._onlookers.hears_word(message.text, received.client_id, received.look_word)
        if urgent or pressed or hushed:
            lane = Lane.DANGER if urgent and not hushed else Lane.PRESS if pressed else Lane.HUSH
            direct = await self._at_once.answer(received, incoming, message, verdict, lane)
            if direct:
                return Accepted(None, None, direct=direct)
        else:
            self._wake(received.conversation_id)
        return Accepted(received.inbox_id, received.conversation_id)

    def is_urgent(self, text: str) -> bool:
        """Whether a text is answered at once, and so taken whatever its length."""
        return _urgent(judge(text, self._rules))

    async def ask(self, message: InboundMessage, seconds: float = 120.0) -> Answered:
        """Take a message and wait for its outcome (terminal, scripts).

        Raises:
            Refused: as `receive`; or the message was a duplicate, which has no second outcome.
            TimeoutError: no outcome within `seconds`.
        """
        outcome: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        key = f"{message.channel}/{message.provider_id}"
        self._waiting[key] = outcome
        try:
            accepted = await self.receive(message)
            if accepted.direct:
                return Answered("", "", accepted.direct, None, Verdict(), None)
            if accepted.duplicate:
                raise Refused(409, "Duplicate", "This message was sent before.")
            return await asyncio.wait_for(outcome, seconds)
        finally:
            self._waiting.pop(key, None)

    async def settled(self, conversation_id: str) -> None:
        """Wait until a conversation has nothing left to work (tests, orderly stop)."""
        while (task := self._workers.get(conversation_id)) is not None:
            await asyncio.wait([task])

    def _incoming(self, message: InboundMessage) -> Incoming:
        press = None
        if message.button is not None:
            talk = conversation_key(message.channel, message.address)
            try:
                made, serial = self._signer.read(message.button, talk)
            except BadButton as error:
                raise ToldRefusal(400, "not_this_chat") from error
            title = made.title or message.title
            press = {"value": made.value, "title": title, "stale": False, "serial": serial}
        elif message.command is not None:
            title = message.title or message.text
            press = {"value": message.command, "title": title, "stale": False, "serial": -1}
        return Incoming(
            channel=message.channel,
            address=message.address,
            provider_id=message.provider_id,
            text=message.text,
            press=press,
            at=message.at,
            conversation_id=conversation_key(message.channel, message.address),
            onboarded=message.onboarded,
        )

    def _wake(self, conversation_id: str) -> None:
        if self._stopping:
            return
        if conversation_id in self._workers:
            # The worker may just have looked and found nothing; it looks again when it rests.
            self._woken.add(conversation_id)
            return
        task = asyncio.create_task(self._work(conversation_id), name=f"work {conversation_id}")
        self._workers[conversation_id] = task
        task.add_done_callback(lambda done: self._rested(conversation_id, done))

    def _rested(self, conversation_id: str, task: asyncio.Task[None]) -> None:
        self._workers.pop(conversation_id, None)
        if task.cancelled() or self._stopping:
            return
        if conversation_id in self._woken:
            self._wake(conversation_id)
        error = task.exception()
        if error is not None:
            log.error("worker.failed", error=type(error).__name__)
            asyncio.get_running_loop().call_later(
                self._pace.retry_at_most, self._wake, conversation_id
            )

    async def _work(self, conversation_id: str) -> None:
        while True:
            self._woken.discard(conversation_id)
            waiting = await asyncio.to_thread(self._inbox.next_for, conversation_id)
            if waiting is None:
                return
            await self._answer(waiting)

    async def _answer(self, waiting: Waiting) -> None:
        """Answer one message, however often that has to be tried."""
        self._live.tell(waiting.conversation_id, News("typing", True))
        late = asyncio.create_task(self._late.tell(waiting))
        pause = self._pace.retry
        try:
            while True:
                try:
                    turn = await asyncio.to_thread(self._turns.open, waiting, self._clock())
                    await self._plan(turn, waiting.text)
                    await self._commit(turn, waiting.key)
                    return
                except StaleTurn:
                    still = await asyncio.to_thread(self._inbox.next_for, waiting.conversation_id)
                    if still is None or still.id != waiting.id:
                        return
                except RasaUnavailable as error:
                    log.warning("rasa.unavailable", reason=str(error))
                except TurnFailed as error:
                    tries = await asyncio.to_thread(self._inbox.failed_once, waiting.id)
                    log.error("turn.failed", turn=waiting.id, tries=tries, reason=str(error))
                    if tries >= TRIES:
                        await self._give_up(waiting)
                        return
                await asyncio.sleep(pause)
                pause = min(pause * 2, self._pace.retry_at_most)
        finally:
            late.cancel()
            self._live.tell(waiting.conversation_id, News("typing", False))

    async def _plan(self, turn: Turn, text: str) -> None:
        try:
            await self._planner.plan(turn, judge(text, self._rules))
        except (RasaUnavailable, TurnFailed):
            raise
        except Exception as error:
            # No bug may block a conversation for good.
            raise TurnFailed(type(error).__name__) from error

    async def _commit(self, turn: Turn, key: str) -> None:
        conversation_id = turn.conversation.id
        committed = await asyncio.to_thread(self._turns.commit, turn, self._clock())
        for talk in committed.gone:
            if turn.erase:
                self._rescue.forget(talk)
            self._live.tell(talk, News("gone"))
        for talk in (*committed.gone, *(one for one, _ in turn.elsewhere)):
            self._live.tell(talk, News("posted"))
        if turn.erase:
            self._rescue.forget(conversation_id)
            self._live.tell(conversation_id, News("gone"))
            for reply in turn.replies:
                self._live.tell(conversation_id, News("direct", reply))
        else:
            if turn.hidden:
                self._live.tell(conversation_id, News("hidden"))
            self._live.tell(conversation_id, News("posted"))
        for event in turn.safety_events:
            log.info("safety.event", event_id=event.id, tier=event.tier, layer=event.layer)
        outcome = self._waiting.get(key)
        if outcome is not None and not outcome.done():
            outcome.set_result(answered(turn, committed.outbox_ids))

    async def _give_up(self, waiting: Waiting) -> None:
        turn = await asyncio.to_thread(self._turns.open, waiting, self._clock())
        self._planner.say_failed(turn)
        await self._commit(turn, waiting.key)


def _urgent(verdict: Verdict) -> bool:
    return verdict.tier >= CHECK or verdict.rule == HELP_RULE
