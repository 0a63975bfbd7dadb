"""Takes replies from the outbox to the channels that push, in order and until they arrive.

A reply leaves the outbox when the provider has it. A crash between the two repeats at most
that one reply of a conversation; nothing is lost and nothing overtakes.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from belay.domain.reply import Reply
from belay.gateway.channel import Channel, Delivery, HidesView, Undeliverable
from belay.gateway.live import Live, News
from belay.storage.deliveries import Deliveries, Due
from belay.storage.outbox import Outbox

log = structlog.get_logger("belay.courier")

REMEMBERED = 10_000
DIRECT_TRIES = 3


@dataclass(frozen=True)
class CourierPace:
    """Seconds between tries (doubling), how often one looks, and when to give up."""

    first: float = 1.0
    at_most: float = 600.0
    look: float = 5.0
    patience: float = 60.0
    tries: int = 20
    expires: timedelta = timedelta(hours=24)
    at_once: int = 8


class Courier:
    """One for the house; channels are added before it starts."""

    def __init__(
        self,
        *,
        deliveries: Deliveries,
        outbox: Outbox,
        live: Live,
        clock: Callable[[], datetime],
        pace: CourierPace = CourierPace(),
    ) -> None:
        self._deliveries = deliveries
        self._outbox = outbox
        self._live = live
        self._clock = clock
        self.pace = pace
        self._channels: dict[str, Channel] = {}
        self._wakes: dict[str, asyncio.Event] = {}
        self._rest_until: dict[str, float] = {}
        self._known: OrderedDict[str, tuple[str, str]] = OrderedDict()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._sent: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, channel: Channel) -> None:
        """Deliver for this channel from now on. Adding it twice changes nothing."""
        if channel.name in self._channels:
            return
        self._channels[channel.name] = channel
        self._wakes[channel.name] = asyncio.Event()
        self._spawn(self._serve(channel), f"courier {channel.name}")

    def start(self) -> None:
        """Begin to follow what is posted."""
        self._spawn(self._follow(), "courier")

    async def stop(self) -> None:
        """Stop at once; what was on its way stays in the outbox."""
        tasks = [*self._tasks, *self._busy.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._channels.clear()

    def met(self, conversation_id: str, channel: str, address: str) -> None:
        """Remember where a conversation lives, for typing signs and last words."""
        self._known[conversation_id] = (channel, address)
        self._known.move_to_end(conversation_id)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    async def _follow(self) -> None:
        async with self._live.follow() as news:
            while True:
                conversation_id, one = await news.get()
                if one.kind == "posted":
                    for wake in self._wakes.values():
                        wake.set()
                    continue
                name, address = self._known.get(conversation_id, ("", ""))
                channel = self._channels.get(name)
                if channel is not None:
                    self._tell(channel, conversation_id, address, one)

    def _tell(self, channel: Channel, conversation_id: str, address: str, one: News) -> None:
        if one.kind == "typing" and one.data:
            self._spawn(channel.typing(address), "typing")
        elif one.kind == "hidden" and isinstance(channel, HidesView):
            self._spawn(channel.hide(address), "hide")
        elif one.kind == "direct":
            delivery = Delivery(conversation_id, address, one.data, f"d{id(one)}")
            self.hand(channel, delivery)

    def hand(self, channel: Channel, delivery: Delivery) -> None:
        """As `deliver_now`, in the background."""
        self._spawn(self.deliver_now(channel, delivery), "direct")

    async def deliver_now(self, channel: Channel, delivery: Delivery) -> None:
        """Hand over what does not go through the outbox; a few tries, then it is logged."""
        for tried in range(1, DIRECT_TRIES + 1):
            try:
                await channel.deliver(delivery)
                return
            except Exception as error:  # noqa: BLE001 - whatever ails the provider is tried again
                reason = _reason(error)
                log.warning("direct.failed", channel=channel.name, tried=tried, reason=reason)
                if isinstance(error, Undeliverable) and (error.gone or error.final):
                    return
                await asyncio.sleep(min(getattr(error, "retry_after", None) or self.pace.first, 5))

    async def _serve(self, channel: Channel) -> None:
        wake = self._wakes[channel.name]
        places = asyncio.Semaphore(self.pace.at_once)
        while True:
            wake.clear()
            pause = self.pace.look
            try:
                pause = await self._start_what_is_due(channel, places)
            except Exception as error:  # noqa: BLE001 - the courier outlives a database that is away
                log.error("courier.unavailable", channel=channel.name, error=type(error).__name__)
            try:
                async with asyncio.timeout(pause):
                    await wake.wait()
            except TimeoutError:
                continue

    async def _start_what_is_due(self, channel: Channel, places: asyncio.Semaphore) -> float:
        """Give each conversation that waits a task of its own; returns how long to wait then."""
        resting = self._rest_until.get(channel.name, 0.0) - asyncio.get_running_loop().time()
        if resting > 0:
            return min(resting, self.pace.look)
        # Whoever is served while the database is read may be done by the time of the answer,
        # which would then name replies that are out already.
        served = set(self._busy)
        found = await asyncio.to_thread(self._deliveries.due, channel.name, self._clock())
        for conversation_id, due in found.items():
            if conversation_id in served:
                continue
            task = asyncio.create_task(self._hand_over(channel, due, places))
            self._busy[conversation_id] = task
            task.add_done_callback(partial(self._rested, channel.name, conversation_id))
        later = await asyncio.to_thread(self._deliveries.next_at, channel.name)
        if later is None:
            return self.pace.look
        return min(self.pace.look, max(0.01, (later - self._clock()).total_seconds()))

    def _rested(self, name: str, conversation_id: str, task: asyncio.Task[None]) -> None:
        self._busy.pop(conversation_id, None)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            # Not woken: the next regular look finds it again.
            log.error("courier.failed", channel=name, error=type(error).__name__)
            return
        self._wakes[name].set()

    async def _hand_over(
        self, channel: Channel, waiting: list[Due], places: asyncio.Semaphore
    ) -> None:
        async with places:
            for due in waiting:
                if self._rests(channel.name) or not await self._one(channel, due):
                    return

    async def _one(self, channel: Channel, due: Due) -> bool:
        """Send one reply. False when those behind it have to wait or are given up too."""
        now = self._clock()
        if not await asyncio.to_thread(self._deliveries.waits, due.cursor):
            # Erased, unlinked or given up since it was read.
            return True
        if not due.payload or now >= self._expiry(due):
            await asyncio.to_thread(self._deliveries.give_up, due.cursor, now, expired=True)
            log.warning("delivery.expired", channel=channel.name, cursor=due.cursor)
            return True
        if due.cursor not in self._sent:
            try:
                async with asyncio.timeout(self.pace.patience):
                    await channel.deliver(_delivery(due))
            except Exception as error:  # noqa: BLE001 - any failure is put down and tried again
                return await self._failed(channel.name, due, error)
        # Remembered until it is written down, so that a database that is away repeats nothing.
        self._sent.add(due.cursor)
        await asyncio.to_thread(
            self._outbox.delivered, due.conversation_id, due.cursor, self._clock()
        )
        self._sent.discard(due.cursor)
        return True

    async def _failed(self, name: str, due: Due, error: Exception) -> bool:
        now, reason = self._clock(), _reason(error)
        known = error if isinstance(error, Undeliverable) else Undeliverable(reason)
        if known.gone:
            log.warning("delivery.unreachable", channel=name, reason=reason)
            await asyncio.to_thread(
                self._deliveries.cannot_reach, due.conversation_id, reason[:40], now
            )
            return False
        if known.final or due.attempts + 1 >= self.pace.tries:
            log.error("delivery.failed", channel=name, cursor=due.cursor, reason=reason)
            await asyncio.to_thread(self._deliveries.give_up, due.cursor, now)
            return True
        pause = min(self.pace.first * 2**due.attempts, self.pace.at_most)
        if known.retry_after is not None:
            pause = max(known.retry_after, 0.0)
            self._rest_until[name] = asyncio.get_running_loop().time() + pause
        log.warning("delivery.later", channel=name, cursor=due.cursor, reason=reason, wait=pause)
        await asyncio.to_thread(self._deliveries.later, due.cursor, now + timedelta(seconds=pause))
        return False

    def _rests(self, name: str) -> bool:
        return self._rest_until.get(name, 0.0) > asyncio.get_running_loop().time()

    def _expiry(self, due: Due) -> datetime:
        own = due.payload.get("expires_at")
        return datetime.fromisoformat(own) if own else due.created_at + self.pace.expires

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("courier.task", task=task.get_name(), error=type(task.exception()).__name__)


def _delivery(due: Due) -> Delivery:
    payload = dict(due.payload)
    return Delivery(
        conversation_id=due.conversation_id,
        address=due.address,
        reply=Reply.from_dict(payload),
        key=f"m{due.cursor}",
        serial=payload.get("serial", 0),
        author=payload.get("author", "bot"),
        name=payload.get("name"),
    )


def _reason(error: BaseException) -> str:
    return error.reason if isinstance(error, Undeliverable) else type(error).__name__
