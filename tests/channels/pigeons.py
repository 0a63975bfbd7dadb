"""A channel of this house that pushes: pigeons, which do and write down what they are told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from belay.gateway.channel import Capabilities, ChannelDown, Delivery
from belay.gateway.inbound import InboundMessage
from tests.channels.push_stage import QUICK
from tests.gateway.stage import Stage


class Pigeons:
    """A channel that writes down what it was given; `trouble` may raise."""

    name = "pigeons"
    capabilities = Capabilities(buttons=False)

    def __init__(self) -> None:
        self.got: list[Delivery] = []
        self.tries = 0
        self.trouble: Callable[[Delivery], None] = lambda _: None
        self.down = False

    async def start(self) -> None:
        if self.down:
            raise ChannelDown("The pigeons are ill. Feed them.")

    async def stop(self) -> None: ...

    def router(self) -> None:
        return None

    async def deliver(self, delivery: Delivery) -> None:
        self.tries += 1
        self.trouble(delivery)
        self.got.append(delivery)

    async def typing(self, address: str) -> None: ...

    def to(self, address: str) -> list[str]:
        return [one.reply.line for one in self.got if one.address == address]


class House(Stage):
    """The stage with pigeons."""

    async def open(self) -> House:
        await super().open()
        self.pigeons = getattr(self, "pigeons", Pigeons())
        self.belay.push.courier.pace = QUICK
        self.belay.push.add(self.pigeons)
        self.told: list[str] = []
        await self.belay.push.start(self.told.append)
        return self

    async def close(self) -> None:
        await self.belay.push.stop()
        await super().close()

    async def take(self, who: str, text: str, **more: Any) -> Any:
        message = InboundMessage(
            channel="pigeons",
            address=who,
            provider_id=f"{who}:{self.clock().timestamp()}:{text[:20]}",
            text=text,
            at=self.clock(),
            onboarded=True,
            **more,
        )
        return await self.belay.push.reception.take(self.pigeons, message)

    async def arrived(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.pigeons.got) < count:
                await asyncio.sleep(0.005)

    def waiting(self) -> int:
        posted = self.sql("SELECT count(*) FROM outbox WHERE status = 'waiting'")[0]
        return int(posted + self.sql("SELECT count(*) FROM inbox WHERE status = 'accepted'")[0])

    async def nothing_waits(self) -> None:
        async with asyncio.timeout(5):
            while self.waiting():
                await asyncio.sleep(0.005)
