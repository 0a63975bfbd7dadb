"""The one way in for channels that push: counts, hands on, and says what cannot wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import structlog

from belay.domain.reply import Reply
from belay.gateway.channel import Channel, Delivery
from belay.gateway.courier import Courier
from belay.gateway.gateway import Gateway
from belay.gateway.identity import conversation_key
from belay.gateway.inbound import Accepted, InboundMessage, Refused
from belay.gateway.problem import TooMany
from belay.gateway.rate import Rate
from belay.services.ports import Words
from belay.storage.deliveries import Deliveries

log = structlog.get_logger("belay.reception")

PER_MINUTE = 40


class Reception:
    """Takes messages for the channels. Never raises for what a client did."""

    def __init__(
        self,
        *,
        gateway: Gateway,
        courier: Courier,
        deliveries: Deliveries,
        words: Words,
        clock: Callable[[], datetime],
        per_minute: int = PER_MINUTE,
    ) -> None:
        self._gateway = gateway
        self._courier = courier
        self._deliveries = deliveries
        self._words = words
        self._clock = clock
        self._rate = Rate("pushed", per_minute)
        self._told = Rate("pushed, told", 1)

    async def take(self, channel: Channel, message: InboundMessage) -> Accepted | None:
        """Take one message. None when it was not taken; the person was told why.

        Text that needs an answer at once is taken whatever the counters say.
        """
        talk = conversation_key(channel.name, message.address)
        self._courier.met(talk, channel.name, message.address)
        if not self._counts(talk) and not self._gateway.is_urgent(message.text):
            if self._first_this_minute(talk):
                await self.say(channel, message.address, "channel.slow_down")
            return None
        try:
            accepted = await self._gateway.receive(message)
        except Refused:
            await self.say(channel, message.address, "press.gone", bare=True)
            return None
        for reply in accepted.direct:
            self._courier.hand(channel, self._delivery(channel, message.address, reply))
        if not accepted.direct:
            await self._reached(talk)
        return accepted

    async def say(
        self,
        channel: Channel,
        address: str,
        line: str,
        *,
        bare: bool = False,
        wait: bool = False,
        **values: Any,
    ) -> None:
        """Say an authored line at once, outside of any turn; `bare` leaves its buttons out.

        A provider that is slow must not hold up what others write: only `wait` waits for it.
        """
        reply = self._words.reply(line, uuid4().hex, buttons=() if bare else None, **values)
        delivery = self._delivery(channel, address, reply)
        if wait:
            await self._courier.deliver_now(channel, delivery)
        else:
            self._courier.hand(channel, delivery)

    async def lost(self, channel: Channel, address: str, reason: str) -> None:
        """The provider says that somebody blocked us."""
        talk = conversation_key(channel.name, address)
        log.warning("delivery.unreachable", channel=channel.name, reason=reason)
        await asyncio.to_thread(self._deliveries.cannot_reach, talk, reason, self._clock())

    def is_urgent(self, text: str) -> bool:
        """Whether a text needs an answer at once, whatever it came with."""
        return self._gateway.is_urgent(text)

    def now(self) -> datetime:
        """The time that counts."""
        return self._clock()

    def _delivery(self, channel: Channel, address: str, reply: Reply) -> Delivery:
        talk = conversation_key(channel.name, address)
        return Delivery(talk, address, reply, f"d{uuid4().hex}")

    async def _reached(self, talk: str) -> None:
        try:
            await asyncio.to_thread(self._deliveries.reached, talk)
        except Exception as error:  # noqa: BLE001 - the message itself is taken already
            log.error("database.unavailable", error=type(error).__name__)

    def _counts(self, talk: str) -> bool:
        return _within(self._rate, talk, self._clock())

    def _first_this_minute(self, talk: str) -> bool:
        return _within(self._told, talk, self._clock())


def _within(rate: Rate, who: str, now: datetime) -> bool:
    try:
        rate.count(who, now)
    except TooMany:
        return False
    return True
