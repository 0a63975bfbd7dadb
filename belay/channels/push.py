"""The channels that push, with the courier that serves them: started and stopped together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from fastapi import APIRouter

from belay.gateway.buttons import ButtonSigner
from belay.gateway.channel import Channel, ChannelDown
from belay.gateway.courier import Courier, CourierPace
from belay.gateway.gateway import Gateway
from belay.gateway.live import Live
from belay.gateway.reception import Reception
from belay.services.ports import Words
from belay.storage.deliveries import Deliveries, Trouble
from belay.storage.outbox import Outbox

log = structlog.get_logger("belay.channels")

Say = Callable[[str], None]
TOLD_FOR = timedelta(hours=24)


class Push:
    """All push channels of a house. Without any, it does nothing."""

    def __init__(
        self,
        *,
        gateway: Gateway,
        deliveries: Deliveries,
        outbox: Outbox,
        live: Live,
        signer: ButtonSigner,
        words: Words,
        labels: Mapping[str, Any],
        clock: Callable[[], datetime],
        public_url: str | None = None,
        pace: CourierPace | None = None,
        picture: Callable[[Any], bytes | None] = lambda _: None,
        data: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        self.signer = signer
        self.words = words
        self.labels = labels
        self.public_url = public_url
        self.picture = picture
        self.data = data
        self._deliveries = deliveries
        self._clock = clock
        self.courier = Courier(
            deliveries=deliveries, outbox=outbox, live=live, clock=clock, pace=pace or CourierPace()
        )
        self.reception = Reception(
            gateway=gateway,
            courier=self.courier,
            deliveries=deliveries,
            words=words,
            clock=clock,
        )
        self._channels: list[Channel] = []
        self._running: list[Channel] = []

    def add(self, channel: Channel) -> None:
        """Serve this channel from the next start on."""
        self._channels.append(channel)

    @property
    def channels(self) -> Sequence[Channel]:
        """What was added."""
        return tuple(self._channels)

    def routers(self) -> list[APIRouter]:
        """Routes for providers that call us."""
        found = (channel.router() for channel in self._channels)
        return [router for router in found if router is not None]

    async def start(self, say: Say) -> None:
        """Start each channel; one that cannot start is told of, and the others run."""
        if not self._channels:
            return
        self.courier.start()
        for channel in self._channels:
            try:
                await channel.start()
            except ChannelDown as error:
                log.error("channel.down", channel=channel.name, reason=str(error))
                say(str(error))
                continue
            self._running.append(channel)
            self.courier.add(channel)
            say(f"Listening on {channel.name}")

    async def stop(self) -> None:
        """Deliver nothing more, then take nothing more; what waits is found at the next start."""
        await self.courier.stop()
        stopping = [channel.stop() for channel in self._channels]
        for ended in await asyncio.gather(*stopping, return_exceptions=True):
            if isinstance(ended, Exception):
                log.error("channel.stop", error=type(ended).__name__)
        self._running.clear()

    def troubles(self) -> list[Trouble]:
        """What did not arrive in the last 24 hours, by channel; counts only."""
        return self._deliveries.troubles(self._clock() - TOLD_FOR)
